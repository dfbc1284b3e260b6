"""What a merge would do, before anybody does it: what moves, what stays, what stands against it."""

from collections.abc import Sequence
from dataclasses import dataclass

from symposia.directory.duplicates.belongings import belonging, hindrances
from symposia.directory.duplicates.references import Reference, references
from symposia.directory.models import Clinician
from symposia.shared.counting import counted_together
from symposia.shared.lists import Words
from symposia.shared.refusals import Objection


@dataclass(frozen=True)
class Part:
    """What one table holds of the person whose record goes, and what becomes of it."""

    label: str
    moves: int
    stays: int
    follows: int

    def counted(self, number: int) -> str:
        """So many of what, in words."""
        known = belonging(self.label)
        return known.counted(number) if known else f"{number} {self.label.split('.')[1]}"

    @property
    def moving(self) -> str:
        return self.counted(self.moves)

    @property
    def staying(self) -> str:
        return self.counted(self.stays)

    @property
    def following(self) -> str:
        return self.counted(self.follows)

    @property
    def both(self) -> Words:
        """Why a second one stays with the record that goes."""
        known = belonging(self.label)
        return known.both if known else ""


@dataclass(frozen=True)
class Preview:
    """Everything a merge would touch, table by table, and what has to be settled before."""

    parts: Sequence[Part]
    objections: Sequence[Objection]

    @property
    def moved(self) -> int:
        return sum(part.moves for part in self.parts)

    @property
    def moving(self) -> list[Part]:
        return [part for part in self.parts if part.moves]

    @property
    def staying(self) -> list[Part]:
        return [part for part in self.parts if part.stays]

    @property
    def following(self) -> list[Part]:
        return [part for part in self.parts if part.follows]


def preview_of(kept: Clinician, merged: Clinician) -> Preview:
    """What hangs on the one record and would hang on the other, counted in one statement."""
    found = references()
    counts = counted_together(
        [rows for each in found for rows in (each.of(merged), each.staying(kept, merged))]
    )
    parts = [
        part_of(each, counts[2 * place], counts[2 * place + 1]) for place, each in enumerate(found)
    ]
    return Preview([p for p in parts if p.moves or p.stays or p.follows], against(kept, merged))


def part_of(reference: Reference, held: int, taken: int) -> Part:
    """What becomes of the rows of one table."""
    if reference.follows:
        return Part(reference.label, 0, 0, held)
    return Part(reference.label, held - taken, taken, 0)


def against(kept: Clinician, merged: Clinician) -> list[Objection]:
    """What the contexts have against it."""
    return list(hindrances(kept, merged))
