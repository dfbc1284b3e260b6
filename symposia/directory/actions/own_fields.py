"""Fields of one's own: added, changed, retired, brought back, removed."""

from dataclasses import asdict
from typing import Any

from django.db import transaction
from django.utils.text import slugify
from django.utils.timezone import now

from symposia.audit.actions import record
from symposia.directory.events import OwnFieldChanged
from symposia.directory.models import OwnField
from symposia.directory.own_queries import (
    own_field_is_used,
    own_fields_of,
    own_fields_that_say,
    own_words_used,
)
from symposia.directory.policies.own import (
    OwnFieldFacts,
    facts_of,
    objection_to_another_own_field,
    objection_to_changing_own_field,
    objection_to_own_field,
    objection_to_removing_own_field,
)
from symposia.shared.actors import Actor
from symposia.shared.events import announce
from symposia.shared.refusals import refuse_if


@transaction.atomic
def add_own_field(of: str, facts: OwnFieldFacts, *, by: Actor) -> OwnField:
    """Ask one more thing of people, or of institutions."""
    facts, standing = facts.tidied(), own_fields_of(of)

    refuse_if(objection_to_another_own_field(standing))
    refuse_if(objection_to_own_field(facts, of, standing))

    said = _kept(facts)
    field = OwnField.objects.create(
        of=of, code=_code(of, facts.label), made_by_name=by.name[:200], **said
    )
    record(by, "own_field.added", field, details={"name": field.label, "of": of})
    announce(OwnFieldChanged(field.pk))
    return field


@transaction.atomic
def change_own_field(field: OwnField, facts: OwnFieldFacts, *, by: Actor) -> OwnField:
    """Call it otherwise, explain it better, let others see it; what was said in it stays right."""
    field, facts = OwnField.objects.locked(field.pk), facts.tidied()
    others = [each for each in own_fields_of(field.of) if each.pk != field.pk]
    says = bool(own_fields_that_say([field]))
    used = own_words_used(field) if field.options and says else ()

    refuse_if(objection_to_own_field(facts, field.of, others))
    refuse_if(objection_to_changing_own_field(field, facts, says=says, used=used))

    said = {name: v for name, v in _kept(facts).items() if getattr(field, name) != v}
    if said:
        changes = [
            {"field": name, "was": str(getattr(field, name)), "now": str(value)}
            for name, value in said.items()
        ]
        for name, value in said.items():
            setattr(field, name, value)
        field.save(update_fields=list(said))
        record(by, "own_field.changed", field, details={"name": field.label, "changes": changes})
        announce(OwnFieldChanged(field.pk))
    return field


@transaction.atomic
def retire_own_field(field: OwnField, *, by: Actor) -> OwnField:
    """Ask it no more; what was said stays."""
    field = OwnField.objects.locked(field.pk)
    if field.is_standing:
        field.retired_at = now()
        field.save(update_fields=["retired_at"])
        record(by, "own_field.retired", field, details={"name": field.label})
        announce(OwnFieldChanged(field.pk))
    return field


@transaction.atomic
def bring_back_own_field(field: OwnField, *, by: Actor) -> OwnField:
    """Ask it again."""
    field = OwnField.objects.locked(field.pk)
    standing = own_fields_of(field.of)
    if not field.is_standing:
        refuse_if(objection_to_another_own_field(standing))
        refuse_if(objection_to_own_field(facts_of(field), field.of, standing))

        field.retired_at = None
        field.save(update_fields=["retired_at"])
        record(by, "own_field.brought_back", field, details={"name": field.label})
        announce(OwnFieldChanged(field.pk))
    return field


@transaction.atomic
def remove_own_field(field: OwnField, *, by: Actor) -> None:
    """Take away a field in which nothing was ever said."""
    field = OwnField.objects.locked(field.pk)

    refuse_if(objection_to_removing_own_field(is_used=own_field_is_used(field)))

    record(by, "own_field.removed", field, details={"name": field.label})
    announce(OwnFieldChanged(field.pk))
    OwnField.objects.filter(pk=field.pk).delete()


def _kept(facts: OwnFieldFacts) -> dict[str, Any]:
    return asdict(facts) | {"options": list(facts.options)}


def _code(of: str, label: str) -> str:
    """A name for files and programs that no other field has or had."""
    plain = slugify(label).replace("-", "_")[:30].strip("_") or "field"
    taken = set(OwnField.objects.of(of).values_list("code", flat=True))
    codes = (plain, *(f"{plain}_{number}" for number in range(2, len(taken) + 3)))
    return next(code for code in codes if code not in taken)
