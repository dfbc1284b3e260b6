"""Which fields of one's own there are, and what they say of somebody."""

import uuid
from collections.abc import Collection

from symposia.accounts.permissions import Access
from symposia.directory.models import (
    ChangeRequest,
    Clinician,
    Institution,
    OwnField,
    OwnValue,
    Said,
    own_of,
)
from symposia.directory.owning import Own

_PREFIX = "own_"


def own_fields_seen(access: Access, of: str) -> list[OwnField]:
    """The standing fields that somebody sees, in their order."""
    return list(OwnField.objects.of(of).standing().visible_to(access).in_order())


def own_fields_of(of: str) -> list[OwnField]:
    """All standing fields, whoever sees them, in their order."""
    return list(OwnField.objects.of(of).standing().in_order())


def own_names(names: Collection[str]) -> set[str]:
    """The codes of the fields of one's own among the names of columns or filters."""
    return {name.removeprefix(_PREFIX) for name in names if name.startswith(_PREFIX)}


def own_fields_coded(of: str, codes: Collection[str]) -> list[OwnField]:
    """The standing fields of these codes."""
    if not codes:
        return []
    return list(OwnField.objects.of(of).standing().coded(codes).in_order())


def own_said(access: Access, record: Clinician | Institution) -> Own:
    """What the fields that somebody sees say of a record, in their order: every standing one, and
    those retired that still say something."""
    seen = list(OwnField.objects.of(own_of(record)).visible_to(access).in_order())
    if not seen:
        return {}
    rows = OwnValue.objects.about(record).select_related("field")
    said = {row.field_id: row.said for row in rows}
    return {field: said.get(field.pk) for field in seen if field.is_standing or field.pk in said}


def own_said_openly(record: Clinician | Institution) -> list[tuple[OwnField, Said]]:
    """What the standing fields say that everybody sees who sees the record, in their order."""
    rows = OwnValue.objects.about(record).filter(field__permission="", field__retired_at=None)
    ordered = rows.select_related("field").order_by("field__place", "field__label", "field_id")
    return [(row.field, row.said) for row in ordered]


def own_values_held(
    record: Clinician | Institution, fields: Collection[OwnField]
) -> dict[uuid.UUID, OwnValue]:
    """The rows of some fields of a record, held until the transaction ends."""
    rows = OwnValue.objects.about(record).of_fields(fields)
    held = rows.select_for_update(of=["self"]).select_related("field", own_of(record))
    return {row.field_id: row for row in held}


def own_value_of(record: Clinician | Institution, field: OwnField) -> OwnValue | None:
    """What one field says of a record."""
    rows = OwnValue.objects.about(record).filter(field=field)
    return rows.select_related("field").first()


def own_fields_that_say(fields: Collection[OwnField]) -> set[uuid.UUID]:
    """Which of these fields say anything of anybody."""
    rows = OwnValue.objects.of_fields(fields).values_list("field_id", flat=True)
    return set(rows.distinct())


def own_field_is_used(field: OwnField) -> bool:
    """Whether a field says anything of anybody, or somebody asked that it does."""
    is_asked = ChangeRequest.objects.filter(own_field=field).exists()
    return is_asked or bool(own_fields_that_say([field]))


def own_words_used(field: OwnField) -> set[str]:
    """Of a list, the words that are chosen somewhere."""
    rows = OwnValue.objects.of_fields([field])
    column = field.column
    said = rows.filter(**{f"{column}__isnull": False}).values_list(column, flat=True).distinct()
    found: set[str] = set()
    for each in said:
        found |= {each} if isinstance(each, str) else set(each)
    return found


def own_parted(record: Clinician, own: Own) -> tuple[dict[OwnField, Said | None], list[OwnField]]:
    """What may be said at once, and the fields of which a second person has to agree: those that
    two people change, where they say something else already."""
    held = own_values_held(record, own)
    waiting = [
        field
        for field, said in own.items()
        if field.by_two and field.pk in held and held[field.pk].said != said
    ]
    return {field: said for field, said in own.items() if field not in waiting}, waiting
