import uuid

import pytest
from django.urls import reverse

from symposia.activities.actions.planning import choose_objectives
from symposia.assessment.actions import change_evaluation
from symposia.assessment.actions.library import keep_in_library
from symposia.assessment.models import EvaluationForm, Question
from symposia.assessment.queries import questions_of
from symposia.assessment.standard import Draft
from symposia.audit.models import Entry
from symposia.shared.actors import SYSTEM
from symposia.shared.refusals import Refused
from tests.factories.accounts import OrganisationFactory, member
from tests.factories.activities import ActivityFactory
from tests.factories.assessment import EvaluationFormFactory
from tests.factories.curriculum import ObjectiveFactory
from tests.factories.directory import TerritoryFactory


@pytest.fixture
def coordinator(client, organisation):
    client.force_login(member(organisation, "coordinator"))
    return client


@pytest.fixture
def activity(organisation):
    activity = ActivityFactory(state="draft")
    EvaluationFormFactory(activity=activity)
    return activity


def rows(*given):
    """A formset as a browser sends it."""
    values = {"form-TOTAL_FORMS": len(given), "form-INITIAL_FORMS": 0}
    for place, row in enumerate(given):
        whole = {"kind": "rating", "ORDER": place + 1} | row
        values |= {f"form-{place}-{name}": value for name, value in whole.items()}
    return values | {"idempotency_key": uuid.uuid4()}


def asked(activity):
    form = EvaluationForm.objects.current_of(activity.pk)
    return [(q.text, q.kind, q.choices, q.required) for q in questions_of(form)]


def test_the_page_shows_the_questions_as_fields(coordinator, activity):
    page = coordinator.get(reverse("evaluation_questions", args=[activity.pk])).text

    assert "How useful was it?" in page
    assert "One more question" in page


def test_questions_are_changed_added_taken_out_and_reordered_as_a_new_version(
    coordinator, activity
):
    given = rows(
        {"text": "How clear was it?", "ORDER": 3, "required": "on"},
        {"text": "Why?", "kind": "text", "DELETE": "on"},
        {"text": "When?", "kind": "choice", "choices": "Soon\r\nLater\r\n", "ORDER": 1},
        {"text": ""},
    )

    answer = coordinator.post(reverse("evaluation_change", args=[activity.pk]), given)

    assert answer.status_code == 302
    assert asked(activity) == [
        ("When?", "choice", ["Soon", "Later"], False),
        ("How clear was it?", "rating", [], True),
    ]
    assert [form.version for form in EvaluationForm.objects.order_by("version")] == [1, 2]
    assert Question.objects.filter(form__version=1).count() == 2
    entry = Entry.objects.get(action="evaluation.changed")
    assert entry.details["version"] == 2


@pytest.mark.parametrize(
    ("row", "words"),
    [
        ({"text": "When?", "kind": "choice", "choices": "Soon"}, "at least two different answers"),
        ({"text": "When?", "kind": "choice", "choices": "Soon\nSoon"}, "at least two different"),
        ({"text": ""}, "at least one question"),
    ],
)
def test_questions_that_nobody_could_answer_are_refused_in_words(coordinator, activity, row, words):
    page = coordinator.post(reverse("evaluation_change", args=[activity.pk]), rows(row)).text

    assert words in page
    assert EvaluationForm.objects.count() == 1


@pytest.mark.parametrize("state", ["open", "running", "held"])
def test_once_the_activity_is_open_the_questions_stay(coordinator, organisation, state):
    activity = ActivityFactory(state=state)
    EvaluationFormFactory(activity=activity)

    page = coordinator.get(reverse("evaluation_questions", args=[activity.pk])).text
    coordinator.post(reverse("evaluation_change", args=[activity.pk]), rows({"text": "New?"}))

    assert "before the activity opens" in page
    assert "New?" not in [text for text, *_ in asked(activity)]


def test_who_only_reads_evaluations_changes_none(client, organisation, activity):
    client.force_login(member(organisation, "medical_affairs"))

    assert client.get(reverse("evaluation_questions", args=[activity.pk])).status_code == 403
    assert client.post(reverse("evaluation_change", args=[activity.pk])).status_code == 403


def test_an_activity_of_another_organisation_does_not_exist(client, activity):
    client.force_login(member(OrganisationFactory(), "coordinator"))

    assert client.get(reverse("evaluation_questions", args=[activity.pk])).status_code == 404


def test_a_question_asks_about_an_objective_of_the_activity_only(coordinator, activity):
    mine, foreign = ObjectiveFactory(), ObjectiveFactory()
    choose_objectives(activity, [mine], by=SYSTEM)
    to = reverse("evaluation_change", args=[activity.pk])
    about = {"text": "Can you decide now?", "required": "on"}

    kept = coordinator.post(to, rows(about | {"objective": mine.pk}))
    refused = coordinator.post(to, rows(about | {"objective": foreign.pk}))

    assert (kept.status_code, refused.status_code) == (302, 422)
    form = EvaluationForm.objects.current_of(activity.pk)
    assert [q.objective for q in questions_of(form)] == [mine]
    page = coordinator.get(reverse("activity_objectives", args=[activity.pk])).text
    assert "Can you decide now?" in page
    assert "No session" in page


def test_an_action_refuses_a_question_about_what_was_not_promised(activity):
    draft = Draft("rating", "Can you decide now?", objective=ObjectiveFactory())

    with pytest.raises(Refused, match="has not taken on"):
        change_evaluation(activity, [draft], by=SYSTEM)


def test_yes_and_no_are_words_of_a_yes_no_question_only(coordinator, activity):
    to = reverse("evaluation_change", args=[activity.pk])
    choice = {"text": "Sure?", "kind": "choice", "choices": "No\nno\nPerhaps"}
    after = {"text": "Why?", "kind": "text", "depends_on": 1, "depends_values": "No"}

    for first, values, shown in ((choice, ["No"], "No"), ({"kind": "yes_no"}, ["no"], "No")):
        given = rows({"text": "Sure?"} | first, after)
        assert coordinator.post(to, given).status_code == 302
        second = questions_of(EvaluationForm.objects.current_of(activity.pk))[1]
        assert second.depends_values == values
        page = coordinator.get(reverse("evaluation_questions", args=[activity.pk]))
        assert page.context["forms"].forms[1].initial["depends_values"] == shown

    small = rows(choice, after | {"depends_values": "no"})
    assert coordinator.post(to, small).status_code == 302
    page = coordinator.get(reverse("evaluation_questions", args=[activity.pk]))
    assert page.context["forms"].forms[1].initial["depends_values"] == "no"


def test_who_plans_a_territory_takes_over_a_form_and_keeps_none(client, organisation, activity):
    kept = keep_in_library(activity, "Short", by=SYSTEM)
    scope = {"scope_kind": "territory", "scope_id": TerritoryFactory().pk}
    client.force_login(member(organisation, "coordinator", **scope))
    other = ActivityFactory(state="draft")
    take_over = reverse("evaluation_take_over", args=[other.pk, kept.pk])

    assert "Short" in client.get(reverse("evaluation_questions", args=[other.pk])).text
    assert client.get(reverse("library_form", args=[kept.pk])).status_code == 200
    assert client.post(take_over, {"idempotency_key": uuid.uuid4()}).status_code == 302

    assert asked(other) == asked(activity)
    assert client.post(reverse("library_form_retirement", args=[kept.pk])).status_code == 403
    assert client.post(reverse("evaluation_keep", args=[other.pk])).status_code == 403
