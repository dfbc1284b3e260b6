"""A pasted list of colleagues, line by line: who each is, or why nobody can tell."""

import re
import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext_lazy as _

from symposia.accounts.permissions import Access, Permission
from symposia.activities.models import Activity
from symposia.directory.lines import People, objection_to_so_many
from symposia.directory.models import Clinician
from symposia.registrations.models import Registration
from symposia.registrations.policies import objection_to_registering
from symposia.shared.refusals import Objection, refuse_if

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
# What may be an e-mail address or a number.
_TELLS = re.compile(r"[@\d]")


@dataclass(frozen=True)
class Line:
    """One line of the list: the person it names, and why they cannot be registered."""

    number: int
    text: str
    clinician: Clinician | None
    objection: Objection | None


def read_name_list(
    text: str, activity: Activity, access: Access, *, source: str, at: datetime
) -> list[Line]:
    """The lines of a list; each is known by an e-mail address or a number in one of its cells."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    refuse_if(objection_to_so_many(len(lines), most=LONGEST))

    cells = [[c.strip() for c in _CELLS.split(line) if _TELLS.search(c)] for line in lines]
    people = People(access, {cell for each in cells for cell in each}, Permission.VIEW_DIRECTORY)
    named = [_first(people, each) for each in cells]
    held = _held(activity, {one.pk for found in named for one in found})
    read, seen = [], set[uuid.UUID]()
    for number, (line, found) in enumerate(zip(lines, named, strict=True), start=1):
        person, objection = _one_of(found)
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


def _first(people: People, cells: Iterable[str]) -> list[Clinician]:
    """Whom the first cell that names somebody names."""
    return next((found for cell in cells if (found := people.all_named(cell))), [])


def _one_of(people: list[Clinician]) -> tuple[Clinician | None, Objection | None]:
    if len(people) == 1:
        return people[0], None
    return None, SEVERAL if people else UNKNOWN


def _held(activity: Activity, people: set[uuid.UUID]) -> dict[uuid.UUID, Registration]:
    current = Registration.objects.of(activity).current().filter(clinician__in=people)
    return {each.clinician_id: each for each in current}
