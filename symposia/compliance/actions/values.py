import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.utils.timezone import now

from symposia.accounts.queries import local_day
from symposia.approvals.models import hash_of
from symposia.approvals.queries import person_behind
from symposia.audit.actions import record
from symposia.compliance.events import FactsStated, RulesChanged
from symposia.compliance.facts import Subject
from symposia.compliance.inputs import said_of_change
from symposia.compliance.models import (
    Finding,
    Override,
    Restriction,
    RestrictionKind,
    Result,
)
from symposia.compliance.policies import (
    objection_to_ending,
    objection_to_expiry,
    objection_to_overriding,
    objection_to_restriction,
)
from symposia.compliance.queries.packs import pack_of
from symposia.directory.models import Clinician
from symposia.shared.actors import Actor
from symposia.shared.events import announce
from symposia.shared.refusals import refuse_if


@transaction.atomic
def grant_override(finding: Finding, *, reason: str, expires_on: date, by: Actor) -> Override:
    """Make a reasoned exception from one rule for one subject as it is, until a day."""
    evaluation, row, today = finding.evaluation, finding.spoken_by, local_day()
    standing = Override.objects.select_for_update().filter(
        subject_type=evaluation.subject_type,
        subject_id=evaluation.subject_id,
        pack_code=row.code,
        rule=finding.rule,
        ended_at=None,
    )
    there = standing.first()

    rule = pack_of(row).rule(finding.rule)
    refuse_if(objection_to_overriding(finding, rule, there, today=today))
    refuse_if(objection_to_expiry(expires_on, today=today))

    if there:
        _end(there, "", by=by)
    override = Override.objects.create(
        subject_type=evaluation.subject_type,
        subject_id=evaluation.subject_id,
        title=evaluation.title,
        pack_code=row.code,
        rule=finding.rule,
        reason=reason,
        inputs=finding.inputs,
        inputs_hash=hash_of(finding.inputs),
        expires_on=expires_on,
        granted_by_id=person_behind(by),
        granted_by_name=by.name,
    )

    record(by, "rules.exception_granted", override, reason=reason)
    announce(FactsStated(override.subject_type, override.subject_id))
    return override


@transaction.atomic
def end_override(override: Override, *, reason: str, by: Actor) -> Override:
    """Take an exception back before its day; the rule speaks again."""
    override = Override.objects.select_for_update().get(pk=override.pk)

    refuse_if(objection_to_ending(override.ended_at, reason))

    _end(override, reason, by=by)
    announce(FactsStated(override.subject_type, override.subject_id))
    return override


@transaction.atomic
def void_outgrown(subject: Subject, findings: Sequence[Finding], *, by: Actor) -> list[Override]:
    """End the exceptions that were given for other facts than those the rules see now.

    Where the rule no longer blocks, an exception stays: it holds again if the facts come back.
    """
    blocks = {(f.spoken_by.code, f.rule): f for f in findings if f.result == Result.BLOCK}
    standing = Override.objects.of_subject(subject.type, subject.id).in_force(local_day())
    voided = []
    for override in standing.select_for_update():
        finding = blocks.get((override.pack_code, override.rule))
        if finding and not override.is_for(finding):
            reason = said_of_change(override.inputs, finding.inputs)
            _end(override, reason, by=by, action="rules.exception_voided")
            voided.append(override)
    return voided


def _end(
    override: Override, reason: str, *, by: Actor, action: str = "rules.exception_ended"
) -> None:
    override.ended_at, override.ended_by_name = now(), by.name
    override.ended_reason = reason
    override.save(update_fields=["ended_at", "ended_by_name", "ended_reason"])
    record(by, action, override, reason=reason)


@dataclass(frozen=True)
class RestrictionFacts:
    """Whom or what not to engage, from when until when, and why."""

    kind: str
    reason: str
    from_on: date
    until_on: date | None = None
    words: str = ""
    clinician_id: uuid.UUID | None = None


@transaction.atomic
def add_restriction(facts: RestrictionFacts, *, by: Actor) -> Restriction:
    """Put a doctor or a product on the list of what must not be part of an activity."""
    person = Clinician.objects.filter(pk=facts.clinician_id).first() if facts.clinician_id else None

    refuse_if(objection_to_restriction(facts.kind, person, facts.words, facts))

    is_person = facts.kind == RestrictionKind.PERSON
    restriction = Restriction.objects.create(
        kind=facts.kind,
        clinician=person if is_person else None,
        words=person.called if person and is_person else facts.words.strip(),
        reason=facts.reason,
        from_on=facts.from_on,
        until_on=facts.until_on,
        added_by_name=by.name,
    )

    record(by, "rules.restriction_added", restriction, reason=facts.reason)
    announce(RulesChanged("restrictions"))
    return restriction


@transaction.atomic
def lift_restriction(restriction: Restriction, *, reason: str, by: Actor) -> Restriction:
    """Take a doctor or a product off the list; that it stood there remains."""
    restriction = Restriction.objects.select_for_update().get(pk=restriction.pk)

    refuse_if(objection_to_ending(restriction.lifted_at, reason))

    restriction.lifted_at, restriction.lifted_by_name = now(), by.name
    restriction.lifted_reason = reason
    restriction.save(update_fields=["lifted_at", "lifted_by_name", "lifted_reason"])
    record(by, "rules.restriction_lifted", restriction, reason=reason)
    announce(RulesChanged("restrictions"))
    return restriction
