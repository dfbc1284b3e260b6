from collections.abc import Collection
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from symposia.audit.actions import record
from symposia.directory.actions.changes import Corrected, correct_clinician
from symposia.directory.actions.clinicians import add_clinician
from symposia.directory.models import Clinician, RegistryEntry, Scheme
from symposia.directory.policies.registry import NOT_IN_REGISTER, objection_to_dead_number
from symposia.directory.registry.comparing import FIELDS, entry_of, said_by
from symposia.shared.actors import Actor
from symposia.shared.refusals import needed, refuse_if


@transaction.atomic
def fill_from_registry(clinician: Clinician, names: Collection[str], *, by: Actor) -> Corrected:
    """Take over what the public register says of a person, field by field; what two people change
    waits for the second."""
    entry = needed(entry_of(clinician), NOT_IN_REGISTER)

    refuse_if(objection_to_dead_number(entry))

    shown = {"number": entry.number, "day": entry.told_on}
    evidence = _("NPPES %(number)s, file of %(day)s") % shown
    done = correct_clinician(clinician, said_by(entry, *names), by=by, evidence=evidence)
    details = {"number": entry.number, "fields": sorted(names), "told_on": entry.told_on}
    record(by, "clinician.filled_from_register", done.clinician, details=details)
    return done


@transaction.atomic
def add_from_registry(entry: RegistryEntry, *, by: Actor) -> Clinician:
    """Put a person of the public register into the directory, with the number."""
    facts: dict[str, Any] = dict(said_by(entry, *FIELDS))
    return add_clinician(by=by, number=entry.number, scheme=Scheme.NPI.value, **facts)
