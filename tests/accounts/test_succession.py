"""Each kind of work goes to whoever is named for it, and nothing against them is overlooked."""

from dataclasses import replace
from datetime import datetime, time, timedelta

import pytest
from django.utils.timezone import now

from symposia.accounts.actions import agree_to_change, end_membership, invite_member
from symposia.accounts.models import AccessChange, Membership, MembershipInvitation, Role
from symposia.accounts.policies import NO_SUCCESSOR, WORK_UNKNOWN
from symposia.accounts.queries import access_of
from symposia.accounts.succession import Succession, passings_of
from symposia.approvals.models import Delegation
from symposia.audit.models import Entry
from symposia.curriculum.models import Meeting
from symposia.directory.models import Segment
from symposia.notifications.models import Delivery
from symposia.outreach.actions.allotments import AllotmentFacts, allot_invitations
from symposia.outreach.actions.reminder_letters import remind_invited
from symposia.outreach.allotted import used_of
from symposia.outreach.candidates import own_invitations
from symposia.outreach.letters import Letters
from symposia.outreach.models import Allotment, ApprovedClinician, Campaign
from symposia.outreach.open_work import invitations_of
from symposia.shared.actors import SYSTEM
from symposia.shared.refusals import Refused
from tests.factories.accounts import OrganisationFactory, day_here, member
from tests.factories.activities import ActivityFactory
from tests.factories.approvals import submitted
from tests.factories.curriculum import GapFactory, PlanFactory
from tests.factories.directory import ClinicianFactory
from tests.factories.outreach import InvitationFactory


@pytest.fixture
def administrator(organisation):
    return member(organisation, "administrator")


@pytest.fixture
def leaver(organisation):
    return member(organisation, "coordinator")


@pytest.fixture
def first(organisation):
    return member(organisation, "education_lead")


@pytest.fixture
def second(organisation):
    return member(organisation, "coordinator")


def leave(user, by, successor=None, in_spite=False, **otherwise):
    named = {kind: who.pk if who else None for kind, who in otherwise.items()}
    return end_membership(
        Membership.objects.get(user=user),
        by=by.actor(),
        reason="Retires",
        successor=successor.pk if successor else None,
        otherwise=named,
        in_spite=in_spite,
    )


def refusal(*args, **kwargs):
    with pytest.raises(Refused) as refused:
        leave(*args, **kwargs)
    return refused.value.objection


def owner_of(row):
    row.refresh_from_db()
    return row.owner


def test_each_kind_goes_to_whoever_is_named_for_it(administrator, leaver, first, second):
    activity, gap = ActivityFactory(owner=leaver), GapFactory(owner=leaver)
    plan = PlanFactory(owner=leaver)
    meeting = Meeting.objects.create(number="M", title="May", on=day_here(), chair=leaver)

    leave(leaver, administrator, first, activities=second, plans=None)

    meeting.refresh_from_db()
    assert (owner_of(activity), owner_of(gap), owner_of(plan)) == (second, first, leaver)
    assert meeting.chair == first
    told = Delivery.objects.filter(template_code="accounts.successor")
    assert {each.to_address for each in told} == {first.email, second.email}
    said = Entry.objects.get(action="member.left").details
    assert said["otherwise"] == {"activities": str(second.pk), "plans": None}


def test_who_lacks_the_role_is_said_and_goes_on_only_in_spite_of_it(
    organisation, administrator, leaver
):
    gap, reader = GapFactory(owner=leaver), member(organisation, "executive")

    objection = refusal(leaver, administrator, reader)
    assert objection.code == "stands_against_successor"
    assert f"Gaps: {reader} has no role to go on with it." in str(objection)
    assert owner_of(gap) == leaver
    leave(leaver, administrator, reader, in_spite=True)

    assert owner_of(gap) == reader


def test_who_reaches_fewer_rows_is_said_with_their_number(organisation, administrator, leaver):
    ActivityFactory(owner=leaver, mode="independent")
    outside = member(organisation, "medical_affairs")
    found = passings_of(
        leaver.pk,
        access_of(administrator, organisation, at=now()),
        Succession(outside.pk),
        at=now(),
    )

    [activities] = [each for each in found if each.left.name == "activities"]
    assert [each.code for each in activities.objections] == ["successor_out_of_reach"]
    assert "1 of it" in str(activities.objections[0])


