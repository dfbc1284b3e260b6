from collections.abc import Collection, Iterable, Mapping
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.utils.timezone import now

from symposia.accounts.queries import person_behind
from symposia.audit.actions import record, record_each
from symposia.directory.actions.merging_facts import (
    ask_after_merge,
    guarded_in_merge,
    take_back_asked_by_merge,
)
from symposia.directory.actions.merging_own import ask_for_own, choose_own, give_back_merged_own
from symposia.directory.actions.merging_places import (
    let_primary_places_yield,
    primary_places_again,
)
from symposia.directory.duplicates.fields import CHOSEN, as_text, from_text
from symposia.directory.duplicates.preview import against
from symposia.directory.duplicates.references import Reference, references
from symposia.directory.events import CliniciansMerged, MergeUndone
from symposia.directory.models import (
    Clinician,
    Fate,
    Merge,
    MergeLine,
    OwnField,
    PairState,
    PossibleDuplicate,
)
from symposia.directory.policies.duplicates import objection_to_merging, objection_to_undoing
from symposia.shared.actors import Actor
from symposia.shared.events import announce
from symposia.shared.jobs import defer_named
from symposia.shared.refusals import refuse_if
from symposia.shared.tenancy import is_behind

# Whoever was writing of the record that went has finished by then.
_STRAGGLERS_AFTER = timedelta(minutes=1)
_PERSON = Clinician._meta.label


@transaction.atomic
def merge_clinicians(
    kept: Clinician,
    merged: Clinician,
    *,
    take: Iterable[str] = (),
    take_own: Collection[OwnField] = (),
    reason: str = "",
    by: Actor,
) -> Merge:
    """Two records are one person: what hangs on the one hangs on the other, which takes over the
    chosen facts, and what chosen fields of one's own say; the record that goes keeps its address.
    What two people change says what the older record said until a second person agrees."""
    kept, merged = _both_locked(kept, merged)
    pair = PossibleDuplicate.objects.of(kept, merged).select_for_update(of=["self"]).first()

    refuse_if(objection_to_merging(kept, merged, is_walled=is_behind()))
    for objection in against(kept, merged):
        refuse_if(objection)

    merge = Merge.objects.create(
        kept=kept,
        merged=merged,
        merged_by_id=person_behind(by),
        merged_by_name=by.name,
        reason=reason.strip(),
    )
    take = set(take)
    let_primary_places_yield(merge, take, by=by)
    moved = _move_all(merge, by=by)
    own = choose_own(merge, take_own, by=by)
    asked = _change_facts(merge, take, by=by)
    ask_after_merge(merge, asked, by=by)
    ask_for_own(merge, own, by=by)
    if pair:
        _settle(pair, PairState.MERGED, by=by)
    details = {"kept": kept.pk, "merged": merged.pk, "moved": moved}
    record(by, "clinicians.merged", merge, reason=reason, details=details)
    defer_named("directory.gather_stragglers", after=_STRAGGLERS_AFTER, merge_id=str(merge.pk))
    announce(CliniciansMerged(merge.pk, kept.pk, merged.pk))
    return merge


@transaction.atomic
def gather_stragglers(merge: Merge, *, by: Actor) -> int:
    """What was written of the record that went while it went follows too; how much that was."""
    merge = Merge.objects.for_list().locked(merge.pk)
    if merge.is_undone or merge.kept.is_merged:
        return 0
    let_primary_places_yield(merge, (), by=by)
    moved = _move_all(merge, by=by)
    if moved:
        details = {"kept": merge.kept_id, "moved": moved}
        record(by, "clinicians.followed", merge, details=details)
    return moved


@transaction.atomic
def undo_merge(merge: Merge, *, reason: str = "", by: Actor) -> Merge:
    """They were two people: exactly what moved goes back; what came since stays with the record
    that was kept."""
    merge = Merge.objects.locked(merge.pk)
    merge.kept, merge.merged = _both_locked(merge.kept, merge.merged)
    at = now()

    refuse_if(objection_to_undoing(merge, at=at))

    merge.undone_at, merge.undone_by_name, merge.undone_reason = at, by.name, reason.strip()
    merge.save(update_fields=["undone_at", "undone_by_name", "undone_reason"])
    take_back_asked_by_merge(merge, by=by)
    _give_back_facts(merge, by=by)
    give_back_merged_own(merge, by=by)
    for reference in references():
        _move_back(merge, reference, by=by)
    primary_places_again(merge, by=by)
    merge.lines.filter(fate=Fate.MOVED).update(fate=Fate.LEFT)
    pair = PossibleDuplicate.objects.of(merge.kept, merge.merged).first()
    if pair and pair.state == PairState.MERGED:
        pair.move(PairState.OPEN, decided_at=None, decided_by_id=None, decided_by_name="")
        record(by, "duplicate.reopened", pair)
    details = {"kept": merge.kept_id, "merged": merge.merged_id}
    record(by, "clinicians.unmerged", merge, reason=reason, details=details)
    announce(MergeUndone(merge.pk, merge.kept_id, merge.merged_id))
    return merge


def _both_locked(one: Clinician, other: Clinician) -> tuple[Clinician, Clinician]:
    """Two records held until the transaction ends, always in the same order."""
    rows = Clinician.objects.select_for_update(of=["self"]).order_by("pk")
    held = {row.pk: row for row in rows.filter(pk__in=[one.pk, other.pk])}
    return held[one.pk], held[other.pk]


