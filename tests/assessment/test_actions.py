import uuid
from decimal import Decimal

import pytest

from symposia.activities.events import ActivityCreated
from symposia.assessment.actions import prepare_evaluation, respond_to_evaluation
from symposia.assessment.models import Answer, EvaluationForm, Response, UnopenedSheet
from symposia.assessment.policies import ANSWERED, NO_EVALUATION, NOT_THERE
from symposia.assessment.queries import Given, questions_of, results_of
from symposia.audit.models import Entry
from symposia.shared.actors import SYSTEM
from symposia.shared.events import announce
from symposia.shared.refusals import Refused
from tests.factories.activities import ActivityFactory
from tests.factories.attendance import EvidenceFactory
from tests.factories.credits import attended


def sheet(activity, rating=4, text="Time."):
    rating_question, text_question = questions_of(EvaluationForm.objects.current_of(activity.pk))
    return {rating_question.pk: Given(rating=rating), text_question.pk: Given(text=text)}


def answered(registration, **given):
    return respond_to_evaluation(registration, sheet(registration.activity, **given), by=SYSTEM)


def test_every_new_activity_gets_the_six_questions(organisation):
    activity = ActivityFactory()

    announce(ActivityCreated(activity.pk))

    questions = questions_of(EvaluationForm.objects.current_of(activity.pk))
    assert [q.kind for q in questions] == ["rating"] * 3 + ["yes_no", "choice", "text"]
    with pytest.raises(Refused):
        prepare_evaluation(activity, by=SYSTEM)


def test_answers_are_kept_without_the_learner(organisation):
    registration = attended(answered=False)

    response = answered(registration)
    assert Response.objects.get() == response
    assert not Answer.objects.exists()
    (sheet_,) = UnopenedSheet.objects.all()
    for _more in range(2):
        answered(attended(activity=registration.activity, answered=False))

    given = [(a.rating, a.text) for a in Answer.objects.all()]
    assert sorted(given, key=str) == [*[(4, "")] * 3, *[(None, "Time.")] * 3]
    names = {field.attname for field in Answer._meta.concrete_fields}
    assert names == {
        *("id", "organisation_id", "sheet", "question_id", "block_id", "about"),
        *("rating", "number", "chosen", "text", "comment", "declined"),
    }
    assert all(a.pk.version == 4 and a.sheet.version == 4 for a in Answer.objects.all())
    assert sheet_.pk not in set(Answer.objects.values_list("sheet", flat=True))
    assert not UnopenedSheet.objects.exists()


def test_the_journal_says_who_answered_and_never_what(organisation):
    registration = attended(answered=False)

    answered(registration, text="The tea was cold.")

    lines = list(Entry.objects.filter(action="evaluation.answered"))
    assert len(lines) == 1
    assert not Entry.objects.filter(subject_type="assessment.Answer").exists()
    assert "tea" not in str(lines[0].__dict__)


def test_an_evaluation_is_answered_once(organisation):
    registration = attended(answered=False)
    answered(registration)

    with pytest.raises(Refused) as refused:
        answered(registration)

    assert refused.value.objection == ANSWERED
    assert UnopenedSheet.objects.count() == 1


def test_who_was_not_there_cannot_evaluate(organisation):
    with pytest.raises(Refused) as refused:
        answered(attended(minutes=0, answered=False))

    assert refused.value.objection == NOT_THERE


def test_an_activity_without_form_has_no_evaluation(organisation):
    bare = EvidenceFactory().registration

    with pytest.raises(Refused) as refused:
        respond_to_evaluation(bare, {}, by=SYSTEM)

    assert refused.value.objection == NO_EVALUATION


@pytest.mark.parametrize(
    "given",
    [None, Given(rating=6), Given(text="no"), Given()],
    ids=["nothing", "six of five", "words for a number", "empty"],
)
def test_an_answer_that_was_not_offered_is_refused(organisation, given):
    registration = attended(answered=False)
    first = questions_of(EvaluationForm.objects.current_of(registration.activity_id))[0]
    answers = {first.pk: given} if given else {}

    with pytest.raises(Refused):
        respond_to_evaluation(registration, answers, by=SYSTEM)

    assert not Response.objects.exists()


def test_whoever_prefers_not_to_say_has_answered(organisation):
    registration = attended(answered=False)
    first = questions_of(EvaluationForm.objects.current_of(registration.activity_id))[0]

    respond_to_evaluation(registration, {first.pk: Given(declined=True)}, by=SYSTEM)

    assert UnopenedSheet.objects.get().answers == [{"question": str(first.pk), "declined": True}]


def test_a_question_of_another_form_is_not_kept(organisation):
    registration = attended(answered=False)
    given = sheet(registration.activity) | {uuid.uuid4(): Given(rating=1)}

    respond_to_evaluation(registration, given, by=SYSTEM)

    assert len(UnopenedSheet.objects.get().answers) == 2


def test_results_show_a_count_alone_until_three_have_answered(organisation):
    first = attended(answered=False)
    answered(first, rating=5)
    answered(attended(activity=first.activity, answered=False), rating=4)

    few = results_of(first.activity)
    assert (few.responses, few.questions, few.still_needed) == (2, (), 1)

    answered(attended(activity=first.activity, answered=False), rating=3, text="")
    enough = results_of(first.activity)
    assert enough.is_shown
    assert enough.questions[0].mean == Decimal("4.00")
    assert [s.count for s in enough.questions[0].shares] == [0, 0, 1, 1, 1]
    assert enough.questions[1].texts == ("Time.", "Time.")
