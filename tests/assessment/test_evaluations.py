"""Forms as they are built: conditions, blocks, the library; and the box that mixes answers."""

import pytest
from django.utils.timezone import now

from symposia.accounts.queries import access_of
from symposia.activities.actions.planning import choose_objectives
from symposia.assessment.actions import (
    add_block,
    change_evaluation,
    prepare_evaluation,
    respond_to_evaluation,
    write_questions,
)
from symposia.assessment.actions.library import (
    keep_in_library,
    retire_library_form,
    take_over_form,
)
from symposia.assessment.blocks import BLOCKS
from symposia.assessment.lists.evaluations import EVALUATION_ANSWERS
from symposia.assessment.models import Answer, EvaluationForm, Response, UnopenedSheet
from symposia.assessment.policies import (
    BLOCK_IS_ASKED,
    FEW_SHOWN,
    LOOKS_AHEAD,
    NO_SCALE,
    NO_SUCH_BLOCK,
    NO_SUCH_CONDITION,
    OF_ONE_ACTIVITY,
    OPENED,
    OTHER_SHEET,
    RETIRED,
    TYPE_TAKEN,
    objection_to_questions,
)
from symposia.assessment.queries import questions_of, results_of
from symposia.assessment.sheets import Given
from symposia.assessment.standard import Draft
from symposia.shared.actors import SYSTEM
from symposia.shared.refusals import Refused
from tests.factories.accounts import member
from tests.factories.activities import ActivityFactory
from tests.factories.assessment import EvaluationFormFactory
from tests.factories.credits import attended
from tests.factories.curriculum import ObjectiveFactory
from tests.factories.registrations import RegistrationFactory

SURE = Draft("rating", "How sure?", depends_on=1, depends_values=["yes"])
CHANGE = Draft("yes_no", "Will you change?")


@pytest.mark.parametrize(
    ("questions", "objection"),
    [
        ([CHANGE, SURE], None),
        ([SURE, CHANGE], LOOKS_AHEAD),
        ([CHANGE, Draft("text", "?", depends_on=1, depends_values=["maybe"])], NO_SUCH_CONDITION),
        ([Draft("text", "?"), SURE], NO_SUCH_CONDITION),
        ([Draft("yes_no", "?", repeats="session"), SURE], OTHER_SHEET),
        ([Draft("rating", "?", choices=["Bad"])], NO_SCALE),
        ([Draft("rating", "?", choices=["Bad", "Good"])], None),
    ],
    ids=["back", "ahead", "not offered", "own words", "other sheet", "one word", "scale"],
)
def test_a_form_that_nobody_could_follow_is_refused(questions, objection):
    assert objection_to_questions(questions) == objection


def test_every_shipped_block_makes_a_form_and_says_who_asks_for_it():
    for block in BLOCKS:
        assert objection_to_questions(block.questions) is None
        assert block.citation
        assert block.confidence == "to verify"


def test_a_block_follows_what_is_asked_and_its_conditions_count_from_there(organisation):
    activity = ActivityFactory(state="draft")
    EvaluationFormFactory(activity=activity)

    form = add_block(activity, "change", by=SYSTEM)

    asked = questions_of(form)
    assert [q.depends_on for q in asked] == [None, None, None, 3, 3]
    assert all(q.citation for q in asked[2:])
    with pytest.raises(Refused) as refused:
        add_block(activity, "riddles", by=SYSTEM)
    assert refused.value.objection == NO_SUCH_BLOCK


def test_what_a_block_asks_in_the_same_words_is_asked_once(organisation):
    activity = ActivityFactory(state="draft")
    prepare_evaluation(activity, by=SYSTEM)

    asked = questions_of(add_block(activity, "bias", by=SYSTEM))

    assert len(asked) == 8
    assert (asked[3].asks_why, bool(asked[3].citation)) == (True, True)
    with pytest.raises(Refused) as refused:
        add_block(activity, "bias", by=SYSTEM)
    assert refused.value.objection == BLOCK_IS_ASKED


def test_fewer_than_three_are_never_shown(organisation):
    with pytest.raises(Refused) as refused:
        change_evaluation(ActivityFactory(state="draft"), [CHANGE], shown_from=2, by=SYSTEM)

    assert refused.value.objection == FEW_SHOWN


