"""Today: how far away a day is, as a person counts."""

from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone

from symposia.insights.today import Need
from symposia.web.office.today import when_due

EVENING = datetime(2026, 11, 25, 23, 45, tzinfo=UTC)


@pytest.mark.parametrize(
    ("after", "says"),
    [
        (timedelta(minutes=5), "today"),
        (timedelta(minutes=20), "tomorrow"),  # in a quarter of an hour, and still tomorrow
        (timedelta(days=2), "in 2 days"),
        (timedelta(days=-1), "1 day late"),
        (timedelta(days=-3), "3 days late"),
        (timedelta(hours=-1), "today"),
    ],
)
def test_days_are_those_of_the_calendar(after, says):
    need = Need("Do it.", "ACT-1", "It", EVENING + after, "", "activities")

    with timezone.override("UTC"):
        assert when_due(need, EVENING) == says
