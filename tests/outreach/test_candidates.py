"""Whom a representative may ask, why the others not, and asking them in one go."""

from datetime import timedelta

import pytest
from django.utils.timezone import now

from symposia.accounts.queries import access_of
from symposia.audit.models import Entry
from symposia.directory.actions.consents import ConsentFacts, state_consent
from symposia.directory.models import Channel, ConsentSource, Purpose
from symposia.outreach.actions import record_reply
from symposia.outreach.actions.allotments import AllotmentFacts, allot_invitations
from symposia.outreach.actions.field import invite_chosen, remind_own_invited
from symposia.outreach.actions.waves import finish_wave, send_next
from symposia.outreach.allotted import allotted_among, allotted_to
from symposia.outreach.candidates import (
    candidates_among,
    choice_for,
    own_invitations,
    unanswered_by,
    waves_under_way,
)
from symposia.outreach.models import Campaign, Invitation, Recipient
from symposia.shared.actors import SYSTEM
from symposia.shared.refusals import Refused
from tests.factories.accounts import day_here, member
from tests.factories.activities import ActivityFactory
from tests.factories.directory import ClinicianFactory, TerritoryFactory
from tests.factories.outreach import InvitationFactory
from tests.outreach.test_fatigue import cap


@pytest.fixture
def activity(organisation):
    return ActivityFactory(state="open", mode="scientific")


@pytest.fixture
def territory(organisation):
    return TerritoryFactory()


@pytest.fixture
def representative(organisation, territory):
    scope = {"scope_kind": "territory", "scope_id": territory.pk}
    return member(organisation, "field_representative", **scope)


@pytest.fixture
def access(organisation, representative):
    return access_of(representative, organisation, at=now())


def says_no(clinician):
    facts = ConsentFacts(
        Purpose.INVITATIONS, Channel.EMAIL, given=False, source=ConsentSource.BUTTON
    )
    state_consent(clinician, facts, by=SYSTEM)


def allot(activity, user, quantity, *approved):
    facts = AllotmentFacts(quantity, day_here() + timedelta(days=1), approved)
    return allot_invitations(activity, user, facts, by=SYSTEM)


def send(wave):
    """The minute has passed, and the letters are written."""
    Recipient.objects.filter(wave=wave, state="waiting").update(due_at=now())
    while send_next(wave.pk):
        pass
    return finish_wave(wave.pk)


def reasons(candidates):
    return [each.objection.code if each.objection else "" for each in candidates]


def test_each_says_why_not_and_how_often_more(organisation):
    cap("invitation_cap", "2")
    rested, once, tired, without, unwilling = ClinicianFactory.create_batch(5)
    without.email = ""
    InvitationFactory(clinician=once)
    InvitationFactory.create_batch(2, clinician=tired)
    says_no(unwilling)

    found = candidates_among([rested, once, tired, without, unwilling], at=now())

    assert reasons(found) == ["", "", "too_often", "no_address", "consent_withdrawn"]
    assert [each.left for each in found] == [2, 1, 0, 2, 2]


def test_without_a_cap_it_is_counted_but_not_limited(organisation):
    clinician = ClinicianFactory()
    InvitationFactory.create_batch(3, clinician=clinician)

    [found] = candidates_among([clinician], at=now())

    assert (found.asked, found.left, found.objection) == (3, None, None)


def test_for_an_activity_the_allotment_and_its_list_count_too(
    activity, territory, representative, access
):
    approved, other, invited = ClinicianFactory.create_batch(3, territory=territory)
    InvitationFactory(activity=activity, clinician=invited)
    allot(activity, representative, 1, approved, invited)

    choice = choice_for(activity, [approved, other, invited], access, at=now())

    assert reasons(choice.candidates) == ["", "not_approved", "already_invited"]
    assert choice.allotted == allotted_to(activity, representative.pk)


def test_who_got_none_of_the_invitations_is_told_so(activity, territory, access, organisation):
    allot(activity, member(organisation, "coordinator"), 5)

    choice = choice_for(activity, [ClinicianFactory(territory=territory)], access, at=now())

    assert reasons(choice.candidates) == ["none_allotted"]
    assert choice.candidates[0].for_all
    assert choice.objection.code == "none_allotted"


