"""What the bank says: a question with its versions, and the wordings that are asked."""

import uuid
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from django.db.models import F
from django.db.models.functions import Left

from symposia.assessment.models import (
    BankOption,
    BankQuestion,
    BankState,
    BankVersion,
    PartOfTest,
    StateOfTest,
)
from symposia.assessment.scoring import AnswerKey
from symposia.assessment.wording import Wording, key_of, wording_of


@dataclass(frozen=True)
class Worded:
    """A version with its answers in their places."""

    question: BankQuestion
    version: BankVersion
    options: tuple[BankOption, ...]

    @property
    def wording(self) -> Wording:
        return wording_of(self.question.kind, self.version, self.options)

    @property
    def key(self) -> AnswerKey:
        return key_of(self.question.kind, self.version, self.options)


def versions_of(question: BankQuestion) -> list[Worded]:
    """Every version of a question, the latest first."""
    return list(_with_options(BankVersion.objects.of(question).select_related("question")))


def latest_of(question: BankQuestion) -> Worded:
    """What a question says in its latest version."""
    rows = BankVersion.objects.of(question).select_related("question")[:1]
    return next(iter(_with_options(rows)))


def worded_of(version_ids: Collection[uuid.UUID]) -> dict[uuid.UUID, Worded]:
    """Versions with their answers, by their ids."""
    rows = BankVersion.objects.filter(pk__in=version_ids).select_related(
        "question", "question__objective"
    )
    return {each.version.pk: each for each in _with_options(rows.order_by("pk"))}


def asked_versions(question_ids: Sequence[uuid.UUID]) -> dict[uuid.UUID, Worded]:
    """What learners are asked now, by the id of the question."""
    rows = BankVersion.objects.asked_of(list(question_ids)).select_related("question")
    return {each.question.pk: each for each in _with_options(rows.order_by("pk"))}


def _with_options(versions: Iterable[BankVersion]) -> Iterable[Worded]:
    versions = list(versions)
    held: dict[uuid.UUID, list[BankOption]] = {}
    rows = BankOption.objects.filter(wording__in=[each.pk for each in versions])
    for option in rows.order_by("wording", "position"):
        held.setdefault(option.wording_id, []).append(option)
    for each in versions:
        yield Worded(each.question, each, tuple(held.get(each.pk, ())))


def parts_asking(question: BankQuestion) -> list[PartOfTest]:
    """Where a question is asked by name, in tests that are not over."""
    rows = PartOfTest.objects.filter(question=question).exclude(test__state=StateOfTest.CLOSED)
    return list(rows.select_related("test__activity").order_by("test", "position"))


def tags_in_use() -> list[str]:
    """Every tag of the bank, in alphabetical order."""
    held = BankQuestion.objects.exclude(tags=[]).values_list("tags", flat=True).order_by("pk")
    return sorted({tag for tags in held for tag in tags})


def question_of_number(number: str) -> BankQuestion | None:
    return BankQuestion.objects.filter(number=number.strip().upper()).first()


def published_wordings() -> list[Worded]:
    """What learners are asked now, every question of the bank, in the order of their numbers."""
    rows = BankVersion.objects.filter(
        question__state=BankState.PUBLISHED, number=F("question__published")
    ).select_related("question")
    return list(_with_options(rows.order_by("question__number", "pk")))


def numbers_offered() -> list[tuple[str, str]]:
    """The questions that a test may ask, by number and words; as many as a page can hold."""
    rows = BankVersion.objects.filter(
        question__state="published", number=F("question__published")
    ).order_by("-question__number")
    return list(rows.values_list("question__number", Left("text", 80))[:200])
