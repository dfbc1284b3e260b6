"""Tests of an activity and attempts at them."""

import uuid
from datetime import timedelta
from decimal import Decimal

import pytest
import time_machine
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from symposia.activities.models import ActivityObjective
from symposia.assessment.actions.attempts import (
    Saving,
    begin_attempt,
    end_overdue_attempt,
    hand_in_attempt,
    save_answer,
)
from symposia.assessment.actions.bank import (
    QuestionFacts,
    publish_bank_question,
    retire_bank_question,
    reword_bank_question,
)
from symposia.assessment.actions.tests import (
    Extra,
    TestFacts,
    allow_more,
    change_test,
    close_test,
    make_test,
    open_test,
)
from symposia.assessment.models import AnswerSaved, Attempt, AttemptItem, BankKind, Purpose
from symposia.assessment.policies.tests import PartFacts
from symposia.assessment.queries import tests as queries
from symposia.assessment.queries.attempts import attempt_asked, by_objective
from symposia.assessment.scoring import Chosen
from symposia.assessment.tasks import time_over
from symposia.assessment.wording import OptionFacts, Wording
from symposia.audit.models import Entry
from symposia.credits.explaining import explain_all, explain_credit
from symposia.credits.policies import objection_to_claim
from symposia.shared.actors import SYSTEM
from symposia.shared.refusals import Refused
from tests.factories.activities import ActivityFactory
from tests.factories.assessment import (
    bank_question,
    choice,
    knowledge_test,
    right_answers,
    taken,
)
from tests.factories.credits import attended
from tests.factories.curriculum import ObjectiveFactory


def refusal(act, *args, **kwargs):
    with pytest.raises(Refused) as refused:
        act(*args, by=SYSTEM, **kwargs)
    return refused.value.objection.code


def standing(registration, purpose=Purpose.POST):
    return queries.test_standing(registration.activity, registration, purpose)


def begun(registration):
    return begin_attempt(registration, Purpose.POST, by=SYSTEM)


def changed(test, *parts, **facts):
    said = TestFacts(**({"pass_mark": 70} | facts))
    change_test(test, said, parts, seen_version=test.version, by=SYSTEM)
    test.refresh_from_db()
    return test


FIVE = [choice(f"Question {n}?") for n in range(1, 6)]


def test_an_activity_has_one_test_of_each_kind(organisation):
    activity = ActivityFactory()

    make_test(activity, Purpose.POST, by=SYSTEM)

    assert refusal(make_test, activity, Purpose.POST) == "has_test"
    assert make_test(activity, Purpose.PRE, by=SYSTEM).is_required is False


def test_what_makes_no_test_of_the_activity_is_refused(organisation):
    activity = ActivityFactory()
    test, mine, foreign = make_test(activity, Purpose.POST, by=SYSTEM), *_two(activity)
    draft = bank_question(published=False)
    far, near = bank_question(objective=foreign), bank_question(objective=mine)

    def code(*parts):
        return refusal(change_test, test, TestFacts(), parts, seen_version=test.version)

    assert code(PartFacts(draft)) == "test_question_not_published"
    assert code(PartFacts(near), PartFacts(near)) == "test_question_twice"
    assert code(PartFacts(near), PartFacts()) == "test_part_empty"
    assert code(PartFacts(tag=" ", count=3)) == "test_part_empty"
    assert code(PartFacts(far)) == "objective_not_taken_on"
    assert code(PartFacts(objective=foreign)) == "objective_not_taken_on"
    assert refusal(open_test, test) == "test_without_questions"
    changed(test, PartFacts(near), pass_mark=None, is_required=True)
    assert refusal(open_test, test) == "test_no_pass_mark"
    changed(test, PartFacts(near), PartFacts(tag="stroke", count=3), is_required=True)
    assert refusal(open_test, test) == "test_pool_too_small"
    pre = make_test(activity, Purpose.PRE, by=SYSTEM)
    wanted = TestFacts(is_required=True)
    assert (
        refusal(change_test, pre, wanted, [], seen_version=pre.version) == "test_only_post_required"
    )


