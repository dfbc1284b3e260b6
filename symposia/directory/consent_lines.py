"""A file of what people said, judged line by line before anything of it is written."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from django.utils.dateparse import parse_date, parse_datetime
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from symposia.accounts.permissions import Access, Permission
from symposia.directory.lines import PERSON, Line, People, lines_of
from symposia.directory.models import Channel, Clinician, Purpose
from symposia.directory.policies.asking import objection_to_statement
from symposia.shared.times import FIRST_COUNTED, LAST_COUNTED
from symposia.work.imports.fields import TargetField

COLUMNS = (
    PERSON,
    TargetField(
        "purpose",
        gettext_lazy("Purpose"),
        ("what for",),
        gettext_lazy("For what they may be reached."),
        ", ".join(Purpose.values),
        gettext_lazy("yes"),
        "invitations",
    ),
    TargetField(
        "channel",
        gettext_lazy("Channel"),
        ("way", "medium"),
        gettext_lazy("By which way."),
        ", ".join(Channel.values),
        gettext_lazy("yes, but for sharing"),
        "email",
    ),
    TargetField(
        "given",
        gettext_lazy("Given"),
        ("consent", "status", "opt in", "answer"),
        gettext_lazy("Whether they said yes."),
        gettext_lazy("yes or no"),
        gettext_lazy("yes"),
        "yes",
    ),
    TargetField(
        "said_on",
        gettext_lazy("Said on"),
        ("date", "said at", "on", "timestamp"),
        gettext_lazy("When they said it."),
        gettext_lazy("a day, as 2026-01-31, or a moment, as 2026-01-31T18:30"),
        gettext_lazy("yes"),
        "2026-01-31",
    ),
    TargetField(
        "proof",
        gettext_lazy("Proof"),
        ("source", "evidence", "reference"),
        gettext_lazy("Where it is to be seen."),
        gettext_lazy("words"),
        "",
        "Form 12",
    ),
    TargetField(
        "wording",
        gettext_lazy("Wording"),
        ("text", "words"),
        gettext_lazy("What they were asked, word for word."),
        gettext_lazy("words"),
    ),
)
_YES = frozenset({"yes", "y", "1", "true", "given", "opt-in", "opted in"})
_NO = frozenset({"no", "n", "0", "false", "withdrawn", "opt-out", "opted out"})


@dataclass(frozen=True)
class ConsentLine:
    """One line: whom it is about and what they said, or why it is not taken."""

    number: int
    person: str
    clinician: Clinician | None = None
    purpose: str = ""
    channel: str = ""
    given: bool = False
    said_at: datetime | None = None
    proof: str = ""
    wording: str = ""
    problem: str = ""

    @property
    def about(self) -> str:
        channel = str(Channel(self.channel).label) if self.channel else ""
        purpose = str(Purpose(self.purpose).label) if self.purpose else ""
        return " · ".join(filter(None, (purpose, channel)))


def judge_consents(access: Access, text: str, *, zone: str) -> list[ConsentLine]:
    """What each line of a file would add, and why others add nothing."""
    lines = lines_of(text, COLUMNS)
    people = People(access, [line["person"] for line in lines], Permission.INVITE)
    return [_judged(line, people, zone) for line in lines]


def _judged(line: Line, people: People, zone: str) -> ConsentLine:
    person = line["person"]
    clinician, problem = people.named(person)
    purpose, channel = _one_of(Purpose, line["purpose"]), _one_of(Channel, line["channel"])
    said_at, given = _moment(line["said_on"], zone), line["given"].lower()
    problem = problem or _problem(line, purpose, channel, said_at)
    if problem or clinician is None:
        return ConsentLine(line.number, person, clinician, problem=problem)
    return ConsentLine(
        line.number,
        person,
        clinician,
        purpose or "",
        channel or "",
        given in _YES,
        said_at,
        line["proof"],
        line["wording"],
    )


def _problem(line: Line, purpose: str | None, channel: str | None, said_at: datetime | None) -> str:
    """The first thing that is wrong with what a line says."""
    known = ", ".join(Purpose.values), ", ".join(Channel.values)
    if purpose is None:
        return _("The purpose is none of: %s") % known[0]
    if channel is None and line["channel"]:
        return _("The channel is none of: %s") % known[1]
    if line["given"].lower() not in _YES | _NO:
        return _("Given says neither yes nor no")
    if said_at is None:
        return _("The day cannot be read: write it as 2026-01-31")
    objection = objection_to_statement(purpose, channel or "", said_at=said_at, at=now())
    return str(objection or "")


def _one_of(kind: type[Purpose] | type[Channel], text: str) -> str | None:
    """The value that a text names, by its code or its label."""
    wanted = text.lower()
    names = {name.lower(): value for value, label in kind.choices for name in (value, str(label))}
    return names.get(wanted)


def _moment(text: str, zone: str) -> datetime | None:
    """A day, at its first minute in the zone of the organisation, or a moment."""
    try:
        day, moment = parse_date(text), parse_datetime(text)
    except ValueError:
        return None
    if day and len(text) == 10:
        moment = datetime(day.year, day.month, day.day, tzinfo=ZoneInfo(zone))
    if moment is None:
        return None
    moment = moment if moment.tzinfo else moment.replace(tzinfo=ZoneInfo(zone))
    return moment.astimezone(UTC) if FIRST_COUNTED <= moment <= LAST_COUNTED else None


def accepted(lines: Sequence[ConsentLine]) -> list[tuple[Clinician, ConsentLine]]:
    """The lines that would be taken, each with whom it is about."""
    return [(line.clinician, line) for line in lines if line.clinician and not line.problem]
