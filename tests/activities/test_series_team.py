"""The team and the plan of a series reach its sessions; what was said of one alone stays."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from symposia.activities.actions.occasions import except_day
from symposia.activities.actions.plans import place_in_plan
from symposia.activities.actions.series import copy_to_next_year, make_occasions
from symposia.activities.actions.series_plans import place_series_in_plan
from symposia.activities.actions.series_team import join_series_team, leave_series_team
from symposia.activities.actions.team import add_team_member, enter_contributor
from symposia.activities.models import Activity, Refresh, SeriesTeamMember, TeamMember
from symposia.activities.series import occasions_of
from symposia.audit.models import Entry
from symposia.curriculum.actions.plans import PlanFacts, end_plan, make_plan
from symposia.shared.actors import SYSTEM
from symposia.shared.money import Money
from tests.activities.test_actions import code_of
from tests.activities.test_series import FRIDAY, SECOND, begun, changed

pytestmark = pytest.mark.django_db
YEAR = PlanFacts("Year", date(2027, 1, 1), date(2027, 12, 31), Money(Decimal(1000), "USD"))


@pytest.fixture
def person(organisation):
    return enter_contributor(name="Ada Moreno", by=SYSTEM)


@pytest.fixture
def plan(organisation):
    return make_plan(YEAR, by=SYSTEM)


def teams(series):
    members = TeamMember.objects.filter(activity__in=[o.activity_id for o in occasions_of(series)])
    return [(m.contributor.name, m.role) for m in members.select_related("contributor")]


def plans(series):
    return [each.activity.plan_id for each in occasions_of(series)]


def test_whoever_joins_a_series_joins_its_planned_sessions_and_those_to_come(person):
    series = begun()
    make_occasions(series, by=SYSTEM, at_most=2)
    first = occasions_of(series)[0].activity
    Activity.objects.filter(pk=first.pk).update(state="submitted")

    join_series_team(series, person, role="planner", by=SYSTEM)
    join_series_team(series, person, role="planner", by=SYSTEM)
    assert teams(series) == [("Ada Moreno", "planner")]
    make_occasions(series, by=SYSTEM)

    assert teams(series) == [("Ada Moreno", "planner")] * 3
    assert not TeamMember.objects.filter(activity=first).exists()
    assert Entry.objects.filter(action="series.team_joined").count() == 1


def test_whoever_leaves_a_series_stays_where_they_were_named_alone_or_it_was_submitted(person):
    series = begun()
    make_occasions(series, by=SYSTEM)
    alone, submitted, *_others = [each.activity for each in occasions_of(series)]
    add_team_member(alone, person, role="author", by=SYSTEM)
    member = join_series_team(series, person, role="author", by=SYSTEM)
    Activity.objects.filter(pk=submitted.pk).update(state="submitted")

    leave_series_team(member, by=SYSTEM)

    left = set(TeamMember.objects.values_list("activity", flat=True))
    assert left == {alone.pk, submitted.pk}
    assert not SeriesTeamMember.objects.exists()
    assert Entry.objects.filter(action="series.team_left").count() == 1


def test_a_session_with_the_team_of_its_series_alone_is_one_nobody_has_worked_on(person):
    series = begun()
    join_series_team(series, person, role="planner", by=SYSTEM)
    make_occasions(series, by=SYSTEM)

    changed(series, until_on=SECOND)

    assert Activity.objects.filter(state="cancelled").count() == 2


def test_an_unknown_role_is_refused(person):
    series = begun()
    assert code_of(lambda: join_series_team(series, person, role="king", by=SYSTEM)) == "who_is_it"


def test_next_year_has_the_same_team_to_look_at_and_no_plan(person, plan):
    series = place_series_in_plan(begun(), plan, by=SYSTEM)
    join_series_team(series, person, role="planner", by=SYSTEM)

    copy = copy_to_next_year(series, by=SYSTEM)

    assert copy.plan is None
    assert SeriesTeamMember.objects.get(series=copy).contributor == person
    marks = Refresh.objects.filter(series=copy, kind="disclosure")
    assert [each.statement for each in marks] == ["Ada Moreno, Planner"]


def test_sessions_belong_to_the_plan_of_their_series_unless_put_elsewhere(plan):
    series = begun()
    make_occasions(series, by=SYSTEM, at_most=3)
    other = make_plan(replace(YEAR, title="Other"), by=SYSTEM)
    elsewhere, submitted, _third = [each.activity for each in occasions_of(series)]
    place_in_plan(elsewhere, other, by=SYSTEM)
    Activity.objects.filter(pk=submitted.pk).update(state="submitted")

    place_series_in_plan(series, plan, by=SYSTEM)
    make_occasions(series, by=SYSTEM)

    assert plans(series) == [other.pk, None, plan.pk, plan.pk]
    place_series_in_plan(series, None, by=SYSTEM)
    assert plans(series) == [other.pk, None, None, None]
    assert Entry.objects.filter(action="series.planned").count() == 2


def test_a_day_moved_out_of_the_plan_belongs_to_none(organisation):
    narrow = make_plan(replace(YEAR, starts_on=FRIDAY, ends_on=date(2027, 3, 26)), by=SYSTEM)
    series = place_series_in_plan(begun(), narrow, by=SYSTEM)
    except_day(series, FRIDAY, moved_to=date(2027, 3, 4), reason="Visit", by=SYSTEM)

    make_occasions(series, by=SYSTEM)

    assert plans(series) == [None, narrow.pk, narrow.pk, narrow.pk]


def test_a_plan_holds_the_whole_series_and_is_not_ended(plan):
    short = make_plan(replace(YEAR, ends_on=SECOND), by=SYSTEM)
    series = begun()

    assert code_of(lambda: place_series_in_plan(series, short, by=SYSTEM)) == "outside_plan"
    place_series_in_plan(series, plan, by=SYSTEM)
    series.refresh_from_db()
    assert code_of(lambda: changed(series, until_on=date(2028, 1, 14))) == "outside_plan"
    end_plan(plan, reason="Another year", by=SYSTEM)
    assert changed(series, title="Rounds").title == "Rounds"
    over = begun()
    plan.refresh_from_db()
    assert code_of(lambda: place_series_in_plan(over, plan, by=SYSTEM)) == "plan_not_now"
