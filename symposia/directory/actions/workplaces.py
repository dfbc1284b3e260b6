"""One primary place on each day: whoever says where somebody works now moves it there.

Rows are held by the lock on the person, which every caller has.
"""

from datetime import date, timedelta
from typing import Any

from django.utils.timezone import now

from symposia.accounts.queries import local_day
from symposia.audit.actions import record
from symposia.directory.models import Affiliation, Clinician, Institution
from symposia.shared.actors import Actor

_DAY = timedelta(days=1)


def place_primary(
    clinician: Clinician, institution: Institution | None, *, by: Actor, source: str = ""
) -> None:
    """From today on the person works chiefly there, or nowhere that is known; what was before
    ends yesterday. Of somebody of whom no place was known nobody knows since when."""
    today = local_day(now())
    own = Affiliation.objects.of(clinician)
    standing = own.primary().on(today).first()
    if standing and institution and standing.institution_id == institution.pk:
        return
    begins = today if own.exists() else None
    if standing:
        let_place_end(standing, today - _DAY, by=by)
    if institution:
        _begin(clinician, institution, begins, by=by, source=source)


def _begin(
    clinician: Clinician,
    institution: Institution,
    begins: date | None,
    *,
    by: Actor,
    source: str,
) -> None:
    """A post there that was a side one becomes the primary one; else a new one."""
    own = Affiliation.objects.of(clinician)
    day = begins or local_day(now())
    beside = own.on(day).at(institution.pk).order_by("pk").first()
    later = own.primary().filter(from_on__gt=day).order_by("from_on").first()
    ends = later.from_on - _DAY if later and later.from_on else None
    said: dict[str, Any] = {"source": source[:200], "until_on": ends}
    if beside:
        said |= {"role": beside.role, "department": beside.department}
        said["until_on"] = min(filter(None, (ends, beside.until_on)), default=None)
        let_place_end(beside, day - _DAY, by=by)
    note_place(clinician, institution, by=by, from_on=begins, is_primary=True, **said)


def note_place(
    clinician: Clinician, institution: Institution, *, by: Actor, **said: Any
) -> Affiliation:
    """One more line of where somebody works."""
    row = Affiliation.objects.create(
        clinician=clinician, institution=institution, added_by_name=by.name[:200], **said
    )
    record(by, "affiliation.added", row, details=row.told)
    return row


def let_place_end(row: Affiliation, on: date, *, by: Actor, reason: str = "") -> None:
    """It ends after a day; where that day lies before the first, it never was."""
    if row.from_on and on < row.from_on:
        take_place_away(row, by=by, reason=reason)
        return
    before, row.until_on = row.until_on, on
    row.save(update_fields=["until_on"])
    changed = {"changed": {"until_on": [before, on]}}
    record(by, "affiliation.ended", row, reason=reason, details=row.told | changed)


def take_place_away(row: Affiliation, *, by: Actor, reason: str = "") -> None:
    """It never was so."""
    record(by, "affiliation.removed", row, reason=reason, details=row.told)
    Affiliation.objects.filter(pk=row.pk).delete()
