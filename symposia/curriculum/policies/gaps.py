from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

from symposia.curriculum.models import MOST_POINTS, RATED, Gap, GapState
from symposia.curriculum.standards.reading import competencies
from symposia.shared.refusals import Objection

GAP_CLOSED = Objection(
    "gap_closed", _("This gap is closed. Reopen it to change it or to plan for it.")
)
GAP_NOT_CLOSED = Objection("gap_not_closed", _("This gap is not closed."))
NO_EVIDENCE = Objection(
    "no_evidence", _("A gap is closed by evidence. Add where it is written that practice changed.")
)
NOT_RATED = Objection("not_rated", _("This criterion is counted, not rated."))
WRONG_POINTS = Objection("wrong_points", _("Give from 0 to 5 points."))
WRONG_WEIGHT = Objection("wrong_weight", _("A weight is from 0 to 10."))
NO_WEIGHT = Objection("no_weight", _("At least one criterion must count."))
UNKNOWN_COMPETENCY = Objection(
    "unknown_competency", _("No framework has a competency called “%(code)s”.")
)


def objection_to_changing_gap(gap: Gap) -> Objection | None:
    return GAP_CLOSED if gap.state == GapState.CLOSED else None


def objection_to_closing_gap(gap: Gap, *, pieces_of_evidence: int) -> Objection | None:
    if gap.state == GapState.CLOSED:
        return GAP_CLOSED
    return None if pieces_of_evidence else NO_EVIDENCE


def objection_to_reopening_gap(gap: Gap) -> Objection | None:
    return None if gap.state == GapState.CLOSED else GAP_NOT_CLOSED


def objection_to_points(criterion: str, points: int) -> Objection | None:
    """Points are given on what people judge; evidence is counted."""
    if criterion not in RATED:
        return NOT_RATED
    return None if 0 <= points <= MOST_POINTS else WRONG_POINTS


def objection_to_weights(weights: Mapping[str, int]) -> Objection | None:
    """At least one criterion counts, and none more than ten times."""
    if any(not 0 <= weight <= 10 for weight in weights.values()):
        return WRONG_WEIGHT
    return None if any(weights.values()) else NO_WEIGHT


def objection_to_competency(code: str) -> Objection | None:
    return None if code in competencies() else UNKNOWN_COMPETENCY.about(code=code)
