import uuid

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from symposia.activities.actions.planning import choose_objectives
from symposia.activities.models import Activity
from symposia.shared.actors import SYSTEM
from symposia.shared.tenancy import acting_in
from tests.factories.accounts import OrganisationFactory, member
from tests.factories.activities import ActivityFactory, SessionFactory
from tests.factories.curriculum import ObjectiveFactory

pytestmark = pytest.mark.django_db
QUESTIONS = {
    "mode": "independent",
    "type": "course",
    "title": "Acute stroke: thrombolysis update",
    "day": "2027-03-11",
    "starts": "18:30",
    "ends": "20:00",
    "zone": "America/New_York",
    "delivery": "in_person",
    "venue_name": "Harbour Conference Centre",
    "city": "Boston",
    "country": "us",
    "capacity": "90",
    "expected_attendance": "80",
}


@pytest.fixture
def coordinator(client, organisation):
    user = member(organisation, "coordinator")
    client.force_login(user)
    return user


def test_a_draft_is_created_from_one_page_of_questions(client, organisation, coordinator):
    response = client.post(reverse("activity_new"), QUESTIONS)

    activity = Activity.objects.get()
    assert response.url == reverse("activity_agenda", args=[activity.pk])
    assert (activity.state, activity.owner, activity.country) == ("draft", coordinator, "US")
    assert activity.starts_at.isoformat() == "2027-03-11T23:30:00+00:00"


def test_what_is_needed_seldom_says_why_it_cannot_be_done_now(client, organisation, coordinator):
    draft, approved = ActivityFactory(), ActivityFactory(state="approved")

    on_draft = client.get(reverse("activity", args=[draft.pk])).text
    on_approved = client.get(reverse("activity", args=[approved.pk])).text

    reason = "This is not possible while the activity is “Draft”."
    assert f"<span>Postpone<small>{reason}</small></span>" in on_draft
    assert f"<span>Move to another date<small>{reason}</small></span>" in on_draft
    assert reverse("activity_cancellation", args=[draft.pk]) in on_draft
    for name in ("postponement", "new_date", "cancellation"):
        assert reverse(f"activity_{name}", args=[approved.pk]) in on_approved


def test_an_open_activity_leads_to_its_public_page(client, organisation, coordinator):
    shut, open_now = ActivityFactory(state="approved"), ActivityFactory(state="open")

    pages = [client.get(reverse("activity", args=[each.pk])).text for each in (shut, open_now)]

    address = reverse("public_activity", args=[organisation.code, open_now.number])
    assert f'href="{address}"' in pages[1]
    assert "Public page" not in pages[0]


def test_wrong_answers_come_back_with_the_page(client, organisation, coordinator):
    response = client.post(reverse("activity_new"), QUESTIONS | {"title": "", "country": "USA"})

    assert response.status_code == 422
    assert b"There is a problem" in response.content
    assert not Activity.objects.exists()


def test_a_time_the_clocks_jump_over_is_refused_in_words(client, organisation, coordinator):
    answers = QUESTIONS | {"day": "2027-03-14", "starts": "02:30", "ends": "05:00"}

    response = client.post(reverse("activity_new"), answers)

    assert "jump over 14 Mar 2027, 02:30" in response.content.decode()
    assert not Activity.objects.exists()


def test_a_company_is_offered_its_own_modes_only(client, db):
    company = OrganisationFactory(kind="company", zone="Asia/Kolkata", country="IN")
    client.force_login(member(company, "brand_manager"))

    page = client.get(reverse("activity_new")).content.decode()

    assert 'value="scientific"' in page
    assert 'value="independent"' not in page
    assert client.post(reverse("activity_new"), QUESTIONS).status_code == 422


@pytest.mark.parametrize(
    "name", ["activity", "activity_agenda", "activity_faculty", "activity_history", "activity_edit"]
)
def test_every_page_of_the_workspace_opens(client, organisation, coordinator, name):
    activity = ActivityFactory()
    SessionFactory(activity=activity)

    response = client.get(reverse(name, args=[activity.pk]))

    assert response.status_code == 200
    assert activity.title in response.content.decode()
    assert "Readiness" in response.content.decode()


def test_an_activity_of_another_organisation_does_not_exist(client, organisation, coordinator):
    other = OrganisationFactory()
    with acting_in(other.pk):
        theirs = ActivityFactory()

    for name in ("activity", "activity_agenda", "activity_edit", "activity_cancellation"):
        assert client.get(reverse(name, args=[theirs.pk])).status_code == 404


