"""Milestones: counted from the register, dated by the first version, of nobody else."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

from django.urls import reverse

from symposia.credits.actions.claims import claim_credit, replace_certificate, revoke_certificate
from symposia.credits.milestones import EVERYBODY, PERSON, Milestone, milestones_of, reached
from symposia.credits.models import Certificate
from symposia.registrations.models import Registration
from symposia.shared.actors import SYSTEM
from tests.factories.accounts import day_here, member
from tests.factories.credits import attended
from tests.factories.directory import ClinicianFactory

ZONE = "America/New_York"
FIRST = datetime(2026, 3, 1, 2, tzinfo=UTC)


def moment(number):
    return FIRST + timedelta(days=number)


def test_each_is_dated_on_the_calendar_of_the_organisation():
    found = reached(PERSON, 6, moment, ZONE)

    assert found == [
        Milestone(PERSON, 1, date(2026, 3, 1)),
        Milestone(PERSON, 5, date(2026, 3, 5)),
    ]


def test_before_it_was_a_milestone_nothing_is_celebrated():
    assert reached(PERSON, 5, lambda _n: datetime(2019, 5, 1, tzinfo=UTC), ZONE) == []
    assert reached(EVERYBODY, 99, moment, ZONE) == []


def certified(clinician):
    registration = attended()
    Registration.objects.filter(pk=registration.pk).update(clinician=clinician)
    registration.refresh_from_db()
    entry = claim_credit(registration, Decimal("1.25"), attested=True, by=SYSTEM)
    return Certificate.objects.get(entry=entry)


def test_what_holds_counts_once_and_what_was_revoked_not_at_all(client, organisation):
    learner = member(organisation, "learner")
    clinician = ClinicianFactory(user=learner, profession="physician")
    certified(ClinicianFactory(profession="physician"))
    first = certified(clinician)
    later = replace_certificate(first, reason="Misspelt.", by=SYSTEM)
    client.force_login(learner)

    own = milestones_of(learner.pk, organisation.zone).own
    assert [each.count for each in own] == [1]
    assert own[0].on >= day_here() - timedelta(days=1)
    assert "1 certificate" in client.get(reverse("learning")).text

    revoke_certificate(later, reason="Was not there.", by=SYSTEM)
    assert not milestones_of(learner.pk, organisation.zone)
