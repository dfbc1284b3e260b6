"""A place of work noted, corrected, ended or taken away by one step."""

from typing import Any

from symposia.directory.actions.affiliations import (
    add_affiliation,
    change_affiliation,
    end_affiliation,
    remove_affiliation,
)
from symposia.directory.affiliating import as_day
from symposia.directory.models import Affiliation, ChangeRequest, Clinician
from symposia.directory.placing_steps import PlaceDo, PlaceStep, facts_from
from symposia.directory.policies.affiliations import PLACE_GONE
from symposia.shared.actors import Actor
from symposia.shared.refusals import needed


def carry_out(clinician: Clinician, step: PlaceStep, *, by: Actor) -> Affiliation | None:
    """Do with a place of work what somebody wants, at once."""
    if step.do == PlaceDo.ADD:
        return add_affiliation(clinician, needed(step.facts, PLACE_GONE), by=by)
    row = needed(step.row, PLACE_GONE)
    if step.do == PlaceDo.CHANGE:
        return change_affiliation(row, needed(step.facts, PLACE_GONE), by=by)
    if step.do == PlaceDo.END:
        return end_affiliation(row, needed(step.on, PLACE_GONE), by=by, reason=step.reason)
    remove_affiliation(row, by=by, reason=step.reason)
    return None


def carry_out_asked(request: ChangeRequest, *, by: Actor) -> None:
    """Do what a second person agreed to."""
    kept: dict[str, Any] = request.facts
    row = Affiliation.objects.for_list().filter(pk=kept["row"]).first() if kept["row"] else None
    step = PlaceStep(
        kept["do"],
        row,
        facts_from(kept["facts"]) if kept["facts"] else None,
        as_day(kept["on"]),
        request.evidence,
    )
    carry_out(request.clinician, step, by=by)
