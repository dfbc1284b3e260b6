import uuid
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.utils.timezone import now

from symposia.accounts.permissions import Access
from symposia.accounts.queries import access_of_ids, local_day
from symposia.approvals.letters import tell_delegate
from symposia.approvals.models import Delegation
from symposia.approvals.open_work import delegations_of
from symposia.approvals.policies import (
    objection_to_delegating,
    objection_to_ending_delegation,
)
from symposia.audit.actions import record
from symposia.shared.actors import Actor
from symposia.shared.refusals import refuse_if


@dataclass(frozen=True)
class DelegationFacts:
    """Who stands in, with which role, from when to when, and why."""

    delegate_id: uuid.UUID
    delegate_name: str
    starts_on: date
    ends_on: date
    reason: str
    role: str = ""


@transaction.atomic
def delegate_signing(facts: DelegationFacts, *, access: Access, by: Actor) -> Delegation:
    """Let a colleague sign in one's place for some days, with one's own roles alone."""
    theirs = access_of_ids(facts.delegate_id, access.organisation_id, at=now())

    refuse_if(
        objection_to_delegating(
            access, theirs, role=facts.role, days=(facts.starts_on, facts.ends_on, local_day())
        )
    )

    delegation = Delegation.objects.create(
        giver_id=access.user_id,
        giver_name=by.name,
        delegate_id=facts.delegate_id,
        delegate_name=facts.delegate_name[:200],
        role=facts.role,
        starts_on=facts.starts_on,
        ends_on=facts.ends_on,
        reason=facts.reason,
    )
    record(by, "delegation.given", delegation, reason=facts.reason)
    tell_delegate(delegation, by=by)
    return delegation


@transaction.atomic
def end_delegation(delegation: Delegation, *, access: Access, by: Actor) -> Delegation:
    """Take a delegation back; what was signed under it stays signed."""
    delegation = Delegation.objects.select_for_update().get(pk=delegation.pk)

    refuse_if(objection_to_ending_delegation(delegation, access))

    delegation.ended_at = now()
    delegation.save(update_fields=["ended_at"])
    record(by, "delegation.ended", delegation)
    return delegation


@transaction.atomic
def end_delegations_of(person_id: uuid.UUID, *, by: Actor) -> int:
    """Nobody signs in the place of somebody who has left, nor they in another's; how many ended."""
    several = list(delegations_of(person_id).order_by("pk").select_for_update())
    for delegation in several:
        delegation.ended_at = now()
        delegation.save(update_fields=["ended_at"])
        record(by, "delegation.ended", delegation)
    return len(several)
