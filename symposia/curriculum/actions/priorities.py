from collections.abc import Mapping

from django.db import transaction
from django.utils.timezone import now

from symposia.audit.actions import record, record_each
from symposia.curriculum.models import CriterionWeight, Gap, GapRating, GapStatement
from symposia.curriculum.policies.gaps import (
    objection_to_changing_gap,
    objection_to_points,
    objection_to_weights,
)
from symposia.curriculum.queries.priorities import weights_in_force
from symposia.shared.actors import Actor
from symposia.shared.refusals import refuse_if


@transaction.atomic
def write_statement(gap: Gap, kind: str, text: str, *, by: Actor) -> GapStatement | None:
    """Answer what an accreditor's form asks about a gap; an empty answer takes it back."""
    gap = Gap.objects.locked(gap.pk)
    before = GapStatement.objects.filter(gap=gap, kind=kind).first()
    text = text.strip()

    refuse_if(objection_to_changing_gap(gap))

    was = before.text if before else ""
    if text == was:
        return before
    if text:
        before = before or GapStatement(gap=gap, kind=kind)
        before.text, before.written_at = text, now()
        before.save()
    elif before:
        before.delete()
        before = None
    changes = [{"field": kind, "was": was, "now": text}]
    record(by, "gap.statement_written", gap, details={"changes": changes})
    return before


@transaction.atomic
def rate_gap(gap: Gap, criterion: str, points: int, *, reason: str, by: Actor) -> GapRating:
    """Say how a gap stands on one criterion; its place among the gaps follows."""
    gap = Gap.objects.locked(gap.pk)
    before = GapRating.objects.filter(gap=gap, criterion=criterion).first()

    refuse_if(objection_to_changing_gap(gap))
    refuse_if(objection_to_points(criterion, points))

    was = before.points if before else None
    if before and (was, before.reason) == (points, reason):
        return before
    rating = before or GapRating(gap=gap, criterion=criterion)
    rating.points, rating.reason, rating.rated_at = points, reason, now()
    rating.save()
    changes = [{"field": criterion, "was": was, "now": points}]
    record(by, "gap.rated", gap, reason=reason, details={"changes": changes})
    return rating


@transaction.atomic
def set_weights(weights: Mapping[str, int], *, reason: str, by: Actor) -> list[CriterionWeight]:
    """Say how much each criterion counts from now on; what counted before remains readable."""
    current = weights_in_force()

    refuse_if(objection_to_weights(current | dict(weights)))

    changed = [
        CriterionWeight(criterion=criterion, weight=weight, reason=reason, set_by_name=by.name)
        for criterion, weight in weights.items()
        if current.get(criterion) != weight
    ]
    for row in changed:
        row.save(force_insert=True)
    record_each(by, "priorities.weight_set", changed, reason=reason)
    return changed