def _move_all(merge: Merge, *, by: Actor) -> int:
    """Let everything that names the one record name the other; how many rows that were."""
    moved = 0
    for reference in references():
        if reference.follows:
            continue
        rows = list(reference.moving(merge.kept, merge.merged).select_for_update(of=["self"]))
        stays = reference.staying(merge.kept, merge.merged).values_list("pk", flat=True)
        _note(merge, reference, stays, Fate.STAYED)
        _point(reference, rows, merge.kept, by=by)
        _note(merge, reference, [row.pk for row in rows], Fate.MOVED)
        moved += len(rows)
    return moved


def _point(reference: Reference, rows: list[Any], to: Clinician, *, by: Actor) -> None:
    """Write the other person into these rows, each with its line of the journal."""
    if not rows:
        return
    for row in rows:
        setattr(row, reference.name, to)
    reference.rows().filter(pk__in=[row.pk for row in rows]).update(**{reference.name: to})
    if reference.model.KEEPS_HISTORY:
        record_each(by, "clinicians.row_moved", rows)


def _note(merge: Merge, reference: Reference, pks: Iterable[Any], fate: Fate) -> None:
    """Remember row by row what moved, and what could not."""
    MergeLine.objects.bulk_create(
        [
            MergeLine(
                merge=merge,
                table=reference.label,
                row_id=pk,
                column=reference.column,
                was=str(merge.merged_id),
                now=str(merge.kept_id if fate == Fate.MOVED else merge.merged_id),
                fate=fate,
            )
            for pk in pks
        ],
        update_conflicts=True,
        unique_fields=["organisation_id", "merge", "table", "row_id", "column"],
        update_fields=["now", "fate"],
    )


def _change_facts(merge: Merge, take: Iterable[str], *, by: Actor) -> dict[str, str]:
    """The record that goes is used no more and says where the person is now; the one that stays
    takes over the chosen facts, and the account if it has none. What a second person decides on."""
    kept, merged = merge.kept, merge.merged
    wanted = set(take)
    taken = {column: getattr(merged, column) for column in CHOSEN if column in wanted}
    guarded = guarded_in_merge(merge, wanted, by=by)
    taken |= guarded.stands
    gone = {
        "deactivated_at": merged.deactivated_at or merge.merged_at,
        "merged_into_id": kept.pk,
    }
    if kept.user_id is None and merged.user_id is not None:
        taken["user_id"], gone["user_id"] = merged.user_id, None
    _note_facts(merge, merged, _write(merged, gone, "clinician.merged", by=by))
    _note_facts(merge, kept, _write(kept, taken, "clinician.took_over", by=by))
    return guarded.asked


def _write(
    clinician: Clinician, facts: Mapping[str, Any], action: str, *, by: Actor
) -> dict[str, tuple[str, str]]:
    """Change what a record says, with its line of the journal; what was and is now, as text."""
    changed = {
        column: (as_text(getattr(clinician, column)), as_text(value))
        for column, value in facts.items()
        if getattr(clinician, column) != value
    }
    if changed:
        for column in changed:
            setattr(clinician, column, facts[column])
        clinician.remember_search_form()
        clinician.save(update_fields=[*changed, "search_text"])
        said = [{"field": c, "was": was, "now": now_} for c, (was, now_) in changed.items()]
        record(by, action, clinician, details={"changes": said})
    return changed


def _note_facts(merge: Merge, clinician: Clinician, changed: Mapping[str, tuple[str, str]]) -> None:
    MergeLine.objects.bulk_create(
        MergeLine(merge=merge, table=_PERSON, row_id=clinician.pk, column=column, was=was, now=now_)
        for column, (was, now_) in changed.items()
    )


def _give_back_facts(merge: Merge, *, by: Actor) -> None:
    """Each record says again what it said, where nobody has changed it since; the account goes
    back after it was let go."""
    for clinician in (merge.kept, merge.merged):
        lines = [
            line
            for line in merge.lines.filter(table=_PERSON, row_id=clinician.pk).order_by("pk")
            if as_text(getattr(clinician, line.column)) == line.now and not _account_is_held(line)
        ]
        facts = {line.column: from_text(line.column, line.was) for line in lines}
        _write(clinician, facts, "clinician.unmerged", by=by)
        merge.lines.filter(pk__in=[line.pk for line in lines]).update(fate=Fate.PUT_BACK)


def _account_is_held(line: MergeLine) -> bool:
    """Whether somebody else signs in with the account meanwhile."""
    return (
        line.column == "user_id"
        and bool(line.was)
        and Clinician.objects.filter(user_id=line.was).exists()
    )


def _move_back(merge: Merge, reference: Reference, *, by: Actor) -> None:
    """What moved goes back, unless it is gone, was moved on, or the other has one again."""
    own = [merge.kept_id, merge.merged_id]
    lines = merge.lines.filter(
        table=reference.label, column=reference.column, fate=Fate.MOVED
    ).exclude(row_id__in=own)
    ids = list(lines.values_list("row_id", flat=True))
    if not ids:
        return
    back = reference.moving(merge.merged, merge.kept).filter(pk__in=ids)
    rows = list(back.select_for_update(of=["self"]))
    _point(reference, rows, merge.merged, by=by)
    lines.filter(row_id__in=[row.pk for row in rows]).update(fate=Fate.PUT_BACK)


def _settle(pair: PossibleDuplicate, state: str, *, by: Actor) -> None:
    """Nobody has to look at these two any more."""
    if pair.can_move(state):
        pair.move(state, decided_at=now(), decided_by_id=person_behind(by), decided_by_name=by.name)
        record(by, f"duplicate.{state}", pair)
