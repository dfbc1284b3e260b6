"""What is asked at registration: of whom, what may be answered, what is kept."""

import pytest
import time_machine

from symposia.audit.models import Entry
from symposia.registrations.actions.places import cancel_registration
from symposia.registrations.actions.questions import (
    answer_questions,
    ask_question,
    ask_usual_questions,
    change_question,
    withdraw_question,
)
from symposia.registrations.answers import access_needs, answers_of, counts_of
from symposia.registrations.models import (
    Need,
    QuestionKind,
    RegistrationAnswer,
    RegistrationQuestion,
)
from symposia.registrations.policies import IS_OVER, NOT_CURRENT
from symposia.registrations.question_rules import (
    AFTER_ITSELF,
    AFTER_NO_ANSWER,
    ANSWER_MISSING,
    ANSWER_TOO_LONG,
    CHOICE_TOO_LONG,
    FOLLOWED,
    NOT_AN_ANSWER,
    NOT_ASKED,
    ONE_ANSWER,
    QUESTION_WITHDRAWN,
    TWO_ANSWERS,
    USUAL_ASKED,
    QuestionFacts,
)
from symposia.shared.actors import SYSTEM
from symposia.shared.changing import CHANGED_MEANWHILE
from symposia.shared.refusals import Refused
from tests.factories.activities import ActivityFactory
from tests.factories.registrations import RegistrationFactory

DINNER = QuestionFacts("Do you come to the dinner?", QuestionKind.YES_NO)
MENU = QuestionFacts("Which menu?", QuestionKind.CHOICE, choices=("Fish", "Vegetarian"))


@pytest.fixture
def activity(organisation):
    return ActivityFactory(state="open")


def asked(activity, facts, **more):
    return ask_question(activity, QuestionFacts(**(vars(facts) | more)), by=SYSTEM)


def change(question, facts, seen=None):
    question.refresh_from_db()
    return change_question(question, facts, seen_version=seen or question.version, by=SYSTEM)


def dinner_and_menu(activity):
    dinner = asked(activity, DINNER, required=True)
    menu = asked(activity, MENU, required=True, parent=dinner, parent_answer="yes")
    return dinner, menu


def give(registration, given):
    return answer_questions(registration, {q.pk: values for q, values in given.items()}, by=SYSTEM)


def said(registration):
    return [each.words for each in answers_of(registration)]


def refusal(work):
    with pytest.raises(Refused) as refused:
        work()
    return refused.value.objection


def test_what_follows_a_yes_is_asked_of_those_who_said_it(activity):
    dinner, menu = dinner_and_menu(activity)
    comes, stays_away = (
        RegistrationFactory(activity=activity),
        RegistrationFactory(activity=activity),
    )

    give(comes, {dinner: ["yes"], menu: ["Fish"]})
    give(stays_away, {dinner: ["no"], menu: ["Fish"]})

    assert said(comes) == ["Yes", "Fish"]
    assert said(stays_away) == ["No", ""]
    late = RegistrationFactory(activity=activity)
    assert refusal(lambda: give(late, {dinner: ["yes"]})) == ANSWER_MISSING
    assert refusal(lambda: give(late, {})) == ANSWER_MISSING


def test_another_answer_is_another_row_and_takes_back_what_followed(activity):
    dinner, menu = dinner_and_menu(activity)
    registration = RegistrationFactory(activity=activity)
    give(registration, {dinner: ["yes"], menu: ["Fish"]})

    give(registration, {dinner: ["no"]})
    give(registration, {dinner: ["no"]})

    assert said(registration) == ["No", ""]
    assert RegistrationAnswer.objects.count() == 4
    entries = Entry.objects.filter(action="registration.answered")
    assert entries.count() == 2
    assert "Fish" not in str([entry.details for entry in entries])


@pytest.mark.parametrize(
    ("facts", "values", "objection"),
    [
        (MENU, ["Beef"], NOT_AN_ANSWER),
        (MENU, ["Fish", "Vegetarian"], ONE_ANSWER),
        (DINNER, ["perhaps"], NOT_AN_ANSWER),
        (QuestionFacts("Anything else?"), ["x" * 501], ANSWER_TOO_LONG),
    ],
    ids=["unknown", "two", "neither", "long"],
)
def test_what_is_no_answer_is_refused_in_words(activity, facts, values, objection):
    question, registration = asked(activity, facts), RegistrationFactory(activity=activity)

    assert refusal(lambda: give(registration, {question: values})) == objection
    assert not RegistrationAnswer.objects.exists()


def test_several_may_be_chosen_where_it_is_asked_so(activity):
    question = asked(activity, MENU, kind=QuestionKind.SEVERAL)
    registration = RegistrationFactory(activity=activity)

    give(registration, {question: ["Fish", "Vegetarian"]})

    assert said(registration) == ["Fish, Vegetarian"]
    assert counts_of(activity)[0].by_answer == {"Fish": 1, "Vegetarian": 1}