def test_whoever_only_reads_changes_nothing(client, organisation):
    client.force_login(member(organisation, "executive"))
    activity = ActivityFactory()

    page = client.get(reverse("activity", args=[activity.pk])).content.decode()

    assert "Submit for approval" not in page
    assert client.get(reverse("activity_edit", args=[activity.pk])).status_code == 403
    assert client.post(reverse("activity_step", args=[activity.pk, "submit"])).status_code == 403


def test_the_submit_button_says_why_it_cannot_be_pressed(client, organisation, coordinator):
    activity = ActivityFactory()

    page = client.get(reverse("activity", args=[activity.pk])).content.decode()

    assert 'aria-disabled="true"' in page
    assert "The agenda has no session." in page
    assert "No objective is chosen" in page


def test_a_refused_step_is_told_in_words(client, organisation, coordinator):
    activity = ActivityFactory()

    page = client.post(reverse("activity_step", args=[activity.pk, "submit"]), follow=True)

    assert "The agenda has no session." in page.content.decode()
    assert Activity.objects.get().state == "draft"


def test_an_unknown_step_does_not_exist(client, organisation, coordinator):
    activity = ActivityFactory()

    assert client.post(reverse("activity_step", args=[activity.pk, "sell"])).status_code == 404


def test_who_saves_over_a_change_sees_it_and_may_save_again(client, organisation, coordinator):
    activity = ActivityFactory()
    url = reverse("activity_edit", args=[activity.pk])
    mine = QUESTIONS | {"seen_version": "1", "title": "Mine"}
    client.post(url, QUESTIONS | {"seen_version": "1", "title": "Theirs"})

    response = client.post(url, mine)

    page = response.content.decode()
    assert response.status_code == 422
    assert "<del>Theirs</del>" in page
    assert "<ins>Mine</ins>" in page
    assert Activity.objects.get().title == "Theirs"
    assert 'name="seen_version" value="2"' in page

    client.post(url, mine | {"seen_version": "2"})
    assert Activity.objects.get().title == "Mine"


def test_objectives_are_chosen_on_a_page(client, organisation, coordinator):
    activity, objective = ActivityFactory(), ObjectiveFactory()

    client.post(
        reverse("activity_objectives", args=[activity.pk]), {"objectives": [str(objective.pk)]}
    )

    page = client.get(reverse("activity", args=[activity.pk])).content.decode()
    assert objective.text in page


def test_cancelling_asks_why(client, organisation, coordinator):
    activity = ActivityFactory(state="approved")
    url = reverse("activity_cancellation", args=[activity.pk])

    assert client.post(url, {"reason": ""}).status_code == 422
    client.post(url, {"reason": "The speaker is ill"})

    assert Activity.objects.get().state == "cancelled"
    history = client.get(reverse("activity_history", args=[activity.pk])).content.decode()
    assert "The speaker is ill" in history


def test_an_activity_moves_to_another_date(client, organisation, coordinator):
    activity = ActivityFactory(state="postponed")
    url = reverse("activity_new_date", args=[activity.pk])

    page = client.post(url, {"day": "2027-05-06", "starts": "18:00", "reason": "Hall was taken"})

    assert page.status_code in (302, 422), page.content
    moved = Activity.objects.get()
    if page.status_code == 302:
        assert moved.wall_starts.isoformat() == "2027-05-06T18:00:00"


def test_the_list_asks_the_same_number_of_questions_for_one_row_and_for_three(
    client, organisation, coordinator
):
    asked = []
    for more in (1, 2):
        for _each in range(more):
            ActivityFactory(owner=coordinator)
        with CaptureQueriesContext(connection) as queries:
            assert client.get(reverse("activities")).status_code == 200
        asked.append(len(queries))

    assert asked[0] == asked[1]


def test_a_session_is_given_the_objectives_it_works_on(client, coordinator):
    session = SessionFactory(activity=ActivityFactory(state="draft"))
    objective = ObjectiveFactory()
    choose_objectives(session.activity, [objective], by=SYSTEM)
    here = reverse("activity_session_objectives", args=[session.activity_id, session.pk])
    given = {"objectives": [objective.pk], "idempotency_key": uuid.uuid4()}

    answer = client.post(here, given)

    page = reverse("activity_session", args=[session.activity_id, session.pk])
    assert answer.url == page
    assert objective.text in client.get(page).text
    assert "checked" in client.get(here).text
