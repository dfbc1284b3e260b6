"""Today tells a need once: one row per activity or series, and only what a person answers for."""

from datetime import date, time, timedelta

import pytest
from django.urls import reverse
from django.utils.timezone import now

from symposia.accounts.queries import access_of
from symposia.activities.models import Occasion, Series
from symposia.insights.models import OpenPoint
from symposia.insights.today import needs_of, rows_needing, waiting_on_others
from symposia.shared.counting import counted_together
from symposia.shared.tenancy import acting_in
from tests.factories.accounts import OrganisationFactory, member
from tests.factories.activities import ActivityFactory
from tests.factories.directory import TerritoryFactory


@pytest.fixture
def organisation(db):
    made = OrganisationFactory(kind="company", currency="INR")
    with acting_in(made.pk):
        yield made


@pytest.fixture
def lead(organisation):
    return member(organisation, "medical_affairs")


@pytest.fixture
def north(organisation):
    return TerritoryFactory(name="North")


@pytest.fixture
def manager(organisation, north):
    return member(organisation, "area_manager", scope_kind="territory", scope_id=north.pk)


def access(user, organisation):
    return access_of(user, organisation, at=now())


def needs(user, organisation):
    return needs_of(access(user, organisation), at=now())


def planned(days=40, **facts):
    starts = (now() + timedelta(days=days)).replace(tzinfo=None, microsecond=0)
    return ActivityFactory(wall_starts=starts, **{"mode": "scientific"} | facts)


def lacking(activity, *facts, **more):
    for fact in facts:
        OpenPoint.objects.create(
            activity=activity,
            fact=fact,
            sentence=f"No {fact} yet.",
            stage="submit",
            due_at=activity.starts_at - timedelta(days=21),
            **{"owner": activity.owner, "url_name": "activity", "url_key": activity.pk} | more,
        )


def series(title="Heart failure hour"):
    return Series.objects.create(
        number=f"SER-{Series.objects.count()}",
        title=title,
        mode="scientific",
        type="hospital_meeting",
        repeats="weekly",
        first_on=date(2026, 1, 1),
        until_on=date(2028, 1, 1),
        clock=time(12),
        minutes=60,
        zone="Asia/Kolkata",
        delivery="in_person",
    )


def sessions_of(series, count, *, after=40, **facts):
    found = []
    for week in range(count):
        activity = planned(after + 7 * week, **facts)
        Occasion.objects.create(series=series, activity=activity, day=activity.wall_starts.date())
        found.append(activity)
    return found


def test_what_the_sessions_of_a_series_lack_is_told_once(client, organisation, lead):
    for each in sessions_of(series("Heart failure hour"), 6, owner=lead):
        lacking(each, "faculty")

    (need,) = needs(lead, organisation)

    assert (need.title, need.sessions, need.url_name) == ("Heart failure hour", 6, "series")
    client.force_login(lead)
    page = client.get(reverse("today"))
    assert page.text.count("No faculty yet.") == 1
    assert "6 sessions, the next on" in page.text
    assert page.context["count"] == 1


def test_an_activity_that_lacks_three_things_is_one_row_that_says_so(client, organisation, lead):
    lacking(planned(owner=lead, title="Titration"), "agenda", "place", "faculty")

    (need,) = needs(lead, organisation)

    assert (str(need.what), need.more) == ("No agenda yet.", 2)
    client.force_login(lead)
    assert "and 2 more things" in client.get(reverse("today")).text


def test_sessions_in_two_states_are_two_rows(organisation, lead):
    hour = series()
    sessions_of(hour, 2, owner=lead)
    sessions_of(hour, 2, owner=lead, state="approved", after=60)
    sessions_of(series(), 1, owner=lead)

    found = needs(lead, organisation)

    assert sorted(each.sessions for each in found) == [1, 2, 2]


def test_the_number_beside_today_is_that_of_its_rows(organisation, lead):
    for each in sessions_of(series(), 3, owner=lead):
        lacking(each, "faculty", "agenda")
    planned(owner=lead)
    rows = rows_needing(access(lead, organisation), at=now())

    counted = sum(counted_together(list(rows.values())))

    assert counted == len(needs(lead, organisation)) == 2


def test_a_regional_manager_answers_for_the_own_region_and_what_they_own(
    organisation, manager, north, lead
):
    city = TerritoryFactory(name="Delhi", parent=north)
    lacking(planned(territory=city, owner=lead, title="In Delhi"), "agenda")
    lacking(planned(owner=manager, title="Own"), "agenda")
    lacking(planned(owner=lead, title="Of nobody's region"), "agenda")
    lacking(planned(territory=TerritoryFactory(name="South"), title="South"), "agenda")
    planned(owner=lead, title="Asked elsewhere", state="in_approval")
    planned(territory=city, title="Asked here", state="in_approval")

    assert {each.title for each in needs(manager, organisation)} == {"In Delhi", "Own"}
    waiting = waiting_on_others(access(manager, organisation))
    assert [each.activity.title for each in waiting] == ["Asked here"]
    assert len(needs(lead, organisation)) == 4


def test_what_lies_with_others_is_no_need_of_whoever_plans(organisation, lead):
    activity = planned(owner=lead, state="open")
    lacking(activity, "approval", "bills", owner=None)
    lacking(activity, "agenda")

    (need,) = needs(lead, organisation)

    assert (str(need.what), need.more) == ("No agenda yet.", 0)
