import pytest
from django.urls import reverse

from symposia.audit.models import Entry
from symposia.curriculum.models import AgreedAction, Meeting
from symposia.shared.tenancy import acting_in
from tests.factories.accounts import OrganisationFactory, member
from tests.factories.curriculum import GapFactory, MeetingFactory, NewsItemFactory

pytestmark = pytest.mark.django_db
WORDS = {"title": "Curriculum review", "on": "2027-01-15", "next_after_months": "1"}


@pytest.fixture
def lead(client, organisation):
    user = member(organisation, "education_lead")
    client.force_login(user)
    return user


def test_a_meeting_is_planned_decided_and_held(client, organisation, lead):
    gap, _news = GapFactory(), NewsItemFactory()
    client.post(reverse("meeting_new"), WORDS)
    meeting = Meeting.objects.get()
    point = meeting.items.get(subject_id=gap.pk)
    assert meeting.items.filter(kind="news").exists()

    client.post(reverse("meeting_decision", args=[meeting.pk, point.pk]), {"decision": "Teach it"})
    client.post(reverse("meeting_point_new", args=[meeting.pk]), {"title": "Room"})
    spare = meeting.items.get(kind="own")
    client.post(reverse("meeting_point_removal", args=[meeting.pk, spare.pk]))
    client.post(
        reverse("meeting_action_new", args=[meeting.pk]),
        {"text": "Book hall B", "owner": str(lead.pk), "due_on": "2027-02-01"},
    )
    words = {"present": "Anita", "minutes": "Talked about stroke."}
    page = client.post(reverse("meeting_minutes", args=[meeting.pk]), words, follow=True)

    shown = page.content.decode()
    assert "The next one is planned: MTG-2027-" in shown
    for said in ("Teach it", "Book hall B", "Talked about stroke."):
        assert said in shown
    assert "Room" not in [item.title for item in meeting.items.all()]
    action = AgreedAction.objects.get()
    assert "Book hall B" in client.get(reverse("agreed_actions")).content.decode()
    url = reverse("agreed_action_done", args=[action.pk])
    client.post(url, {"note": "Booked"})
    assert "This action is done." in client.post(url, {"note": "again"}).content.decode()


def test_what_changed_since_is_added_by_a_button(client, organisation, lead):
    meeting = MeetingFactory()
    GapFactory()

    page = client.post(reverse("meeting_agenda", args=[meeting.pk]), follow=True)

    assert "added." in page.content.decode()
    assert meeting.items.exists()


def test_a_meeting_is_moved_and_called_off(client, organisation, lead):
    meeting = MeetingFactory()
    url = reverse("meeting_edit", args=[meeting.pk])
    client.post(url, WORDS | {"on": "2027-02-15", "seen_version": "1"})
    assert client.post(url, WORDS | {"seen_version": "1"}).status_code == 422

    off = reverse("meeting_cancellation", args=[meeting.pk])
    assert client.get(off).status_code == 200
    assert client.post(off).status_code == 422
    client.post(off, {"reason": "The chair is ill"})

    assert Entry.objects.get(action="meeting.cancelled").reason == "The chair is ill"
    assert Meeting.objects.get().state == "cancelled"
    words = {"present": "A", "minutes": "B"}
    page = client.post(reverse("meeting_minutes", args=[meeting.pk]), words)
    assert "its record stays" in page.content.decode()


def test_whoever_only_reads_is_offered_nothing_to_change(client, organisation):
    client.force_login(member(organisation, "reviewer"))
    meeting = MeetingFactory()

    page = client.get(reverse("meeting", args=[meeting.pk])).content.decode()

    assert "Write the minutes" not in page
    assert client.post(reverse("meeting_agenda", args=[meeting.pk])).status_code == 403


def test_a_meeting_of_another_organisation_does_not_exist(client, organisation, lead):
    with acting_in(OrganisationFactory().pk):
        meeting = MeetingFactory()

    for name in ("meeting", "meeting_edit", "meeting_minutes", "meeting_point_new"):
        assert client.get(reverse(name, args=[meeting.pk])).status_code == 404
