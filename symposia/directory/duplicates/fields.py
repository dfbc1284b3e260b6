"""Of which facts one is chosen when two records become one, and how a line remembers them."""

from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from symposia.directory.models import Clinician
from symposia.shared.lists import Words

# The columns whose value may be taken over from the record that goes.
CHOSEN: dict[str, Words] = {
    "full_name": _("Name as on the licence"),
    "display_name": _("Called"),
    "profession": _("Profession"),
    "credential": _("Credential"),
    "specialty": _("Specialty"),
    "email": _("E-mail"),
    "phone": _("Telephone"),
    "institution_id": _("Institution"),
    "city": _("City"),
    "region": _("State or region"),
    "country": _("Country"),
    "language": _("Language"),
    "zone": _("Time zone"),
    "territory_id": _("Territory"),
}


def as_text(value: Any) -> str:
    """A value as a line of a merge remembers it."""
    if isinstance(value, datetime):
        return value.isoformat()
    return "" if value is None else str(value)


def from_text(column: str, text: str) -> Any:
    """The value that a line of a merge remembers."""
    field = Clinician._meta.get_field(column.removesuffix("_id"))
    if not text and field.null:
        return None
    target = field.target_field if field.is_relation else field  # type: ignore[union-attr]
    return target.to_python(text)  # type: ignore[union-attr]


def said(clinician: Clinician, column: str) -> str:
    """What a record says of a fact, as people read it."""
    if column in {"institution_id", "territory_id"}:
        there = getattr(clinician, column.removesuffix("_id"))
        return str(there) if there else ""
    if column == "profession":
        return str(clinician.get_profession_display())
    return str(getattr(clinician, column))


def usual(kept: Clinician, merged: Clinician) -> list[str]:
    """What is taken over unless somebody chooses otherwise: what the record that stays lacks."""
    return [c for c in CHOSEN if not getattr(kept, c) and getattr(merged, c)]
