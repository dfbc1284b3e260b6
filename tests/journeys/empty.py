"""What `make run` starts, with nothing in it and a clock that can be turned, for journeys.

A journey says `clock, product = empty.clock, empty.product`; where several of a module share one
and its clock stands, `product = empty.shared`.
"""

import time
from contextlib import contextmanager
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
    turned = {
        "SYMPOSIA_JOURNEY_CLOCK": str(clock.file),
        "PYTHONPATH": str(CHECKOUT / "tests" / "journeys" / "clock"),
    }
    with _started(tmp_path / "data", **turned) as started:
        yield started


@pytest.fixture(scope="module")
def shared(tmp_path_factory):
    """The same for all journeys of a module."""
    with _started(tmp_path_factory.mktemp("empty") / "data") as started:
        yield started


@contextmanager
def _started(data, **turned):
    frontend.bring_up_to_date()
    data.mkdir()
    mark_done(data, "demo", "loaded")
    product = Installation(
        data,
        SYMPOSIA_MODE="demo",
        SYMPOSIA_ORIGIN="",
        SYMPOSIA_CONTENT_ORIGIN="",
        SYMPOSIA_HOSTS="",
        **turned,
    ).start()
    try:
        product.wait_until_ready(300)
        yield product
    finally:
        product.close()
