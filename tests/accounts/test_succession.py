"""Each kind of work goes to whoever is named for it, and nothing against them is overlooked."""

from datetime import datetime, time, timedelta

import pytest
from django.utils.timezone import localdate, now

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
from symposia.outreach.models import Allotment, ApprovedClinician, Campaign
from symposia.shared.actors import SYSTEM
from symposia.shared.refusals import Refused
from tests.factories.accounts import OrganisationFactory, member
from tests.factories.activities import ActivityFactory
from tests.factories.curriculum import GapFactory, PlanFactory
from tests.factories.directory import ClinicianFactory


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
    meeting = Meeting.objects.create(number="M", title="May", on=localdate(), chair=leaver)

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
    until = localdate() + timedelta(days=9)
    Delegation.objects.create(
        giver_id=first.pk,
        giver_name=str(first),
        delegate_id=second.pk,
        delegate_name=str(second),
        starts_on=localdate(),
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
    facts = AllotmentFacts(quantity, localdate() + timedelta(days=1), clinicians)
    return allot_invitations(activity, who, facts, by=SYSTEM)


def test_invitations_not_yet_sent_are_allotted_to_the_successor_or_given_back(
    organisation, administrator, leaver, second
):
    soon = datetime.combine(localdate() + timedelta(days=20), time(18))
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
