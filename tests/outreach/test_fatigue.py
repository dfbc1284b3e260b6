"""Nobody is asked more often than the organisation's own policy allows, whoever asks."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.utils.timezone import now

from symposia.accounts.models import Organisation
from symposia.compliance.models import OwnParameter
from symposia.outreach.actions import invite_clinicians
from symposia.outreach.fatigue import asked_lately, fatigue_of
from symposia.outreach.rule_facts import facts_of_webinars
from symposia.outreach.selection import sort_out
from symposia.shared.actors import SYSTEM
from tests.factories.activities import ActivityFactory
from tests.factories.directory import ClinicianFactory
from tests.factories.outreach import InvitationFactory


def cap(name, value, effective_from=date(2020, 1, 1)):
    OwnParameter.objects.create(
        pack_code="organisation-policy",
        name=name,
        value=value,
        effective_from=effective_from,
        reason="Policy 7",
        set_by_name="Meera",
    )


def webinar(day="2027-03-11T18:30", **facts):
    return ActivityFactory(
        state="open", delivery="online", wall_starts=datetime.fromisoformat(day), **facts
    )


def codes(answer):
    return [each.objection.code for each in answer.skipped]


def test_without_a_cap_nobody_is_spared(organisation):
    clinician = ClinicianFactory()
    InvitationFactory.create_batch(4, clinician=clinician)

    assert sort_out(ActivityFactory(state="open"), [clinician]).invited == [clinician]


def test_whoever_was_asked_as_often_as_the_policy_says_is_spared_with_the_numbers(organisation):
    cap("invitation_cap", "2")
    tired, rested, long_ago = ClinicianFactory.create_batch(3)
    InvitationFactory.create_batch(2, clinician=tired, invited_by_name="Another brand")
    InvitationFactory(clinician=tired, state="withdrawn")
    InvitationFactory(clinician=rested)
    InvitationFactory.create_batch(2, clinician=long_ago, sent_at=now() - timedelta(days=31))

    answer = sort_out(ActivityFactory(state="open"), [tired, rested, long_ago])

    assert answer.invited == [rested, long_ago]
    [skipped] = answer.skipped
    assert str(skipped.objection) == (
        "was invited 2 times within 30 days; your policy says at most 2"
    )


def test_the_next_invitation_is_counted_when_it_is_sent(organisation):
    cap("invitation_cap", "1")
    clinician = ClinicianFactory()

    first = invite_clinicians(ActivityFactory(state="open"), [clinician], by=SYSTEM)
    second = invite_clinicians(ActivityFactory(state="open"), [clinician], by=SYSTEM)

    assert first.invited == [clinician]
    assert codes(second) == ["too_often"]


@pytest.mark.parametrize(
    ("asked_to", "code"),
    [
        (webinar, ["too_many_webinars"]),
        (lambda: webinar("2027-04-01T09:00"), []),
        (lambda: ActivityFactory(state="open"), []),
    ],
    ids=["another webinar of the month", "a webinar of the next month", "an evening in a hall"],
)
def test_webinars_are_counted_by_the_month(organisation, asked_to, code):
    cap("webinar_cap", "1")
    clinician = ClinicianFactory()
    InvitationFactory(activity=webinar("2027-03-02T18:30"), clinician=clinician)

    assert codes(sort_out(asked_to(), [clinician])) == code


def test_a_webinar_that_was_declined_does_not_count(organisation):
    cap("webinar_cap", "1")
    clinician = ClinicianFactory()
    InvitationFactory(activity=webinar(), clinician=clinician, state="declined")

    assert sort_out(webinar(), [clinician]).invited == [clinician]


def test_rules_hear_how_many_webinars_the_busiest_person_has(organisation):
    here, clinician = webinar(), ClinicianFactory()
    InvitationFactory(activity=here, clinician=clinician)
    InvitationFactory(activity=here)
    InvitationFactory(activity=webinar("2027-03-30T23:00"), clinician=clinician)
    InvitationFactory(activity=webinar("2027-02-28T23:00"), clinician=clinician)
    in_a_hall = InvitationFactory(clinician=clinician).activity

    assert facts_of_webinars(here.pk) == {"busiest_webinar_count": 2}
    assert facts_of_webinars(in_a_hall.pk) == {}


def test_the_policy_is_the_one_of_the_day_here(organisation):
    """In Kolkata the second of March has begun when it is the first in Greenwich."""
    Organisation.objects.filter(pk=organisation.pk).update(zone="Asia/Kolkata")
    cap("invitation_cap", "1", effective_from=date(2027, 3, 2))
    clinician = ClinicianFactory()
    at = datetime(2027, 3, 1, 19, 0, tzinfo=UTC)

    assert asked_lately([clinician.pk], at=at).invitation_cap == 1
    assert fatigue_of(webinar(), [clinician.pk], at=at).invitation_cap == 1
