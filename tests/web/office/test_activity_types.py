import pytest
from django.urls import reverse

from symposia.activities.models import Organiser, OwnType, TypeAnswer
from symposia.shared.tenancy import acting_in
from tests.factories.accounts import OrganisationFactory, member
from tests.factories.activities import ActivityFactory

pytestmark = pytest.mark.django_db
COPY = {
    "title": "Friday club",
    "delivery": "hybrid",
    "minutes": "45",
    "milestones": "-10; education_lead; Paper chosen\n\n1; ; Notes sent",
    "documents": "-7; coordinator; The paper",
    "fields_asked": "Paper\nWho presents",
    "seen_version": "0",
}


@pytest.fixture
def lead(client, organisation):
    user = member(organisation, "education_lead")
    client.force_login(user)
    return user


def test_the_page_of_types_lists_what_we_may_plan(client, lead):
    page = client.get(reverse("activity_types")).content.decode()

    assert "Tumour board" in page
    assert "Advisory board" not in page


def test_an_own_copy_is_written_as_lines(client, lead):
    edit = reverse("activity_type_edit", args=["journal_club"])
    assert "The paper" in client.get(edit).content.decode()

    response = client.post(edit, COPY)

    page = client.get(response.url).content.decode()
    assert OwnType.objects.get().lines.count() == 5
    assert "Friday club" in page
    assert "10 days before" in page
    assert "1 day after" in page


def test_a_line_that_cannot_be_read_comes_back_with_its_words(client, lead):
    edit = reverse("activity_type_edit", args=["journal_club"])

    response = client.post(edit, COPY | {"milestones": "soon; nobody; Paper"})

    assert response.status_code == 422
    assert "soon; nobody; Paper" in response.content.decode()
    assert not OwnType.objects.exists()


def test_a_copy_is_given_up(client, lead):
    client.post(reverse("activity_type_edit", args=["journal_club"]), COPY)

    client.post(reverse("activity_type_giving_up", args=["journal_club"]))

    assert not OwnType.objects.exists()


def test_a_type_that_is_none_is_not_there(client, lead):
    assert client.get(reverse("activity_type", args=["seance"])).status_code == 404


def test_whoever_only_plans_does_not_change_types(client, organisation):
    client.force_login(member(organisation, "coordinator"))

    assert client.post(reverse("activity_type_edit", args=["course"]), COPY).status_code == 403


def test_a_new_activity_begins_with_what_its_type_usually_is(client, lead):
    page = client.get(reverse("activity_new") + "?type=webinar").content.decode()

    assert '<option value="webinar" selected>' in page
    assert 'value="10:00"' in page


def test_the_questions_of_the_type_are_on_the_overview(client, lead):
    activity = ActivityFactory(type="journal_club")

    client.post(
        reverse("activity_type_questions", args=[activity.pk]), {"answer_0": "Emberson 2014"}
    )

    assert TypeAnswer.objects.get().question == "Paper"
    page = client.get(reverse("activity", args=[activity.pk])).content.decode()
    assert "Emberson 2014" in page


def test_a_joint_provider_that_sells_products_is_refused_in_words(client, lead):
    activity = ActivityFactory()
    to = reverse("activity_organiser", args=[activity.pk])

    response = client.post(to, {"part": "joint", "name": "Pharma", "is_ineligible": "on"})

    assert "never provides accredited education" in response.content.decode()
    assert not Organiser.objects.exists()
    client.post(to, {"part": "joint", "name": "City College"})
    page = client.get(reverse("activity", args=[activity.pk])).content.decode()
    assert "City College" in page


def test_a_companys_meeting_says_no_credit_until_the_council_approved(client, db):
    company = OrganisationFactory(kind="company")
    client.force_login(member(company, "medical_affairs"))
    with acting_in(company.pk):
        activity = ActivityFactory(mode="scientific")
    page = reverse("activity", args=[activity.pk])
    assert "No credit" in client.get(page).content.decode()

    client.post(
        reverse("activity_organiser", args=[activity.pk]),
        {"part": "association", "name": "Cardiology Society"},
    )
    client.post(
        reverse("activity_approval_number", args=[activity.pk]),
        {"council": "MMC", "number": "MMC/118"},
    )

    shown = client.get(page).content.decode()
    assert "MMC/118" in shown
    assert "No credit" not in shown
    assert "MMC/118" in client.get(reverse("organisers")).content.decode()
    client.post(reverse("activity_organiser_removal", args=[activity.pk]))
    assert "No credit" in client.get(page).content.decode()


def test_the_organiser_of_others_is_not_found(client, lead):
    with acting_in(OrganisationFactory().pk):
        foreign = ActivityFactory()

    assert client.get(reverse("activity_organiser", args=[foreign.pk])).status_code == 404