def test_who_is_away_is_said(organisation, administrator, leaver, first, second):
    GapFactory(owner=leaver)
    until = day_here() + timedelta(days=9)
    Delegation.objects.create(
        giver_id=first.pk,
        giver_name=str(first),
        delegate_id=second.pk,
        delegate_name=str(second),
        starts_on=day_here(),
        ends_on=until,
        reason="On leave",
    )

    assert f"{first} is away until {until}" in str(refusal(leaver, administrator, first))


def test_names_and_kinds_that_do_not_exist_are_refused(administrator, leaver):
    elsewhere = member(OrganisationFactory(), "coordinator")

    assert refusal(leaver, administrator, gaps=elsewhere) == NO_SUCCESSOR
    assert refusal(leaver, administrator, gaps=leaver) == NO_SUCCESSOR
    assert refusal(leaver, administrator, dreams=None) == WORK_UNKNOWN


def test_what_a_second_agrees_to_is_what_was_asked(organisation, administrator, first, second):
    leaver = member(organisation, "administrator")
    gap, activity = GapFactory(owner=leaver), ActivityFactory(owner=leaver)

    leave(leaver, administrator, first, activities=second)
    assert owner_of(gap) == leaver
    agree_to_change(AccessChange.objects.get(), by=leaver.actor())

    assert (owner_of(gap), owner_of(activity)) == (first, second)


def allotted(activity, who, quantity, *clinicians):
    facts = AllotmentFacts(quantity, day_here() + timedelta(days=1), clinicians)
    return allot_invitations(activity, who, facts, by=SYSTEM)


def test_invitations_not_yet_sent_are_allotted_to_the_successor_or_given_back(
    organisation, administrator, leaver, second
):
    soon = datetime.combine(day_here() + timedelta(days=20), time(18))
    open_one, other = (ActivityFactory(state="open", wall_starts=soon) for _ in range(2))
    doctor = ClinicianFactory()
    mine = allotted(open_one, leaver, 5, doctor)
    allotted(other, leaver, 7)
    theirs = allotted(other, second, 3)

    said = refusal(leaver, administrator, allotments=second)
    assert f"{second} has an allotment in 1 of these activities" in str(said)
    leave(leaver, administrator, allotments=second, in_spite=True)

    mine.refresh_from_db()
    new = Allotment.objects.get(activity=open_one, representative=second)
    assert (mine.state, new.quantity, new.until_on) == ("given_back", 5, mine.until_on)
    assert ApprovedClinician.objects.get(allotment=new).clinician == doctor
    assert Allotment.objects.open().get(activity=other) == theirs


def test_campaigns_segments_and_offers_go_on(organisation, administrator, leaver, second):
    activity = ActivityFactory()
    draft = Campaign.objects.create(
        number="CAM-1", activity=activity, audience="people", made_by_id=leaver.pk
    )
    Segment.objects.create(name="Mine", kind="list", owner_id=second.pk, owner_name="S")
    segment = Segment.objects.create(
        name="Mine", kind="list", owner_id=leaver.pk, owner_name=str(leaver)
    )
    role = Role.objects.get(code="reviewer")
    other = member(organisation, "administrator")
    invite_member(role, email="noa@example.org", full_name="Noa", by=leaver.actor())

    leave(leaver, administrator, second, offers=other)

    draft.refresh_from_db()
    segment.refresh_from_db()
    assert draft.made_by_id == second.pk
    assert (segment.owner_id, segment.name) == (second.pk, f"Mine ({leaver})")
    assert MembershipInvitation.objects.get().invited_by_id == other.pk


def test_approvals_that_the_successor_may_sign_are_asked_of_them(organisation, administrator):
    leaver, officer, clerk = (
        member(organisation, role)
        for role in ("compliance_officer", "compliance_officer", "finance_officer")
    )
    request = submitted(organisation)

    said = refusal(leaver, administrator, clerk)
    assert "1 of them wait for a role that" in str(said)
    assert f"{clerk} does not hold; these do not move." in str(said)
    leave(leaver, administrator, officer)

    entry = Entry.objects.get(action="approval.handed_over")
    assert entry.subject_id == request.pk
    assert entry.details == {"from": str(leaver.pk), "to": str(officer.pk)}
    letter = Delivery.objects.get(template_code="approvals.handed_over")
    assert letter.to_address == officer.email
    assert f"{leaver} has left" in letter.text
    assert f"/approvals/{request.pk}/" in letter.text


