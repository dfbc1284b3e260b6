"""Every page in Chromium: accessible in each look, never wider than a small phone (U1)."""

from datetime import UTC, datetime
from itertools import product

import pytest
from django.conf import settings

from tests.crawls.browsing import Visitor, chromium, pages_of, served
from tests.crawls.world import MIGHTY

pytestmark = pytest.mark.browser

LOOKS = [
    {"theme": theme, "language": language, "width": width}
    for theme, language, width in product(("light", "dark"), ("en", "ar"), (360, 1440))
]
# How many days the gate takes to see every page.
DAYS = 14
TODAY = datetime.now(UTC).toordinal()
MAIN = ("/today/", "/activities/", "/clinicians/", "/approvals/", "/door/")


@pytest.fixture(scope="module")
def visitor(world):
    cookie = world.client(MIGHTY).cookies[settings.SESSION_COOKIE_NAME].value
    addresses = pages_of(world)
    with served() as url, chromium() as browser:
        made = Visitor(browser, url, cookie)
        made.addresses = addresses
        yield made


def faults(visitor, address, look):
    visitor.look(**look)
    found = [*visitor.open(address), *visitor.violations()]
    if over := visitor.sideways():
        found.append(f"{over} px wider than 320")
    return found


def test_todays_pages_are_accessible_and_narrow(visitor):
    wrong, seen = {}, 0
    for number, address in enumerate(visitor.addresses):
        if number % DAYS != TODAY % DAYS:
            continue
        seen += 1
        look = LOOKS[(number + TODAY) % len(LOOKS)]
        if found := faults(visitor, address, look):
            wrong[address, *look.values()] = found

    assert wrong == {}
    assert seen > 15


@pytest.mark.nightly
@pytest.mark.parametrize("look", LOOKS, ids=lambda look: "-".join(map(str, look.values())))
def test_every_page_is_accessible_and_narrow(visitor, look):
    wrong = {a: found for a in visitor.addresses if (found := faults(visitor, a, look))}

    assert wrong == {}
    assert len(visitor.addresses) > 50


def test_a_page_with_faults_is_found(visitor):
    """The negative control: a wide picture without words is not accessible and not narrow."""
    visitor.look(**LOOKS[0])
    visitor.open("/today/")
    visitor.page.evaluate(
        """() => { const picture = document.createElement("img");
        picture.src = "data:image/gif;base64,R0lGODlhAQABAAAAACw=";
        picture.style.minWidth = "900px";
        document.body.prepend(picture) }"""
    )

    assert "image-alt" in [rule for rule, _html in visitor.violations()]
    assert visitor.sideways() > 0


FOCUSED = """() => { const one = document.activeElement;
    if (!one || one === document.body) return null;
    const shown = [one, one.parentElement].some(each => {
        const style = getComputedStyle(each);
        return style.outlineStyle !== "none" || style.boxShadow !== "none" });
    window.__met ??= []; const again = window.__met.includes(one);
    window.__met.push(one);
    return {again, first: one === window.__met[0], shown,
        html: one.outerHTML.slice(0, 150)} }"""


@pytest.mark.parametrize("address", MAIN)
def test_the_keyboard_reaches_the_end_of_a_main_page(visitor, address):
    visitor.look(**LOOKS[1])
    visitor.open(address)
    for _step in range(400):
        visitor.page.keyboard.press("Tab")
        at = visitor.page.evaluate(FOCUSED)
        if at is None or (at["again"] and at["first"]):
            break  # the end, or the beginning once more
        assert not at["again"], f"trapped at {at['html']}"
        assert at["shown"], f"no sign of the focus at {at['html']}"
    assert visitor.page.evaluate("window.__met.length") > 2
