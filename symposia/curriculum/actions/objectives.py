import uuid
from dataclasses import dataclass, fields
from typing import Any

from django.db import transaction
from django.utils.timezone import now

from symposia.audit.actions import record
from symposia.curriculum.events import ObjectiveRemoved
from symposia.curriculum.models import Gap, Guideline, Objective
from symposia.curriculum.policies.gaps import objection_to_changing_gap, objection_to_competency
from symposia.curriculum.policies.objectives import objection_to_citing
from symposia.shared.actors import Actor
from symposia.shared.changing import put_values
from symposia.shared.events import announce
from symposia.shared.refusals import refuse_if


@dataclass(frozen=True)
class Grounds:
    """What an objective rests on: a recommendation of a guideline, and how it stands here."""

    guideline: Guideline | None = None
    recommendation: str = ""
    local_figure: str = ""
    local_source: str = ""

    def values(self) -> dict[str, Any]:
        return {each.name: getattr(self, each.name) for each in fields(self)}


@transaction.atomic
def add_objective(gap: Gap, *, text: str, competency: str, by: Actor) -> Objective:
    """Promise what learners will do differently once the gap is smaller."""
    gap = Gap.objects.locked(gap.pk)

    refuse_if(objection_to_changing_gap(gap))
    refuse_if(objection_to_competency(competency))

    objective = Objective.objects.create(
        gap=gap, text=text, competency=competency, position=gap.objectives.count(), added_at=now()
    )
    record(by, "gap.objective_added", gap, details={"objective": objective.pk, "text": text})
    return objective


@transaction.atomic
def ground_objective(objective: Objective, grounds: Grounds, *, by: Actor) -> Objective:
    """Say which recommendation an objective follows, and which figure shows the need here."""
    gap = Gap.objects.locked(objective.gap_id)
    objective = Objective.objects.select_for_update(of=("self",)).get(pk=objective.pk)

    refuse_if(objection_to_changing_gap(gap))
    if grounds.guideline and grounds.guideline.pk != objective.guideline_id:
        refuse_if(objection_to_citing(Guideline.objects.get(pk=grounds.guideline.pk)))

    changes = put_values(objective, grounds.values(), said=_said)
    if not changes:
        return objective
    objective.save()
    details = {"objective": objective.pk, "text": objective.text, "changes": changes}
    record(by, "gap.objective_grounded", gap, details=details)
    return objective


def _said(value: Any) -> str:
    return str(value or "")


@transaction.atomic
def remove_objective(objective: Objective, *, by: Actor, reason: str = "") -> None:
    """Drop a promise that no activity has taken on."""
    gap = Gap.objects.locked(objective.gap_id)

    refuse_if(objection_to_changing_gap(gap))

    announce(ObjectiveRemoved(objective.pk))
    details: dict[str, uuid.UUID | str] = {"objective": objective.pk, "text": objective.text}
    objective.delete()
    record(by, "gap.objective_removed", gap, reason=reason, details=details)
