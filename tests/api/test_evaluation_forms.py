"""Building an evaluation by the API: the same steps and the same words as on the page."""

import pytest

from symposia.assessment.models import LibraryForm, NoSending
from tests.factories.accounts import key_of, member
from tests.factories.activities import ActivityFactory
from tests.factories.assessment import EvaluationFormFactory

HELD = ["view_evaluations", "manage_evaluations", "plan_activities", "view_activities", "use_api"]


@pytest.fixture
def call(client, organisation):
    headers = key_of(member(organisation, "coordinator"), organisation, HELD)

    def called(method, path, body=None):
        how = {"content_type": "application/json"} if method != "get" else {}
        given = {} if body is None else {"data": body}
        return getattr(client, method)(f"/api/v1/{path}", headers=headers, **how, **given)

    return called


@pytest.fixture
def activity(organisation):
    activity = ActivityFactory(state="draft")
    EvaluationFormFactory(activity=activity)
    return activity


def test_a_block_is_chosen_and_asked(call, activity):
    blocks = call("get", "evaluation-forms/blocks").json()
    assert {"code": "bias", "confidence": "to verify"}.items() <= blocks[0].items()

    form = call("post", f"evaluations/{activity.pk}/blocks", {"block": "change"}).json()
    again = call("post", f"evaluations/{activity.pk}/blocks", {"block": "change"})

    assert [q["depends_on"] for q in form["questions"]] == [None, None, None, 3, 3]
    assert again.status_code == 409
    assert "all of this block already" in again.text


def test_a_condition_that_looks_ahead_is_refused_in_words(call, activity):
    questions = [
        {"text": "How sure?", "kind": "rating", "depends_on": 2, "depends_values": ["yes"]},
        {"text": "Will you?", "kind": "yes_no"},
    ]

    refused = call("put", f"evaluations/{activity.pk}/questions", {"questions": questions})
    kept = call(
        "put",
        f"evaluations/{activity.pk}/questions",
        {"questions": questions[1:], "shown_from": 5},
    ).json()

    assert refused.status_code == 409
    assert "looks back" in refused.text
    assert (kept["shown_from"], kept["questions"][0]["kind"]) == (5, "yes_no")


def test_a_form_goes_to_the_library_and_comes_back(call, activity):
    kept = call("post", f"evaluations/{activity.pk}/library-forms", {"name": "Short"}).json()
    listed = call("get", "evaluation-forms").json()["items"]
    other = ActivityFactory(state="draft")
    taken = call("post", f"evaluations/{other.pk}/forms", {"form": kept["id"]}).json()
    call("post", f"evaluation-forms/{kept['id']}/retirement", {})

    assert [each["name"] for each in listed] == ["Short"]
    assert len(taken["questions"]) == 2
    assert LibraryForm.objects.get().retired_at


def test_what_goes_out_by_itself_is_switched(call, activity):
    to = f"reminders/activities/{activity.pk}/sending"

    assert call("post", to, {"on": False}).status_code == 204
    assert NoSending.objects.count() == 1
    assert call("post", to, {"on": True}).status_code == 204
    assert not NoSending.objects.exists()