@pytest.mark.parametrize(
    ("invited", "days", "code"),
    [(0, 0, ""), (1, 0, "all_used"), (0, 3, "allotment_over")],
    ids=["one is left", "none is left", "too late"],
)
def test_what_an_allotment_says_is_said_once_for_all(
    activity, representative, access, invited, days, code
):
    allot(activity, representative, 1)
    InvitationFactory.create_batch(invited, activity=activity, invited_by_id=representative.pk)

    at = now() + timedelta(days=days)
    choice = choice_for(activity, [ClinicianFactory()], access, at=at)

    assert (choice.objection.code if choice.objection else "") == code
    assert reasons(choice.candidates) == [code]


def test_thirty_three_of_thirty_five_are_asked_and_two_are_named(
    activity, territory, representative, access
):
    people = ClinicianFactory.create_batch(35, territory=territory)
    says_no(people[0])
    people[1].email = ""
    people[1].save()
    allot(activity, representative, 40, *people)

    wave, answer = invite_chosen(
        activity, people, access=access, seen=33, by=representative.actor()
    )

    assert len(answer.invited) == 33
    assert [each.objection.code for each in answer.skipped] == ["consent_withdrawn", "no_address"]
    assert allotted_to(activity, representative.pk).left == 7
    [leaving] = waves_under_way(activity, representative.pk, at=now())
    assert (leaving.wave, leaving.is_reminder) == (wave, False)
    assert {each.pk for each in leaving.people} == {each.pk for each in answer.invited}
    assert Entry.objects.filter(action="wave.released").count() == 1


def test_another_number_than_seen_sends_nothing_and_leaves_no_campaign(
    activity, territory, representative, access
):
    people = ClinicianFactory.create_batch(2, territory=territory)

    with pytest.raises(Refused) as refused:
        invite_chosen(activity, people, access=access, seen=3, by=representative.actor())

    assert refused.value.objection.code == "count_changed"
    assert not Campaign.objects.exists()


def test_nobody_chosen_is_nobody_asked(activity, representative, access):
    with pytest.raises(Refused) as refused:
        invite_chosen(activity, [], access=access, by=representative.actor())

    assert refused.value.objection.code == "nobody"


def test_only_the_own_without_an_answer_are_reminded_and_once_a_day(
    activity, territory, representative, access
):
    waiting, gone = ClinicianFactory.create_batch(2, territory=territory)
    by = representative.actor()
    for clinician in (waiting, gone):
        InvitationFactory(
            activity=activity,
            clinician=clinician,
            invited_by_id=representative.pk,
            sent_at=now() - timedelta(days=2),
        )
    InvitationFactory(activity=activity, clinician=ClinicianFactory(territory=territory))
    record_reply(Invitation.objects.get(clinician=gone), accepted=False, by=SYSTEM)

    wave, answer = remind_own_invited(activity, access=access, seen=1, by=by)
    send(wave)

    assert answer.invited == [waiting]
    assert [each.clinician for each in own_invitations(activity, access)] == [waiting, gone]
    [left] = unanswered_by(activity, access, at=now()).skipped
    assert left.objection.code == "reminded_lately"
    with pytest.raises(Refused):
        remind_own_invited(activity, access=access, by=by)
    later = unanswered_by(activity, access, at=now() + timedelta(days=1, minutes=1))
    assert later.invited == [waiting]


def test_whoever_was_invited_within_the_day_is_left_in_peace(
    activity, territory, representative, access
):
    clinician = ClinicianFactory(territory=territory)
    InvitationFactory(activity=activity, clinician=clinician, invited_by_id=representative.pk)

    [left] = unanswered_by(activity, access, at=now() + timedelta(hours=23)).skipped

    assert (left.clinician, left.objection.code) == (clinician, "reminded_lately")
    assert unanswered_by(activity, access, at=now() + timedelta(hours=25)).invited == [clinician]
    with pytest.raises(Refused):
        remind_own_invited(activity, access=access, by=representative.actor())


def test_allotments_of_several_activities_are_those_of_each(
    organisation, territory, representative
):
    both = ActivityFactory.create_batch(2, state="open", mode="scientific")
    people = ClinicianFactory.create_batch(2, territory=territory)
    allot(both[0], representative, 4, *people)
    allot(both[1], representative, 2)
    InvitationFactory(activity=both[0], clinician=people[0], invited_by_id=representative.pk)
    InvitationFactory(activity=both[0], clinician=people[1])

    found = allotted_among(both, representative.pk)

    assert {each.pk: found[each.pk][1] for each in both} == {
        each.pk: allotted_to(each, representative.pk) for each in both
    }
    assert found[both[0].pk][1].left == 3
