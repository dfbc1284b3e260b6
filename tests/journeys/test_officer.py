"""A compliance officer's morning: a routine decision by keyboard, a rule read and published.

In the demonstration as `make run` loads it. The times are a person's who knows what to press;
reading is not in them.
"""

import time

import pytest
from playwright.sync_api import sync_playwright

from tests.journeys import demonstration
from tests.journeys.demonstration import code_shown, enter
from tests.journeys.stage import LAUNCH, SCREENS, Person

pytestmark = [pytest.mark.browser, pytest.mark.nightly]
SECONDS, KEYSTROKES = 45, 6
HERE = "Sahyadri Pharma"
product = demonstration.product


@pytest.fixture
def officer(product):
    with sync_playwright() as started:
        chromium = started.chromium.launch(executable_path="/usr/bin/chromium", args=list(LAUNCH))
        someone = Person(chromium, f"http://localhost:{product.port}")
        enter(someone, HERE, "Compliance officer")
        yield someone
        someone.close()
        chromium.close()


class Keys:
    """Counts what is pressed."""

    def __init__(self, page):
        self.page, self.pressed = page, []

    def press(self, *names):
        for name in names:
            self.pressed.append(name)
            self.page.keyboard.press(name)


def test_a_routine_decision_takes_six_keystrokes_and_a_factor(officer):
    SCREENS.mkdir(exist_ok=True)
    page, keys = officer.page, Keys(officer.page)
    code = code_shown(officer, HERE, "Compliance officer")
    officer.open("/approvals/?state=open&step=compliance_officer&sort=risk")
    officer.shoot("inbox")
    begun = time.monotonic()
    keys.press("j", "Enter")
    page.wait_for_url(lambda url: "/approvals/" in url and "state=open" not in url)
    page.wait_for_load_state()
    keys.press("a", "1", "Control+Enter")
    page.wait_for_url("**/signature/")
    page.get_by_role("link", name="Use your second factor").click()
    officer.fill(code=code())
    page.keyboard.press("Enter")
    page.wait_for_url("**/signature/")
    page.wait_for_load_state()
    keys.press("Control+Enter")
    officer.sees("Signed and sealed.")
    took = time.monotonic() - begun
    assert len(keys.pressed) <= KEYSTROKES
    assert took <= SECONDS, took
    officer.shoot("decided", fresh=True)


def test_a_version_of_a_rule_is_published_after_its_impact_was_read(officer):
    page = officer.page
    officer.open("/rules/versions/?state=proposed")
    page.locator("main tbody a").first.click()
    officer.sees("What it changes").shoot("rule-version", fresh=True)
    officer.press("See which")
    officer.page.wait_for_url("**/impact/")
    officer.shoot("rule-impact", fresh=True)
    page.go_back()
    officer.press("Publish").sees("Published; it applies from its day on.")
    officer.open("/rules/versions/?state=published").sees("Published")
