"""An education lead plans a year of grand rounds, holidays and disclosures included.

In the demonstration as `make run` loads it; what it costs is printed and held to twelve minutes.
"""

import sys
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import sync_playwright

from tests.journeys import demonstration, rounds
from tests.journeys.demonstration import enter
from tests.journeys.stage import LAUNCH, SCREENS
from tests.journeys.working import Cost, Working

pytestmark = [pytest.mark.browser, pytest.mark.nightly]
HERE = "Harbor University Hospital"
YEAR = datetime.now(ZoneInfo("America/New_York")).year + 1
MINUTES = 12
product = demonstration.product


@pytest.fixture
def browser(product):
    with sync_playwright() as started:
        chromium = started.chromium.launch(executable_path="/usr/bin/chromium", args=list(LAUNCH))
        yield chromium
        chromium.close()


@pytest.fixture
def come(product, browser):
    """Somebody of the provider at a browser of their own."""
    people = []

    def as_role(role, **options):
        someone = Working(browser, f"http://localhost:{product.port}", **options)
        people.append(someone)
        enter(someone, HERE, role)
        return someone

    as_role.people = people
    yield as_role
    for someone in people:
        someone.close()


def test_a_year_of_grand_rounds_with_a_moved_holiday_a_mitigation_and_an_excluded_employee(come):
    SCREENS.mkdir(exist_ok=True)
    lead = come("Education lead")
    board = rounds.plan_the_year(lead, YEAR)
    rounds.keep_holidays_free(lead, YEAR)
    rounds.make_sessions(lead, YEAR)
    lead.shoot("rounds-board", fresh=True)
    rounds.read_by_keyboard(lead, board)

    path = rounds.assign(lead, board)
    rounds.a_related_colleague_may_not_decide(come("CME coordinator"), path)
    rounds.decide_and_mitigate(lead, path)
    rounds.the_board_shows_it(lead, board, path)
    rounds.read_on_a_phone(come("Education lead", phone=True), board)
    rounds.look_around(lead, YEAR)
    rounds.copy_to_next_year(lead, board, YEAR)

    cost = Cost(*come.people)
    sys.stdout.write(f"A year of grand rounds: {cost}\n")
    assert cost.minutes <= MINUTES, str(cost)
