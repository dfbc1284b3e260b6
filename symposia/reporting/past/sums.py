"""What was in a file and what of it is here, counted and summed by heading and year."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import Count, Sum
from django.db.models.functions import ExtractYear
from django.utils.translation import gettext as _

from symposia.activities.models.activities import Type
from symposia.credits.models import CreditSystem, ImportedCredit
from symposia.reporting.models import ImportedActivity, PastDisclosure, PastKind
from symposia.reporting.past.judging import Judged
from symposia.work.models import Import, Outcome

Key = tuple[str, int]


@dataclass(frozen=True)
class SumLine:
    """One heading and year: rows and credit in the file, of them there before, and here now."""

    heading: str
    year: int
    rows: int
    amount: Decimal
    there: int
    there_amount: Decimal
    here: int
    here_amount: Decimal

    @property
    def difference(self) -> int:
        return self.rows - self.there - self.here

    @property
    def amount_difference(self) -> Decimal:
        return self.amount - self.there_amount - self.here_amount

    @property
    def agrees(self) -> bool:
        return not self.difference and not self.amount_difference


def sums_of_file(judged: Iterable[Judged]) -> list[list[Any]]:
    """Heading, year, rows, amount, of them there already with their amount: as it is kept."""
    found: dict[Key, list[Any]] = {}
    for each in judged:
        heading = each.system.code if each.system and _is_credit(each) else each.read.heading
        line = found.setdefault((heading, each.read.year), [0, Decimal(0), 0, Decimal(0)])
        line[0] += 1
        line[1] += each.read.amount
        if each.outcome == Outcome.UNCHANGED:
            line[2] += 1
            line[3] += each.read.amount
    return [
        [heading, year, rows, str(amount), there, str(there_amount)]
        for (heading, year), (rows, amount, there, there_amount) in sorted(found.items())
    ]


def _is_credit(each: Judged) -> bool:
    return each.clinician is not None


def sums_of(made: Import) -> list[SumLine]:
    """The file beside what is here of it, line by line."""
    here = _here(made)
    kept = {(str(row[0]), int(row[1])): row for row in made.counts.get("file", [])}
    names = _names(made.kind, {heading for heading, _year in {*here, *kept}})
    lines = []
    for key in sorted({*here, *kept}):
        _heading, _year, rows, amount, there, there_amount = kept.get(key, ["", 0, 0, "0", 0, "0"])
        count, total = here.get(key, (0, Decimal(0)))
        in_file = (rows, Decimal(amount), there, Decimal(there_amount))
        lines.append(SumLine(names.get(key[0], key[0]), key[1], *in_file, count, total))
    return lines


def _names(kind: str, codes: Iterable[str]) -> dict[str, str]:
    if kind == PastKind.CREDITS:
        rows = CreditSystem.objects.filter(code__in=list(codes)).order_by("valid_from")
        return dict(rows.values_list("code", "name"))
    if kind == PastKind.ACTIVITIES:
        return {each.value: str(each.label) for each in Type}
    return {"": _("Disclosures")}


def _here(made: Import) -> dict[Key, tuple[int, Decimal]]:
    if made.kind == PastKind.CREDITS:
        rows = ImportedCredit.objects.standing().filter(made=made).order_by()
        sums = rows.annotate(year=ExtractYear("earned_on")).values_list("system__code", "year")
        counted = sums.annotate(n=Count("pk"), total=Sum("amount"))
        return {(code, year): (n, total) for code, year, n, total in counted}
    if made.kind == PastKind.DISCLOSURES:
        told = PastDisclosure.objects.standing().filter(made=made).order_by()
        by_year = told.annotate(year=ExtractYear("disclosed_on")).values_list("year")
        return {("", year): (n, Decimal(0)) for year, n in by_year.annotate(n=Count("pk"))}
    found: dict[Key, tuple[int, Decimal]] = {}
    for each in ImportedActivity.objects.filter(made=made).select_related("activity"):
        key = (each.activity.type, each.activity.wall_ends.year)
        count, total = found.get(key, (0, Decimal(0)))
        found[key] = (count + 1, total + Decimal(each.facts.get("amount") or "0"))
    return found


def differences_in(lines: Sequence[SumLine]) -> int:
    """How many lines do not come out even."""
    return sum(not line.agrees for line in lines)


def as_kept(lines: Sequence[SumLine]) -> list[dict[str, Any]]:
    """The lines as somebody signs them."""
    return [
        {
            "heading": line.heading,
            "year": line.year,
            "rows": line.rows,
            "amount": str(line.amount),
            "there": line.there,
            "there_amount": str(line.there_amount),
            "here": line.here,
            "here_amount": str(line.here_amount),
            "difference": line.difference,
            "amount_difference": str(line.amount_difference),
        }
        for line in lines
    ]
