"""What a leaver still had to do is shown, and goes to whoever is named."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils.timezone import now

from symposia.accounts.actions import agree_to_change, end_membership, place_member
from symposia.accounts.models import AccessChange, Membership, Role
from symposia.accounts.open_work import kinds_of_open_work, open_work_of
from symposia.accounts.policies import NO_SUCCESSOR
from symposia.accounts.queries import access_of, local_day
from symposia.activities.actions.duties import add_milestone, complete_milestone
from symposia.approvals.models import Delegation
from symposia.audit.models import Entry
from symposia.directory.actions.assignments import Days, assign_territory
from symposia.directory.models import Assignment
from symposia.notifications.models import Delivery
from symposia.shared.actors import SYSTEM
from symposia.shared.ids import uuid7
from symposia.shared.refusals import Refused
from tests.factories.accounts import OrganisationFactory, UserFactory, day_here, member
from tests.factories.activities import ActivityFactory
from tests.factories.curriculum import GapFactory, NewsItemFactory, PlanFactory
from tests.factories.directory import TerritoryFactory


def test_every_kind_of_open_work_leads_to_a_page():
    for work in kinds_of_open_work().values():
        assert reverse(work.page, args=[uuid7()] if work.has_page else [])


@pytest.fixture
def administrator(organisation):
    return member(organisation, "administrator")


@pytest.fixture
def leaver(organisation):
    return member(organisation, "education_lead")


@pytest.fixture
def successor(organisation):
    return member(organisation, "education_lead")


@pytest.fixture
def work(leaver):
    """One open thing of several kinds, and some that are over."""
    activity = ActivityFactory(owner=leaver, title="Stroke week")
    ActivityFactory(owner=leaver, state="closed")
    made = {
        "activity": activity,
        "milestone": owed(activity, "Send the programme", leaver),
        "gap": GapFactory(owner=leaver, title="Door to needle"),
        "plan": PlanFactory(owner=leaver, title="The year"),
        "news": NewsItemFactory(assigned_to=leaver, state="assigned", title="New criteria"),
    }
    complete_milestone(owed(activity, "Book the room", leaver), by=SYSTEM)
    GapFactory(owner=leaver, state="closed")
    return made


def owed(activity, title, owner):
    return add_milestone(activity, title=title, days=-9, owner=owner, by=SYSTEM)


def membership_of(user):
    return Membership.objects.get(user=user)


def owner_of(row):
    row.refresh_from_db()
    return row.assigned_to if hasattr(row, "assigned_to") else row.owner


def leave(user, by, **more):
    end_membership(membership_of(user), by=by.actor(), reason="Retires", **more)


def test_open_work_is_listed_and_titles_only_for_whoever_may_read_them(
    organisation, administrator, leaver, successor, work
):
    def listed(user):
        found = open_work_of(leaver.pk, access_of(user, organisation, at=now()))
        return {str(left.work.label): ([t for _key, t in left.named], left.count) for left in found}

    assert listed(successor) == {
        "Activities": (["Stroke week"], 1),
        "Milestones": (["Send the programme"], 1),
        "Gaps": (["Door to needle"], 1),
        "Plans": (["The year"], 1),
        "News to decide": (["New criteria"], 1),
    }
    assert listed(administrator)["Activities"] == (["Stroke week"], 1)
    assert listed(administrator)["Plans"] == ([], 1)


def test_every_kind_is_counted_in_one_statement_and_named_in_another(
    organisation, administrator, leaver, work, django_assert_num_queries
):
    access = access_of(administrator, organisation, at=now())
    open_work_of(leaver.pk, access)

    with django_assert_num_queries(5):  # one of them what the leaver may decide, two the day
        open_work_of(leaver.pk, access)


def test_the_successor_goes_on_and_the_journal_says_so(administrator, leaver, successor, work):
    leave(leaver, administrator, successor=successor.pk)

    assert {owner_of(row) for row in work.values()} == {successor}
    assert work["gap"].version == 2
    handed = Entry.objects.filter(action__endswith=".handed_over")
    assert {entry.action for entry in handed} == {
        f"{noun}.handed_over" for noun in ("activity", "milestone", "gap", "plan", "news_item")
    }


def test_without_a_successor_everything_stays(administrator, leaver, work):
    leave(leaver, administrator)

    assert {owner_of(row) for row in work.values()} == {leaver}


def test_only_somebody_who_works_here_and_stays_goes_on(
    organisation, administrator, leaver, successor
):
    elsewhere = member(OrganisationFactory(), "coordinator")
    gone = member(organisation, "coordinator")
    leave(gone, administrator)

    for nobody in (leaver, elsewhere, gone, UserFactory()):
        with pytest.raises(Refused) as refused:
            leave(leaver, administrator, successor=nobody.pk)
        assert refused.value.objection == NO_SUCCESSOR


def test_nobody_signs_any_more_in_the_place_of_a_leaver(administrator, leaver, successor):
    today = day_here()
    days = {"starts_on": today, "ends_on": today + timedelta(days=9), "reason": "On leave"}
    lent, borrowed = (
        Delegation.objects.create(
            giver_id=a.pk, giver_name=str(a), delegate_id=b.pk, delegate_name=str(b), **days
        )
        for a, b in ((leaver, successor), (successor, leaver))
    )

    leave(leaver, administrator)

    for delegation in (lent, borrowed):
        delegation.refresh_from_db()
        assert delegation.ended_at


def test_of_an_administrator_the_work_is_handed_over_once_a_second_agrees(
    organisation, administrator, successor
):
    second = member(organisation, "administrator")
    gap = GapFactory(owner=second)

    leave(second, administrator, successor=successor.pk)
    assert owner_of(gap) == second
    agree_to_change(AccessChange.objects.get(), by=second.actor())

    assert owner_of(gap) == successor


def test_the_page_shows_what_is_open_and_asks_who_goes_on(
    client, administrator, leaver, successor, work
):
    client.force_login(administrator)
    address = reverse("membership_end", args=[membership_of(leaver).pk])

    page = client.get(address).text
    assert "Stroke week" in page
    assert "The year" not in page
    assert "1 that you may not see" in page
    client.post(address, {"reason": "Retires", "successor": str(successor.pk)})

    assert owner_of(work["plan"]) == successor


def test_reports_and_territories_are_shown_and_go_to_the_successor_who_is_told(
    organisation, administrator, leaver, successor
):
    gone, heir = (Membership.objects.get(user=user) for user in (leaver, successor))
    below = Membership.objects.get(user=member(organisation, "coordinator"))
    place_member(below, title="", manager=gone, by=SYSTEM)
    place_member(heir, title="", manager=below, by=SYSTEM)
    pune = TerritoryFactory(name="Pune")
    role = Role.objects.get(code="field_representative")
    assign_territory(pune, gone, role, Days(local_day(now())), by=SYSTEM)
    access = access_of(administrator, organisation, at=now())
    shown = {str(each.work.label): each.count for each in open_work_of(leaver.pk, access)}
    assert shown["People who report to them"] == 1
    assert shown["Territories with their doctors"] == 1

    end_membership(gone, by=SYSTEM, reason="Retires.", successor=successor.pk)

    below.refresh_from_db()
    assert below.manager is None, "the successor reports to them, so they report one step up"
    held = Assignment.objects.of(pune).filter(until_on=None)
    assert [each.membership_id for each in held] == [heir.pk]
    told = Delivery.objects.get(template_code="accounts.successor")
    assert (told.to_address, str(leaver) in told.subject) == (successor.email, True)


def test_reports_go_to_the_successor(organisation, leaver, successor):
    gone = Membership.objects.get(user=leaver)
    below = Membership.objects.get(user=member(organisation, "coordinator"))
    place_member(below, title="", manager=gone, by=SYSTEM)

    end_membership(gone, by=SYSTEM, reason="Retires.", successor=successor.pk)

    below.refresh_from_db()
    assert below.manager.user == successor
    assert Entry.objects.filter(action="member.placed", subject_id=below.pk).count() == 2
