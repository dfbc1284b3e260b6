"""Types as this organisation uses them: what the product ships, or its own copy of it."""

import uuid
from collections import defaultdict
from dataclasses import dataclass, replace
from typing import Any

from django.db.models import QuerySet

from symposia.accounts.models import Organisation
from symposia.activities.models import Activity, LineKind, Mode, OwnType, OwnTypeLine, TypeAnswer
from symposia.activities.reading import Batch, read_together, rows_of
from symposia.activities.types import Due, TypeOfActivity, shipped_types


@dataclass(frozen=True)
class Answer:
    """A question of the type with what the activity says to it so far."""

    question: str
    answer: str


def types_here() -> dict[str, TypeOfActivity]:
    """Every type by its code, own copies in the place of what is shipped: two statements."""
    own = {each.code: each for each in OwnType.objects.order_by("code")}
    lines = _lines_of(own)
    return {
        code: _own(shipped, own[code], lines[own[code].pk]) if code in own else shipped
        for code, shipped in shipped_types().items()
    }


def type_here(code: str) -> TypeOfActivity:
    """One type as this organisation uses it."""
    return types_here()[code]


def types_for(organisation: Organisation) -> list[TypeOfActivity]:
    """The types that this kind of organisation may plan."""
    allowed = {Mode.SCIENTIFIC, Mode.PROMOTIONAL} if organisation.is_company else {Mode.INDEPENDENT}
    return [each for each in types_here().values() if allowed & set(each.modes)]


def own_rows(activity_id: uuid.UUID) -> QuerySet[OwnType]:
    """The organisation's own copy of its type: one row, or none."""
    return OwnType.objects.filter(code__in=_code_of(activity_id))


def own_line_rows(activity_id: uuid.UUID) -> QuerySet[OwnTypeLine]:
    """What that copy asks for, in its order."""
    lines = OwnTypeLine.objects.filter(type__in=own_rows(activity_id).values("pk"))
    return lines.order_by("kind", "position", "pk")


def answer_rows(activity_id: uuid.UUID) -> QuerySet[TypeAnswer, Any]:
    """Each question that was answered, and its answer."""
    given = TypeAnswer.objects.filter(activity=activity_id).order_by("pk")
    return given.values_list("question", "answer")


def type_of(activity: Activity) -> TypeOfActivity:
    """Its type as this organisation uses it."""
    shipped = shipped_types()[activity.type]
    own = rows_of(activity.pk, own_rows)
    return _own(shipped, own[0], rows_of(activity.pk, own_line_rows)) if own else shipped


def answers_of(activity: Activity) -> list[Answer]:
    """The questions of its type in their order, then what was answered to earlier ones."""
    given = dict(rows_of(activity.pk, answer_rows))
    asked = [Answer(each, given.pop(each, "")) for each in type_of(activity).fields]
    return [*asked, *(Answer(question, answer) for question, answer in given.items())]


def _code_of(activity_id: uuid.UUID) -> QuerySet[Activity, Any]:
    return Activity.objects.filter(pk=activity_id).values("type")


def _lines_of(own: dict[str, OwnType]) -> dict[uuid.UUID, list[OwnTypeLine]]:
    found: dict[uuid.UUID, list[OwnTypeLine]] = defaultdict(list)
    if own:
        lines = OwnTypeLine.objects.filter(type__in=list(own.values()))
        for line in lines.order_by("type", "kind", "position", "pk"):
            found[line.type_id].append(line)
    return found


def _own(shipped: TypeOfActivity, own: OwnType, lines: list[OwnTypeLine]) -> TypeOfActivity:
    def due(kind: LineKind) -> tuple[Due, ...]:
        return tuple(Due(each.title, each.days, each.role) for each in lines if each.kind == kind)

    return replace(
        shipped,
        title=own.title,
        delivery=own.delivery,
        minutes=own.minutes,
        milestones=due(LineKind.MILESTONE),
        documents=due(LineKind.DOCUMENT),
        fields=tuple(each.title for each in lines if each.kind == LineKind.FIELD),
        is_own=True,
    )


read_together(Batch.OVERVIEW, own_rows, own_line_rows, answer_rows)
