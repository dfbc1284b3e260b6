"""What people answered when they registered: one person's answers, and how many said what."""

import uuid
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.contrib.postgres.aggregates import StringAgg
from django.db.models import CharField, F, Func, OuterRef, Subquery, TextField, Value
from django.db.models.expressions import Combinable
from django.db.models.functions import Coalesce

from symposia.activities.models import Activity
from symposia.registrations.models import (
    Need,
    QuestionKind,
    Registration,
    RegistrationAnswer,
    RegistrationQuestion,
    State,
    said,
)


def in_words(field: str = "values") -> Combinable:
    """A column: an answer on one line."""
    return Func(F(field), Value(", "), function="array_to_string", output_field=CharField())


def answers_about(need: Need) -> Combinable:
    """A column of registrations: what somebody said of meals, or of access."""
    mine = RegistrationAnswer.objects.latest_given().filter(
        registration=OuterRef("pk"), question__need=need, question__withdrawn_at=None
    )
    words = StringAgg(
        in_words(), delimiter="; ", order_by=F("question__position").asc(), output_field=TextField()
    )
    found = mine.order_by().values("registration").annotate(words=words).values("words")
    return Coalesce(Subquery(found), Value(""), output_field=TextField())


@dataclass(frozen=True)
class Answered:
    """One question as somebody is asked it, and what they answered last."""

    question: RegistrationQuestion
    answer: RegistrationAnswer | None

    @property
    def values(self) -> list[str]:
        return self.answer.values if self.answer else []

    @property
    def words(self) -> str:
        return said(self.values)

    @property
    def is_of_another_wording(self) -> bool:
        """Whether they answered another version than the one that is asked now."""
        return bool(self.answer and self.answer.question_version != self.question.version)


def answers_of(registration: Registration) -> list[Answered]:
    """Every question of the activity with what this person answered."""
    questions = list(RegistrationQuestion.objects.of(registration.activity))
    if not questions:
        return []
    given = RegistrationAnswer.objects.of(registration).latest_given()
    by_question = {each.question_id: each for each in given}
    return [Answered(each, by_question.get(each.pk)) for each in questions]


@dataclass(frozen=True)
class Counted:
    """How many of those with a place gave each answer to a question."""

    question: RegistrationQuestion
    by_answer: Mapping[str, int]
    # Those with a place who said nothing to it.
    silent: int


def counts_of(activity: Activity) -> list[Counted]:
    """For the kitchen and the rooms: each question and how many said what; words are not counted,
    only how many said something."""
    questions = list(RegistrationQuestion.objects.of(activity))
    if not questions:
        return []
    people = Registration.objects.of(activity).confirmed().count()
    rows: Any = RegistrationAnswer.objects.latest_given().filter(
        activity=activity, registration__state=State.CONFIRMED
    )
    given = list(rows.values_list("question", "values"))
    return [_counted(each, [v for q, v in given if q == each.pk], people) for each in questions]


def _counted(question: RegistrationQuestion, given: list[list[str]], people: int) -> Counted:
    said_so = Counter(value for values in given for value in values)
    if question.kind == QuestionKind.TEXT:
        return Counted(question, {}, people - len(given))
    by_answer = {said([each]): said_so[each] for each in question.possible}
    return Counted(question, by_answer, people - len(given))


def access_needs(activity: Activity) -> dict[uuid.UUID, tuple[str, ...]]:
    """For the door: what helps whom to take part, in their own words."""
    rows: Any = RegistrationAnswer.objects.latest_given().filter(
        activity=activity,
        question__need=Need.ACCESS,
        question__withdrawn_at=None,
        question__kind=QuestionKind.TEXT,
    )
    found: dict[uuid.UUID, tuple[str, ...]] = {}
    for pk, values in rows.order_by("question__position", "pk").values_list(
        "registration", "values"
    ):
        found[pk] = (*found.get(pk, ()), *values)
    return found
