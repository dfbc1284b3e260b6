from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.db.models import Prefetch, Q
from django.utils.translation import gettext_lazy as _

from symposia.accounts.permissions import Access, Permission
from symposia.assessment.barriers import LABELS
from symposia.assessment.models import STAGES, Commitment, CommitmentResult, Kept
from symposia.shared.lists import Choice, Column, ListOf, Rows, Search

_GATE = Permission.MANAGE_EVALUATIONS


def _commitments(access: Access, activity_pk: UUID | None = None) -> Rows:
    """What learners want to change, by name, of one activity or all whose evaluation this person
    works on."""
    rows = Commitment.objects.visible_to(access)
    said = Prefetch("results", CommitmentResult.objects.order_by("stage"), to_attr="said")
    rows = rows.select_related("activity", "registration__clinician", "objective")
    rows = rows.prefetch_related(said)
    return rows.filter(activity=activity_pk) if activity_pk else rows


def _search(rows: Any, text: str) -> Any:
    return rows.filter(
        Q(text__icontains=text) | Q(registration__clinician__full_name__icontains=text)
    )


def _after(stage: int) -> Callable[[Any], str]:
    """What was said at one stage."""

    def kept(row: Any) -> str:
        return next((each.get_kept_display() for each in row.said if each.stage == stage), "")

    return kept


def _barriers(row: Any) -> str:
    named = dict.fromkeys(code for each in row.said for code in each.barriers)
    return "; ".join(str(LABELS[code]) for code in named)


def _words(row: Any) -> str:
    return "\n".join(each.said for each in row.said if each.said)


class _Stands(Choice):
    """By what was said of it last; `open` is not done."""

    def apply(self, rows: Rows, values: list[str]) -> Rows:
        done = CommitmentResult.objects.filter(kept=Kept.DONE).values("commitment")
        asked = {each for each in values if each in {"done", "open"}}
        if len(asked) != 1:
            return rows
        return rows.filter(pk__in=done) if asked == {"done"} else rows.exclude(pk__in=done)


COMMITMENTS = ListOf(
    name="commitments",
    title=_("Commitments to change"),
    permission=_GATE,
    rows=_commitments,
    columns=(
        Column("activity", _("Activity"), "activity__number", kind="id", in_page=False),
        Column("name", _("Learner"), "registration__clinician__full_name"),
        Column("text", _("Wants to change"), "text"),
        Column("objective", _("Objective"), "objective__text", in_page=False),
        Column("given", _("Written"), "given_at", sort="given_at", kind="moment"),
        *(Column(f"after_{stage}", _("After %d days") % stage, _after(stage)) for stage in STAGES),
        Column("barriers", _("In the way"), _barriers),
        Column("said", _("In their words"), _words, in_page=False),
    ),
    filters=(
        Search("q", _("Name or words"), _search),
        _Stands("state", _("State"), "pk", [("open", _("Not done yet")), ("done", _("Done"))]),
    ),
    sort="-given_at",
    empty=_("Nobody has written down yet what they want to change."),
)
