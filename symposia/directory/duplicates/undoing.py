"""What a merge did, as people read it: facts taken over, rows moved, stayed, put back, left."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from symposia.directory.duplicates.belongings import belonging
from symposia.directory.duplicates.fields import CHOSEN
from symposia.directory.models import Clinician, Fate, Merge, MergeLine
from symposia.shared.lists import Words


@dataclass(frozen=True)
class Touched:
    """So many rows of one table, what became of them, and why."""

    counted: str
    fate: Words
    why: Words = ""


@dataclass(frozen=True)
class Account:
    """What a merge did."""

    facts: Sequence[tuple[Words, MergeLine]]
    parts: Sequence[Touched]


def touched_by(merge: Merge) -> Account:
    """The facts that were taken over, and the rows of each table with what became of them."""
    lines = list(merge.lines.order_by("pk"))
    own = Clinician._meta.label
    facts = [
        (CHOSEN[line.column], line)
        for line in lines
        if line.table == own and line.column in CHOSEN and "_id" not in line.column
    ]
    counts = Counter(
        (line.table, line.fate)
        for line in lines
        if line.column.endswith("_id")
        and (line.table != own or line.row_id not in {merge.kept_id, merge.merged_id})
    )
    return Account(facts, [_touched(*key, number) for key, number in sorted(counts.items())])


def _touched(table: str, fate: str, number: int) -> Touched:
    known = belonging(table)
    counted = known.counted(number) if known else f"{number} {table.split('.')[1]}"
    why = known.both if known and fate == Fate.STAYED else ""
    return Touched(counted, Fate(fate).label, why)
