from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.utils.timezone import now

from symposia.accounts.queries import local_day
from symposia.approvals.queries import person_behind
from symposia.audit.actions import record
from symposia.compliance.events import RulesChanged
from symposia.compliance.models import OwnParameter, ValueProposal
from symposia.compliance.packfile import Pack
from symposia.compliance.policies import objection_to_own_value
from symposia.compliance.queries.packs import own_values
from symposia.compliance.two_people import (
    objection_to_agreeing_to_value,
    objection_to_dropping_value,
    objection_to_proposing_value,
    objection_to_setting_alone,
    objection_to_waiting,
)
from symposia.shared.actors import Actor
from symposia.shared.events import announce
from symposia.shared.proposals import ProposalState
from symposia.shared.refusals import refuse_if


@dataclass(frozen=True)
class OwnValue:
    """An amount from a day on, and who decided it why; an empty one takes the value back."""

    value: str
    effective_from: date
    reason: str


@transaction.atomic
def set_own_parameter(
    pack: Pack, name: str, *, value: str, effective_from: date, reason: str, by: Actor
) -> OwnParameter:
    """Set a value where the product sets up an organisation; people propose it and agree to it."""
    known = {parameter.name: parameter for parameter in pack.parameters}

    refuse_if(objection_to_setting_alone(by))
    refuse_if(objection_to_own_value(known.get(name), value))

    said = OwnValue(value, effective_from, reason)
    return _put_in_force(pack.code, name, said, proposed_by=by.name, by=by)


@transaction.atomic
def propose_value(pack: Pack, name: str, said: OwnValue, *, by: Actor) -> ValueProposal:
    """Write a value that a rule leaves to the organisation, for a second person to agree to."""
    known = {parameter.name: parameter for parameter in pack.parameters}
    parameter, today, person = known.get(name), local_day(), person_behind(by)
    waiting = ValueProposal.objects.waiting().filter(pack_code=pack.code, name=name)

    refuse_if(
        objection_to_proposing_value(
            parameter, said.value, said.effective_from, said.reason, today=today
        )
    )
    refuse_if(objection_to_waiting(waiting.select_for_update().first()))
    if parameter is None or person is None:
        raise TypeError("a value that the rule leaves open is proposed by a person")

    proposal = ValueProposal.objects.create(
        pack_code=pack.code,
        pack_title=pack.title[:200],
        name=name,
        label=parameter.label[:200],
        unit=parameter.unit[:40],
        value=said.value,
        was=own_values(today).get(pack.code, {}).get(name, ""),
        effective_from=said.effective_from,
        reason=said.reason,
        proposed_by_id=person,
        proposed_by_name=by.name,
    )
    record(by, "rules.value_proposed", proposal, reason=said.reason)
    return proposal


@transaction.atomic
def agree_to_value(proposal: ValueProposal, *, by: Actor) -> ValueProposal:
    """A second person has read it: it applies from its day, and earlier values remain."""
    proposal = ValueProposal.objects.locked(proposal.pk)
    person = person_behind(by)

    refuse_if(objection_to_agreeing_to_value(proposal, by_id=person, today=local_day()))

    proposal.move(
        ProposalState.AGREED, decided_at=now(), decided_by_id=person, decided_by_name=by.name
    )
    record(by, "rules.value_agreed", proposal, details={"by": proposal.proposed_by_name})
    said = OwnValue(proposal.value, proposal.effective_from, proposal.reason)
    _put_in_force(
        proposal.pack_code,
        proposal.name,
        said,
        proposed_by=proposal.proposed_by_name,
        by=by,
        agreed_by=by.name,
    )
    return proposal


@transaction.atomic
def drop_value_proposal(proposal: ValueProposal, *, by: Actor) -> ValueProposal:
    """Leave the value as it is."""
    proposal = ValueProposal.objects.locked(proposal.pk)

    refuse_if(objection_to_dropping_value(proposal))

    proposal.move(
        ProposalState.DROPPED,
        decided_at=now(),
        decided_by_id=person_behind(by),
        decided_by_name=by.name,
    )
    record(by, "rules.value_dropped", proposal)
    return proposal


def _put_in_force(
    code: str, name: str, said: OwnValue, *, proposed_by: str, by: Actor, agreed_by: str = ""
) -> OwnParameter:
    own = OwnParameter.objects.create(
        pack_code=code,
        name=name,
        value=said.value,
        effective_from=said.effective_from,
        reason=said.reason,
        set_by_name=proposed_by,
        agreed_by_name=agreed_by,
    )
    record(by, "rules.value_set", own, reason=said.reason, details={"value": said.value})
    announce(RulesChanged(f"{code} {name}"))
    return own
