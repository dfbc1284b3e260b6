"""The world in Chromium: a server of its own, a person signed in, and what a page does wrong."""

import os
from contextlib import contextmanager
from urllib.parse import urlsplit

from django.conf import settings
from pytest_django.live_server_helper import LiveServer

from tests.crawls.world import MIGHTY, crawl
from tests.web import browsing

QUIET = (
    *("--disable-gpu", "--disable-background-networking"),
    *("--disable-component-update", "--disable-sync", "--no-first-run"),
)
PLACES = ("/", "/today/", "/style/", "/jobs/", "/tokens/", "/demo/", "/mailbox/", "/verify/")
SETTLED = 15_000


def pages_of(world):
    """One address per route that shows a page to somebody who may open everything."""
    starts = [*PLACES, *world.personal_links(world.near)]
    return sorted(
        address
        for address, response, content in crawl(world.client(MIGHTY), starts, per_route=1)
        if response.status_code == 200 and "<html" in content  # a part of a page is none
    )


@contextmanager
def served():
    """A server on the world's database; the product's own addresses are those of the server."""
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"  # the browser's library runs a loop here
    server = LiveServer("localhost")
    server._live_server_modified_settings.enable()
    try:
        yield server.url
    finally:
        server.stop()
        server._live_server_modified_settings.disable()
        del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]


def chromium():
    """The browser, asking no other host of its own accord."""
    return browsing.chromium(*QUIET)


class Visitor:
    """Somebody with every role, looking at the pages of the world."""

    def __init__(self, browser, url, cookie):
        self.url, self.complaints, self.errors = url, [], []
        context = browser.new_context(base_url=url, reduced_motion="reduce")
        context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": cookie, "url": url}])
        context.add_init_script("window.__x = () => { window.__ran = true }; __x.toString()")
        self.page = context.new_page()
        self.page.on("console", self._hear)
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.page.on("request", self._ask)
        self.page.on("response", self._get)
        self.page.on("dialog", lambda dialog: self.complaints.append("a dialog"))

    def _hear(self, said):
        # Which file did not load is told by its answer, with the address.
        if said.type == "error" and not said.text.startswith("Failed to load resource"):
            self.complaints.append(said.text)

    def _get(self, answer):
        if answer.status >= 400:
            self.complaints.append(f"{answer.status} from {urlsplit(answer.url).path}")

    def _ask(self, request):
        mine = {urlsplit(self.url).netloc, urlsplit(settings.CONTENT_ORIGIN).netloc, ""}
        if urlsplit(request.url).netloc not in mine:
            self.complaints.append(f"asked another host: {request.url}")
        if urlsplit(request.url).path == "/csp-reports/":
            self.complaints.append(f"broke the content policy: {request.post_data}")

    def look(self, *, theme="light", language="en", width=1440):
        """Show the pages from now on in this way."""
        cookies = {"theme": theme, settings.LANGUAGE_COOKIE_NAME: language}
        self.page.context.add_cookies(
            [{"name": n, "value": v, "url": self.url} for n, v in cookies.items()]
        )
        self.page.set_viewport_size({"width": width, "height": 900})

    def open(self, address):
        """What is wrong with the page by itself: errors, reports, other hosts."""
        self.complaints.clear()
        self.page.goto(address, wait_until="load", timeout=SETTLED)
        return list(self.complaints)

    def violations(self):
        client = self.page.context.new_cdp_session(self.page)
        client.send("Runtime.evaluate", {"expression": browsing.AXE.read_text()})
        client.detach()
        found = self.page.evaluate("rules => axe.run(document, {runOnly: rules})", browsing.RULES)
        return [(v["id"], v["nodes"][0]["html"][:200]) for v in found["violations"]]

    def sideways(self):
        """By how many pixels the page is wider than the narrowest screen."""
        self.page.set_viewport_size({"width": 320, "height": 800})
        return max(0, self.page.evaluate("document.documentElement.scrollWidth - innerWidth"))
