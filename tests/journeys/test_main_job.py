"""The main job in a real browser, from an organisation with nobody in it to its certificates.

Each step is done by the person whose job it is, through its real page. The pictures it leaves in
`docs/screens` are those that the documentation shows.
"""

import json
import time
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import sync_playwright

from symposia.running import frontend
from symposia.running.fingerprints import mark_done
from tests.journeys import afterwards, evening, planning
from tests.journeys.stage import LAUNCH, SCREENS
from tests.running.installation import CHECKOUT, Installation

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
ZONE = ZoneInfo("America/New_York")
DAY = datetime.now(ZONE).date() + timedelta(days=7)


@pytest.fixture
def clock(tmp_path):
    """Puts the product's clock at an hour of the venue on the day of the activity."""
    file = tmp_path / "clock"

    def turn_to(hour, minute, day=DAY):
        there = datetime(day.year, day.month, day.day, hour, minute, tzinfo=ZONE)
        file.write_text(str(int(there.timestamp() - time.time())), encoding="ascii")
        time.sleep(0.5)  # the processes look every tenth of a second

    turn_to.file = file
    return turn_to


@pytest.fixture
def product(tmp_path, clock):
    """What `make run` starts, with nothing in it."""
    frontend.bring_up_to_date()
    data = tmp_path / "data"
    data.mkdir()
    mark_done(data, "demo", "loaded")
    product = Installation(
        data,
        SYMPOSIA_MODE="demo",
        SYMPOSIA_ORIGIN="",
        SYMPOSIA_CONTENT_ORIGIN="",
        SYMPOSIA_HOSTS="",
        SYMPOSIA_JOURNEY_CLOCK=str(clock.file),
        PYTHONPATH=str(CHECKOUT / "tests" / "journeys" / "clock"),
    ).start()
    try:
        product.wait_until_ready(300)
        yield product
    finally:
        product.close()


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
    planning.record_gap(lead)
    activity = planning.plan(lead, DAY.isoformat())
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
