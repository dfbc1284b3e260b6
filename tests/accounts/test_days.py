"""A day is the organisation's, wherever the reader is and where nobody reads."""

from datetime import UTC, date, datetime

import pytest
import time_machine
from django.utils import timezone

from symposia.accounts.entering import entered, entered_with_token
from symposia.accounts.permissions import Permission
from symposia.accounts.queries import local_day, zone_here
from symposia.shared.tenancy import acting_in
from tests.factories.accounts import OrganisationFactory, key_of, member

NOON = datetime(2027, 3, 10, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("zone", "day"),
    [
        ("Pacific/Kiritimati", date(2027, 3, 11)),
        ("UTC", date(2027, 3, 10)),
        ("Etc/GMT+12", date(2027, 3, 10)),
    ],
)
def test_the_day_is_that_of_the_organisation_not_of_the_reader(db, zone, day):
    with (
        acting_in(OrganisationFactory(zone=zone).pk),
        timezone.override("Asia/Kolkata"),
        time_machine.travel(NOON, tick=False),
    ):
        assert local_day() == local_day(NOON) == day


def test_whoever_comes_in_brings_the_zone_along(db, django_assert_num_queries):
    organisation = OrganisationFactory(zone="Pacific/Kiritimati")
    with acting_in(organisation.pk):
        user = member(organisation, "coordinator")
        carried = key_of(user, organisation, [Permission.VIEW_ACTIVITIES])
    token = carried["authorization"].removeprefix("Bearer ")

    with entered(user, str(organisation.pk), at=timezone.now()), django_assert_num_queries(0):
        assert zone_here() == "Pacific/Kiritimati"
    with entered_with_token(token, at=timezone.now()), django_assert_num_queries(0):
        assert zone_here() == "Pacific/Kiritimati"
    with acting_in(organisation.pk), django_assert_num_queries(1):
        assert zone_here() == "Pacific/Kiritimati"
