"""A pasted list of colleagues, line by line: who each is, or why nobody can tell."""

import re
import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext_lazy as _

from symposia.accounts.permissions import Access
from symposia.activities.models import Activity
from symposia.directory.models import Clinician, Identifier
from symposia.directory.spelling import plain_number
from symposia.registrations.models import Registration
from symposia.registrations.policies import objection_to_registering
from symposia.shared.refusals import Objection

LONGEST = 200
UNKNOWN = Objection(
    "nobody_of_this_line",
    _("Nobody of the directory has this e-mail or number. Add the person there first."),
)
SEVERAL = Objection(
    "several_of_this_line", _("Several people have this e-mail or number. Give another one.")
)
TWICE = Objection("named_twice", _("This person stands in the list already."))
_CELLS = re.compile(r"[\t;,]")


@dataclass(frozen=True)
class Line:
    """One line of the list: the person it names, and why they cannot be registered."""

    number: int
    text: str
    clinician: Clinician | None
    objection: Objection | None


def read_roster(
    text: str, activity: Activity, access: Access, *, source: str, at: datetime
) -> list[Line]:
    """The lines of a list; each is known by an e-mail address or a number in one of its cells."""
    lines = [line.strip() for line in text.splitlines() if line.strip()][:LONGEST]
    cells = [[c.strip() for c in _CELLS.split(line) if c.strip()] for line in lines]
    known = _known(access, {cell for each in cells for cell in each})
    held = _held(activity, {one.pk for people in known.values() for one in people})
    read, seen = [], set[uuid.UUID]()
    for number, (line, named) in enumerate(zip(lines, cells, strict=True), start=1):
        people = next((known[_key(c)] for c in named if _key(c) in known), set())
        person, objection = _one_of(people)
        if person and person.pk in seen:
            objection = TWICE
        elif person:
            seen.add(person.pk)
            current = held.get(person.pk)
            objection = objection_to_registering(activity, person, current, source=source, at=at)
        read.append(Line(number, line, person, objection))
    return read


def people_in(lines: Iterable[Line]) -> list[Clinician]:
    """Those who can be registered."""
    return [line.clinician for line in lines if line.clinician and not line.objection]


def _one_of(people: set[Clinician]) -> tuple[Clinician | None, Objection | None]:
    if len(people) == 1:
        return next(iter(people)), None
    return None, SEVERAL if people else UNKNOWN


def _key(cell: str) -> str:
    return cell.lower() if "@" in cell else plain_number(cell)


def _known(access: Access, cells: set[str]) -> dict[str, set[Clinician]]:
    """Whom each e-mail and number of the list belongs to, of those somebody may see."""
    visible = Clinician.objects.visible_to(access)
    found: dict[str, set[Clinician]] = {}
    mails = {_key(c) for c in cells if "@" in c}
    for person in visible.filter(email__in=mails):
        found.setdefault(person.email, set()).add(person)
    numbers = {_key(c) for c in cells if "@" not in c and any(x.isdigit() for x in c)}
    identified = Identifier.objects.filter(value__in=numbers, clinician__in=visible.values("pk"))
    for one in identified.select_related("clinician"):
        found.setdefault(one.value, set()).add(one.clinician)
    return found


def _held(activity: Activity, people: set[uuid.UUID]) -> dict[uuid.UUID, Registration]:
    current = Registration.objects.of(activity).current().filter(clinician__in=people)
    return {each.clinician_id: each for each in current}
