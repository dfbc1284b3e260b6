"""The roll-up of readiness: what the rail says, Today, the list, the API and the mail say."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils.timezone import now

from symposia.accounts.queries import access_of
from symposia.activities.actions.lifecycle import return_activity
from symposia.activities.facts import read_facts
from symposia.activities.models import Activity
from symposia.activities.owing import owed_by
from symposia.activities.readiness import readiness_of
from symposia.insights.actions import (
    count_stale_figures,
    note_open_points,
    remind_of_open_points,
    touch_figures,
)
from symposia.insights.models import OpenPoint
from symposia.insights.queries import counted_long_ago
from symposia.insights.today import needs_of
from symposia.notifications.models import Delivery
from symposia.shared.actors import SYSTEM
from symposia.shared.tenancy import acting_in
from tests.factories.accounts import OrganisationFactory, member
from tests.factories.activities import ActivityFactory, SessionFactory


@pytest.fixture
def organisation(db):
    made = OrganisationFactory()
    with acting_in(made.pk):
        yield made


@pytest.fixture
def owner(organisation):
    return member(organisation, "coordinator")


@pytest.fixture
def activity(owner):
    """A draft of next month without an agenda."""
    starts = (now() + timedelta(days=30)).replace(tzinfo=None, microsecond=0)
    return ActivityFactory(owner=owner, wall_starts=starts)


def test_the_roll_up_says_what_the_rail_says(activity):
    note_open_points(activity)

    on_the_rail = owed_by(activity, read_facts(activity))

    assert {p.fact: p.words for p in OpenPoint.objects.all()} == {
        each.fact: str(each.why) for each in on_the_rail
    }
    assert "agenda" in {each.fact for each in on_the_rail}


def test_the_disabled_button_says_the_same_sentence(client, owner, activity):
    note_open_points(activity)
    readiness = readiness_of(activity, read_facts(activity), at=now())
    client.force_login(owner)

    page = client.get(reverse("activity", args=[activity.pk])).text

    why = str(readiness.next.objection)
    sentences = [p.words for p in OpenPoint.objects.filter(stage="submit")]
    assert len(sentences) == 2
    assert all(sentence in why for sentence in sentences)
    assert why in page


def test_what_is_mended_is_owed_no_more(activity):
    note_open_points(activity)
    SessionFactory(activity=activity)

    note_open_points(Activity.objects.get(pk=activity.pk))

    assert "agenda" not in set(OpenPoint.objects.values_list("fact", flat=True))


def test_a_mark_is_enough_to_look_again(activity):
    touch_figures(activity.pk)

    count_stale_figures(by=SYSTEM)

    assert OpenPoint.objects.filter(activity=activity, fact="agenda").exists()
    assert counted_long_ago(now()) == []
    assert counted_long_ago(now() + timedelta(days=2)) == [activity.pk]


def test_today_leads_to_the_field_by_deadline(client, organisation, owner, activity):
    sooner = ActivityFactory(
        owner=owner, wall_starts=activity.wall_starts - timedelta(days=20), title="Sepsis"
    )
    for each in (activity, sooner):
        note_open_points(each)
    access = access_of(owner, organisation, at=now())

    needs = needs_of(access, at=now())

    assert [n.due_at for n in needs] == sorted(n.due_at for n in needs)
    assert needs[0].title == "Sepsis"
    client.force_login(owner)
    page = client.get(reverse("today")).text
    assert reverse("activity_agenda", args=[activity.pk]) in page
    assert "The agenda has no session." in page


def test_the_list_and_the_api_say_it_too(client, owner, activity):
    note_open_points(activity)
    client.force_login(owner)

    assert "The agenda has no session." in client.get(reverse("open_points")).text
    written = client.get(reverse("open_points_csv")).getvalue().decode()
    assert "The agenda has no session." in written
    assert activity.number in written


def test_whoever_owes_is_written_to_once_a_week(owner, activity):
    note_open_points(activity)
    due = OpenPoint.objects.order_by("due_at").first().due_at
    early, soon = due - timedelta(days=4), due - timedelta(days=2)

    assert remind_of_open_points(early, by=SYSTEM) == 0
    assert remind_of_open_points(soon, by=SYSTEM) == 1
    assert remind_of_open_points(soon + timedelta(days=1), by=SYSTEM) == 0
    assert remind_of_open_points(soon + timedelta(days=8), by=SYSTEM) == 1
    mail = Delivery.objects.filter(to_address=owner.email).first()
    assert "The agenda has no session." in mail.text


def test_counting_again_does_not_write_again(activity):
    note_open_points(activity)
    soon = OpenPoint.objects.order_by("-due_at").first().due_at
    remind_of_open_points(soon, by=SYSTEM)

    note_open_points(activity)

    assert remind_of_open_points(soon + timedelta(hours=1), by=SYSTEM) == 0


def test_the_wall_stands_before_points_too(organisation, activity):
    point = {"sentence": "Dr Rao has not declared.", "stage": "start", "due_at": now()}
    OpenPoint.objects.create(activity=activity, fact="disclosures", **point)
    OpenPoint.objects.create(activity=activity, fact="agenda", **point)

    def facts_seen(role):
        access = access_of(member(organisation, role), organisation, at=now())
        return set(OpenPoint.objects.visible_to(access).values_list("fact", flat=True))

    assert facts_seen("supporter") == {"agenda"}
    assert facts_seen("executive") == {"agenda", "disclosures"}


def test_todays_statements_do_not_grow_with_what_is_owed(
    client, owner, activity, django_assert_max_num_queries
):
    for _each in range(6):
        note_open_points(ActivityFactory(owner=owner, wall_starts=activity.wall_starts))
    client.force_login(owner)
    client.get(reverse("today"))

    with django_assert_max_num_queries(20):  # the way in and the way out of the test among them
        client.get(reverse("today"))


def test_what_approvers_gave_back_needs_its_planner_however_far_the_day_is(organisation, owner):
    starts = (now() + timedelta(days=200)).replace(tzinfo=None, microsecond=0)
    returned = ActivityFactory(owner=owner, wall_starts=starts, state="in_approval", title="Sepsis")
    return_activity(returned, reason="Say whom it is for", by=SYSTEM)
    note_open_points(Activity.objects.get(pk=returned.pk))

    needs = needs_of(access_of(owner, organisation, at=now()), at=now())

    assert [str(need.what) for need in needs] == ["Say whom it is for"]


def test_a_returned_plan_opens_with_what_was_asked(client, owner):
    activity = ActivityFactory(owner=owner, state="in_approval")
    return_activity(activity, reason="Say whom it is for", by=SYSTEM)
    client.force_login(owner)

    page = client.get(reverse("activity", args=[activity.pk])).content.decode()

    assert page.index("<b>Returned for change.</b> Say whom it is for") > 0
