"""People at their browsers: what they open, fill in and press, and the pictures that are kept."""

import re
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import expect

CHECKOUT = Path(__file__).resolve().parents[2]
SCREENS = CHECKOUT / "docs" / "screens"
DESK = {"width": 1440, "height": 900}
PHONE = {"width": 390, "height": 844}
LAUNCH = (
    *("--no-sandbox", "--disable-gpu", "--disable-background-networking"),
    *("--disable-component-update", "--disable-sync", "--no-first-run"),
)
CAMERA = ("--use-fake-ui-for-media-stream", "--use-fake-device-for-media-stream")


class Person:
    """Somebody at a browser of their own, signed in or not."""

    def __init__(self, browser, address, *, phone=False, **options):
        self.address = address
        self.context = browser.new_context(
            viewport=PHONE if phone else DESK, base_url=address, accept_downloads=True, **options
        )
        self.context.set_default_timeout(15_000)
        self.page = self.context.new_page()
        self.problems = []
        self.page.on("pageerror", lambda error: self.problems.append(str(error)))
        self.page.on("response", self._note)

    def _note(self, response):
        if response.status >= 500:
            self.problems.append(f"{response.status} {response.url}")

    def open(self, path):
        answer = self.page.goto(path)
        assert answer.ok, f"{answer.status} {path}"
        return self

    def fill(self, **fields):
        """By the names of the fields, as a person sees each of them once on a page."""
        for name, value in fields.items():
            self.page.locator(f"main [name='{name}']:visible").first.fill(str(value))
        return self

    def choose(self, **fields):
        """By the names of the fields and the words of an option, or how they begin or go on."""
        for name, words in fields.items():
            select = self.page.locator(f"main select[name='{name}']").first
            select.wait_for()
            options = [each.strip() for each in select.locator("option").all_inner_texts()]
            label = words if words in options else next(o for o in options if words in o)
            select.select_option(label=label)
        return self

    def tick(self, *labels):
        for label in labels:
            self.page.get_by_label(label).first.check()
        return self

    def press(self, name, *, exact=True):
        """A button or link by what it says."""
        said = re.compile(f"^{re.escape(name)}$") if exact else name
        button = self.page.get_by_role("button", name=said)
        link = self.page.get_by_role("link", name=said)
        button.or_(link).first.click()
        return self

    def sees(self, text):
        expect(self.page.get_by_text(text).filter(visible=True).first).to_be_visible(timeout=15_000)
        return self

    def waits_for(self, text, *, seconds=60):
        """Looks again until the page says it: work goes on outside the request."""
        for _ in range(seconds):
            if self.page.get_by_text(text).filter(visible=True).count():
                return self
            self.page.wait_for_timeout(1000)
            self.page.reload()
        raise AssertionError(f"{self.page.url} never said {text!r}")

    def says(self):
        return self.page.locator("main").inner_text()

    def shoot(self, name, *, whole=False, fresh=False, at=None):
        """The page on a desk and on a phone, by day and by night; whole: in a window as high as
        itself, so that bars stand at its edges; fresh: as it opens there; at: that in the middle.
        """
        was = self.page.viewport_size
        for size, width in ((DESK, "1440"), (PHONE, "390")):
            self.page.set_viewport_size(size)
            if fresh:
                self.page.reload()
            if whole:
                height = self.page.evaluate("document.documentElement.scrollHeight")
                self.page.set_viewport_size(size | {"height": max(height, size["height"])})
            if at:
                at.evaluate("each => each.scrollIntoView({block: 'center', inline: 'center'})")
            for scheme in ("light", "dark"):
                self.page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
                self.page.wait_for_timeout(120)
                self.page.screenshot(path=SCREENS / f"{name}-{width}-{scheme}.png")
        self.page.emulate_media(color_scheme="light")
        self.page.set_viewport_size(was)
        return self

    @contextmanager
    def download(self):
        with self.page.expect_download() as coming:
            yield coming

    def close(self):
        assert not self.problems, self.problems
        self.context.close()


def come(browser, address, session, kind=Person, **options):
    """Somebody at a browser of their own, with a session that was begun beside the product."""
    person = kind(browser, address, **options)
    person.context.add_cookies([session | {"url": address}])
    return person


def link_in_mail(person, to, subject, containing):
    """The link of the latest message to an address, read on the mailbox page."""
    for _ in range(150):
        person.open(f"/mailbox/?to={to}")
        found = person.page.locator(".mail-list a").filter(has_text=subject)
        if found.count():
            with person.page.expect_navigation():
                found.first.click()
            links = person.page.locator(".mail-links a").evaluate_all("all => all.map(a => a.href)")
            return next(link for link in links if containing in link)
        person.page.wait_for_timeout(1000)
    raise AssertionError(f"No mail {subject!r} to {to}")
