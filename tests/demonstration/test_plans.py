"""The plans of the demonstration fall on days on which their people work."""

from datetime import UTC, datetime, timedelta

import pytest

from symposia.accounts.models import Organisation
from symposia.demonstration.organisations import IN_FIELD, IN_PLACES
from symposia.demonstration.plans import evening

MONDAY = datetime(2026, 3, 9, 12, tzinfo=UTC)
SATURDAY, SUNDAY = 5, 6


@pytest.mark.parametrize("days", [-8, -6, 9, 12, 26, 34, 48])
@pytest.mark.parametrize("weekday", range(7))
def test_nobody_teaches_on_a_saturday_or_a_sunday(weekday, days):
    organisation = Organisation(zone="Asia/Kolkata")
    today = MONDAY + timedelta(days=weekday)

    at = evening(organisation, today, days, 18)

    assert at.weekday() not in {SATURDAY, SUNDAY}
    assert (at.hour, at.minute) == (18, 0)
    assert (at.date() < today.date()) == (days < 0)
    assert abs(at.date() - today.date() - timedelta(days=days)) <= timedelta(days=2)


def test_everybody_in_the_field_has_a_name_of_their_own():
    places = [place for region in IN_PLACES.items() for place in (region[0], *region[1])]

    assert sorted(IN_FIELD) == sorted(places)
    assert len(set(IN_FIELD.values())) == len(places)