def _two(activity):
    mine, foreign = ObjectiveFactory(), ObjectiveFactory()
    ActivityObjective.objects.create(activity=activity, objective=mine)
    return mine, foreign


def test_what_learners_can_take_stays_as_it_is(organisation):
    test = knowledge_test(ActivityFactory())

    assert refusal(change_test, test, TestFacts(), [], seen_version=test.version) == "test_is_out"
    assert refusal(open_test, test) == "test_open"
    closed = close_test(test, reason="Replaced", by=SYSTEM)
    assert refusal(close_test, closed, reason="x") == "test_not_open"
    assert open_test(closed, by=SYSTEM).is_open


def test_a_pool_draws_what_fits_and_no_more(organisation):
    registration = attended()
    activity = registration.activity
    mine, foreign = _two(activity)
    for number in range(8):
        bank_question(choice(f"Mine {number}?"), objective=mine, tags=("stroke",))
    bank_question(choice("Foreign?"), objective=foreign, tags=("stroke",))
    bank_question(choice("Other tag?"), tags=("sepsis",))
    test = make_test(activity, Purpose.POST, by=SYSTEM)
    open_test(changed(test, PartFacts(tag="Stroke ", count=4), is_required=True), by=SYSTEM)

    attempt = begun(registration)

    texts = {each.worded.version.text for each in attempt_asked(attempt).items}
    assert len(texts) == 4
    assert all(text.startswith("Mine") for text in texts)


def test_a_pool_draws_no_question_that_was_retired_meanwhile(organisation):
    registration = attended()
    stays, goes = (bank_question(choice(text), tags=("stroke",)) for text in ("A?", "B?"))
    test = make_test(registration.activity, Purpose.POST, by=SYSTEM)
    open_test(changed(test, PartFacts(tag="stroke", count=2), is_required=True), by=SYSTEM)

    retire_bank_question(goes, reason="x", by=SYSTEM)

    (item,) = attempt_asked(begun(registration)).items
    assert item.worded.question == stays


def test_an_attempt_names_the_versions_that_were_asked(organisation):
    registration = attended()
    question = bank_question()
    test = make_test(registration.activity, Purpose.POST, by=SYSTEM)
    open_test(changed(test, PartFacts(question), is_required=True), by=SYSTEM)
    attempt = begun(registration)
    changed_question = reword_bank_question(
        question, choice("Now?"), QuestionFacts(), seen_version=question.version, by=SYSTEM
    )
    publish_bank_question(changed_question, by=SYSTEM)
    retire_bank_question(question, reason="x", by=SYSTEM)

    (item,) = attempt_asked(attempt).items

    assert item.worded.version.number == 1
    assert sorted(item.item.shown) == [1, 2, 3, 4]


def test_the_last_answer_counts_and_the_same_one_sent_twice_is_kept_once(organisation):
    registration = attended()
    knowledge_test(registration.activity)
    attempt = begun(registration)
    first = Saving(1, Chosen((2,)), uuid.uuid4(), 5)

    save_answer(attempt, first, by=SYSTEM)
    save_answer(attempt, first, by=SYSTEM)
    save_answer(attempt, Saving(1, Chosen((1,)), uuid.uuid4(), 7), by=SYSTEM)
    # Kept by a phone without network before that one, and sent late.
    save_answer(attempt, Saving(1, Chosen((3,)), uuid.uuid4(), 6), by=SYSTEM)

    assert AnswerSaved.objects.count() == 3
    assert attempt_asked(attempt).items[0].given == Chosen((1,))
    assert hand_in_attempt(attempt, {}, by=SYSTEM).percent == 100
    assert refusal(save_answer, attempt, Saving(1, Chosen((1,)))) == "attempt_handed_in"
    assert Entry.objects.filter(action="attempt.answered").count() == 3


