"""No hour is credited twice by one system."""

from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
from django.db import connection
from django.utils import timezone

from symposia.credits.actions.claims import claim_credit
from symposia.credits.explaining import SessionLine, explain_credit
from symposia.credits.models import CreditEntry
from symposia.credits.policies import SAME_HOUR
from symposia.credits.same_hour import counted_twice, credited_elsewhere
from symposia.shared.actors import SYSTEM
from symposia.shared.refusals import Refused
from symposia.shared.tenancy import acting_in
from tests.factories.accounts import OrganisationFactory
from tests.factories.credits import attended

NINE = datetime(2027, 3, 12, 9, tzinfo=UTC)


def claim(registration):
    return claim_credit(registration, Decimal("1.25"), attested=True, by=SYSTEM)


def line(starts=0, counted=60, creditable=60):
    return SessionLine("A session", NINE + timedelta(minutes=starts), creditable, counted, counted)


@pytest.mark.parametrize(
    ("one", "other", "minutes"),
    [
        (line(), line(), 60),
        (line(), line(60), 0),
        (line(counted=30), line(counted=30), 0),
        (line(), line(30), 30),
        (line(counted=0), line(), 0),
    ],
    ids=["same", "after", "half and half", "overlap", "absent"],
)
def test_minutes_of_two_rooms_are_no_more_than_there_were(one, other, minutes):
    assert counted_twice([one], [other]) == minutes


def test_the_same_hour_of_two_activities_is_claimed_once(organisation):
    starts = timezone.now().replace(microsecond=0) - timedelta(days=1)
    first, second = attended(starts=starts), attended(starts=starts)
    second.clinician = first.clinician
    second.save()
    claim(first)

    with pytest.raises(Refused) as refused:
        claim(second)

    assert refused.value.objection.code == SAME_HOUR.code
    assert first.activity.title in str(refused.value)
    assert CreditEntry.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_a_claim_waits_for_another_of_the_same_person():
    organisation = OrganisationFactory()
    with acting_in(organisation.pk):
        starts = timezone.now().replace(microsecond=0) - timedelta(days=1)
        first, second = attended(starts=starts), attended(starts=starts)
        second.clinician = first.clinician
        second.save()

    def beside(work):
        """At the same time, in a transaction of its own."""
        try:
            with acting_in(organisation.pk):
                return work()
        finally:
            connection.close()

    with ThreadPoolExecutor(1) as pool:
        with acting_in(organisation.pk):
            claim(first)
            # Whoever only looks does not see it yet.
            looked = pool.submit(beside, lambda: credited_elsewhere(explain_credit(second)))
            assert looked.result() == ""
            other = pool.submit(beside, lambda: claim(second))
            with suppress(TimeoutError):
                other.result(timeout=1)
        with pytest.raises(Refused) as refused:
            other.result()

    assert refused.value.objection.code == SAME_HOUR.code
