from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils.timezone import now

from symposia.audit.actions import record
from symposia.directory.actions.own_values import say_own
from symposia.directory.actions.workplaces import place_primary
from symposia.directory.models import Clinician, Identifier, Institution, Territory
from symposia.directory.owning import Own
from symposia.directory.policies import (
    ALREADY_ACTIVE,
    objection_to_deactivating,
    objection_to_depth,
    objection_to_holder,
    objection_to_number,
)
from symposia.directory.policies.duplicates import objection_to_merged
from symposia.directory.policies.own import objection_to_missing
from symposia.directory.policies.registry import objection_to_dead_number
from symposia.directory.queries import holder_of, levels_above, registered
from symposia.directory.spelling import plain_number
from symposia.shared.actors import Actor
from symposia.shared.jobs import defer_named
from symposia.shared.refusals import refuse_if


@transaction.atomic
def add_clinician(
    *,
    by: Actor,
    number: str = "",
    scheme: str = "",
    issuer: str = "",
    works_at: str = "",
    own: Own | None = None,
    **facts: Any,
) -> Clinician:
    """Put a person into the directory, with a number that nobody else has; a job then asks whether
    they are there already. `works_at` names an institution, which is added where nobody named it
    before; `own` is what each field of one's own says that whoever adds sees."""
    refuse_if(objection_to_missing(own or {}))

    clinician = Clinician(**facts)
    if works_at:
        clinician.institution = workplace_called(clinician, works_at, by=by)
    clinician.remember_search_form()
    clinician.save(force_insert=True)
    told = {"institution": clinician.institution_id} if clinician.institution_id else {}
    record(by, "clinician.added", clinician, details=told)
    if clinician.institution:
        place_primary(clinician, clinician.institution, by=by)
    if number:
        add_identifier(clinician, scheme=scheme, number=number, issuer=issuer, by=by)
    if own:
        say_own(clinician, own, by=by)
    defer_named("directory.compare_newcomer", clinician_id=str(clinician.pk))
    return clinician


@transaction.atomic
def change_clinician(clinician: Clinician, facts: Mapping[str, Any], *, by: Actor) -> Clinician:
    """Correct what the directory says of a person; the journal names what became different. Another
    institution is another primary place from today on."""
    clinician = Clinician.objects.locked(clinician.pk)

    changed = write_facts(clinician, facts, by=by)
    if changed & {"institution", "institution_id"}:
        place_primary(clinician, clinician.institution, by=by)
    return clinician


def write_facts(clinician: Clinician, facts: Mapping[str, Any], *, by: Actor) -> set[str]:
    """Write into the record of a person, which the caller holds; the fields that said otherwise."""
    changed = {name: value for name, value in facts.items() if getattr(clinician, name) != value}
    if changed:
        changes = [_change(clinician, name, value) for name, value in changed.items()]
        for name, value in changed.items():
            setattr(clinician, name, value)
        clinician.remember_search_form()
        clinician.save(update_fields=[*changed, "search_text"])
        record(by, "clinician.changed", clinician, details={"changes": changes})
    return set(changed)


def _change(clinician: Clinician, name: str, value: Any) -> dict[str, str]:
    was = getattr(clinician, name)
    said = ["" if each is None else str(each) for each in (was, value)]
    return {"field": name, "was": said[0], "now": said[1]}


@transaction.atomic
def add_identifier(
    clinician: Clinician, *, scheme: str, number: str, by: Actor, issuer: str = ""
) -> Identifier:
    """Note a number that some register knows the person by."""
    value = plain_number(number)

    refuse_if(objection_to_number(scheme, value))
    refuse_if(objection_to_dead_number(registered(scheme, value)))
    refuse_if(objection_to_holder(holder_of(scheme, issuer, value)))

    identifier = Identifier.objects.create(
        clinician=clinician,
        scheme=scheme,
        issuer=issuer,
        value=value,
        written=number if number != value else "",
    )
    record(by, "identifier.added", identifier, details={"clinician": clinician.pk})
    return identifier


@transaction.atomic
def remove_identifier(identifier: Identifier, *, by: Actor, reason: str = "") -> None:
    """Take a wrong number away from a person."""
    details = {"clinician": identifier.clinician_id, "scheme": identifier.scheme}
    record(by, "identifier.removed", identifier, reason=reason, details=details)
    identifier.delete()


@transaction.atomic
def deactivate_clinician(clinician: Clinician, *, by: Actor, reason: str) -> None:
    """Offer the person nothing new; everything that happened stays."""
    clinician = Clinician.objects.locked(clinician.pk)

    refuse_if(objection_to_deactivating(clinician, reason))

    clinician.deactivated_at = now()
    clinician.save(update_fields=["deactivated_at"])
    record(by, "clinician.deactivated", clinician, reason=reason.strip())


@transaction.atomic
def reactivate_clinician(clinician: Clinician, *, by: Actor) -> None:
    """Take a person up again."""
    clinician = Clinician.objects.locked(clinician.pk)

    refuse_if(ALREADY_ACTIVE if clinician.is_active else None)
    refuse_if(objection_to_merged(clinician))

    clinician.deactivated_at = None
    clinician.save(update_fields=["deactivated_at"])
    record(by, "clinician.reactivated", clinician)


@transaction.atomic
def add_institution(
    told: Mapping[str, Any] | None = None, /, *, by: Actor, **facts: Any
) -> Institution:
    """Note a place where clinicians work; `told` is what the journal says besides."""
    institution = Institution.objects.create(**facts)
    record(by, "institution.added", institution, details=told)
    return institution


def workplace_called(
    clinician: Clinician, name: str, *, by: Actor, said: Mapping[str, Any] | None = None
) -> Institution | None:
    """The institution that whoever speaks of a person calls so: the one where they are known to
    work, one of that name in their city, else a new one there. The journal says for whom; `said` is
    what is corrected of the person at the same time."""
    name = " ".join(name.split())
    known = clinician.institution
    if not name or (known and known.name.casefold() == name.casefold()):
        return known if name else None
    place = {each: getattr(clinician, each) for each in ("city", "region", "country")}
    place |= {each: value for each, value in (said or {}).items() if each in place}
    if found := Institution.objects.named(name, place["city"]):
        return found
    return add_institution({"clinician": clinician.pk}, by=by, name=name, **place)


@transaction.atomic
def add_territory(*, name: str, code: str, by: Actor, parent: Territory | None = None) -> Territory:
    """Draw a part of the map that somebody answers for."""
    refuse_if(objection_to_depth(levels_above(parent)))

    territory = Territory.objects.create(name=name, code=code, parent=parent)
    record(by, "territory.added", territory)
    return territory
