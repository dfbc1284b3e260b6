"""What `make run` starts, with nothing in it and a clock that can be turned, for journeys.

A journey says `clock, product = empty.clock, empty.product`.
"""

import time
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from symposia.running import frontend
from symposia.running.fingerprints import mark_done
from tests.running.installation import CHECKOUT, Installation

ZONE = ZoneInfo("America/New_York")
DAY = datetime.now(ZONE).date() + timedelta(days=7)


class Clock:
    """Puts the product's clock at an hour of the venue on the day of the activity."""

    def __init__(self, file):
        self.file, self.ahead = file, 0

    def __call__(self, hour, minute, day=DAY):
        there = datetime(day.year, day.month, day.day, hour, minute, tzinfo=ZONE)
        self.ahead = int(there.timestamp() - time.time())
        self.file.write_text(str(self.ahead), encoding="ascii")
        time.sleep(0.5)  # the processes look every tenth of a second

    def now(self):
        """What the product's clock shows."""
        return datetime.fromtimestamp(time.time() + self.ahead, ZONE)


@pytest.fixture
def clock(tmp_path):
    """The hour at the venue."""
    return Clock(tmp_path / "clock")


@pytest.fixture
def product(tmp_path, clock):
    """A product that holds nobody and nothing."""
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
