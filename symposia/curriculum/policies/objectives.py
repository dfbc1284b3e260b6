from django.utils.translation import gettext_lazy as _

from symposia.curriculum.models import CitationReview, Guideline, Objective, ReviewState
from symposia.shared.refusals import Objection

NO_GUIDELINE = Objection("no_guideline", _("It cites no guideline."))
NO_RECOMMENDATION = Objection(
    "no_recommendation", _("It does not say which recommendation of the guideline it follows.")
)
NO_LOCAL_FIGURE = Objection("no_local_figure", _("It has no local figure."))
NO_LOCAL_SOURCE = Objection("no_local_source", _("It does not say where its local figure is from."))
OLD_GUIDELINE = Objection("old_guideline", _("The guideline it cites is superseded."))
IS_SUPERSEDED = Objection("is_superseded", _("This guideline is superseded: %(by)s"))
BY_ITSELF = Objection("superseded_by_itself", _("A guideline is not superseded by itself."))
REVIEWED = Objection("citation_reviewed", _("This citation was reviewed: %(state)s."))
REVIEW_REASON = Objection("review_reason", _("Write what you found; it stays in the record."))


def missing_of(objective: Objective) -> list[Objection]:
    """What an objective still lacks before a reviewer would accept it."""
    found = []
    if objective.guideline is None:
        found.append(NO_GUIDELINE)
    elif not objective.guideline.is_current:
        found.append(OLD_GUIDELINE)
    if objective.guideline and not objective.recommendation:
        found.append(NO_RECOMMENDATION)
    if not objective.local_figure:
        found.append(NO_LOCAL_FIGURE)
    elif not objective.local_source:
        found.append(NO_LOCAL_SOURCE)
    return found


def objection_to_citing(guideline: Guideline | None) -> Objection | None:
    """Nothing new leans on a guideline that is superseded."""
    if guideline is None or guideline.is_current:
        return None
    return IS_SUPERSEDED.about(by=str(guideline.superseded_by))


def objection_to_superseding(guideline: Guideline, newer: Guideline) -> Objection | None:
    """A current guideline gives way to another current one."""
    if guideline.pk == newer.pk:
        return BY_ITSELF
    return objection_to_citing(guideline) or objection_to_citing(newer)


def objection_to_review(review: CitationReview) -> Objection | None:
    """What cites a superseded guideline is reviewed once."""
    if review.state == ReviewState.OPEN:
        return None
    return REVIEWED.about(state=review.get_state_display())


def objection_to_review_reason(reason: str) -> Objection | None:
    """A review says why the citation is still right, or what was changed."""
    return None if reason.strip() else REVIEW_REASON
