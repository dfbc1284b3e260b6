"""The office's pages of discussions and shared practice: opened, moderated, judged."""

import uuid

import pytest
from django.urls import reverse

from symposia.insights.models import Sight
from symposia.learning.models import Contribution, Discussion, Practice
from symposia.shared.tenancy import acting_in
from tests.factories.accounts import OrganisationFactory, day_here, member
from tests.factories.activities import ActivityFactory
from tests.factories.discussing import (
    discussion_of,
    practice_of,
    published_practice,
    said_by,
    sent_practice,
)
from tests.factories.registrations import RegistrationFactory

pytestmark = pytest.mark.django_db
FORM = {
    "kind": "journal_club",
    "title": "A checklist",
    "citation": "Halloran 2025",
    "questions": "Like ours?\n\nAt night?",
    "moderation": "before",
    "edit_minutes": "15",
}


@pytest.fixture
def coordinator(client, organisation):
    client.force_login(member(organisation, "coordinator"))
    return client


def post(client, name, *args, **values):
    sent = {"idempotency_key": str(uuid.uuid4())} | values
    return client.post(reverse(name, args=args), sent, follow=True)


def get(client, name, *args, **query):
    page = client.get(reverse(name, args=args), query)
    assert page.status_code == 200
    return page.content.decode()


def test_a_journal_club_is_opened_changed_and_removed(coordinator):
    activity = ActivityFactory(state="open")
    assert "No discussion yet" in get(coordinator, "activity_discussions", activity.pk)

    page = post(coordinator, "discussion_new", activity.pk, opens_on=day_here(), **FORM)
    made = Discussion.objects.get()
    assert made.questions == ["Like ours?", "At night?"]
    assert "Halloran 2025" in page.content.decode()
    form = coordinator.get(reverse("discussion_edit", args=[made.pk])).context["form"]
    assert form.initial["questions"] == "Like ours?\nAt night?"
    changed = FORM | {"title": "The checklist", "opens_on": day_here(), "seen_version": "1"}
    page = post(coordinator, "discussion_edit", made.pk, **changed).content.decode()
    assert "The checklist" in page
    assert "A checklist" not in get(coordinator, "activity_discussions", activity.pk)
    post(coordinator, "discussion_removal", made.pk)
    assert not Discussion.objects.exists()


def test_a_club_without_its_paper_is_refused_beside_the_form(coordinator):
    activity = ActivityFactory(state="open")

    sent = FORM | {"citation": "", "opens_on": day_here()}
    page = post(coordinator, "discussion_new", activity.pk, **sent)

    assert page.status_code == 422
    assert "give its citation" in page.content.decode()


def test_a_moderator_shows_hides_pins_and_lets_stand(coordinator):
    discussion = discussion_of(moderation="before")
    said = said_by(RegistrationFactory(activity=discussion.activity), discussion, "Why?")
    queue = get(coordinator, "contributions", looking="waits")
    assert "Why?" in queue

    post(coordinator, "contribution_showing", said.pk, seen_version="1")
    assert Contribution.objects.get().is_shown
    post(coordinator, "contribution_pin", said.pk, pinned="yes")
    assert "Pinned" in get(coordinator, "discussion", discussion.pk)
    page = post(coordinator, "contribution_keeping", said.pk).content.decode()
    assert "Nobody has reported this since you looked." in page
    assert "Why?" in get(coordinator, "contribution_hiding", said.pk)
    page = post(coordinator, "contribution_hiding", said.pk, reason="Names a ward.")
    assert "Names a ward." in page.content.decode()
    assert Contribution.objects.get().pinned_at is None
    assert "Why?" in get(coordinator, "contributions", state="hidden")


def test_a_moderator_who_reads_words_to_hide_them_is_among_those_who_saw_them(coordinator):
    discussion = discussion_of(ActivityFactory(state="open", mode="independent"))
    said = said_by(RegistrationFactory(activity=discussion.activity), discussion, "Why?")

    get(coordinator, "contribution_hiding", said.pk)

    seen = Sight.objects.get()
    assert (seen.activity_id, seen.page) == (discussion.activity_id, "contribution_hiding")


