"""A file of who belongs to a group of staff, judged line by line before anything is written."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from symposia.accounts.permissions import Access, Permission
from symposia.accounts.queries import local_day
from symposia.directory.affiliating import as_day
from symposia.directory.lines import DAY, PERSON, Line, People, lines_of, unreadable_days
from symposia.directory.models import Clinician, StaffGroup, StaffMember
from symposia.directory.policies.staff import objection_to_days
from symposia.work.imports.fields import TargetField

COLUMNS = (
    PERSON,
    TargetField(
        "from_on",
        gettext_lazy("From"),
        ("since", "start", "first day", "from on"),
        gettext_lazy("The first day in the group; empty: today."),
        DAY,
        "",
        "2026-01-31",
    ),
    TargetField(
        "until_on",
        gettext_lazy("Until"),
        ("to", "end", "last day", "until on"),
        gettext_lazy("The last day; empty: it goes on. Of who is on the list: their last day."),
        DAY,
    ),
)


@dataclass(frozen=True)
class StaffLine:
    """One line: whom it puts on the list from when until when, whom it lets go, or why neither."""

    number: int
    person: str
    from_on: date
    until_on: date | None = None
    clinician: Clinician | None = None
    # Who is on the list and leaves it on the day that the line says.
    ends: StaffMember | None = None
    is_known: bool = False
    problem: str = ""

    @property
    def is_taken(self) -> bool:
        return self.clinician is not None and not (self.problem or self.is_known)


def judge_staff(access: Access, group: StaffGroup, text: str) -> list[StaffLine]:
    """What each line would do to the list of a group as it is, and why others do nothing."""
    lines, today = lines_of(text, COLUMNS), local_day()
    people = People(access, [line["person"] for line in lines], Permission.MANAGE_REGISTRATIONS)
    found = [(line, *people.named(line["person"])) for line in lines]
    known = _listed(group, [clinician for _line, clinician, _why in found if clinician])
    judged, seen = [], set[uuid.UUID]()
    for line, clinician, why in found:
        is_twice = clinician is not None and clinician.pk in seen
        problem = _("This person stands in the file twice") if is_twice else why
        seen |= {clinician.pk} if clinician else set()
        listed = known.get(clinician.pk, []) if clinician else []
        judged.append(_judged(line, clinician, problem, listed, today))
    return judged


def _listed(group: StaffGroup, people: Sequence[Clinician]) -> dict[uuid.UUID, list[StaffMember]]:
    rows = StaffMember.objects.filter(group=group, clinician__in=[each.pk for each in people])
    found: dict[uuid.UUID, list[StaffMember]] = {}
    for row in rows.order_by("from_on", "pk"):
        found.setdefault(row.clinician_id, []).append(row)
    return found


def _judged(
    line: Line,
    clinician: Clinician | None,
    problem: str,
    listed: Sequence[StaffMember],
    today: date,
) -> StaffLine:
    from_on, until_on = as_day(line["from_on"]) or today, as_day(line["until_on"])
    met = next((row for row in listed if _meets(row, from_on, until_on)), None)
    problem = problem or unreadable_days(line) or _why_not(met, from_on, until_on)
    is_known = met is not None and met.until_on == until_on
    ends = None if problem or is_known else met
    return StaffLine(
        line.number, line["person"], from_on, until_on, clinician, ends, is_known, problem
    )


def _meets(row: StaffMember, from_on: date, until_on: date | None) -> bool:
    return row.from_on <= (until_on or date.max) and (row.until_on or date.max) >= from_on


def _why_not(met: StaffMember | None, from_on: date, until_on: date | None) -> str:
    """Days that go backwards, or that a line cannot say of who is on the list."""
    if objection := objection_to_days(from_on, until_on):
        return str(objection)
    if met and met.until_on != until_on and (until_on is None or not _earlier(met, until_on)):
        return _("On the list until an earlier day already")
    return ""


def _earlier(met: StaffMember, until_on: date) -> bool:
    return met.until_on is None or until_on < met.until_on
