"""The main job in a real browser, from an organisation with nobody in it to its certificates.

Each step is done by the person whose job it is, through its real page. The pictures it leaves in
`docs/screens` are those that the documentation shows.
"""

import json

import pytest
from playwright.sync_api import sync_playwright

from tests.journeys import afterwards, empty, evening, planning
from tests.journeys.stage import LAUNCH, SCREENS

pytestmark = [pytest.mark.browser, pytest.mark.nightly]
CREATE = (
    *("organisation", "create", "--json", "--kind", "provider", "--country", "US"),
    *("--currency", "USD", "--zone", "America/New_York"),
    *("--name", "Lakeside Medical School", "--slug", "lakeside"),
    *("--admin-name", "Ira Novak", "--admin-email", "ira.novak@lakeside.example"),
    "--accreditation",
    "Lakeside Medical School is accredited by the Accreditation Council for Continuing Medical "
    "Education (ACCME) to provide continuing medical education for physicians.",
)
clock, product = empty.clock, empty.product


@pytest.fixture
def playwright():
    with sync_playwright() as started:
        yield started


@pytest.fixture
def browser(playwright):
    chromium = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=list(LAUNCH))
    yield chromium
    chromium.close()


def test_from_an_empty_organisation_to_its_certificates(
    product, clock, playwright, browser, tmp_path
):
    SCREENS.mkdir(exist_ok=True)
    address = f"http://localhost:{product.port}"
    opened = json.loads(product.command(*CREATE).stdout)

    team = planning.gather(browser, address, opened["link"], "lakeside.example")
    coordinator, lead, door = team["coordinator"], team["lead"], team["door"]
    planning.fill_directory(coordinator, tmp_path)
    planning.agree_to_names(team["compliance"])
    planning.record_gap(lead)
    activity = planning.plan(lead, empty.DAY.isoformat())
    planning.fill_agenda(lead, activity)
    planning.disclose(lead, activity)
    planning.offer_credit(lead, activity)
    planning.estimate(lead, activity)
    lead.open(f"/{activity}/").press("Submit for approval").sees("Submitted.")
    planning.approve(team, activity)

    evening.invite(coordinator, activity)
    evening.take_places(browser, address)
    coordinator.open("/today/").shoot("today", fresh=True)

    evening.hold(playwright, browser, team, activity, clock, tmp_path)
    afterwards.finish(browser, address, team, activity, clock, tmp_path)

    for person in team.values():
        person.close()
    assert door.problems == []