def test_an_answer_stays_with_the_words_it_was_asked_in(activity):
    question, registration = asked(activity, DINNER), RegistrationFactory(activity=activity)
    give(registration, {question: ["yes"]})

    change(question, QuestionFacts("Supper?", QuestionKind.YES_NO))

    (found,) = answers_of(registration)
    assert (found.question.version, found.answer.question_version) == (2, 1)
    assert found.answer.asked == DINNER.text
    assert found.is_of_another_wording


def test_the_kitchen_counts_those_with_a_place(activity):
    question = asked(activity, MENU, need=Need.DIETARY)
    fish, gone, _silent = (RegistrationFactory(activity=activity) for _number in range(3))
    give(fish, {question: ["Fish"]})
    give(gone, {question: ["Vegetarian"]})
    cancel_registration(gone, by=SYSTEM)

    (counted,) = counts_of(activity)

    assert counted.by_answer == {"Fish": 1, "Vegetarian": 0}
    assert counted.silent == 1


def test_meals_and_access_are_asked_in_one_step_once_and_the_door_knows_who_needs_help(activity):
    *_meals, needs, helps = ask_usual_questions(activity, by=SYSTEM)
    registration = RegistrationFactory(activity=activity)

    give(registration, {needs: ["yes"], helps: ["A place for a wheelchair"]})

    assert refusal(lambda: ask_usual_questions(activity, by=SYSTEM)) == USUAL_ASKED
    assert access_needs(activity) == {registration.pk: ("A place for a wheelchair",)}


def test_a_question_follows_one_that_is_asked_of_everybody(activity):
    dinner, menu = dinner_and_menu(activity)
    elsewhere = asked(ActivityFactory(state="open"), DINNER)
    sauce = QuestionFacts("Which sauce?", parent=menu, parent_answer="Fish")
    perhaps = QuestionFacts("Why?", parent=dinner, parent_answer="perhaps")
    other = QuestionFacts("Why?", parent=elsewhere, parent_answer="no")

    assert refusal(lambda: asked(activity, sauce)) == AFTER_ITSELF
    assert refusal(lambda: asked(activity, perhaps)) == AFTER_NO_ANSWER
    assert refusal(lambda: asked(activity, other)) == NOT_ASKED
    assert refusal(lambda: change(dinner, sauce)) == AFTER_ITSELF
    words = QuestionFacts("What do you say to dinner?")
    assert refusal(lambda: change(dinner, words)) == FOLLOWED


def test_a_choice_offers_two_different_answers(activity):
    for choices in (("Fish",), ("Fish", "Fish")):
        assert refusal(lambda c=choices: asked(activity, MENU, choices=c)) == TWO_ANSWERS


def test_a_question_does_not_follow_itself(activity):
    alone = asked(activity, DINNER)
    after_itself = QuestionFacts(
        DINNER.text, QuestionKind.YES_NO, parent=alone, parent_answer="yes"
    )

    assert refusal(lambda: change(alone, after_itself)) == AFTER_ITSELF


def test_whoever_did_not_see_a_change_does_not_write_over_it(activity):
    question = asked(activity, DINNER)
    change(question, QuestionFacts("Supper?", QuestionKind.YES_NO))

    assert refusal(lambda: change(question, DINNER, seen=1)) == CHANGED_MEANWHILE
    assert RegistrationQuestion.objects.get().text == "Supper?"


def test_an_answer_to_choose_from_has_a_length(activity):
    just, longer = "x" * 120, "x" * 121

    assert asked(activity, MENU, choices=("Fish", just)).choices == ["Fish", just]
    assert refusal(lambda: asked(activity, MENU, choices=("Fish", longer))) == CHOICE_TOO_LONG


@pytest.mark.parametrize("said", [[""], [" "], ["", "\t"]])
def test_blanks_are_no_answer(activity, said):
    question = asked(activity, MENU, required=True)
    registration = RegistrationFactory(activity=activity)

    assert refusal(lambda: give(registration, {question: said})) == ANSWER_MISSING


def test_a_withdrawn_question_is_asked_no_more_nor_what_follows_it(activity):
    dinner, menu = dinner_and_menu(activity)
    registration = RegistrationFactory(activity=activity)
    give(registration, {dinner: ["yes"], menu: ["Fish"]})

    withdraw_question(dinner, by=SYSTEM)

    assert answers_of(registration) == []
    assert RegistrationAnswer.objects.count() == 2
    assert not RegistrationQuestion.objects.of(activity).exists()
    assert refusal(lambda: withdraw_question(dinner, by=SYSTEM)) == QUESTION_WITHDRAWN
    assert refusal(lambda: change(dinner, DINNER)) == QUESTION_WITHDRAWN


def test_whoever_does_not_come_answers_nothing_and_nothing_is_asked_afterwards(activity):
    question, registration = asked(activity, DINNER), RegistrationFactory(activity=activity)
    with time_machine.travel(activity.ends_at):
        assert refusal(lambda: give(registration, {question: ["yes"]})) == IS_OVER
        assert refusal(lambda: asked(activity, MENU)) == IS_OVER
    cancel_registration(registration, by=SYSTEM)

    assert refusal(lambda: give(registration, {question: ["yes"]})) == NOT_CURRENT
