"""Words of people that look like markup run nowhere (B1): every text column, every page."""

from datetime import UTC, datetime

import pytest
from django.conf import settings

from tests.crawls.browsing import Visitor, chromium, pages_of, served
from tests.crawls.world import MIGHTY, words

pytestmark = pytest.mark.browser

LONG = """zq'"><img src=/zq onerror=__x()><i hx-on:load=__x()>{{7|add:7777}}</i>"""
SHORT = '"><svg onload=__x()>'
TINY = "<s onclick=__x()>"
DAYS = 10
TODAY = datetime.now(UTC).toordinal()
# An element that only the words of somebody can have made.
MADE = "img[src='/zq'], i[hx-on\\:load], svg[onload], s[onclick], [onerror], [onload], [onclick]"


def poison(server):
    """Put markup in front of every word of both organisations, and in the names of everybody."""
    for table, column, length, is_address in words():
        if is_address:
            continue
        text = LONG if length >= len(LONG) + 40 else SHORT if length >= 60 else TINY
        server.execute(
            f'UPDATE "{table}" SET "{column}" = left(%s || "{column}", %s) '
            f"WHERE \"{column}\" <> ''",
            [text, length],
        )
    server.execute("UPDATE accounts_user SET full_name = left(%s || full_name, 200)", [LONG])
    server.execute("UPDATE accounts_organisation SET name = left(%s || name, 200)", [LONG])


@pytest.fixture(scope="module")
def prepared():
    return poison


@pytest.fixture(scope="module")
def visitor(world):
    cookie = world.client(MIGHTY).cookies[settings.SESSION_COOKIE_NAME].value
    addresses = pages_of(world)
    with served() as url, chromium() as browser:
        made = Visitor(browser, url, cookie)
        made.addresses = addresses
        yield made


def faults(visitor, address):
    found = visitor.open(address)
    if visitor.page.evaluate("window.__ran === true"):
        found.append("words of somebody ran")
    if made := visitor.page.evaluate(
        "what => [...document.querySelectorAll(what)].map(e => e.outerHTML.slice(0, 120))", MADE
    ):
        found.append(f"words of somebody became elements: {made[:3]}")
    if "7784" in visitor.page.inner_text("body"):
        found.append("words of somebody were read as a template")
    return found


def crawl_in_the_browser(visitor, addresses):
    return {a: found for a in addresses if (found := faults(visitor, a))}


def test_nothing_runs_on_todays_pages(visitor):
    today = visitor.addresses[TODAY % DAYS :: DAYS]

    assert crawl_in_the_browser(visitor, today) == {}
    assert len(today) > 12


@pytest.mark.nightly
def test_nothing_runs_on_any_page(visitor):
    assert crawl_in_the_browser(visitor, visitor.addresses) == {}
    assert len(visitor.addresses) > 50


def test_words_that_are_not_escaped_are_found(visitor):
    """The negative control: one page that trusts the words of people."""

    def trusting(route):
        answer = route.fetch()
        body = answer.text().replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", '"')
        route.fulfill(response=answer, body=body)

    visitor.page.route("**/clinicians/", trusting)
    found = faults(visitor, "/clinicians/")
    visitor.page.unroute("**/clinicians/")

    assert any("became elements" in fault for fault in found)
    assert any("policy" in fault.lower() for fault in found)
