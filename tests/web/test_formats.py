"""How a stretch of time is written."""

from datetime import UTC, datetime

import pytest

from symposia.web.formats import moment

NOON = datetime(2026, 12, 17, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("ends", "says"),
    [
        (datetime(2026, 12, 17, 14, tzinfo=UTC), "12:00–14:00"),
        (datetime(2026, 12, 19, 14, tzinfo=UTC), "12:00 – Sat 19 Dec 14:00"),
        (datetime(2028, 12, 19, 14, tzinfo=UTC), "12:00 – Tue 19 Dec 2028 14:00"),
    ],
    ids=["one day", "some days", "until another year"],
)
def test_an_end_in_another_year_says_which(ends, says):
    assert moment(NOON, ends, "UTC").clock == says
