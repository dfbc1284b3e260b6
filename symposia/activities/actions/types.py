from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.db import transaction
from django.utils.timezone import now

from symposia.accounts.queries import role_names
from symposia.activities.events import ActivityChanged
from symposia.activities.models import Activity, LineKind, OwnType, OwnTypeLine, TypeAnswer
from symposia.activities.own_types import answers_of
from symposia.activities.policies import objection_to_changing
from symposia.activities.rules_of_types import objection_to_answers, objection_to_type
from symposia.activities.types import Due
from symposia.audit.actions import record
from symposia.shared.actors import Actor
from symposia.shared.changing import objection_to_overwriting
from symposia.shared.events import announce
from symposia.shared.refusals import refuse_if


@dataclass(frozen=True)
class TypeFacts:
    """What an organisation says of one of its types."""

    title: str
    delivery: str
    minutes: int
    milestones: Sequence[Due]
    documents: Sequence[Due]
    fields: Sequence[str]


@transaction.atomic
def keep_own_type(code: str, facts: TypeFacts, *, seen_version: int, by: Actor) -> OwnType:
    """Make or change an own copy of a type; activities that exist keep what they began with."""
    own = OwnType.objects.select_for_update().filter(code=code).first()
    version = own.version if own else 0
    due, roles = (facts.milestones, facts.documents), role_names()

    refuse_if(objection_to_type(code, *due, facts.fields, roles=roles))
    refuse_if(objection_to_overwriting(seen_version=seen_version, version=version))

    action = "activity_type.changed" if own else "activity_type.copied"
    own = own or OwnType(code=code, version=0)
    own.title, own.delivery, own.minutes = facts.title.strip(), facts.delivery, facts.minutes
    own.version += 1
    own.changed_at = now()
    own.save()
    OwnTypeLine.objects.filter(type=own).delete()
    OwnTypeLine.objects.bulk_create(_lines(own, facts))
    details = {
        "milestones": len(facts.milestones),
        "documents": len(facts.documents),
        "questions": len(facts.fields),
    }
    record(by, action, own, details=details)
    return own


@transaction.atomic
def give_up_own_type(own: OwnType, *, by: Actor) -> None:
    """Go back to the type as the product ships it."""
    own = OwnType.objects.select_for_update().get(pk=own.pk)
    OwnTypeLine.objects.filter(type=own).delete()
    record(by, "activity_type.given_up", own)
    own.delete()


@transaction.atomic
def answer_type_questions(activity: Activity, answers: Mapping[str, str], *, by: Actor) -> Activity:
    """Say what the type of an activity asks for; an empty answer takes it back."""
    activity = Activity.objects.locked(activity.pk)
    before = {each.question: each.answer for each in answers_of(activity)}

    refuse_if(objection_to_changing(activity))
    refuse_if(objection_to_answers(before, answers))

    changes = [
        {"field": question, "was": before[question], "now": answer.strip()}
        for question, answer in answers.items()
        if before[question] != answer.strip()
    ]
    if not changes:
        return activity
    changed = {change["field"]: change["now"] for change in changes}
    TypeAnswer.objects.filter(activity=activity, question__in=list(changed)).delete()
    TypeAnswer.objects.bulk_create(
        TypeAnswer(activity=activity, question=question, answer=answer)
        for question, answer in changed.items()
        if answer
    )
    record(by, "activity.type_questions_answered", activity, details={"changes": changes})
    announce(ActivityChanged(activity.pk, ("type_answers",)))
    return activity


def _lines(own: OwnType, facts: TypeFacts) -> list[OwnTypeLine]:
    due = [(LineKind.MILESTONE, facts.milestones), (LineKind.DOCUMENT, facts.documents)]
    lines = [
        OwnTypeLine(
            type=own, kind=kind, title=each.title, days=each.days, role=each.role, position=place
        )
        for kind, several in due
        for place, each in enumerate(several)
    ]
    asked = [
        OwnTypeLine(type=own, kind=LineKind.FIELD, title=each, position=place)
        for place, each in enumerate(facts.fields)
    ]
    return [*lines, *asked]
