"""Discussions and shared practice over the API: the same actions, the same refusals."""

import pytest

from symposia.learning.models import Contribution, Following, Practice
from tests.factories.accounts import day_here, key_of, member
from tests.factories.activities import ActivityFactory
from tests.factories.discussing import discussion_of, published_practice
from tests.factories.registrations import RegistrationFactory

pytestmark = pytest.mark.django_db
API = "/api/v1"
HELD = ["view_evaluations", "manage_evaluations", "manage_registrations", "use_api"]


@pytest.fixture
def call(client, organisation):
    headers = key_of(member(organisation, "coordinator"), organisation, HELD)

    def send(method, address, body=None):
        act = getattr(client, method)
        if method == "get":
            return act(f"{API}{address}", headers=headers)
        return act(f"{API}{address}", body, content_type="application/json", headers=headers)

    return send


def test_a_discussion_is_opened_spoken_in_and_moderated(call):
    activity = ActivityFactory(state="open")
    place, other = RegistrationFactory.create_batch(2, activity=activity)
    club = {
        "kind": "journal_club",
        "title": "A checklist",
        "opens_on": day_here().isoformat(),
        "citation": "Halloran 2025",
        "questions": ["Like ours?"],
    }

    made = call("post", "/discussions", club | {"activity": str(activity.pk)})
    assert made.status_code == 201
    at = f"/discussions/{made.json()['id']}"
    wrong = call("put", at, club | {"citation": "", "seen_version": 1})
    assert (wrong.status_code, wrong.json()["code"]) == (409, "no_citation")
    words = {"registration": str(place.pk), "text": "Ours are smaler.", "question": 1}
    said = call("post", f"{at}/contributions", words).json()
    assert (said["state"], said["question"]) == ("shown", 1)
    one = f"/contributions/{said['id']}"
    edit = {"registration": str(place.pk), "text": "Ours are smaller.", "seen_version": 1}
    assert call("put", one, edit).json()["text"] == "Ours are smaller."
    reply = {"text": "Which?", "head": said["id"]}
    assert call("post", f"{at}/remarks", reply).json()["speaks_as"] == "office"
    report = {"registration": str(other.pk), "reason": "It blames."}
    assert call("post", f"{one}/reports", report).status_code == 201
    queue = call("get", "/contributions?looking=reported").json()
    assert [each["id"] for each in queue["items"]] == [said["id"]]
    assert call("post", f"{one}/clearances").status_code == 201
    assert call("post", f"{one}/pins", {"pinned": True}).json()["pinned_at"]
    hidden = call("post", f"{one}/hidings", {"reason": "Names a ward."}).json()
    assert (hidden["state"], hidden["settled_because"]) == ("hidden", "Names a ward.")
    assert call("post", f"{one}/showings", {"seen_version": 2}).json()["state"] == "shown"
    read = call("get", at).json()
    assert [each["text"] for each in read["contributions"]] == ["Ours are smaller.", "Which?"]
    mine = {"registration": str(place.pk)}
    assert call("post", f"{one}/withdrawals", mine).json()["state"] == "withdrawn"
    assert call("delete", at).json()["code"] == "discussion_said"


def test_a_learner_follows_and_stops(call):
    discussion = discussion_of()
    place = RegistrationFactory(activity=discussion.activity)
    at = f"/discussions/{discussion.pk}/followers"

    assert call("post", at, {"registration": str(place.pk)}).status_code == 204
    assert Following.objects.count() == 1
    assert call("delete", f"{at}/{place.pk}").status_code == 204
    assert not Following.objects.exists()
    stranger = RegistrationFactory()
    assert call("post", at, {"registration": str(stranger.pk)}).status_code == 404
    assert call("post", f"/discussions/{discussion.pk}/letters").json()["told_at"]


def test_a_practice_is_written_answered_judged_and_taken_up(call):
    place, colleague = RegistrationFactory.create_batch(2)
    mine = {"registration": str(place.pk)}
    facts = mine | {"title": "Aloud", "done": "Mr Paul Bose was seen."}

    made = call("post", "/practices", facts).json()
    assert [each["quoted"] for each in made["findings"]] == ["Mr Paul Bose"]
    at = f"/practices/{made['id']}"
    assert call("get", at).status_code == 404
    assert call("post", f"{at}/submissions", mine).json()["code"] == "identifiers_left"
    answer = mine | {"kind": "name", "part": "done", "quoted": "Mr Paul Bose", "removed": True}
    assert call("post", f"{at}/identifier-answers", answer).json()["findings"] == []
    changed = facts | {"done": "We read aloud.", "seen_version": 2}
    assert call("put", at, changed).json()["version"] == 3
    assert len(call("get", f"/practices/learners/{place.pk}").json()) == 1
    sent = call("post", f"{at}/submissions", mine).json()
    back = {"verdict": "returned", "note": "Say how many."}
    assert call("post", f"{at}/decisions", back).json()["state"] == "returned"
    assert call("post", f"{at}/submissions", mine).json()["state"] == "waiting"
    publish = {"verdict": "published", "sha256": sent["sha256"]}
    assert call("post", f"{at}/decisions", publish).json()["state"] == "published"
    takes = {"registration": str(colleague.pk), "kind": "doing"}
    assert call("post", f"{at}/adoptions", takes).json()["doing"] == 1
    own = call("post", f"{at}/adoptions", mine | {"kind": "doing"})
    assert own.json()["code"] == "own_adoption"
    assert call("get", "/practices/adoptions").json()["count"] == 1
    says = {"registration": str(colleague.pk), "text": "At night?"}
    assert call("post", f"{at}/comments", says).status_code == 201
    assert [each["text"] for each in call("get", at).json()["comments"]] == ["At night?"]
    assert call("delete", f"{at}/adoptions/{colleague.pk}").status_code == 204
    assert call("post", f"{at}/withdrawals", mine).json()["state"] == "withdrawn"
    assert Contribution.objects.count() == 1


def test_the_program_reads_no_practice_for_a_learner_of_another_mode(call):
    practice = published_practice()
    promoted = RegistrationFactory(activity=ActivityFactory(state="open", mode="promotional"))
    takes = {"registration": str(promoted.pk), "kind": "doing"}

    assert call("post", f"/practices/{practice.pk}/adoptions", takes).status_code == 404
    assert Practice.objects.get() == practice
