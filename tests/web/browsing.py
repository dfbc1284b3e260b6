"""A page of the product in Chromium, with somebody signed in or nobody, and what axe says of it."""

from contextlib import contextmanager
from pathlib import Path

from django.conf import settings
from playwright.sync_api import sync_playwright

AXE = Path("node_modules/axe-core/axe.min.js")
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
PHONE = {"width": 390, "height": 844}


@contextmanager
def chromium(*arguments):
    """The browser of the machine."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path="/usr/bin/chromium", args=["--no-sandbox", *arguments]
        )
        yield browser
        browser.close()


@contextmanager
def page_of(live_server, client=None, *, arguments=(), **looks):
    """A page with the session of a test client; `complaints` collects what goes wrong in it."""
    with chromium(*arguments) as browser:
        context = browser.new_context(base_url=live_server.url, **looks)
        if client:
            name = settings.SESSION_COOKIE_NAME
            context.add_cookies(
                [{"name": name, "value": client.cookies[name].value, "url": live_server.url}]
            )
        page = context.new_page()
        page.complaints = []
        page.on("pageerror", lambda error: page.complaints.append(str(error)))
        yield page


def violations(page):
    """The rules that a page breaks, each with the first places."""
    page.context.new_cdp_session(page).send("Runtime.evaluate", {"expression": AXE.read_text()})
    found = page.evaluate("rules => axe.run(document, {runOnly: rules})", RULES)
    return [(v["id"], [node["html"] for node in v["nodes"][:3]]) for v in found["violations"]]
