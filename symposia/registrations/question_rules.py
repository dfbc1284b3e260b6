"""What is asked of whom when they register, and whether the answers will do. Pure."""

import uuid
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.utils.translation import gettext_lazy as _

from symposia.activities.models import Activity
from symposia.registrations.models import (
    LONGEST_ANSWER,
    LONGEST_CHOICE,
    NO,
    YES,
    Need,
    QuestionKind,
    Registration,
    RegistrationQuestion,
)
from symposia.registrations.policies import IS_OVER, NOT_CURRENT
from symposia.shared.refusals import Objection

ANSWER_MISSING = Objection("registration_answer_missing", _("Please answer: %(question)s"))
NOT_AN_ANSWER = Objection(
    "registration_answer_unknown", _("“%(answer)s” is none of the answers to: %(question)s")
)
ONE_ANSWER = Objection("registration_one_answer", _("Give one answer to: %(question)s"))
ANSWER_TOO_LONG = Objection(
    "registration_answer_too_long", _("The answer to “%(question)s” is too long.")
)
NOT_ASKED = Objection("registration_question_unknown", _("This is not asked here."))
TWO_ANSWERS = Objection(
    "registration_question_answers", _("Offer at least two answers, each another one.")
)
CHOICE_TOO_LONG = Objection(
    "registration_choice_too_long",
    _("“%(answer)s…” is too long to choose from: at most %(longest)s letters."),
)
AFTER_ITSELF = Objection(
    "registration_question_chain",
    _("A question follows one that is asked of everybody, and nothing follows it in turn."),
)
AFTER_NO_ANSWER = Objection(
    "registration_question_parent",
    _("“%(answer)s” is none of the answers to “%(question)s”. Choose one of them."),
)
FOLLOWED = Objection(
    "registration_answer_followed",
    _("After “%(answer)s” follows “%(question)s”. Withdraw that question first."),
)
QUESTION_WITHDRAWN = Objection(
    "registration_question_withdrawn", _("This question was withdrawn. Ask another one.")
)
USUAL_ASKED = Objection("usual_questions_asked", _("Meals and access are asked for here already."))

Given = Mapping[uuid.UUID, Sequence[str]]


@dataclass(frozen=True)
class QuestionFacts:
    """What is asked, how it is answered, and of whom."""

    text: str
    kind: str = QuestionKind.TEXT
    hint: str = ""
    need: str = ""
    choices: tuple[str, ...] = field(default=())
    required: bool = False
    parent: RegistrationQuestion | None = None
    parent_answer: str = ""

    @property
    def possible(self) -> tuple[str, ...]:
        """The answers one can choose; nothing for words."""
        return (YES, NO) if self.kind == QuestionKind.YES_NO else self.choices


def in_words(values: Iterable[str]) -> list[str]:
    """What was really said: blanks are no answer."""
    return [said for said in (each.strip() for each in values) if said]


def objection_to_question(
    activity: Activity,
    facts: QuestionFacts,
    *,
    changed: RegistrationQuestion | None = None,
    followed: bool = False,
    at: datetime,
) -> Objection | None:
    """Whether something can be asked so; `changed` is the question that is asked otherwise."""
    if activity.is_over_at(at):
        return IS_OVER
    offers = facts.kind in {QuestionKind.CHOICE, QuestionKind.SEVERAL}
    if offers and (len(facts.choices) < 2 or len(set(facts.choices)) < len(facts.choices)):
        return TWO_ANSWERS
    if long := next((each for each in facts.choices if len(each) > LONGEST_CHOICE), None):
        return CHOICE_TOO_LONG.about(answer=long[:40], longest=LONGEST_CHOICE)
    if changed and facts.parent == changed:
        return AFTER_ITSELF
    return _objection_to_parent(activity, facts, followed=followed)


def _objection_to_parent(
    activity: Activity, facts: QuestionFacts, *, followed: bool
) -> Objection | None:
    parent = facts.parent
    if parent is None:
        return None
    if parent.activity_id != activity.pk or parent.withdrawn_at:
        return NOT_ASKED
    if followed or parent.parent_id:
        return AFTER_ITSELF
    if facts.parent_answer not in parent.possible:
        return AFTER_NO_ANSWER.about(answer=facts.parent_answer, question=parent.text)
    return None


def objection_to_what_follows(
    facts: QuestionFacts, followers: Iterable[RegistrationQuestion]
) -> Objection | None:
    """An answer that another question follows is not taken away."""
    possible = facts.possible
    lost = next((each for each in followers if each.parent_answer not in possible), None)
    return FOLLOWED.about(answer=lost.parent_answer, question=lost.text) if lost else None


def asked_of(questions: Iterable[RegistrationQuestion], given: Given) -> list[RegistrationQuestion]:
    """What is asked of whoever answers so: what follows another answer is not."""
    return [
        each
        for each in questions
        if each.parent_id is None or each.parent_answer in given.get(each.parent_id, ())
    ]


def objection_to_answers(
    questions: Sequence[RegistrationQuestion], given: Given
) -> Objection | None:
    """Everything that is asked is answered, and with something that can be answered."""
    if set(given) - {each.pk for each in questions}:
        return NOT_ASKED
    objections = (
        _objection_to_answer(each, given.get(each.pk, ())) for each in asked_of(questions, given)
    )
    return next(filter(None, objections), None)


def _objection_to_answer(question: RegistrationQuestion, values: Sequence[str]) -> Objection | None:
    if question.required and not values:
        return ANSWER_MISSING.about(question=question.text)
    if len(values) > 1 and question.kind != QuestionKind.SEVERAL:
        return ONE_ANSWER.about(question=question.text)
    if question.kind == QuestionKind.TEXT:
        too_long = any(len(each) > LONGEST_ANSWER for each in values)
        return ANSWER_TOO_LONG.about(question=question.text) if too_long else None
    wrong = next((each for each in values if each not in question.possible), None)
    return NOT_AN_ANSWER.about(answer=wrong, question=question.text) if wrong is not None else None


def objection_to_answering_now(
    registration: Registration, activity: Activity, *, at: datetime
) -> Objection | None:
    """Answers are taken from whoever still wants to come."""
    if not registration.is_current:
        return NOT_CURRENT
    return IS_OVER if activity.is_over_at(at) else None


def usual_questions() -> list[QuestionFacts]:
    """What nearly every activity with a meal or a room asks; the last follows a yes."""
    return [
        QuestionFacts(
            text=str(_("What do you eat?")),
            kind=QuestionKind.CHOICE,
            need=Need.DIETARY,
            choices=(
                str(_("Everything")),
                str(_("Vegetarian")),
                str(_("Vegan")),
                str(_("Halal")),
                str(_("Kosher")),
                str(_("Gluten-free")),
            ),
        ),
        QuestionFacts(
            text=str(_("Is there anything you must not eat?")),
            hint=str(_("Allergies and intolerances, for the kitchen.")),
            need=Need.DIETARY,
        ),
        QuestionFacts(
            text=str(_("Do you need help to take part?")),
            hint=str(_("A place for a wheelchair, captions, an interpreter, a quiet room.")),
            kind=QuestionKind.YES_NO,
            need=Need.ACCESS,
        ),
    ]


def usual_after_yes() -> QuestionFacts:
    """What is asked of whoever needs help."""
    return QuestionFacts(
        text=str(_("What helps you?")), need=Need.ACCESS, required=True, parent_answer="yes"
    )
