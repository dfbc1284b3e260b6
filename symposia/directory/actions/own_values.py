"""What fields of one's own say of people and institutions."""

from collections.abc import Mapping
from typing import Any

from symposia.audit.actions import record
from symposia.directory.events import OwnValuesChanged
from symposia.directory.models import (
    Clinician,
    Institution,
    OwnField,
    OwnValue,
    Said,
    own_of,
)
from symposia.directory.own_queries import own_values_held
from symposia.directory.owning import Own, plain_own
from symposia.directory.policies.own import objection_to_saying
from symposia.shared.actors import Actor
from symposia.shared.events import announce
from symposia.shared.refusals import refuse_if


def say_own(
    record_: Clinician | Institution, own: Own, *, by: Actor, reason: str = ""
) -> list[OwnField]:
    """Let fields of one's own say something of a record that the caller holds, or nothing any
    more; those that said otherwise. Each has its line of the journal, with what it was."""
    refuse_if(objection_to_saying([each for each, said in own.items() if said is not None]))

    held = own_values_held(record_, own)
    changed = {field: said for field, said in own.items() if _said(held.get(field.pk)) != said}
    told: list[Mapping[str, str]] = []
    for field, said in changed.items():
        row = held.get(field.pk) or OwnValue(field=field, **{own_of(record_): record_})
        change = _change(field, _said(held.get(field.pk)), said)
        details = {own_of(record_): record_.pk, "changes": [change]}
        _write(row, said, details, by=by, reason=reason)
        told += [] if field.permission else [change]
    if told:  # whoever sees the record sees what became of these
        details = {"changes": told}
        record(by, f"{own_of(record_)}.changed", record_, reason=reason, details=details)
    if changed:
        codes = tuple(field.code for field in changed)
        announce(OwnValuesChanged(own_of(record_), record_.pk, codes))
    return list(changed)


def _said(row: OwnValue | None) -> Said | None:
    return row.said if row else None


def _change(field: OwnField, was: Said | None, is_now: Said | None) -> dict[str, str]:
    said = {"was": plain_own(was), "now": plain_own(is_now)}
    return {"field": field.name, "label": field.label, **said}


def _write(
    row: OwnValue, said: Said | None, details: Mapping[str, Any], *, by: Actor, reason: str
) -> None:
    if said is None:
        record(by, "own_value.removed", row, reason=reason, details=details)
        OwnValue.objects.filter(pk=row.pk).delete()
        return
    row.say(said, by=by.name)
    row.save()
    record(by, "own_value.set", row, reason=reason, details=details)
