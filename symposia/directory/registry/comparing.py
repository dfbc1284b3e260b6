"""A person of the directory beside what the public register says of them."""

from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from symposia.directory.models import Clinician, Profession, RegistryEntry, Scheme
from symposia.directory.spelling import search_form

# What the register says of a person and the directory keeps too.
FIELDS: dict[str, Promise] = {
    "full_name": _("Name as on the licence"),
    "credential": _("Credential"),
    "profession": _("Profession"),
    "specialty": _("Specialty"),
    "phone": _("Phone"),
    "city": _("City"),
    "region": _("State or region"),
    "country": _("Country"),
}


@dataclass(frozen=True)
class Compared:
    """One field in the directory and in the register."""

    name: str
    label: Promise
    ours: str
    theirs: str

    @property
    def differs(self) -> bool:
        """Whether the register says something else; letters and accents are not compared."""
        return bool(self.theirs) and search_form(self.ours) != search_form(self.theirs)


def compared(clinician: Clinician, entry: RegistryEntry) -> list[Compared]:
    """Each field of a person beside that of the register."""
    return [
        Compared(name, label, _shown(clinician, name), _shown(entry, name))
        for name, label in FIELDS.items()
    ]


def said_by(entry: RegistryEntry, *names: str) -> dict[str, str]:
    """What the register says of these fields, as the directory keeps it; what it does not say is
    left out."""
    wanted = {name: getattr(entry, name) for name in FIELDS if name in names}
    if "full_name" in wanted:
        wanted["display_name"] = entry.display_name
    return {name: value for name, value in wanted.items() if value or name == "display_name"}


def entry_of(clinician: Clinician) -> RegistryEntry | None:
    """The entry of the register under a person's NPI."""
    numbers = [one.value for one in clinician.identifiers.all() if one.scheme == Scheme.NPI]
    return RegistryEntry.objects.filter(number__in=numbers).first() if numbers else None


def _shown(row: Any, name: str) -> str:
    value = str(getattr(row, name))
    return str(Profession(value).label) if name == "profession" and value else value
