from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.utils.text import slugify
from django.utils.timezone import now

from symposia.audit.actions import record
from symposia.directory.events import RestrictionChanged
from symposia.directory.models import Clinician, PersonRestriction, RestrictionKind
from symposia.directory.policies.asking import (
    KIND_TAKEN,
    objection_to_letter,
    objection_to_lifting,
    objection_to_restricting,
)
from symposia.directory.queries import kinds_of_restriction
from symposia.shared.actors import Actor
from symposia.shared.events import announce
from symposia.shared.refusals import refuse_if


@dataclass(frozen=True)
class RestrictionFacts:
    """Why somebody is not asked, from when until when, and who says so."""

    kind: str
    source: str
    from_on: date
    until_on: date | None = None
    reason: str = ""


@transaction.atomic
def restrict_person(
    clinician: Clinician, facts: RestrictionFacts, *, by: Actor
) -> PersonRestriction:
    """Keep somebody from being asked; whoever chooses people sees why they are greyed."""
    clinician = Clinician.objects.locked(clinician.pk)
    kind = kinds_of_restriction().get(facts.kind)
    same = PersonRestriction.objects.standing(facts.from_on).of_people([clinician.pk])
    stands, span = same.filter(kind=facts.kind).first(), (facts.from_on, facts.until_on)

    refuse_if(objection_to_restricting(kind, facts.source, stands, span))

    row = PersonRestriction.objects.create(
        clinician=clinician,
        kind=facts.kind,
        kind_name=str(kind.name) if kind else "",
        effect=kind.effect if kind else "",
        reason=facts.reason.strip(),
        source=facts.source.strip()[:200],
        from_on=facts.from_on,
        until_on=facts.until_on,
        added_by_name=by.name,
    )
    details = {"clinician": clinician.pk, "name": row.kind_name}
    record(by, "person.restricted", row, reason=facts.reason, details=details)
    announce(RestrictionChanged(clinician.pk, row.kind))
    return row


@transaction.atomic
def note_letter(
    row: PersonRestriction, letter: str, *, until: date | None, by: Actor
) -> PersonRestriction:
    """The letter that allows to ask somebody is there; it lifts the restriction for a time."""
    row = PersonRestriction.objects.locked(row.pk)

    refuse_if(objection_to_letter(row, letter))

    row.paper, row.paper_until = letter.strip()[:200], until
    row.save(update_fields=["paper", "paper_until"])
    details = {"clinician": row.clinician_id, "name": row.paper}
    record(by, "person.letter_noted", row, details=details)
    announce(RestrictionChanged(row.clinician_id, row.kind))
    return row


@transaction.atomic
def lift_person_restriction(row: PersonRestriction, *, reason: str, by: Actor) -> PersonRestriction:
    """It no longer holds; that it held stays on the person's page."""
    row = PersonRestriction.objects.locked(row.pk)

    refuse_if(objection_to_lifting(row, reason))

    row.ended_at, row.ended_by_name, row.ended_reason = now(), by.name, reason.strip()
    row.save(update_fields=["ended_at", "ended_by_name", "ended_reason"])
    details = {"clinician": row.clinician_id, "name": row.kind_name}
    record(by, "person.restriction_lifted", row, reason=reason, details=details)
    announce(RestrictionChanged(row.clinician_id, row.kind))
    return row


@transaction.atomic
def add_restriction_kind(name: str, effect: str, *, by: Actor) -> RestrictionKind:
    """A reason of the organisation's own why people are not asked."""
    known = kinds_of_restriction()
    code = slugify(name)[:36].replace("-", "_") or f"own_{len(known)}"
    names = {str(kind.name).casefold() for kind in known.values()}
    is_taken = code in known or name.strip().casefold() in names

    refuse_if(KIND_TAKEN if is_taken else None)

    kind = RestrictionKind.objects.create(
        code=code, name=name.strip()[:100], effect=effect, added_by_name=by.name
    )
    record(by, "person.restriction_kind_added", kind, details={"name": kind.name})
    return kind