@pytest.mark.parametrize("table", ["attempt", "answersaved", "attemptresult", "itemscore"])
def test_what_was_taken_cannot_be_changed_or_deleted(organisation, table):
    registration = attended()
    knowledge_test(registration.activity)
    taken(registration)

    with (
        pytest.raises(DatabaseError),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(f"DELETE FROM assessment_{table}")


def test_only_what_was_offered_can_be_chosen(organisation):
    registration = attended()
    knowledge_test(registration.activity)
    attempt = begun(registration)

    assert refusal(save_answer, attempt, Saving(1, Chosen((5,)))) == "attempt_no_such_choice"
    assert refusal(save_answer, attempt, Saving(9, Chosen((1,)))) == "attempt_no_such_choice"
    assert refusal(hand_in_attempt, attempt, {1: Chosen((9,))}) == "attempt_no_such_choice"


def test_questions_left_out_are_handed_in_only_on_purpose(organisation):
    registration = attended()
    knowledge_test(registration.activity, *FIVE)
    attempt = begun(registration)
    given = right_answers(attempt)
    del given[2]

    assert refusal(hand_in_attempt, attempt, given) == "attempt_left_out"
    result = hand_in_attempt(attempt, given, anyway=True, by=SYSTEM)

    assert (result.points, result.out_of, result.passed) == (4, 5, True)
    assert refusal(hand_in_attempt, attempt, given) == "attempt_handed_in"


def test_parts_of_a_point_add_up_to_per_cent(organisation):
    registration = attended()
    parts = choice("Which two?", right=("Alteplase", "Aspirin"), rule="parts")
    order = Wording(BankKind.ORDER, "How?", (OptionFacts("Look"), OptionFacts("Act")))
    test = knowledge_test(registration.activity, parts, order, shuffles_questions=False)
    attempt = begun(registration)

    result = hand_in_attempt(attempt, {1: Chosen((1,)), 2: Chosen((1, 2))}, by=SYSTEM)

    assert test.shuffles_questions is False
    assert (result.points, result.percent, result.passed) == (Decimal("1.5"), 75, True)


def test_after_the_last_attempt_nothing_is_left_and_more_can_be_allowed(organisation):
    registration = attended()
    test = knowledge_test(registration.activity, *FIVE, attempts=2, wait_hours=24)

    taken(registration, wrong=(1, 2))
    assert refusal(begin_attempt, registration, Purpose.POST) == "test_waits"
    with time_machine.travel(timezone.now() + timedelta(hours=25), tick=True):
        taken(registration, wrong=(1, 2, 3))
        assert standing(registration).is_used_up
        assert standing(registration).best == 60
        assert refusal(begin_attempt, registration, Purpose.POST) == "test_used_up"
        assert refusal(allow_more, test, registration, Extra()) == "allowance_of_nothing"
        assert refusal(allow_more, test, registration, Extra(0, 1)) == "allowance_reason"
        assert refusal(allow_more, test, registration, Extra(0, 99, "x")) == "allowance_too_much"
        allow_more(test, registration, Extra(attempts=1, reason="Was ill"), by=SYSTEM)
    with time_machine.travel(timezone.now() + timedelta(hours=51), tick=True):
        assert taken(registration).passed
        assert standing(registration).is_met
        assert refusal(begin_attempt, registration, Purpose.POST) == "test_passed"


def test_time_is_over_for_everybody_at_their_own_minute(organisation):
    registration = attended()
    test = knowledge_test(registration.activity, *FIVE, minutes=10)
    allow_more(test, registration, Extra(minutes=5, reason="Agreed adjustment"), by=SYSTEM)
    attempt = begun(registration)
    given = right_answers(attempt)
    save_answer(attempt, Saving(1, given[1]), by=SYSTEM)

    assert attempt.ends_at - attempt.started_at == timedelta(minutes=15)
    with time_machine.travel(attempt.ends_at + timedelta(minutes=1), tick=True):
        save_answer(attempt, Saving(2, given[2]), by=SYSTEM)
        assert end_overdue_attempt(attempt, by=SYSTEM) is None
    with time_machine.travel(attempt.ends_at + timedelta(minutes=3), tick=True):
        assert refusal(save_answer, attempt, Saving(3, given[3])) == "attempt_time_over"
        time_over.work(str(attempt.pk))
        time_over.work(str(attempt.pk))
    result = standing(registration).last
    assert (result.percent, result.passed) == (40, False)


def test_what_is_handed_in_after_the_time_counts_as_it_was_kept(organisation):
    registration = attended()
    knowledge_test(registration.activity, *FIVE, minutes=10)
    attempt = begun(registration)
    save_answer(attempt, Saving(1, right_answers(attempt)[1]), by=SYSTEM)

    with time_machine.travel(attempt.ends_at + timedelta(minutes=3), tick=True):
        result = hand_in_attempt(attempt, right_answers(attempt), by=SYSTEM)

    assert (result.ran_out, result.percent) == (True, 20)


def test_where_answers_are_told_at_once_an_answer_stands(organisation):
    registration = attended()
    knowledge_test(registration.activity, feedback="at_once")
    attempt = begun(registration)
    save_answer(attempt, Saving(1, Chosen((2,))), by=SYSTEM)

    assert refusal(save_answer, attempt, Saving(1, Chosen((1,)))) == "attempt_answer_stands"
    assert hand_in_attempt(attempt, {1: Chosen((1,))}, by=SYSTEM).percent == 0


@pytest.mark.parametrize(
    ("purpose", "starts", "code"),
    [
        ("pre", timedelta(hours=1), None),
        ("pre", timedelta(hours=-1), "test_too_late"),
        ("post", timedelta(hours=1), "test_too_early"),
        ("post", timedelta(hours=-1), None),
        ("follow-up", timedelta(days=-20), "test_too_early"),
        ("follow-up", timedelta(days=-40), None),
    ],
)
def test_each_test_has_its_time(organisation, purpose, starts, code):
    registration = attended(starts=timezone.now() + starts)
    knowledge_test(registration.activity, purpose=Purpose(purpose), after_days=30)

    if code:
        assert refusal(begin_attempt, registration, purpose) == code
    else:
        assert begin_attempt(registration, purpose, by=SYSTEM).number == 1


def test_a_result_says_how_each_objective_went(organisation):
    registration = attended()
    mine, other = ObjectiveFactory(), ObjectiveFactory()
    for each in (mine, other):
        ActivityObjective.objects.create(activity=registration.activity, objective=each)
    asked = [
        bank_question(choice(f"Q{n}?"), objective=about)
        for n, about in enumerate((mine, mine, other))
    ]
    test = make_test(registration.activity, Purpose.POST, by=SYSTEM)
    parts = [PartFacts(each) for each in asked]
    open_test(changed(test, *parts, shuffles_questions=False, is_required=True), by=SYSTEM)

    result = taken(registration, wrong=(2,))

    lines = by_objective(attempt_asked(result.attempt))
    assert [(each.objective, each.points, each.out_of) for each in lines] == [
        (mine.text, 1, 2),
        (other.text, 1, 1),
    ]


def test_credit_waits_for_the_post_test_of_an_accredited_activity(organisation):
    registration = attended()
    test = knowledge_test(registration.activity, *FIVE)

    def code(explained):
        objection = objection_to_claim(explained, at=timezone.now())
        return objection and objection.code

    assert code(explain_credit(registration)) == "post_test_first"
    taken(registration, wrong=(1, 2))
    assert code(explain_all(registration.activity)[0]) == "post_test_first"
    taken(registration)
    assert code(explain_credit(registration)) is None
    assert code(explain_all(registration.activity)[0]) is None
    other = attended(activity=registration.activity)
    assert code(explain_credit(other)) == "post_test_first"
    close_test(test, reason="It asked about another guideline", by=SYSTEM)
    assert code(explain_credit(other)) is None


def test_a_test_that_credit_does_not_wait_for_holds_nobody_back(organisation):
    registration = attended()
    knowledge_test(registration.activity, is_required=False, pass_mark=None)

    explained = explain_credit(registration)

    assert not explained.waits_for_test
    assert objection_to_claim(explained, at=timezone.now()) is None
    assert taken(registration).passed is None
    assert standing(registration).is_met


def test_two_beginnings_are_one_attempt(organisation):
    registration = attended()
    knowledge_test(registration.activity, attempts=1)
    begun(registration)

    assert refusal(begin_attempt, registration, Purpose.POST) == "test_begun"
    assert Attempt.objects.count() == 1
    assert AttemptItem.objects.count() == 1
