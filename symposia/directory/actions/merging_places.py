"""Two primary places on one day cannot both be those of one person: one goes on beside the other,
and is the primary one again should it have been two people."""

from collections.abc import Iterable

from django.db.models import Q

from symposia.accounts.queries import local_day
from symposia.audit.actions import record_each
from symposia.directory.models import Affiliation, Fate, Merge, MergeLine
from symposia.shared.actors import Actor

_TABLE, _COLUMN = Affiliation._meta.label, "is_primary"


def let_primary_places_yield(merge: Merge, take: Iterable[str], *, by: Actor) -> None:
    """Those of the record whose place was not chosen, where the days of the other's meet them."""
    chosen = "institution_id" in set(take)
    stays, yields = (merge.merged, merge.kept) if chosen else (merge.kept, merge.merged)
    theirs = list(Affiliation.objects.of(stays).primary())
    meeting = Q(pk__in=[])
    for row in theirs:
        met = Affiliation.objects.of(yields).meeting(row.from_on, row.until_on)
        meeting |= Q(pk__in=met.values("pk"))
    if not chosen:  # the person is known by the place of the record that stays, or by none
        today = local_day(merge.merged_at)
        meeting |= Q(pk__in=Affiliation.objects.of(yields).on(today).values("pk"))
    rows = Affiliation.objects.of(yields).primary().filter(meeting)
    _write(merge, list(rows.select_for_update(of=["self"])), is_primary=False, by=by)


def primary_places_again(merge: Merge, *, by: Actor) -> None:
    """What was a primary place before the merge is one again, where none took its days since."""
    lines = merge.lines.filter(table=_TABLE, column=_COLUMN, fate=Fate.MOVED)
    rows = Affiliation.objects.filter(pk__in=lines.values("row_id"), is_primary=False)
    back = [row for row in rows.select_for_update(of=["self"]) if not _is_taken(row)]
    _write(merge, back, is_primary=True, by=by)


def _is_taken(row: Affiliation) -> bool:
    others = Affiliation.objects.filter(clinician=row.clinician_id).primary()
    return others.meeting(row.from_on, row.until_on).exclude(pk=row.pk).exists()


def _write(merge: Merge, rows: list[Affiliation], *, is_primary: bool, by: Actor) -> None:
    """Each row, its line of the journal, and what the merge has to remember."""
    if not rows:
        return
    for row in rows:
        row.is_primary = is_primary
    Affiliation.objects.filter(pk__in=[row.pk for row in rows]).update(is_primary=is_primary)
    record_each(by, "affiliation.changed", rows)
    if is_primary:
        lines = merge.lines.filter(table=_TABLE, column=_COLUMN)
        lines.filter(row_id__in=[row.pk for row in rows]).update(fate=Fate.PUT_BACK)
        return
    MergeLine.objects.bulk_create(
        [
            MergeLine(
                merge=merge,
                table=_TABLE,
                row_id=row.pk,
                column=_COLUMN,
                was=str(True),
                now=str(False),
                fate=Fate.MOVED,
            )
            for row in rows
        ],
        ignore_conflicts=True,
    )
