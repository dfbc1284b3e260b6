"""Fields of one's own of which two records say something, side by side, and what a merge chose."""

from collections.abc import Sequence
from dataclasses import dataclass

from symposia.accounts.permissions import Access
from symposia.directory.models import (
    Clinician,
    Merge,
    MergeLine,
    OwnField,
    OwnOf,
    OwnValue,
    Said,
)

# What a line of a merge calls the value of such a field.
COLUMN = "said"
TABLE = OwnValue._meta.label


@dataclass(frozen=True)
class OwnPair:
    """A field of one's own, and what each of two records says in it."""

    field: OwnField
    mine: Said | None
    theirs: Said | None

    @property
    def is_open(self) -> bool:
        """Whether somebody chooses: both say something, not the same, in a field still in use.
        What only one of them says is said of the person."""
        both = self.mine is not None and self.theirs is not None
        return both and self.mine != self.theirs and self.field.is_standing


def own_pairs(access: Access, kept: Clinician, merged: Clinician) -> list[OwnPair]:
    """The fields that this person sees and of which one of the two says something, in order."""
    fields = list(OwnField.objects.of(OwnOf.CLINICIAN).visible_to(access).in_order())
    return pairs_of(fields, kept, merged) if fields else []


def pairs_of(fields: Sequence[OwnField], kept: Clinician, merged: Clinician) -> list[OwnPair]:
    """What two records say in these fields, where one of them says anything."""
    rows = OwnValue.objects.about_people([kept.pk, merged.pk]).of_fields(fields)
    said = {(row.clinician_id, row.field_id): row.said for row in rows.select_related("field")}
    pairs = [
        OwnPair(each, said.get((kept.pk, each.pk)), said.get((merged.pk, each.pk)))
        for each in fields
    ]
    return [each for each in pairs if each.mine is not None or each.theirs is not None]


def own_lines_of(access: Access, merge: Merge) -> list[tuple[str, MergeLine]]:
    """The values that a merge took over, each with its field, for whoever sees that."""
    lines = list(merge.lines.filter(table=TABLE, column=COLUMN).order_by("pk"))
    if not lines:
        return []
    seen = OwnField.objects.of(OwnOf.CLINICIAN).visible_to(access)
    rows = OwnValue.objects.filter(pk__in=[each.row_id for each in lines], field__in=seen)
    labels = dict(rows.values_list("pk", "field__label"))
    return [(labels[each.row_id], each) for each in lines if each.row_id in labels]
