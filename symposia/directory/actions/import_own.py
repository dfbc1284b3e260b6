"""What fields of one's own said before a file, in the journal, and again once it is taken back."""

import uuid
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any

from symposia.audit.actions import record_each
from symposia.directory.actions.own_values import say_own
from symposia.directory.affiliating import as_day
from symposia.directory.imports.leaving import OWN_FIELD
from symposia.directory.models import (
    Clinician,
    ImportedChange,
    ImportUndo,
    OwnField,
    OwnValue,
    Said,
    Stays,
    UndoLine,
)
from symposia.directory.owning import plain_own, read_own
from symposia.shared.actors import Actor
from symposia.shared.refusals import Refused
from symposia.work.models import Import

_BATCH = 1_000
Kept = Mapping[str, Any]


def journal_own_of_rows(
    made: Import, people: Sequence[uuid.UUID], *, by: Actor, reason: str
) -> None:
    """A line for each field of one's own that a file let say something else of who was known, with
    what it was; the file's own line stands for its new people."""
    kept = {
        (each.person_id, field): (each.before["own"].get(field, {}), now)
        for each in _changes(made).filter(person_id__in=people)
        for field, now in each.after["own"].items()
    }
    if not kept:
        return
    rows = OwnValue.objects.about_people({person for person, _field in kept})
    told = {}
    written = []
    for row in rows.select_related("field", "clinician").order_by("pk"):
        said = kept.get((row.clinician_id, str(row.field_id)))
        if said:
            was, is_now = (plain_own(_said(row.field, each)) for each in said)
            change = {"field": row.field.name, "label": row.field.label, "was": was, "now": is_now}
            told[row.pk] = {"clinician": row.clinician_id, "changes": [change]}
            written.append(row)
    record_each(by, "own_value.set", written, reason=reason, details=told)


def _changes(made: Import) -> Any:
    return ImportedChange.objects.filter(made=made, after__has_key="own").order_by("line", "pk")


def _said(field: OwnField, kept: Kept) -> Said | None:
    """What a change remembers that a field said."""
    value = kept.get(field.column)
    if value is None:
        return None
    return as_day(str(value)) if field.column == "day" else _as_it_was(field, value)


def _as_it_was(field: OwnField, value: Any) -> Said | None:
    """Words that are no longer on a list are read as they were."""
    try:
        return read_own(field, value)
    except Refused:
        return tuple(value) if isinstance(value, list) else str(value)


@dataclass(frozen=True)
class OwnBack:
    """How many fields of one's own say again what they said, and which do not, and why."""

    count: int
    lines: list[UndoLine]


def give_back_own(undo: ImportUndo, *, by: Actor) -> OwnBack:
    """Of people who were known: a field of one's own says again what it said before a file, where
    it still says what the file did, and nobody merged or retired it since."""
    count, lines = 0, []
    fields = {str(each.pk): each for each in OwnField.objects.all()}
    changes = _changes(undo.made).iterator(_BATCH)
    while piece := list(islice(changes, _BATCH)):
        people = Clinician.objects.in_bulk([each.person_id for each in piece])
        for change, person, field in _each(piece, people, fields):
            stays = _back(change, person, field, undo.reason, by=by)
            count += stays is None
            lines += [_line(undo, change, person, field, stays)] if stays else []
    return OwnBack(count, lines)


def _each(
    piece: Sequence[ImportedChange],
    people: Mapping[uuid.UUID, Clinician],
    fields: Mapping[str, OwnField],
) -> Iterator[tuple[ImportedChange, Clinician, OwnField]]:
    for change in piece:
        for key in change.after["own"]:
            if change.person_id in people and key in fields:
                yield change, people[change.person_id], fields[key]


def _back(
    change: ImportedChange, person: Clinician, field: OwnField, why: str, *, by: Actor
) -> Stays | None:
    """Let one field say again what it did; or why it does not."""
    if person.is_merged:
        return Stays.MERGED
    key = str(field.pk)
    was = _said(field, change.before["own"].get(key, {}))
    brought = _said(field, change.after["own"][key])
    row = OwnValue.objects.about(person).filter(field=field).select_related("field").first()
    if (row.said if row else None) != brought:
        return Stays.CHANGED
    if was is not None and not field.is_standing:
        return Stays.GONE
    say_own(person, {field: was}, by=by, reason=why)
    return None


def _line(
    undo: ImportUndo, change: ImportedChange, person: Clinician, field: OwnField, stays: Stays
) -> UndoLine:
    return UndoLine(
        made_id=undo.made_id,
        line=change.line,
        row_id=person.pk,
        what=OWN_FIELD,
        label=f"{person.full_name}: {field.label}"[:200],
        reason=stays,
    )
