from django.utils.translation import gettext_lazy as _

from symposia.curriculum.models import Gap, GapState
from symposia.shared.refusals import Objection

GAP_CLOSED = Objection(
    "gap_closed", _("This gap is closed. Reopen it to change it or to plan for it.")
)
GAP_NOT_CLOSED = Objection("gap_not_closed", _("This gap is not closed."))
NO_EVIDENCE = Objection(
    "no_evidence", _("A gap is closed by evidence. Add where it is written that practice changed.")
)
CHANGED_MEANWHILE = Objection(
    "changed_meanwhile",
    _("Somebody changed this while you were writing. Nothing of theirs was overwritten."),
)


def objection_to_changing_gap(gap: Gap) -> Objection | None:
    return GAP_CLOSED if gap.state == GapState.CLOSED else None


def objection_to_overwriting(*, seen_version: int, version: int) -> Objection | None:
    """Whoever saves over a version they have not seen is told instead."""
    return CHANGED_MEANWHILE if seen_version != version else None


def objection_to_closing_gap(gap: Gap, *, pieces_of_evidence: int) -> Objection | None:
    if gap.state == GapState.CLOSED:
        return GAP_CLOSED
    return None if pieces_of_evidence else NO_EVIDENCE


def objection_to_reopening_gap(gap: Gap) -> Objection | None:
    return None if gap.state == GapState.CLOSED else GAP_NOT_CLOSED
