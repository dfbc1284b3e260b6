"""What two people change: the fields an organisation adds, and places of work where it did."""

from collections.abc import Collection

from django.db import transaction

from symposia.audit.actions import record
from symposia.directory.actions.changes import propose_change
from symposia.directory.actions.place_steps import carry_out
from symposia.directory.changing import ChangeFacts
from symposia.directory.models import (
    Affiliation,
    ChangeRequest,
    Clinician,
    GuardedField,
    Proposable,
)
from symposia.directory.placing_steps import PlaceStep, words_of
from symposia.directory.policies.changes import objection_to_guarding
from symposia.directory.queries import guarded_fields
from symposia.shared.actors import Actor
from symposia.shared.refusals import refuse_if


@transaction.atomic
def guard_fields(fields: Collection[str], *, by: Actor) -> frozenset[str]:
    """Say which fields two people change besides those they always do."""
    refuse_if(objection_to_guarding(fields))

    held = {row.field: row for row in GuardedField.objects.select_for_update()}
    for name in sorted(held.keys() - set(fields)):
        record(by, "change.unguarded", held[name], details={"name": str(held[name])})
        GuardedField.objects.filter(pk=held[name].pk).delete()
    for name in sorted(set(fields) - held.keys()):
        row = GuardedField.objects.create(field=name, set_by_name=by.name[:200])
        record(by, "change.guarded", row, details={"name": str(row)})
    return guarded_fields()


@transaction.atomic
def settle_place(
    clinician: Clinician, step: PlaceStep, *, by: Actor
) -> Affiliation | ChangeRequest | None:
    """The first place of work is noted at once, and every further step too, unless the organisation
    wants a second person to agree."""
    is_guarded = Proposable.AFFILIATION in guarded_fields()
    if not is_guarded or not Affiliation.objects.of(clinician).exists():
        return carry_out(clinician, step, by=by)
    facts = ChangeFacts(
        Proposable.AFFILIATION,
        now=step.now[:254],
        was=words_of(step.row)[:254] if step.row else "",
        evidence=step.evidence,
        place=step.as_json(),
    )
    return propose_change(clinician, facts, by=by)