def test_a_form_of_the_library_begins_activities_of_its_type(organisation):
    first = ActivityFactory(state="draft")
    change_evaluation(first, [CHANGE, SURE], shown_from=5, by=SYSTEM)
    keep_in_library(first, "Short", activity_type=first.type, by=SYSTEM)
    change_evaluation(first, [CHANGE], by=SYSTEM)
    kept = keep_in_library(first, "Short", activity_type=first.type, by=SYSTEM)

    begun = prepare_evaluation(ActivityFactory(type=first.type), by=SYSTEM)
    other = ActivityFactory(state="draft")
    EvaluationFormFactory(activity=other)
    taken = take_over_form(other, kept, by=SYSTEM)

    assert [(f.shown_from, len(questions_of(f))) for f in (begun, taken)] == [(5, 1), (5, 1)]
    assert EvaluationForm.objects.filter(library=kept).count() == 2
    with pytest.raises(Refused) as refused:
        keep_in_library(first, "Other", activity_type=first.type, by=SYSTEM)
    assert refused.value.objection == TYPE_TAKEN


def test_a_form_that_was_taken_out_is_not_taken_over(organisation):
    activity = ActivityFactory(state="draft")
    change_evaluation(activity, [CHANGE], by=SYSTEM)
    kept = retire_library_form(
        keep_in_library(activity, "Short", activity_type=activity.type, by=SYSTEM), by=SYSTEM
    )

    with pytest.raises(Refused) as refused:
        take_over_form(activity, kept, by=SYSTEM)

    assert refused.value.objection == RETIRED
    assert len(questions_of(prepare_evaluation(ActivityFactory(), by=SYSTEM))) == 6


def test_what_asks_about_an_objective_stays_out_of_the_library(organisation):
    activity, objective = ActivityFactory(state="draft"), ObjectiveFactory()
    choose_objectives(activity, [objective], by=SYSTEM)
    change_evaluation(activity, [Draft("rating", "?", objective=objective)], by=SYSTEM)

    with pytest.raises(Refused) as refused:
        keep_in_library(activity, "Short", by=SYSTEM)

    assert refused.value.objection == OF_ONE_ACTIVITY


@pytest.fixture
def asked(organisation):
    """An activity that asks one thing of everybody, and another of whoever says yes."""
    activity = attended(answered=False).activity
    form = EvaluationForm.objects.create(activity=activity, version=2)
    write_questions(form, [CHANGE, SURE])
    return activity


def says(activity, word, rating=None):
    first, second = questions_of(EvaluationForm.objects.current_of(activity.pk))
    given = {first.pk: Given(text=word)}
    if rating:
        given[second.pk] = Given(rating=rating)
    respond_to_evaluation(attended(activity=activity, answered=False), given, by=SYSTEM)


def test_answers_leave_the_box_in_lots_so_that_no_one_answer_is_seen_to_come(asked):
    for count in range(1, 6):
        says(asked, "no")
        assert Answer.objects.count() == 3 * (count >= 3)

    results = results_of(asked)
    assert (results.responses, results.opened, results.waiting) == (5, 3, 2)
    assert UnopenedSheet.objects.count() == 2
    says(asked, "no")
    assert results_of(asked).waiting == 0


def test_a_question_that_few_were_led_to_tells_nothing(organisation, asked):
    says(asked, "yes", rating=1)
    says(asked, "no")
    says(asked, "no")
    access = access_of(member(organisation, "coordinator"), organisation, at=now())

    change, sure = results_of(asked).questions
    assert [s.count for s in change.shares] == [1, 2]
    assert sure.is_kept_back
    assert (sure.answered, sure.shares, sure.mean) == (0, (), None)
    rows = EVALUATION_ANSWERS.rows_for(access, {}, activity_pk=asked.pk)
    assert {row.question.text for row in rows} == {CHANGE.text}


def test_answers_from_before_there_was_a_box_are_shown_from_three_people_on(organisation, asked):
    first, _second = questions_of(EvaluationForm.objects.current_of(asked.pk))
    for number in range(2):
        Answer.objects.create(sheet=f"{number}" * 32, question=first, text="no")
    access = access_of(member(organisation, "coordinator"), organisation, at=now())

    assert not results_of(asked).is_shown
    assert not EVALUATION_ANSWERS.rows_for(access, {}, activity_pk=asked.pk).exists()


def test_a_form_that_was_answered_stays_whatever_became_of_the_activity(organisation):
    activity = ActivityFactory(state="draft")
    form = EvaluationFormFactory(activity=activity)
    Response.objects.create(form=form, registration=RegistrationFactory(activity=activity))

    with pytest.raises(Refused) as refused:
        change_evaluation(activity, [CHANGE], by=SYSTEM)

    assert refused.value.objection == OPENED
