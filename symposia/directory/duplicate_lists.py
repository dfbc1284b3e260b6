"""Who may be in the directory twice, and what was merged, as lists."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from symposia.accounts.permissions import Permission
from symposia.directory.duplicates.finding import LIKELY
from symposia.directory.duplicates.words import speaks_against, speaks_for
from symposia.directory.models import Clinician, FoundBy, Merge, PairState, PossibleDuplicate
from symposia.shared.lists import Choice, Column, ListOf, Rows, Search, either

TONES: dict[str, str] = {PairState.OPEN: "warn", PairState.DISTINCT: "", PairState.MERGED: "ok"}


@dataclass(frozen=True)
class Waits(Choice):
    """A filter by state; what waits is asked of two records that are still two."""

    def apply(self, rows: Any, values: list[str]) -> Rows:
        asked: Rows = (
            rows.to_decide() if values == [PairState.OPEN] else super().apply(rows, values)
        )
        return asked


@dataclass(frozen=True)
class Likely(Choice):
    """A filter for what is more than a guess."""

    def apply(self, rows: Any, values: list[str]) -> Rows:
        likely: Rows = rows.filter(probability__gte=LIKELY)
        return likely if "likely" in values else rows


@dataclass(frozen=True)
class Undone(Choice):
    """A filter for merges that stand, or do not."""

    def apply(self, rows: Any, values: list[str]) -> Rows:
        wanted = {value for value in values if value in {"standing", "undone"}}
        kept: Rows = rows.filter(undone_at__isnull="standing" in wanted)
        return kept if len(wanted) == 1 else rows


def _of_either(rows: Any, text: str) -> Rows:
    people = Clinician.objects.search(text).values("pk")
    found: Rows = rows.filter(Q(first__in=people) | Q(second__in=people))
    return found


def _of_merged(rows: Any, text: str) -> Rows:
    people = Clinician.objects.search(text).values("pk")
    found: Rows = rows.filter(Q(kept__in=people) | Q(merged__in=people))
    return found


def percent(pair: PossibleDuplicate) -> str:
    """How likely it is that these are one person; nothing where nobody compared them."""
    return "" if pair.probability is None else f"{min(pair.probability, 0.999):.1%}"


DUPLICATES = ListOf(
    name="duplicates",
    title=_("Perhaps twice"),
    permission=Permission.VIEW_DIRECTORY,
    rows=lambda access: PossibleDuplicate.objects.visible_to(access).for_list(),
    columns=(
        Column(
            "first",
            _("Name"),
            either("first__display_name", "first__full_name"),
            sort="first__search_text",
            url=lambda row: ("duplicate", [row.pk]),
        ),
        Column(
            "second",
            _("May be the same as"),
            either("second__display_name", "second__full_name"),
            sort="second__search_text",
        ),
        Column("probability", _("Probability"), percent, kind="n", sort="probability"),
        Column("for", _("What speaks for it"), lambda row: ", ".join(speaks_for(row.reasons))),
        Column(
            "against",
            _("What speaks against it"),
            lambda row: ", ".join(speaks_against(row.reasons)),
        ),
        Column("state", _("State"), "state", kind="state", tone=lambda row: TONES[row.state]),
        Column("found_by", _("Found by"), "found_by", in_page=False),
        Column("found_at", _("Found"), "found_at", kind="moment", sort="found_at"),
        Column("decided_by", _("Decided by"), "decided_by_name", in_page=False),
        Column("decided_at", _("Decided"), "decided_at", kind="moment", in_page=False),
        Column("reason", _("Reason"), "reason", in_page=False),
    ),
    filters=(
        Search("q", _("Name, number or e-mail"), _of_either),
        Waits("state", _("State"), "state", PairState.choices),
        Likely("likely", _("How likely"), "pk", [("likely", _("Likely (95 % and more)"))]),
        Choice("found_by", _("Found by"), "found_by", FoundBy.choices),
    ),
    sort="-probability",
    empty=_("Nobody is known to be in the directory twice. Compare everybody to look again."),
)

MERGES = ListOf(
    name="merges",
    title=_("Merged records"),
    permission=Permission.VIEW_DIRECTORY,
    rows=lambda access: Merge.objects.visible_to(access).for_list(),
    columns=(
        Column(
            "merged",
            _("Record that went"),
            either("merged__display_name", "merged__full_name"),
            sort="merged__search_text",
            url=lambda row: ("merge", [row.pk]),
        ),
        Column(
            "kept",
            _("Record that stayed"),
            either("kept__display_name", "kept__full_name"),
            sort="kept__search_text",
        ),
        Column("at", _("Merged"), "merged_at", kind="moment", sort="merged_at"),
        Column("by", _("By"), "merged_by_name", sort="merged_by_name"),
        Column("reason", _("Reason"), "reason"),
        Column("undone_at", _("Undone"), "undone_at", kind="moment", sort="undone_at"),
        Column("undone_by", _("Undone by"), "undone_by_name", in_page=False),
        Column("undone_reason", _("Why it was undone"), "undone_reason", in_page=False),
    ),
    filters=(
        Search("q", _("Name, number or e-mail"), _of_merged),
        Undone(
            "standing",
            _("State"),
            "pk",
            [("standing", _("Merged")), ("undone", _("Undone"))],
        ),
    ),
    sort="-merged_at",
    empty=_("Nothing was merged."),
)
