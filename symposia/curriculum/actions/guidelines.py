from dataclasses import asdict, dataclass

from django.db import transaction
from django.utils.timezone import now

from symposia.accounts.actions import next_numbers
from symposia.audit.actions import record, record_each
from symposia.curriculum.citing import citing
from symposia.curriculum.events import GuidelineSuperseded
from symposia.curriculum.models import (
    CitationReview,
    Guideline,
    GuidelineState,
    ReviewState,
)
from symposia.curriculum.policies.objectives import (
    objection_to_review,
    objection_to_review_reason,
    objection_to_superseding,
)
from symposia.shared.actors import Actor
from symposia.shared.changing import objection_to_overwriting, put_values
from symposia.shared.events import announce
from symposia.shared.refusals import refuse_if


@dataclass(frozen=True)
class GuidelineFacts:
    """How a guideline is cited."""

    body: str
    title: str
    year: int
    address: str = ""


@transaction.atomic
def add_guideline(facts: GuidelineFacts, *, by: Actor) -> Guideline:
    """Enter a guideline that gaps and objectives may cite."""
    at = now()
    guideline = Guideline.objects.create(
        number=next_numbers("GDL", year=at.year)[0], added_at=at, **asdict(facts)
    )
    record(by, "guideline.added", guideline)
    return guideline


@transaction.atomic
def correct_guideline(
    guideline: Guideline, facts: GuidelineFacts, *, seen_version: int, by: Actor
) -> Guideline:
    """Mend how a guideline is cited; another edition is another guideline."""
    guideline = _locked(guideline)

    refuse_if(objection_to_overwriting(seen_version=seen_version, version=guideline.version))

    changes = put_values(guideline, asdict(facts))
    if not changes:
        return guideline
    guideline.save()
    record(by, "guideline.corrected", guideline, details={"changes": changes})
    return guideline


@transaction.atomic
def supersede_guideline(
    guideline: Guideline, newer: Guideline, *, reason: str, by: Actor
) -> list[CitationReview]:
    """Note that a newer guideline took its place; whatever cites the old one is to be reviewed."""
    guideline = _locked(guideline)
    newer = Guideline.objects.get(pk=newer.pk)
    at = now()

    refuse_if(objection_to_superseding(guideline, newer))

    guideline.move(GuidelineState.SUPERSEDED, superseded_by=newer, superseded_at=at)
    record(by, "guideline.superseded", guideline, reason=reason)
    reviews = [
        CitationReview(
            guideline=guideline,
            subject_type=kind,
            subject_id=each.subject_id,
            subject_name=each.name[:300],
            opened_at=at,
        )
        for kind, each in citing(guideline.pk)
    ]
    CitationReview.objects.bulk_create(reviews)
    record_each(by, "citation.to_review", reviews, reason=reason)
    announce(GuidelineSuperseded(guideline.pk, newer.pk))
    return reviews


@transaction.atomic
def review_citation(
    review: CitationReview, *, changed: bool, reason: str, by: Actor
) -> CitationReview:
    """Say whether what cites a superseded guideline is still right, or was changed."""
    review = CitationReview.objects.select_for_update(of=("self",)).get(pk=review.pk)

    refuse_if(objection_to_review(review))
    refuse_if(objection_to_review_reason(reason))

    review.move(
        ReviewState.CHANGED if changed else ReviewState.KEPT,
        reason=reason.strip(),
        decided_at=now(),
        decided_by_name=by.name,
    )
    record(by, "citation.reviewed", review, reason=review.reason)
    return review


def _locked(guideline: Guideline) -> Guideline:
    return Guideline.objects.select_for_update(of=("self",)).get(pk=guideline.pk)
