from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils.timezone import now

from symposia.accounts.actions import next_numbers
from symposia.assessment.events import QuestionPublished, QuestionRetired
from symposia.assessment.models import BankOption, BankQuestion, BankState, BankVersion
from symposia.assessment.policies.bank import (
    objection_to_publishing_question,
    objection_to_retiring_question,
    objection_to_rewording,
    objection_to_tags,
    objection_to_wording,
)
from symposia.assessment.queries.bank import latest_of
from symposia.assessment.wording import Wording, tidied
from symposia.audit.actions import record
from symposia.curriculum.models import Guideline, Objective
from symposia.curriculum.policies.objectives import objection_to_citing
from symposia.shared.actors import Actor
from symposia.shared.changing import changed_values, objection_to_overwriting
from symposia.shared.events import announce
from symposia.shared.refusals import refuse_if


@dataclass(frozen=True)
class QuestionFacts:
    """What a question is about: the objective it measures, what it cites, its tags."""

    objective: Objective | None = None
    guideline: Guideline | None = None
    tags: tuple[str, ...] = ()


@transaction.atomic
def add_bank_question(wording: Wording, facts: QuestionFacts, *, by: Actor) -> BankQuestion:
    """Write a question for the bank, as a draft."""
    at, wording = now(), tidied(wording)
    tags = _plain_tags(facts.tags)

    refuse_if(objection_to_wording(wording))
    refuse_if(objection_to_tags(tags))
    if facts.guideline:
        refuse_if(objection_to_citing(facts.guideline))

    question = BankQuestion.objects.create(
        number=next_numbers("QST", year=at.year)[0],
        kind=wording.kind,
        objective=facts.objective,
        guideline=facts.guideline,
        tags=tags,
        added_at=at,
    )
    _write(question, wording, number=1, by=by)
    record(by, "bank_question.added", question, details={"words": wording.text[:300]})
    return question


@transaction.atomic
def reword_bank_question(
    question: BankQuestion,
    wording: Wording,
    facts: QuestionFacts,
    *,
    seen_version: int,
    by: Actor,
) -> BankQuestion:
    """Say it differently, or file it differently: other words are the next version, and learners
    are asked the published one until the new one is published."""
    question = BankQuestion.objects.locked(question.pk)
    wording, tags = tidied(wording), _plain_tags(facts.tags)

    refuse_if(objection_to_rewording(question, wording))
    refuse_if(objection_to_overwriting(seen_version=seen_version, version=question.version))
    refuse_if(objection_to_wording(wording))
    refuse_if(objection_to_tags(tags))
    if facts.guideline and facts.guideline.pk != question.guideline_id:
        refuse_if(objection_to_citing(facts.guideline))

    values: dict[str, Any] = {
        "objective_id": facts.objective.pk if facts.objective else None,
        "guideline_id": facts.guideline.pk if facts.guideline else None,
        "tags": tags,
    }
    changes = changed_values(question, values, said=_said)
    is_reworded = latest_of(question).wording != wording
    if not changes and not is_reworded:
        return question
    if is_reworded:
        values["latest"] = question.latest + 1
        _write(question, wording, number=question.latest + 1, by=by)
        changes.append({"field": "words", "was": question.latest, "now": question.latest + 1})
    for name, value in values.items():
        setattr(question, name, value)
    question.version += 1
    question.save()
    record(by, "bank_question.changed", question, details={"changes": changes})
    return question


@transaction.atomic
def publish_bank_question(question: BankQuestion, *, by: Actor) -> BankQuestion:
    """Let tests ask the latest version from now on; attempts that have begun go on as they are."""
    question = BankQuestion.objects.locked(question.pk)

    refuse_if(objection_to_publishing_question(question))

    if question.state == BankState.DRAFT:
        question.move(BankState.PUBLISHED, published=question.latest, version=question.version + 1)
    else:
        question.published = question.latest
        question.version += 1
        question.save(update_fields=["published", "version"])
    record(by, "bank_question.published", question, details={"version": question.latest})
    announce(QuestionPublished(question.pk))
    return question


@transaction.atomic
def retire_bank_question(question: BankQuestion, *, reason: str, by: Actor) -> BankQuestion:
    """Ask it no more. What was answered stays, with the version that was asked."""
    question = BankQuestion.objects.locked(question.pk)

    refuse_if(objection_to_retiring_question(question))

    question.move(BankState.RETIRED, version=question.version + 1)
    record(by, "bank_question.retired", question, reason=reason)
    announce(QuestionRetired(question.pk))
    return question


def _write(question: BankQuestion, wording: Wording, *, number: int, by: Actor) -> BankVersion:
    version = BankVersion.objects.create(
        question=question,
        number=number,
        text=wording.text,
        rule=wording.rule,
        value=wording.value,
        tolerance=wording.tolerance,
        unit=wording.unit,
        rationale=wording.rationale,
        reference=wording.reference,
        made_at=now(),
        made_by_name=by.name,
    )
    BankOption.objects.bulk_create(
        BankOption(
            wording=version,
            position=position,
            text=each.text,
            is_right=each.is_right,
            partner=each.partner,
            rationale=each.rationale,
            reference=each.reference,
        )
        for position, each in enumerate(wording.options, start=1)
    )
    return version


def _plain_tags(tags: Iterable[str]) -> list[str]:
    """Tags as they are kept: small letters, each once, in order."""
    return sorted({" ".join(each.split()).casefold() for each in tags} - {""})


def _said(value: object) -> object:
    return value if value is None or isinstance(value, int | str | list) else str(value)
