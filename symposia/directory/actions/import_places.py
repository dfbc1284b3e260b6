"""Where people worked before a file said otherwise, once the file is taken back."""

import uuid
from collections.abc import Iterable
from datetime import date, timedelta
from itertools import islice

from symposia.audit.actions import record
from symposia.directory.actions.workplaces import place_primary, take_place_away
from symposia.directory.imports import leaving
from symposia.directory.models import Affiliation, Clinician, ImportUndo
from symposia.directory.territories import local_day
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
        rows = Clinician.objects.filter(pk__in=piece, merged_into=None)
        for clinician in rows.select_related("institution").order_by("pk"):
            _go_back(clinician, begun, undo.reason, by=by)


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
