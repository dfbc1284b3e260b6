"""A file of where people work, judged line by line before anything of it is written."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from symposia.accounts.permissions import Access, Permission
from symposia.directory.affiliating import AffiliationFacts, Earlier, as_day
from symposia.directory.lines import DAY, PERSON, Line, People, lines_of, unreadable_days
from symposia.directory.models import Affiliation, Clinician, Proposable
from symposia.directory.policies.affiliations import (
    objection_to_affiliation,
    objection_to_primary,
)
from symposia.directory.queries import guarded_fields
from symposia.work.imports.fields import TargetField

COLUMNS = (
    PERSON,
    TargetField(
        "institution",
        gettext_lazy("Institution"),
        ("hospital", "clinic", "workplace"),
        gettext_lazy("Where they work; added if nobody named it before."),
        gettext_lazy("at most 200 signs"),
        gettext_lazy("yes"),
        "Riverside Hospital",
    ),
    TargetField(
        "city",
        gettext_lazy("City of the institution"),
        ("city", "town"),
        gettext_lazy("Empty: the city of the person."),
        gettext_lazy("at most 100 signs"),
        "",
        "Boston",
    ),
    TargetField(
        "role",
        gettext_lazy("Role"),
        ("post", "position", "title"),
        gettext_lazy("As what they work there."),
        gettext_lazy("at most 120 signs"),
        "",
        "Consultant",
    ),
    TargetField(
        "department",
        gettext_lazy("Department"),
        ("ward", "unit"),
        gettext_lazy("In which part of it."),
        gettext_lazy("at most 120 signs"),
        "",
        "Cardiology",
    ),
    TargetField(
        "from_on",
        gettext_lazy("From"),
        ("since", "start", "first day", "from on"),
        gettext_lazy("The first day; empty: nobody knows since when."),
        DAY,
        "",
        "2026-01-31",
    ),
    TargetField(
        "until_on",
        gettext_lazy("Until"),
        ("to", "end", "last day", "until on"),
        gettext_lazy("The last day; empty: it goes on."),
        DAY,
    ),
    TargetField(
        "rank",
        gettext_lazy("Which place"),
        ("primary", "main", "rank"),
        gettext_lazy("Whether it is where they chiefly work; the one before then ends."),
        gettext_lazy("primary or beside; empty: beside"),
        "",
        "primary",
    ),
    TargetField(
        "source",
        gettext_lazy("Who says so"),
        ("source", "reference"),
        gettext_lazy("How one knows; empty: this file."),
        gettext_lazy("at most 200 signs"),
        "",
        "Staff list of May",
    ),
)
_PRIMARY = frozenset({"primary", "yes", "y", "1", "true", "main"})
_BESIDE = frozenset({"", "beside", "no", "n", "0", "false", "secondary"})
_LONGEST = {"institution": 200, "city": 100, "role": 120, "department": 120, "source": 200}


@dataclass(frozen=True)
class AffiliationLine:
    """One line: whom it is about and where they work, or why it is not taken."""

    number: int
    person: str
    clinician: Clinician | None = None
    facts: AffiliationFacts | None = None
    is_known: bool = False
    # Whether a second person has to agree, as two people say here where somebody works.
    is_asked: bool = False
    problem: str = ""

    @property
    def is_taken(self) -> bool:
        return self.facts is not None and not self.problem and not self.is_known


def judge_affiliations(access: Access, text: str) -> list[AffiliationLine]:
    """What each line would add, against the directory as it is, and why others add nothing."""
    lines = lines_of(text, COLUMNS)
    people = People(access, [line["person"] for line in lines], Permission.MANAGE_DIRECTORY)
    found = [(line, *people.named(line["person"])) for line in lines]
    known = _known([clinician for _line, clinician, _problem in found if clinician])
    judged = [_judged(line, clinician, problem, known) for line, clinician, problem in found]
    return _asked(judged, known) if Proposable.AFFILIATION in guarded_fields() else judged


def _asked(
    judged: Sequence[AffiliationLine], known: dict[object, list[Affiliation]]
) -> list[AffiliationLine]:
    """The same, with which of them wait: the first place of somebody is noted at once."""
    has_one, lines = set(known), []
    for line in judged:
        whose = line.clinician.pk if line.clinician and line.is_taken else None
        lines.append(replace(line, is_asked=whose in has_one))
        if whose:
            has_one.add(whose)
    return lines


def _known(people: Sequence[Clinician]) -> dict[object, list[Affiliation]]:
    """What is noted of everybody the file names, by person, in one statement."""
    rows = Affiliation.objects.of_people({each.pk for each in people})
    noted: dict[object, list[Affiliation]] = {}
    for row in rows.select_related("institution").order_by("from_on", "pk"):
        noted.setdefault(row.clinician_id, []).append(row)
    return noted


def _judged(
    line: Line,
    clinician: Clinician | None,
    problem: str,
    known: dict[object, list[Affiliation]],
) -> AffiliationLine:
    person = line["person"]
    problem = problem or _unreadable(line)
    if problem or clinician is None:
        return AffiliationLine(line.number, person, clinician, problem=problem)
    facts, own = _facts(line), known.get(clinician.pk, [])
    same = [row for row in own if _is_same(row, facts, clinician) and _meets(row, facts)]
    if any(_says_so(row, facts) for row in same):
        return AffiliationLine(line.number, person, clinician, facts, is_known=True)
    primary = [row for row in own if row.is_primary and _meets(row, facts)]
    objection = objection_to_affiliation(facts, same) or objection_to_primary(
        facts, primary if facts.is_primary else []
    )
    return AffiliationLine(line.number, person, clinician, facts, problem=str(objection or ""))


def _unreadable(line: Line) -> str:
    """The first thing of a line that cannot be read."""
    for name, most in _LONGEST.items():
        if len(line[name]) > most:
            return _("A value is longer than the directory keeps")
    if problem := unreadable_days(line):
        return problem
    if line["rank"].lower() not in _PRIMARY | _BESIDE:
        return _("Which place says neither primary nor beside")
    return ""


def _facts(line: Line) -> AffiliationFacts:
    return AffiliationFacts(
        *(line["institution"], line["city"], line["role"], line["department"]),
        from_on=as_day(line["from_on"]),
        until_on=as_day(line["until_on"]),
        is_primary=line["rank"].lower() in _PRIMARY,
        source=line["source"],
        earlier=Earlier.ENDS,
    )


def _is_same(row: Affiliation, facts: AffiliationFacts, clinician: Clinician) -> bool:
    place, city = row.institution, facts.city or clinician.city
    named = (place.name.lower(), row.role, row.department)
    is_there = not facts.city or place.city.lower() == city.lower()
    return is_there and named == (facts.institution.lower(), facts.role, facts.department)


def _meets(row: Affiliation, facts: AffiliationFacts) -> bool:
    first, last = facts.from_on or date.min, facts.until_on or date.max
    return (row.from_on or date.min) <= last and (row.until_on or date.max) >= first


def _says_so(row: Affiliation, facts: AffiliationFacts) -> bool:
    said = (row.from_on, row.until_on, row.is_primary)
    return said == (facts.from_on, facts.until_on, facts.is_primary)
