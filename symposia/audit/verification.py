"""Has anybody changed what happened? Compares entries, chain, checkpoints, triggers and rows."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import groupby, islice
from typing import Any

from django.db import connection

from symposia.audit.hashing import entry_mac, names_hash, row_hash, seal_mac
from symposia.audit.models import Entry, Seal
from symposia.audit.queries import (
    checkpoints,
    entries_behind,
    latest_hashes,
    live_rows,
    tables_that_should_only_grow,
    unsealed_entries,
)


@dataclass(frozen=True)
class Fault:
    """One thing that is not as it was written, and where."""

    kind: str
    position: int | None
    sentence: str


@dataclass
class Report:
    """What was compared and what did not hold; `first` is where the chain breaks."""

    entries: int = 0
    rows: int = 0
    unsealed: int = 0
    head: int = 0
    faults: list[Fault] = field(default_factory=list)

    @property
    def holds(self) -> bool:
        return not self.faults

    @property
    def first(self) -> Fault | None:
        placed = [f for f in self.faults if f.position is not None]
        if placed:
            return min(placed, key=lambda f: f.position or 0)
        return next(iter(self.faults), None)


def verify_journal() -> Report:
    """Verify the journal of the organisation whose transaction this is."""
    report = Report()
    macs = _verify_chain(report)
    _verify_checkpoints(report, macs)
    _verify_unsealed(report)
    _verify_triggers(report)
    _verify_rows(report)
    return report


def _verify_chain(report: Report) -> dict[int, str]:
    """Walk the chain; the code of each position, for the checkpoints."""
    macs: dict[int, str] = {}
    before, expected = "", 1
    for seal, entry in _links():
        if seal.position != expected:
            _fault(report, "gap", expected, f"Position {expected} is missing.")
        elif entry is None:
            sentence = f"The entry of position {seal.position} is gone."
            _fault(report, "missing", seal.position, sentence)
        else:
            _verify_link(report, seal, entry, before)
        report.entries += 1
        before, expected = seal.mac, seal.position + 1
        macs[seal.position] = seal.mac
    report.head = expected - 1
    return macs


def _links() -> Iterator[tuple[Seal, Entry | None]]:
    seals = Seal.objects.order_by("position").iterator(chunk_size=2_000)
    while batch := list(islice(seals, 2_000)):
        entries = Entry.objects.in_bulk([seal.entry_id for seal in batch])
        yield from ((seal, entries.get(seal.entry_id)) for seal in batch)


def _verify_link(report: Report, seal: Seal, entry: Entry, before: str) -> None:
    if not _is_ours(entry):
        sentence = f"The entry at position {seal.position} was changed after it was written."
        _fault(report, "changed", seal.position, sentence)
    elif seal.mac != seal_mac(before, seal.position, entry) or seal.entry_xid != entry.xid:
        sentence = f"The chain does not continue at position {seal.position}."
        _fault(report, "broken", seal.position, sentence)


def _is_ours(entry: Entry) -> bool:
    """Whether the product signed it as it stands; erased names keep their commitment."""
    named = bool(entry.actor_name or entry.subject_name)
    if named and entry.names_hash != names_hash(entry):
        return False
    return entry.mac == entry_mac(entry)


def _verify_checkpoints(report: Report, macs: dict[int, str]) -> None:
    for head in checkpoints():
        position = head["position"]
        if position not in macs:
            sentence = f"On {head['at'][:16]} there were {position} links, now {report.head}."
            _fault(report, "cut", report.head + 1, sentence)
        elif macs[position] != head["mac"]:
            sentence = f"Position {position} is not what the checkpoint of {head['at'][:16]} saw."
            _fault(report, "rewritten", position, sentence)


def _verify_unsealed(report: Report) -> None:
    last = Seal.objects.order_by("-position").first()
    waiting = list(unsealed_entries(last))
    report.unsealed = len(waiting)
    for entry in waiting:
        if not _is_ours(entry):
            _fault(report, "forged", report.head + 1, f"An entry of {entry.at:%F %T} is not ours.")
    behind = entries_behind(last)
    if behind > report.entries:
        sentence = f"{behind - report.entries} entries stand outside the chain."
        _fault(report, "inserted", _position_of_stray(), sentence)


def _position_of_stray() -> int | None:
    """Where an entry that no link knows would have stood."""
    stray = Entry.objects.exclude(pk__in=Seal.objects.values("entry_id")).order_by("xid").first()
    if stray is None:
        return None
    return Seal.objects.filter(entry_xid__lt=stray.xid).count() + 1


def _verify_triggers(report: Report) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT c.relname FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid"
            " WHERE t.tgname IN ('append_only', 'append_only_truncate') AND t.tgenabled = 'O'"
            " GROUP BY c.relname HAVING count(*) = 2"
        )
        guarded = {row[0] for row in cursor}
    for table in sorted(tables_that_should_only_grow() - guarded):
        _fault(report, "unguarded", None, f"The guard of {table} is switched off.")


def _verify_rows(report: Report) -> None:
    for label, entries in groupby(latest_hashes(), key=lambda e: e.subject_type):
        for batch in _batches(entries, 1_000):
            rows = live_rows(label, [e.subject_id for e in batch])
            for entry in batch:
                report.rows += 1
                _verify_row(report, entry, rows.get(entry.subject_id))


def _verify_row(report: Report, entry: Entry, row: Any) -> None:
    name = entry.subject_name or entry.subject_id
    if row is None:
        if not entry.action.endswith((".deleted", ".revoked", ".removed")):
            _fault(report, "row_gone", _position(entry), f"{entry.subject_type} {name} is gone.")
    elif row_hash(row) != entry.row_hash:
        sentence = f"{entry.subject_type} {name} is not what the journal last said of it."
        _fault(report, "row_changed", _position(entry), sentence)


def _position(entry: Entry) -> int | None:
    seal = Seal.objects.filter(entry_id=entry.pk).first()
    return seal.position if seal else None


def _batches(items: Iterator[Entry], size: int) -> Iterator[list[Entry]]:
    while batch := list(islice(items, size)):
        yield batch


def _fault(report: Report, kind: str, position: int | None, sentence: str) -> None:
    report.faults.append(Fault(kind, position, sentence))
