from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

from symposia.curriculum.models import MOST_POINTS, MOST_WEIGHT, RATED, Gap, GapState
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
WRONG_POINTS = Objection("wrong_points", _("Give from 0 to %(most)s points."))
WRONG_WEIGHT = Objection("wrong_weight", _("A weight is from 0 to %(most)s."))
NO_WEIGHT = Objection("no_weight", _("At least one criterion must count."))
UNKNOWN_COMPETENCY = Objection(
    "unknown_competency", _("No framework has a competency called “%(code)s”.")
)


def objection_to_changing_gap(gap: Gap) -> Objection | None:
    """A closed gap stays as it was closed."""
    return GAP_CLOSED if gap.state == GapState.CLOSED else None


def objection_to_closing_gap(gap: Gap, *, pieces_of_evidence: int) -> Objection | None:
    """A gap is closed once, and by evidence."""
    if gap.state == GapState.CLOSED:
        return GAP_CLOSED
    return None if pieces_of_evidence else NO_EVIDENCE


def objection_to_reopening_gap(gap: Gap) -> Objection | None:
    """Only what is closed is taken up again."""
    return None if gap.state == GapState.CLOSED else GAP_NOT_CLOSED


def objection_to_points(criterion: str, points: int) -> Objection | None:
    """Points are given on what people judge; evidence is counted."""
    if criterion not in RATED:
        return NOT_RATED
    return None if 0 <= points <= MOST_POINTS else WRONG_POINTS.about(most=MOST_POINTS)


def objection_to_weights(weights: Mapping[str, int]) -> Objection | None:
    """At least one criterion counts, and none too often."""
    if any(not 0 <= weight <= MOST_WEIGHT for weight in weights.values()):
        return WRONG_WEIGHT.about(most=MOST_WEIGHT)
    return None if any(weights.values()) else NO_WEIGHT


def objection_to_competency(code: str) -> Objection | None:
    """A competency is one of a framework that is known here."""
    return None if code in competencies() else UNKNOWN_COMPETENCY.about(code=code)
