from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from django.db import transaction
from django.utils.timezone import now

from symposia.accounts.queries import person_behind, this_organisation
from symposia.audit.actions import record
from symposia.directory.actions.clinicians import (
    add_identifier,
    change_clinician,
    remove_identifier,
    workplace_called,
)
from symposia.directory.actions.own_values import say_own
from symposia.directory.actions.place_steps import carry_out_asked
from symposia.directory.changing import (
    ChangeFacts,
    as_kept,
    numbered,
    own_said_now,
    said_now,
    said_of,
)
from symposia.directory.events import ChangeDecided, ChangeProposed
from symposia.directory.letters import tell_whoever_asked
from symposia.directory.models import (
    SEVERAL,
    ChangeRequest,
    ChangeState,
    Clinician,
    Identifier,
    Proposable,
)
from symposia.directory.own_queries import own_parted
from symposia.directory.owning import Own, plain_own, read_own
from symposia.directory.policies import objection_to_holder, objection_to_number
from symposia.directory.policies.changes import (
    NO_SUCH_NUMBER,
    objection_to_deciding_change,
    objection_to_proposing,
    objection_to_taking_back,
)
from symposia.directory.policies.own import objection_to_saying
from symposia.directory.policies.registry import objection_to_dead_number
from symposia.directory.queries import guarded_fields, holder_of, registered
from symposia.directory.reaching import says_otherwise
from symposia.directory.spelling import plain_number
from symposia.shared.actors import Actor
from symposia.shared.events import announce
from symposia.shared.refusals import refuse_if


@dataclass(frozen=True)
class Corrected:
    """What of a correction holds at once, and what waits for a second person."""

    clinician: Clinician
    waiting: list[ChangeRequest]


@transaction.atomic
def propose_change(
    clinician: Clinician, facts: ChangeFacts, *, by: Actor, answer_to: str = ""
) -> ChangeRequest:
    """Ask to have one field of a person changed; nothing changes before a second person agrees."""
    clinician = Clinician.objects.locked(clinician.pk)
    facts = _as_kept(facts)
    said = own_said_now(clinician, facts.own) if facts.own else said_now(clinician, facts.field)
    waiting = ChangeRequest.objects.waiting().of(clinician).filter(field=facts.field)
    if facts.own:
        waiting = waiting.filter(own_field=facts.own)
    elif facts.field in SEVERAL:
        waiting = waiting.filter(
            scheme=facts.scheme, issuer=facts.issuer, was=facts.was, now=facts.now
        )

    guarded = guarded_fields() | ({Proposable.OWN} if facts.own and facts.own.by_two else set())
    refuse_if(objection_to_proposing(facts, said, waiting.first(), guarded=guarded))
    if facts.field == Proposable.NUMBER:
        _check_number(clinician, facts)

    request = ChangeRequest.objects.create(
        clinician=clinician,
        field=facts.field,
        scheme=facts.scheme,
        issuer=facts.issuer,
        was=facts.was if facts.field in SEVERAL and not facts.own else said,
        own_field=facts.own,
        now=facts.now,
        facts=dict(facts.place),
        evidence=facts.evidence.strip()[:500],
        evidence_file=facts.evidence_file,
        proposed_by_id=person_behind(by),
        proposed_by_name=by.name,
        answer_to=answer_to,
    )
    details = {"clinician": clinician.pk, "name": request.called}
    record(by, "change.proposed", request, details=details)
    announce(ChangeProposed(request.pk, clinician.pk, request.field))
    return request


def _as_kept(facts: ChangeFacts) -> ChangeFacts:
    """What somebody wants, as the directory would keep it; refused where it cannot."""
    if facts.own:
        refuse_if(objection_to_saying([facts.own]))
        return replace(facts, now=plain_own(read_own(facts.own, facts.now.strip())))
    return replace(facts, now=as_kept(facts.field, facts.now))


def _check_number(clinician: Clinician, facts: ChangeFacts) -> None:
    """The number that goes is this person's, the one that comes is right and nobody else's."""
    if facts.was:
        held = numbered(clinician, facts.scheme, facts.issuer, facts.was)
        refuse_if(None if held else NO_SUCH_NUMBER)
    if facts.now:
        value = plain_number(facts.now)
        refuse_if(objection_to_number(facts.scheme, value))
        refuse_if(objection_to_dead_number(registered(facts.scheme, value)))
        refuse_if(objection_to_holder(holder_of(facts.scheme, facts.issuer, value)))


