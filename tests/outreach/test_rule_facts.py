"""How often people were asked, in the thirty days up to the last time."""

from datetime import UTC, datetime, timedelta

from symposia.outreach.rule_facts import facts_of_invitations
from tests.factories.activities import ActivityFactory
from tests.factories.directory import ClinicianFactory
from tests.factories.outreach import InvitationFactory

LAST = datetime(2026, 4, 30, 9, tzinfo=UTC)


def asked(clinician, days_before, **facts):
    return InvitationFactory(
        clinician=clinician, sent_at=LAST - timedelta(days=days_before), **facts
    )


def test_nothing_is_known_while_nobody_was_asked(organisation):
    assert facts_of_invitations(InvitationFactory(state="withdrawn").activity_id) == {}


def test_the_person_asked_most_often_counts(organisation):
    here, often, once = ActivityFactory(state="open"), *ClinicianFactory.create_batch(2)
    asked(once, 0, activity=here)
    asked(often, 3, activity=here)
    asked(often, 30)
    asked(often, 31)
    asked(often, 5, state="withdrawn")
    asked(often, -1)
    asked(ClinicianFactory(), 2)

    assert facts_of_invitations(here.pk) == {"most_invited_count": 2}
