"""A file of ways to reach people, judged line by line before anything of it is written."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from symposia.accounts.permissions import Access, Permission
from symposia.directory.affiliating import as_day
from symposia.directory.contacting import ContactFacts, as_noted
from symposia.directory.lines import (
    DAY,
    LINE_END,
    WHO,
    WHO_WRITTEN,
    Line,
    People,
    lines_of,
    unreadable_days,
)
from symposia.directory.models import Clinician, ContactKind, ContactPoint
from symposia.directory.policies.contacts import objection_to_contact
from symposia.work.imports.fields import TargetField

COLUMNS = (
    TargetField(
        "person",
        gettext_lazy("Number or e-mail"),
        ("number", "npi", "person", "email"),
        WHO,
        WHO_WRITTEN,
        gettext_lazy("yes, or the e-mail of the person"),
        "avery@example.org",
    ),
    TargetField(
        "email",
        gettext_lazy("E-mail of the person"),
        ("email", "mail"),
        gettext_lazy("Whom the line is about, where their number is not known."),
        gettext_lazy("name@example.org"),
        gettext_lazy("yes, or the number"),
    ),
    TargetField(
        "kind",
        gettext_lazy("Kind"),
        ("type", "medium"),
        gettext_lazy("By what they are reached."),
        gettext_lazy("e-mail, telephone or address"),
        gettext_lazy("yes"),
        "telephone",
    ),
    TargetField(
        "value",
        gettext_lazy("Address or number"),
        ("what", "value", "contact"),
        gettext_lazy("Where they are reached."),
        gettext_lazy("of a postal address every line, with | between them; at most 600 signs"),
        gettext_lazy("yes"),
        "+1 617 555 0199",
    ),
    TargetField(
        "label",
        gettext_lazy("Called"),
        ("label", "name of it"),
        gettext_lazy("What it is: practice, home, secretary."),
        gettext_lazy("at most 60 signs"),
        "",
        "Secretary",
    ),
    TargetField(
        "from_on",
        gettext_lazy("From"),
        ("since", "start", "first day", "from on"),
        gettext_lazy("The first day; empty: it always was so."),
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
        "source",
        gettext_lazy("Who says so"),
        ("source", "reference"),
        gettext_lazy("How one knows; empty: this file."),
        gettext_lazy("at most 200 signs"),
        "",
        "Her card",
    ),
)
_LONGEST = {"value": 600, "label": 60, "source": 200}
_CALLED = {
    **dict.fromkeys(("mail", "e-mail"), ContactKind.EMAIL),
    **dict.fromkeys(("mobile", "tel", "telephone", "fax"), ContactKind.PHONE),
    **dict.fromkeys(("post", "postal", "postal address"), ContactKind.ADDRESS),
}
# Whose, of which kind, in one line.
Known = tuple[UUID, str, str]


@dataclass(frozen=True)
class ContactLine:
    """One line: whom it is about and how they are reached, or why it is not taken."""

    number: int
    person: str
    clinician: Clinician | None = None
    facts: ContactFacts | None = None
    is_known: bool = False
    problem: str = ""

    @property
    def is_taken(self) -> bool:
        return self.facts is not None and not self.problem and not self.is_known

    @property
    def kind_label(self) -> str:
        return str(ContactKind(self.facts.kind).label) if self.facts else ""


def judge_contacts(access: Access, text: str) -> list[ContactLine]:
    """What each line would add, against the directory as it is, and why others add nothing."""
    lines = lines_of(text, COLUMNS)
    people = People(access, [_who(line) for line in lines], Permission.MANAGE_DIRECTORY)
    found = [(line, *people.named(_who(line))) for line in lines]
    known = _known([clinician for _line, clinician, _problem in found if clinician])
    earlier: set[Known] = set()
    return [_judged(*each, known, earlier) for each in found]


def _who(line: Line) -> str:
    """By what the line names the person."""
    return line["person"] or line["email"]


def _known(people: Sequence[Clinician]) -> set[Known]:
    """What is noted of everybody the file names, in one statement, and what their records say."""
    rows = ContactPoint.objects.of_people({each.pk for each in people})
    return {(row.clinician_id, row.kind, row.one_line) for row in rows}


def _judged(
    line: Line, clinician: Clinician | None, problem: str, known: set[Known], earlier: set[Known]
) -> ContactLine:
    person, kind = _who(line), _kind(line["kind"])
    problem = problem or _unreadable(line, kind)
    if problem or clinician is None or kind is None:
        return ContactLine(line.number, person, clinician, problem=problem)
    facts = as_noted(_facts(line, kind))
    said = (clinician.pk, str(kind), ContactPoint(kind=kind, value=facts.value).one_line)
    if said in known:
        return ContactLine(line.number, person, clinician, facts, is_known=True)
    if said in earlier:
        problem = _("The same stands earlier in the file")
        return ContactLine(line.number, person, clinician, facts, problem=problem)
    objection = objection_to_contact(facts, None)
    if objection is None:
        earlier.add(said)
    return ContactLine(line.number, person, clinician, facts, problem=str(objection or ""))


def _unreadable(line: Line, kind: ContactKind | None) -> str:
    """The first thing of a line that cannot be read."""
    if kind is None:
        return _("The kind is none of: %s") % ", ".join(str(each) for each in ContactKind.labels)
    if any(len(line[name]) > most for name, most in _LONGEST.items()):
        return _("A value is longer than the directory keeps")
    return unreadable_days(line)


def _kind(text: str) -> ContactKind | None:
    """The kind that a text names, by its code, its label or what people call it."""
    wanted = text.casefold()
    for each in ContactKind:
        if wanted in {each.value, str(each.label).casefold()}:
            return each
    return _CALLED.get(wanted)


def _facts(line: Line, kind: ContactKind) -> ContactFacts:
    value = line["value"]
    if kind == ContactKind.ADDRESS:
        value = "\n".join(value.split(LINE_END.strip()))
    return ContactFacts(
        *(kind.value, value, line["label"]),
        from_on=as_day(line["from_on"]),
        until_on=as_day(line["until_on"]),
        source=line["source"],
    )