@transaction.atomic
def decide_change(
    request: ChangeRequest, *, accepted: bool, by: Actor, reason: str = ""
) -> ChangeRequest:
    """Agree to a change, which then holds at once, or refuse it; whoever asked is told."""
    request = ChangeRequest.objects.select_related("clinician").locked(request.pk)
    clinician = request.clinician
    said = said_of(request)

    refuse_if(
        objection_to_deciding_change(
            request, accepted=accepted, reason=reason, by_id=person_behind(by), said=said
        )
    )

    request.move(
        ChangeState.ACCEPTED if accepted else ChangeState.REFUSED,
        decided_at=now(),
        decided_by_id=person_behind(by),
        decided_by_name=by.name,
        reason=reason.strip(),
    )
    if accepted:
        _put(request, by=by)
    details = {"clinician": clinician.pk, "name": request.called}
    record(by, f"change.{request.state}", request, reason=reason, details=details)
    tell_whoever_asked(request, this_organisation(), by=by)
    announce(ChangeDecided(request.pk, clinician.pk, accepted))
    return request


def _put(request: ChangeRequest, *, by: Actor) -> None:
    """Let the directory say what was agreed to."""
    clinician, field = request.clinician, request.field
    if field == Proposable.NUMBER:
        if request.was:
            held = numbered(clinician, request.scheme, request.issuer, request.was)
            refuse_if(None if held else NO_SUCH_NUMBER)
            if held:
                remove_identifier(held, by=by, reason=request.evidence)
        if request.now:
            told = {"scheme": request.scheme, "issuer": request.issuer, "number": request.now}
            add_identifier(clinician, **told, by=by)
    elif request.own_field:
        own = {request.own_field: read_own(request.own_field, request.now)}
        say_own(clinician, own, by=by, reason=request.evidence)
    elif field == Proposable.AFFILIATION:
        carry_out_asked(request, by=by)
    elif field == Proposable.INSTITUTION:
        named = workplace_called(clinician, request.now, by=by)
        change_clinician(clinician, {"institution": named}, by=by)
    else:
        change_clinician(clinician, {field: request.now}, by=by)


@transaction.atomic
def take_back_change(request: ChangeRequest, *, by: Actor) -> ChangeRequest:
    """Whoever asked for a change does not want it any more."""
    request = ChangeRequest.objects.select_related("clinician").locked(request.pk)

    refuse_if(objection_to_taking_back(request, person_behind(by)))

    request.move(ChangeState.WITHDRAWN, decided_at=now(), decided_by_name=by.name)
    details = {"clinician": request.clinician_id, "name": request.called}
    record(by, "change.withdrawn", request, details=details)
    return request


@transaction.atomic
def correct_clinician(
    clinician: Clinician,
    facts: Mapping[str, Any],
    *,
    by: Actor,
    evidence: str = "",
    works_at: str | None = None,
    own: Own | None = None,
) -> Corrected:
    """Correct a person: plain fields at once; a guarded one that says something already, or said it
    until it came to its end, is asked for, and a second person decides. So it is with fields of
    one's own. `works_at` names an institution (empty: none), added where nobody named it before."""
    clinician = Clinician.objects.locked(clinician.pk)
    names = guarded_fields()
    works = {} if works_at is None else {Proposable.INSTITUTION.value: works_at.strip()}
    guarded = {
        name: _as_text(value)
        for name, value in {**facts, **works}.items()
        if name in names and says_otherwise(clinician, name, _as_text(value))
    }
    plain = {name: value for name, value in facts.items() if name not in guarded}
    if works_at is not None and Proposable.INSTITUTION not in guarded:
        plain["institution"] = workplace_called(clinician, works_at, by=by, said=plain)
    clinician = change_clinician(clinician, plain, by=by)
    wanted = [ChangeFacts(name, now=value, evidence=evidence) for name, value in guarded.items()]
    wanted += _own_of_two(clinician, own or {}, evidence, by=by)
    waiting = [propose_change(clinician, each, by=by) for each in wanted]
    return Corrected(clinician, waiting)


def _own_of_two(clinician: Clinician, own: Own, evidence: str, *, by: Actor) -> list[ChangeFacts]:
    """Say what may be said at once; what has to be asked for."""
    at_once, waiting = own_parted(clinician, own)
    say_own(clinician, at_once, by=by)
    return [
        ChangeFacts(Proposable.OWN, now=plain_own(own[each]), evidence=evidence, own=each)
        for each in waiting
    ]


def _as_text(value: Any) -> str:
    return "" if value is None else str(value)


@transaction.atomic
def note_number(
    clinician: Clinician, facts: ChangeFacts, *, by: Actor
) -> Identifier | ChangeRequest:
    """The first number of a person is noted at once; every further one is asked for."""
    if clinician.identifiers.exists():
        return propose_change(clinician, facts, by=by)
    told = {"scheme": facts.scheme, "issuer": facts.issuer, "number": facts.now}
    return add_identifier(clinician, **told, by=by)
