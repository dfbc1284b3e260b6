"""Where people worked before a file said otherwise, once the file is taken back."""

import uuid
from collections.abc import Iterable
from datetime import date, timedelta
from itertools import islice

from symposia.accounts.queries import local_day
from symposia.audit.actions import record
from symposia.directory.actions.workplaces import place_primary, take_place_away
from symposia.directory.imports import leaving
from symposia.directory.models import (
    Affiliation,
    Clinician,
    ImportedChange,
    ImportUndo,
)
from symposia.shared.actors import Actor

_DAY = timedelta(days=1)
_BATCH = 1_000


def take_back_places(undo: ImportUndo, people: Iterable[uuid.UUID], *, by: Actor) -> None:
    """Of people who were known: a place that came with the file goes, unless they are known by it
    still; and of those whose facts went back the one that ended for it goes on."""
    begun = local_day(undo.imported_at)
    for row in leaving.places_of_known(undo).select_related("clinician").order_by("pk"):
        if row.clinician.institution_id != row.institution_id:
            take_place_away(row, by=by, reason=undo.reason)
    pieces = iter(people)
    while piece := list(islice(pieces, _BATCH)):
        rows = Clinician.objects.filter(pk__in=_moved(undo, piece), merged_into=None)
        for clinician in rows.select_related("institution").order_by("pk"):
            _go_back(clinician, begun, undo.reason, by=by)


def _moved(undo: ImportUndo, people: list[uuid.UUID]) -> list[uuid.UUID]:
    """Of whom the file said that they work elsewhere."""
    changes = ImportedChange.objects.filter(made=undo.made_id, person_id__in=people)
    return [
        each.person_id
        for each in changes
        if each.before.get("institution_id") != each.after.get("institution_id")
    ]


def _go_back(clinician: Clinician, begun: date, why: str, *, by: Actor) -> None:
    own = Affiliation.objects.of(clinician).select_related("clinician", "institution").primary()
    standing = own.on(begun).filter(from_on=begun).first()
    if standing and standing.institution_id != clinician.institution_id:
        take_place_away(standing, by=by, reason=why)
    before = own.filter(until_on=begun - _DAY).first()
    is_free = before and not own.filter(from_on__gte=begun).exists()
    if before and is_free and before.institution_id == clinician.institution_id:
        before.until_on = None
        before.save(update_fields=["until_on"])
        changed = {"changed": {"until_on": [begun - _DAY, None]}}
        record(by, "affiliation.changed", before, reason=why, details=before.told | changed)
    elif own.exists() or clinician.institution:
        place_primary(clinician, clinician.institution, by=by)