def test_the_office_speaks_and_replies(coordinator):
    discussion = discussion_of()
    said = said_by(RegistrationFactory(activity=discussion.activity), discussion, "Why?")

    sent = {"text": "Good.", "head": str(said.pk)}
    page = post(coordinator, "discussion_contributions", discussion.pk, **sent).content.decode()

    assert "Good." in page
    reply = Contribution.objects.get(text="Good.")
    assert (reply.speaks_as, reply.head) == ("office", said)
    assert post(coordinator, "discussion_contributions", discussion.pk).status_code == 422


def test_the_participants_are_written_to_once(coordinator):
    discussion = discussion_of()

    page = post(coordinator, "discussion_letters", discussion.pk).content.decode()
    assert "Everybody with a place is written to" in page
    page = post(coordinator, "discussion_letters", discussion.pk).content.decode()
    assert "have been written to about this discussion" in page


def test_an_editor_publishes_and_sends_back(coordinator):
    practice = sent_practice(setting="Ward of 24 beds")
    assert practice.title in get(coordinator, "practices", state="waiting")

    page = coordinator.get(reverse("practice", args=[practice.pk]))
    assert "Nothing in it looks like an identifier." in page.content.decode()
    seen = page.context["sha256"]
    page = post(coordinator, "practice_publication", practice.pk, sha256="x").content.decode()
    assert "It changed while you were reading." in page
    post(coordinator, "practice_publication", practice.pk, sha256=seen)
    assert Practice.objects.get().state == "published"
    page = post(coordinator, "practice_return", practice.pk, note="Say how many.")
    assert "Say how many." in page.content.decode()
    assert Practice.objects.get().state == "returned"


def test_an_author_is_told_why_somebody_else_decides(client, organisation):
    editor = member(organisation, "coordinator")
    practice = sent_practice()
    practice.clinician.user = editor
    practice.clinician.save()
    client.force_login(editor)

    assert "An author does not decide on the own practice." in get(client, "practice", practice.pk)
    sha256 = client.get(reverse("practice", args=[practice.pk])).context["sha256"]
    post(client, "practice_publication", practice.pk, sha256=sha256)
    assert Practice.objects.get().state == "waiting"


def test_what_is_not_sent_is_its_authors_own(coordinator):
    draft = practice_of()

    assert coordinator.get(reverse("practice", args=[draft.pk])).status_code == 404
    assert draft.title not in get(coordinator, "practices")


@pytest.mark.parametrize("role", ["compliance_officer", "field_representative"])
def test_whoever_does_not_see_answers_sees_no_words(client, organisation, role):
    client.force_login(member(organisation, role))
    discussion = discussion_of()

    for name, pk in (
        ("discussion", discussion.pk),
        ("activity_discussions", discussion.activity_id),
    ):
        assert client.get(reverse(name, args=[pk])).status_code == 403
    assert client.get(reverse("contributions")).status_code == 403


def test_medical_affairs_meets_the_wall_before_independent_education(client, organisation):
    client.force_login(member(organisation, "medical_affairs"))
    discussion = discussion_of()
    said_by(RegistrationFactory(activity=discussion.activity), discussion, "Why?")
    own = discussion_of(ActivityFactory(state="open", mode="scientific"), title="Ours")

    assert client.get(reverse("discussion", args=[discussion.pk])).status_code in {403, 404}
    assert "Ours" in get(client, "discussions")
    assert discussion.title not in get(client, "discussions")
    assert "Why?" not in get(client, "contributions")
    assert client.get(reverse("discussion", args=[own.pk])).status_code == 200


def test_another_organisation_has_none_of_it(coordinator):
    other = OrganisationFactory()
    with acting_in(other.pk):
        discussion, practice = discussion_of(), published_practice()

    for name, row in (("discussion", discussion), ("practice", practice)):
        assert coordinator.get(reverse(name, args=[row.pk])).status_code == 404
    assert practice.title not in get(coordinator, "practices")


@pytest.mark.parametrize("name", ["discussions", "contributions", "practices", "adoptions"])
def test_a_list_goes_home_as_a_file(coordinator, name):
    discussion = discussion_of()
    said_by(RegistrationFactory(activity=discussion.activity), discussion)
    published_practice()

    assert get(coordinator, name)
    file = coordinator.get(reverse(f"{name}_csv"))
    assert file.status_code == 200
    rows = b"".join(file.streaming_content).decode().splitlines()
    assert len(rows) == (1 if name == "adoptions" else 2)
