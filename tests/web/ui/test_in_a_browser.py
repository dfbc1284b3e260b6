"""The frame and the components in Chromium, under the product's own content policy.

The pages are answered from here, without a server or a database.
"""

import mimetypes
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from django.conf import settings
from django.contrib.staticfiles import finders

from tests.web.browsing import chromium, violations
from tests.web.ui.conftest import draw

pytestmark = pytest.mark.browser

ORIGIN = "http://symposia.test"
LOOKS = [("light", "en", 1440), ("dark", "ar", 390), ("light", "ar", 768), ("dark", "en", 360)]
SLOW_LOOKS = [
    (theme, language, width)
    for theme in ("light", "dark")
    for language in ("en", "ar")
    for width in (320, 390, 768, 1024, 1440)
]
# Elements whose own words are wider than they are and hidden beyond it.
CUT = """[...document.querySelectorAll("body *")].filter(each =>
    !each.children.length && each.textContent.trim() && !each.closest(".vh, .skip")
    && getComputedStyle(each).overflow !== "visible" && each.scrollWidth > each.clientWidth + 1
).map(each => each.outerHTML)"""
POLICY = "; ".join(
    f"{name} {' '.join(map(str, sources))}"
    for name, sources in settings.CONTENT_SECURITY_POLICY["DIRECTIVES"].items()
    if name != "report-uri"
)


@pytest.fixture(scope="module")
def browser():
    with chromium() as started:
        yield started


class Visit:
    """One page, what it asked for and what it complained of."""

    def __init__(self, page):
        self.page, self.complaints, self.posted = page, [], []
        page.on("console", lambda said: self.complaints.append(said.text))
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.route("**/*", self._answer)

    def open(self, path="/style/"):
        self.page.goto(ORIGIN + path)
        return self.page

    def _answer(self, route):
        address = urlsplit(route.request.url)
        if f"{address.scheme}://{address.netloc}" != ORIGIN:
            self.complaints.append(f"asked another host: {route.request.url}")
            return route.abort()
        if route.request.method == "POST":
            self.posted.append(route.request.post_data)
            return route.fulfill(status=204)
        if address.path.startswith("/static/"):
            return self._file(route, address.path.removeprefix("/static/"))
        asked = {name: values[0] for name, values in parse_qs(address.query).items()}
        page = draw(
            language=asked.get("language", "en"),
            path=address.path,
            cookies={"theme": asked.get("theme", "")},
        )
        headers = {"Content-Security-Policy": POLICY}
        return route.fulfill(body=page, content_type="text/html; charset=utf-8", headers=headers)

    def _file(self, route, name):
        found = finders.find(name)
        if not found:
            self.complaints.append(f"missing: {name}")
            return route.fulfill(status=404)
        kind = mimetypes.guess_type(name)[0] or "application/octet-stream"
        return route.fulfill(body=Path(found).read_bytes(), content_type=kind)


@pytest.fixture
def visit(browser, request):
    width = getattr(request, "param", 1440)
    context = browser.new_context(viewport={"width": width, "height": 900})
    yield Visit(context.new_page())
    context.close()


def look_at(visit, theme, language, width):
    visit.page.set_viewport_size({"width": width, "height": 900})
    page = visit.open(f"/style/?theme={theme}&language={language}")
    page.wait_for_load_state("networkidle")

    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
    assert visit.complaints == []


@pytest.mark.parametrize(("theme", "language", "width"), LOOKS)
def test_the_components_are_accessible_fit_and_obey_the_policy(visit, theme, language, width):
    look_at(visit, theme, language, width)


@pytest.mark.nightly
@pytest.mark.parametrize(("theme", "language", "width"), SLOW_LOOKS)
def test_they_do_so_in_every_look(visit, theme, language, width):
    look_at(visit, theme, language, width)


@pytest.mark.parametrize("width", [1440, 390])
def test_words_two_fifths_longer_are_neither_cut_nor_pushed_out(visit, pseudo_words, width):
    visit.page.set_viewport_size({"width": width, "height": 900})
    page = visit.open("/style/?language=eo")

    assert "[Skíp" in page.content()
    assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
    assert page.evaluate(CUT) == []


def test_every_font_is_ours_and_loads(visit):
    page = visit.open()
    page.wait_for_load_state("networkidle")

    loaded = page.evaluate(
        "[...document.fonts].filter(f => f.status === 'loaded').map(f => f.family)"
    )
    failed = page.evaluate(
        "[...document.fonts].filter(f => f.status === 'error').map(f => f.family)"
    )
    assert {name.strip('"') for name in loaded} >= {
        "IBM Plex Sans",
        "IBM Plex Mono",
        "Source Serif 4",
    }
    assert failed == []


def test_the_keyboard_finds_everything(visit):
    page = visit.open()

    page.keyboard.press("/")
    assert page.evaluate("document.activeElement.id") == "search"
    page.keyboard.press("Escape")
    page.locator("h1").first.click()
    page.keyboard.press("?")
    assert page.locator("#shortcuts").is_visible()
    page.keyboard.press("Escape")
    assert page.evaluate("document.activeElement.dataset.opens") == "shortcuts"
    page.keyboard.press("Control+k")
    assert page.evaluate("document.activeElement.id") == "search"


def test_g_and_a_letter_go_to_a_place(visit):
    page = visit.open()

    page.keyboard.press("g")
    with page.expect_navigation():
        page.keyboard.press("j")

    assert urlsplit(page.url).path == "/journal/"


def test_rows_are_moved_through_and_selected_by_key(visit):
    page = visit.open()
    rows = page.locator("tbody input.tick")

    assert rows.nth(0).is_checked()
    page.locator("[data-select-page]").click()
    assert rows.nth(1).is_checked()
    page.locator("h1").first.click()
    page.keyboard.press("j")
    page.keyboard.press("x")
    assert not rows.nth(0).is_checked()


def test_single_keys_can_be_switched_off_at_once(visit):
    page = visit.open()

    page.locator(".bar .menu summary", has_text="AK").click()
    page.get_by_role("button", name="Single-key shortcuts off").click()
    page.keyboard.press("Escape")
    page.keyboard.press("?")

    assert not page.locator("#shortcuts").is_visible()
    assert len(visit.posted) == 1


def test_the_theme_changes_at_once_and_is_sent_behind(visit):
    page = visit.open()

    page.locator(".bar .menu summary", has_text="AK").click()
    page.get_by_role("button", name="Dark").click()

    assert page.evaluate("document.documentElement.dataset.theme") == "dark"
    assert page.get_by_role("button", name="Dark").get_attribute("aria-pressed") == "true"


def test_a_refused_button_can_be_reached_and_does_nothing(visit):
    page = visit.open()
    button = page.locator('button[aria-disabled="true"]', has_text="Publish agenda")

    button.focus()
    assert page.locator(".why-text").first.is_visible()
    page.keyboard.press("Enter")
    assert visit.posted == []


def test_without_script_menus_open_and_forms_are_there(browser):
    context = browser.new_context(
        java_script_enabled=False, viewport={"width": 1440, "height": 900}
    )
    visit = Visit(context.new_page())
    page = visit.open()

    page.locator(".nav-switch summary").click()
    assert page.get_by_role("button", name="Norvella Pharma").is_visible()
    page.locator(".bar .menu summary", has_text="AK").click()
    assert page.get_by_role("button", name="Compact rows").is_visible()
    context.close()
