"""Types as this organisation uses them: what the product ships, or its own copy of it."""

import uuid
from collections import defaultdict
from dataclasses import dataclass, replace

from symposia.accounts.models import Organisation
from symposia.activities.models import Activity, LineKind, Mode, OwnType, OwnTypeLine, TypeAnswer
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


def answers_of(activity: Activity) -> list[Answer]:
    """The questions of its type in their order, then what was answered to earlier ones."""
    given = dict(
        TypeAnswer.objects.filter(activity=activity)
        .order_by("pk")
        .values_list("question", "answer")
    )
    asked = [Answer(each, given.pop(each, "")) for each in type_here(activity.type).fields]
    return [*asked, *(Answer(question, answer) for question, answer in given.items())]


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
