from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils.timezone import now

from symposia.activities.actions.amending import amend_approved
from symposia.activities.events import ActivityChanged
from symposia.activities.models import Activity, Organiser
from symposia.activities.organising import objection_to_approval, objection_to_organiser
from symposia.activities.policies import objection_to_amending
from symposia.audit.actions import record
from symposia.shared.actors import Actor
from symposia.shared.changing import changed_values
from symposia.shared.events import announce
from symposia.shared.refusals import refuse_if


@dataclass(frozen=True)
class OrganiserFacts:
    """Who stands for the activity beside us; whether it makes or sells health products."""

    part: str
    name: str
    is_ineligible: bool = False


@dataclass(frozen=True)
class CouncilApproval:
    """The council that approved a meeting for hours, and the number it gave."""

    council: str
    number: str


@transaction.atomic
def name_organiser(activity: Activity, facts: OrganiserFacts, *, by: Actor) -> Organiser:
    """Say who organises it with us; another name voids the approval that the first one held."""
    activity = Activity.objects.locked(activity.pk)
    organiser = Organiser.objects.filter(activity=activity).first()

    refuse_if(objection_to_amending(activity))
    refuse_if(objection_to_organiser(activity, facts.part, ineligible=facts.is_ineligible))

    values: dict[str, Any] = {"part": facts.part, "name": facts.name.strip()}
    if organiser and not changed_values(organiser, values):
        return organiser
    organiser = organiser or Organiser(activity=activity, version=0)
    changes = changed_values(organiser, values)
    _set(organiser, **values, council="", approval_number="", approval_entered_at=None)
    record(by, "activity.organiser_named", activity, details={"changes": changes})
    announce(ActivityChanged(activity.pk, ("organiser",)))
    amend_approved(activity, by=by)
    return organiser


@transaction.atomic
def enter_council_approval(
    organiser: Organiser, approval: CouncilApproval, *, by: Actor
) -> Organiser:
    """Enter the council's approval number, before the activity begins."""
    activity = Activity.objects.locked(organiser.activity_id)
    organiser = Organiser.objects.get(pk=organiser.pk)
    at = now()

    refuse_if(objection_to_approval(activity, organiser, at=at))

    values = {"council": approval.council.strip(), "approval_number": approval.number.strip()}
    changes = changed_values(organiser, values)
    if not changes:
        return organiser
    _set(organiser, **values, approval_entered_at=at)
    record(by, "activity.council_approval_entered", activity, details={"changes": changes})
    announce(ActivityChanged(activity.pk, ("council_approval",)))
    amend_approved(activity, by=by)
    return organiser


@transaction.atomic
def remove_organiser(organiser: Organiser, *, by: Actor) -> None:
    """Organise it alone from now on."""
    activity = Activity.objects.locked(organiser.activity_id)

    refuse_if(objection_to_amending(activity))

    details = {"name": organiser.name, "part": organiser.part}
    organiser.delete()
    record(by, "activity.organiser_removed", activity, details=details)
    announce(ActivityChanged(activity.pk, ("organiser",)))
    amend_approved(activity, by=by)


def _set(organiser: Organiser, **values: Any) -> None:
    for name, value in values.items():
        setattr(organiser, name, value)
    organiser.version += 1
    organiser.save()
