"""What learners are shown before the start, in one place, as it is confirmed and kept."""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from functools import cached_property
from typing import Any

from django.utils.translation import gettext as _

from symposia.activities.control import statements_of, team_of
from symposia.activities.models import Activity
from symposia.activities.origins import term_of
from symposia.activities.queries import faculty_of, objectives_of, organisation_of, stated_rows
from symposia.activities.reading import rows_of
from symposia.activities.repeating import said_day
from symposia.learning.models import LessonKind
from symposia.learning.queries import Part, course_of, parts_of
from symposia.outreach.facts import lines_of

SUPPORT = "commercial_support"


@dataclass(frozen=True)
class Section:
    """A heading and what stands under it, line by line."""

    title: str
    lines: tuple[str, ...]


@dataclass(frozen=True)
class Notice:
    """Everything that is shown before the start."""

    sections: tuple[Section, ...]

    def as_json(self) -> list[dict[str, Any]]:
        """As it is kept."""
        return [asdict(each) | {"lines": list(each.lines)} for each in self.sections]

    @cached_property
    def sha256(self) -> str:
        shown = json.dumps(self.as_json(), ensure_ascii=False, sort_keys=True)
        return hashlib.sha256(shown.encode()).hexdigest()


def notice_of(activity: Activity) -> Notice:
    """What an accreditor asks to be told before learners begin with enduring material."""
    parts = parts_of(activity)
    found = [
        Section(_("Provider"), _provider(activity)),
        Section(_("Authors and faculty"), _people(activity)),
        Section(_("Disclosures and mitigation"), _disclosed(activity)),
        Section(_("Funding"), _funding(activity)),
        Section(_("Credit"), _credit(activity)),
        Section(_("Objectives"), tuple(each.text for each in objectives_of(activity))),
        Section(_("How to take part"), _method(activity, parts)),
        Section(_("Estimated time"), (_time(parts),)),
        Section(_("Offered"), _days(activity)),
        Section(_("What you need"), _needs(activity)),
    ]
    return Notice(tuple(each for each in found if each.lines))


def _provider(activity: Activity) -> tuple[str, ...]:
    organisation = organisation_of(activity)
    said = organisation.accreditation_statement if activity.is_independent else ""
    return tuple(filter(None, (organisation.name, said)))


def _people(activity: Activity) -> tuple[str, ...]:
    teaching = [_named(each.name, each.get_role_display()) for each in faculty_of(activity)]
    team = [_named(each.contributor.name, each.get_role_display()) for each in team_of(activity)]
    return tuple(dict.fromkeys(teaching + team))


def _named(name: str, role: str) -> str:
    return f"{name}, {role}"


def _disclosed(activity: Activity) -> tuple[str, ...]:
    latest = next(iter(statements_of(activity)), None)
    return tuple(line for line in latest.text.splitlines() if line.strip()) if latest else ()


def _funding(activity: Activity) -> tuple[str, ...]:
    if line := lines_of(activity)["funding"]:
        return (line,)
    stated = {each.name: each.value for each in rows_of(activity.pk, stated_rows)}
    if SUPPORT not in stated:
        return (_("No commercial support is on record."),)
    if stated[SUPPORT]:
        return (_("It received commercial support; the funder had no part in its content."),)
    return (_("It received no commercial support."),)


def _credit(activity: Activity) -> tuple[str, ...]:
    line = lines_of(activity)["credit"]
    return (_("Designated for at most %s.") % line,) if line else (_("It awards no credit."),)


def _method(activity: Activity, parts: Sequence[Part]) -> tuple[str, ...]:
    course = course_of(activity)
    kinds = {each.lesson.kind for part in parts for each in part.lessons}
    media = ", ".join(str(kind.label) for kind in LessonKind if kind.value in kinds)
    said = _("Study the lessons, then do what the list of steps asks for.")
    written = course.method if course else ""
    return tuple(filter(None, (written or said, media and _("Media: %s.") % media)))


def _time(parts: Sequence[Part]) -> str:
    minutes = sum(part.minutes for part in parts)
    return _("About %d minutes.") % minutes


def _days(activity: Activity) -> tuple[str, ...]:
    term = term_of(activity)
    if term is None:
        return ()
    lines = [_("Released %s.") % said_day(term.released_on)]
    if term.reviewed_on:
        lines.append(_("Last reviewed %s.") % said_day(term.reviewed_on))
    lines.append(_("Offered until %s.") % said_day(term.ends_on))
    return tuple(lines)


def _needs(activity: Activity) -> tuple[str, ...]:
    course = course_of(activity)
    written = course.needs if course else ""
    return (written or _("A phone or computer with a current browser, and sound for videos."),)
