"""At the gate: who may not look is told why, the journal keeps it, what was seen can be proved."""

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.timezone import now

from symposia.accounts.actions import make_personal_token
from symposia.accounts.models import Role
from symposia.accounts.permissions import Permission
from symposia.accounts.queries import access_of
from symposia.audit.models import Entry
from symposia.insights.models import ActivityFigures, Sight
from symposia.shared.tenancy import acting_in
from tests.factories.accounts import OrganisationFactory, member
from tests.factories.activities import ActivityFactory
from tests.factories.registrations import RegistrationFactory


@pytest.fixture
def organisation(db):
    made = OrganisationFactory()
    with acting_in(made.pk):
        # What the organisation itself gave its representatives goes no further than the wall.
        for code in ("field_representative", "supporter"):
            role = Role.objects.get(code=code)
            role.permissions = [str(p) for p in Permission]
            role.save()
        yield made


@pytest.fixture
def activity(organisation):
    return ActivityFactory(state="open", mode="independent")


@pytest.fixture
def outsider(client, organisation):
    client.force_login(member(organisation, "field_representative"))
    return client


BEHIND = (
    *("activity_people", "activity_people_csv", "activity_people_xlsx", "invitations"),
    *("activity_attendance", "activity_money", "activity_evaluation", "activity_credits"),
    *("activity_disclosures", "activity_content", "activity_edit"),
)


@pytest.mark.parametrize("name", BEHIND)
def test_what_is_behind_the_wall_says_why_it_stays_closed(outsider, activity, name):
    answer = outsider.get(reverse(name, args=[activity.pk]))

    assert answer.status_code == 403
    assert "Independent" in answer.text
    met = Entry.objects.get(action="wall.met")
    assert met.subject_id == activity.pk
    assert met.details["page"] == name


def test_a_row_of_the_activity_is_behind_the_wall_too(outsider, activity):
    place = RegistrationFactory(activity=activity)

    answer = outsider.get(reverse("registration", args=[place.pk]))

    assert answer.status_code == 403
    assert place.ticket_code not in answer.text
    assert Entry.objects.filter(action="wall.met", subject_id=activity.pk).exists()


def test_the_same_pages_open_where_the_mode_lets_them(outsider):
    scientific = ActivityFactory(state="open", mode="scientific")

    assert outsider.get(reverse("activity_people", args=[scientific.pk])).status_code == 200
    assert outsider.get(reverse("activity_disclosures", args=[scientific.pk])).status_code == 403


def test_nobody_writes_through_the_wall(outsider, activity):
    answer = outsider.post(reverse("activity_step", args=[activity.pk, "start"]))

    assert answer.status_code == 403
    activity.refresh_from_db()
    assert activity.state == "open"


def test_the_tabs_behind_the_wall_are_not_offered(outsider, activity):
    page = outsider.get(reverse("activity", args=[activity.pk])).text

    assert reverse("activity_people", args=[activity.pk]) not in page
    assert reverse("activity_agenda", args=[activity.pk]) in page


def test_the_api_says_the_same(organisation, activity):
    user = member(organisation, "field_representative")
    access = access_of(user, organisation, at=now())
    held = [Permission.VIEW_MONEY, Permission.VIEW_PEOPLE_OF_ACTIVITY, Permission.USE_API]
    _token, secret = make_personal_token(
        user, access, name="field", permissions=held, by=user.actor()
    )

    answer = Client().get(
        f"/api/v1/budgets/{activity.pk}", headers={"Authorization": f"Bearer {secret}"}
    )

    assert answer.status_code == 403
    assert answer.json()["title"] == "Behind the wall"
    assert Entry.objects.filter(action="wall.met", subject_id=activity.pk).exists()


def test_what_a_person_was_shown_is_kept_once_a_day(client, organisation, activity):
    client.force_login(member(organisation, "coordinator"))
    for _again in range(2):
        client.get(reverse("activity_people", args=[activity.pk]))

    seen = Sight.objects.get()

    assert (seen.activity_id, seen.page) == (activity.pk, "activity_people")


def test_the_proof_tells_who_saw_and_who_was_turned_away(client, organisation, activity):
    coordinator, rep = member(organisation, "coordinator"), member(organisation, "supporter")
    for user in (rep, coordinator):
        client.force_login(user)
        client.get(reverse("activity_people", args=[activity.pk]))
        client.get(reverse("activity_people_csv", args=[activity.pk]))

    page = client.get(reverse("activity_wall", args=[activity.pk])).text

    assert str(coordinator) in page
    assert str(rep) in page
    assert "activity_people csv" in page


def test_who_was_turned_away_stands_in_the_history_for_readers_of_the_journal_alone(
    client, organisation, activity
):
    client.force_login(member(organisation, "supporter"))
    client.get(reverse("activity_people", args=[activity.pk]))
    history = reverse("activity_history", args=[activity.pk])

    client.force_login(member(organisation, "coordinator"))
    assert "Turned away by the wall" in client.get(history).text
    client.force_login(member(organisation, "publisher"))
    assert "Turned away by the wall" not in client.get(history).text
    assert "Turned away" not in client.get(reverse("activity", args=[activity.pk])).text


def test_the_table_is_a_page(client, organisation):
    client.force_login(member(organisation, "executive"))

    page = client.get(reverse("wall")).text

    assert "Commercial supporter" in page
    assert "counts of ten or more" in page


def counted(activity, **figures):
    return ActivityFigures.objects.create(activity=activity, counted_at=now(), **figures)


def test_a_supporter_sees_counts_of_ten_or_more(client, organisation, activity):
    counted(activity, invited=40, attended=10, credited=9)
    client.force_login(member(organisation, "supporter"))

    page = client.get(reverse("activity_insights", args=[activity.pk])).text
    listed = client.get(reverse("insights_activities_csv")).getvalue().decode()

    assert "fewer than ten" in page
    row = listed.splitlines()[-1].split(",")
    assert "40" in row
    assert "10" in row
    assert "9" not in row


def test_figures_of_all_leave_out_small_counts(client, organisation, activity):
    counted(activity, invited=40, attended=9)
    counted(ActivityFactory(mode="independent"), invited=2, attended=30)
    client.force_login(member(organisation, "supporter"))

    totals = client.get(reverse("insights")).context["steps"]

    assert [step.count for step in totals][:1] == [40]
    assert 39 not in [step.count for step in totals]
    assert 30 in [step.count for step in totals]


def test_who_stands_inside_sees_small_counts(client, organisation, activity):
    """The negative control."""
    counted(activity, invited=40, attended=10, credited=9)
    client.force_login(member(organisation, "executive"))
    role = Role.objects.get(code="executive")
    role.permissions = [*role.permissions, str(Permission.EXPORT)]
    role.save()

    assert "9" in client.get(reverse("insights_activities_csv")).getvalue().decode().split(",")


def test_an_activity_is_not_begun_in_a_mode_behind_the_wall(client, db):
    company = OrganisationFactory(kind="company")
    client.force_login(member(company, "brand_manager"))
    facts = {
        "mode": "scientific",
        "type": "round_table",
        "title": "Stroke round table",
        "day": "2027-03-11",
        "starts": "18:30",
        "ends": "20:00",
        "zone": "Asia/Kolkata",
        "country": "IN",
        "delivery": "in_person",
        "expected_attendance": "20",
    }

    answer = client.post(reverse("activity_new"), facts)

    assert answer.status_code == 422
    assert "may look at it, not change it" in answer.text