def test_what_the_successor_may_not_sign_does_not_move(organisation, administrator):
    leaver, clerk = (
        member(organisation, role) for role in ("compliance_officer", "finance_officer")
    )
    submitted(organisation)

    leave(leaver, administrator, clerk, in_spite=True)

    assert not Entry.objects.filter(action="approval.handed_over").exists()
    assert not Delivery.objects.filter(template_code="approvals.handed_over").exists()


def test_what_the_successor_prepared_is_not_asked_of_them(organisation, administrator):
    leaver, officer = (member(organisation, "compliance_officer") for _ in range(2))
    own = submitted(organisation, by=officer.actor())
    other = submitted(organisation)

    assert "prepared 1 of them" in str(refusal(leaver, administrator, officer))
    leave(leaver, administrator, officer, in_spite=True)

    moved = Entry.objects.filter(action="approval.handed_over")
    assert [each.subject_id for each in moved] == [other.pk]
    assert own.pk != other.pk


def test_what_waits_for_the_leaver_alone_is_said_whoever_is_named(organisation, administrator):
    leaver = member(organisation, "compliance_officer")
    reach = access_of(administrator, organisation, at=now())
    submitted(organisation)

    def note():
        found = passings_of(leaver.pk, reach, Succession(), at=now())
        return next(each.note for each in found if each.left.name == "approvals")

    assert str(note()).startswith("1 of them wait for this person alone")
    other = member(organisation, "compliance_officer")
    assert note() is None
    submitted(organisation, by=other.actor())
    assert str(note()).startswith("1 of them wait for this person alone")


def test_unanswered_invitations_have_the_successor_as_who_stands_for_them(
    organisation, administrator, leaver, second
):
    activity = ActivityFactory(state="open", owner=leaver)
    asked = InvitationFactory(activity=activity, invited_by_id=leaver.pk, invited_by_name="L")
    came = InvitationFactory(activity=activity, invited_by_id=leaver.pk, state="accepted")
    share = allotted(activity, leaver, 5)

    leave(leaver, administrator, second)

    asked.refresh_from_db()
    came.refresh_from_db()
    assert (asked.taken_over_by, asked.invited_by_id) == (second, leaver.pk)
    assert came.taken_over_by is None
    assert used_of(share) == 2
    assert used_of(Allotment.objects.get(activity=activity, representative=second)) == 0
    entry = Entry.objects.get(action="invitation.handed_over")
    assert entry.details == {"taken_over_by": [None, str(second.pk)]}
    reach = access_of(second, organisation, at=now())
    assert own_invitations(activity, reach) == [asked]
    assert invitations_of(second.pk).get() == asked


def test_answers_to_what_was_taken_over_go_to_the_successor(
    organisation, administrator, leaver, second, first
):
    activity = ActivityFactory(state="open", owner=first)
    asked = InvitationFactory(activity=activity, invited_by_id=leaver.pk)
    letters = Letters.for_activity(activity, organisation, at=now())
    assert letters.reply_to_of(asked) == first.email

    leave(leaver, administrator, second)

    asked.refresh_from_db()
    assert letters.reply_to_of(asked) == second.email
    assert replace(letters, answers_to="desk@example.org").reply_to_of(asked) == "desk@example.org"
    remind_invited([asked], by=SYSTEM)
    letter = Delivery.objects.filter(to_address=asked.address).latest("pk")
    assert letter.reply_to == second.email


def test_who_may_not_invite_does_not_stand_for_invitations(organisation, administrator, leaver):
    InvitationFactory(activity=ActivityFactory(state="open"), invited_by_id=leaver.pk)
    reader = member(organisation, "executive")

    said = str(refusal(leaver, administrator, reader))

    assert f"Invitations without an answer: {reader} has no role to go on with it." in said
