"""The bank of questions, tests of activities and what they came to, over the API."""

import uuid

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from symposia.assessment.models import BankQuestion
from symposia.shared.tenancy import acting_in
from symposia.work.imports.kept import LARGEST
from symposia.work.models import StoredFile
from tests.factories.accounts import OrganisationFactory, key_of, member
from tests.factories.activities import ActivityFactory
from tests.factories.assessment import bank_question, knowledge_test, taken
from tests.factories.credits import attended

RIGHTS = ["view_evaluations", "manage_evaluations", "view_credits", "view_activities"]
CHOICE = {
    "kind": "single",
    "text": "Which drug?",
    "options": [{"text": "Alteplase", "is_right": True}, {"text": "Heparin"}],
    "tags": ["Stroke"],
}


def asking(client, organisation, rights):
    key = key_of(member(organisation, "coordinator"), organisation, rights)

    def send(method, path, body=None):
        headers = key | {"idempotency-key": str(uuid.uuid4())}
        address = f"/api/v1{path}"
        if method == "get":
            return client.get(address, headers=headers)
        if isinstance(body, SimpleUploadedFile):
            return client.post(address, {"file": body}, headers=headers)
        return getattr(client, method)(
            address, body, content_type="application/json", headers=headers
        )

    return send


@pytest.fixture
def ask(client, organisation):
    return asking(client, organisation, RIGHTS)


def test_a_question_is_written_reworded_published_and_retired(ask):
    made = ask("post", "/questions", CHOICE)
    at = f"/questions/{made.json()['id']}"
    published = ask("post", f"{at}/publication").json()
    seen = {"seen_version": published["version"]}
    reworded = ask("post", f"{at}/versions", CHOICE | {"text": "Which one?"} | seen).json()
    stale = ask("post", f"{at}/versions", CHOICE | {"text": "Why?"} | seen)
    retired = ask("post", f"{at}/retirement", {"reason": "Out of date"}).json()

    assert (made.status_code, made.json()["tags"]) == (201, ["stroke"])
    assert (reworded["latest"], reworded["published"]) == (2, 1)
    assert (stale.status_code, stale.json()["code"]) == (409, "changed_meanwhile")
    assert retired["state"] == "retired"
    assert ask("get", at).json()["text"] == "Which one?"


def test_what_nobody_could_answer_is_refused_with_its_code(ask):
    body = CHOICE | {"options": [{"text": "Alteplase"}, {"text": "Heparin"}]}

    answer = ask("post", "/questions", body)

    assert (answer.status_code, answer.json()["code"]) == (409, "bank_none_right")


def test_a_file_is_looked_at_and_brought_in(ask):
    text = b'Question,Kind,Answers\nWhich?,single,"[x] A\n[ ] B"\nWhat?,riddle,A\n'

    made = ask("post", "/questions/imports", SimpleUploadedFile("q.csv", text))
    done = ask("post", f"/questions/imports/{made.json()['id']}/rows")
    broken = ask("post", "/questions/imports", SimpleUploadedFile("q.csv", b"a\n1\n"))

    assert made.json()["counts"] == done.json()["counts"] == {"new": 1, "rejected": 1}
    assert done.json()["state"] == "done"
    assert broken.json()["code"] == "questions_no_column"
    assert BankQuestion.objects.count() == 1


@pytest.mark.parametrize("kind", ["questions", "outcomes"])
def test_a_file_is_no_larger_than_by_hand(ask, kind):
    large = SimpleUploadedFile("q.csv", b"x" * (LARGEST + 1))

    answer = ask("post", f"/{kind}/imports", large)

    assert (answer.status_code, answer.json()["code"]) == (409, "row_file_too_large")
    assert not StoredFile.objects.exists()


def test_a_part_that_asks_nothing_is_refused(ask):
    activity = attended().activity
    at = f"/tests/{activity.pk}/purposes/post"
    seen = {"seen_version": ask("post", at).json()["version"]}

    answer = ask("put", at, {"parts": [{}]} | seen)

    assert (answer.status_code, answer.json()["code"]) == (409, "test_part_empty")


def test_a_test_is_made_opened_taken_and_closed(ask, organisation):
    registration, question = attended(), bank_question()
    at = f"/tests/{registration.activity_id}/purposes/post"
    made = ask("post", at)
    body = {
        "pass_mark": 70,
        "attempts": 2,
        "is_required": True,
        "parts": [{"question": str(question.pk)}],
        "seen_version": made.json()["version"],
    }

    changed = ask("put", at, body).json()
    opened = ask("post", f"{at}/opening").json()
    extra = {"registration": str(registration.pk), "minutes": 10, "reason": "Agreed"}
    allowed = ask("post", f"{at}/allowances", extra)
    taken(registration)
    results = ask("get", "/tests/results").json()["items"]
    closed = ask("post", f"{at}/closing", {"reason": "Over"}).json()

    assert changed["parts"][0]["question"] == str(question.pk)
    assert (opened["state"], closed["state"]) == ("open", "closed")
    assert (allowed.status_code, allowed.json()["extra_minutes"]) == (201, 10)
    assert [(r["percent"], r["outcome"]) for r in results] == [("100.00", "Passed")]
    assert ask("put", at, body).json()["code"] == "test_is_out"
    assert [t["purpose"] for t in ask("get", f"/tests/{registration.activity_id}").json()] == [
        "post"
    ]


def test_figures_of_few_are_not_told_and_of_three_are(ask):
    registration = attended()
    activity = registration.activity
    knowledge_test(activity)
    at = f"/test-outcomes/{activity.pk}"
    taken(registration)

    few = ask("get", f"{at}/purposes/post/statistics").json()
    for wrong in ((), (1,)):
        taken(attended(activity=activity), wrong=wrong)
    three = ask("get", f"{at}/purposes/post/statistics").json()

    assert (few["people"], few["mean"], few["items"]) == (1, None, [])
    assert (three["people"], three["items"][0]["difficulty"]) == (3, "0.67")
    assert ask("get", f"{at}/gain").json() == {"people": 0, "lines": []}
    assert ask("get", f"{at}/pre/statistics").status_code == 404


def test_who_may_not_see_or_manage_gets_nothing(client, organisation):
    other = OrganisationFactory()
    with acting_in(other.pk):
        foreign = ActivityFactory()
        knowledge_test(foreign)
    reader = asking(client, organisation, ["view_evaluations"])

    assert reader("post", "/questions", CHOICE).status_code == 403
    assert reader("get", "/tests/results").status_code == 403
    assert reader("get", f"/tests/{foreign.pk}").status_code == 404
    assert reader("get", f"/test-outcomes/{foreign.pk}/gain").status_code == 404
