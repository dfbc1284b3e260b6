"""The band at the foot of a badge: a colour and a word by what somebody is at the activity."""

import json
import uuid
from collections.abc import Collection, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from django.utils.translation import gettext_lazy as _

from symposia.activities.models import Activity, SessionFaculty
from symposia.attendance.models import BadgeBand, BadgeDesign, BadgeRole, BandColour
from symposia.directory.models import Profession
from symposia.registrations.models import Registration
from symposia.shared.refusals import Objection

FILE = Path(__file__).resolve().with_name("badge_colours.json")
LONGEST_WORD = 30
BAND_WORD = Objection(
    "badge_band_word",
    _("Each role has one band at most, with a word and a colour: not all see colours."),
)
# Whoever is several things is the first of them.
_BY_PROFESSION: Mapping[str, Collection[str]] = {
    BadgeRole.STUDENT: {Profession.STUDENT},
    BadgeRole.PHYSICIAN: {Profession.PHYSICIAN, Profession.PHYSICIAN_ASSISTANT},
    BadgeRole.NURSE: {Profession.NURSE, Profession.NURSE_PRACTITIONER},
    BadgeRole.PHARMACIST: {Profession.PHARMACIST, Profession.TECHNICIAN},
}


@dataclass(frozen=True)
class Band:
    """The word and the colour for those of one role."""

    role: str
    word: str
    colour: str


@dataclass(frozen=True)
class Painted:
    """A band as the printer gets it: the word, the colour behind it, the colour of its letters."""

    band: str
    fill: str
    ink: str


@dataclass(frozen=True)
class Bands:
    """The bands of a design, and who teaches at its activity."""

    otherwise: str
    by_role: Mapping[str, Band]
    faculty: AbstractSet[uuid.UUID] = frozenset()

    def of(self, registration: Registration) -> Painted:
        """The first of somebody's roles that has a band; else the word for everybody."""
        for role in _roles_of(registration, self.faculty):
            if band := self.by_role.get(role):
                return painted(band)
        return painted(Band("", self.otherwise, BandColour.INK))


def objection_to_bands(bands: Sequence[Band]) -> Objection | None:
    """Why badges cannot have these bands."""
    roles = [each.role for each in bands]
    is_known = set(roles) <= set(BadgeRole.values) and len(set(roles)) == len(roles)
    said = all(
        0 < len(each.word.strip()) <= LONGEST_WORD and each.colour in BandColour.values
        for each in bands
    )
    return None if is_known and said else BAND_WORD


def bands_of(design: BadgeDesign, activity: Activity) -> Bands:
    """Everything that says which band somebody's badge has."""
    rows = BadgeBand.objects.filter(design=design)
    by_role = {each.role: Band(each.role, each.word, each.colour) for each in rows}
    taught: AbstractSet[uuid.UUID] = frozenset()
    if BadgeRole.FACULTY in by_role:
        known = SessionFaculty.objects.of(activity).exclude(clinician=None)
        taught = frozenset(known.values_list("clinician_id", flat=True))
    return Bands(design.band, by_role, taught)


def painted(band: Band) -> Painted:
    """With the colours of the printer: the letters stand out from what is behind them."""
    fill, ink = _colours()[band.colour]
    return Painted(band.word, fill, ink)


@lru_cache(maxsize=1)
def _colours() -> dict[str, tuple[str, str]]:
    known = json.loads(FILE.read_text(encoding="utf-8"))["colours"]
    return {code: (each["fill"], each["ink"]) for code, each in known.items()}


def _roles_of(registration: Registration, faculty: AbstractSet[uuid.UUID]) -> list[str]:
    profession = registration.clinician.profession
    found = [role for role, several in _BY_PROFESSION.items() if profession in several]
    return [BadgeRole.FACULTY, *found] if registration.clinician_id in faculty else found
