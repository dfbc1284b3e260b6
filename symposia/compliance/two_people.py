"""What a rule leaves to the organisation is set by two people, from a day that is still to come."""

import uuid
from datetime import date

from django.utils.translation import gettext_lazy as _

from symposia.compliance.models import ValueProposal
from symposia.compliance.packfile import Parameter
from symposia.compliance.policies import (
    SAY_WHY,
    objection_to_own_value,
)
from symposia.shared.actors import Actor
from symposia.shared.refusals import Objection

NOT_ALONE = Objection(
    "value_needs_two", _("A value is proposed by one person and agreed to by a second.")
)
PROPOSED_ALREADY = Objection(
    "value_proposed_already",
    _("%(who)s has proposed a value for this already. Agree to it or drop it first."),
)
DECIDED_ALREADY = Objection("value_decided_already", _("This proposal was decided already."))
OWN_PROPOSAL = Objection(
    "own_value_proposal", _("You proposed this. A second person reads it and agrees.")
)
BEGINS_IN_PAST = Objection(
    "value_begins_in_past",
    _("It would begin before today, on what was judged already. Choose today or a later day."),
)


def objection_to_setting_alone(by: Actor) -> Objection | None:
    """A value is set by two people, or by the product where an organisation is set up."""
    return None if by.kind in {"system", "job"} else NOT_ALONE


def objection_to_proposing_value(
    parameter: Parameter | None, value: str, effective_from: date, reason: str, *, today: date
) -> Objection | None:
    """A value that is the organisation's to set, an amount, from today or later, with why."""
    if objection := objection_to_own_value(parameter, value):
        return objection
    if effective_from < today:
        return BEGINS_IN_PAST
    return None if reason.strip() else SAY_WHY


def objection_to_waiting(waiting: ValueProposal | None) -> Objection | None:
    """One proposal for a value at a time."""
    return PROPOSED_ALREADY.about(who=waiting.proposed_by_name) if waiting else None


def objection_to_agreeing_to_value(
    proposal: ValueProposal, *, by_id: uuid.UUID | None, today: date
) -> Objection | None:
    """Four eyes: somebody else than who proposed it, before its day is past."""
    if not proposal.is_waiting:
        return DECIDED_ALREADY
    if by_id in {None, proposal.proposed_by_id}:
        return OWN_PROPOSAL
    return BEGINS_IN_PAST if proposal.effective_from < today else None


def objection_to_dropping_value(proposal: ValueProposal) -> Objection | None:
    """Only a proposal that still waits is dropped."""
    return None if proposal.is_waiting else DECIDED_ALREADY
