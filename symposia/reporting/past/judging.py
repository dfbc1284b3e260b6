"""What would become of each row of a file of the past, against what is there already."""

import uuid
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from symposia.accounts.permissions import Access, Permission
from symposia.credits.models import CreditSystem, ImportedCredit
from symposia.directory.lines import People
from symposia.directory.models import Clinician
from symposia.reporting.models import ImportedActivity, PastDisclosure, PastKind
from symposia.reporting.past.reading import Fault, Read
from symposia.work.imports.fields import plain
from symposia.work.models import Outcome


@dataclass(frozen=True)
class Judged:
    """One row, and what would become of it; what of the directory and the past it is about."""

    read: Read
    outcome: Outcome
    fault: Fault | None = None
    kept: str = ""
    clinician: Clinician | None = None
    system: CreditSystem | None = None
    activity_id: uuid.UUID | None = None

    @property
    def is_new(self) -> bool:
        return self.outcome == Outcome.NEW


@dataclass
class _Known:
    """What rows are compared with, read at once."""

    systems: Mapping[str, CreditSystem]
    activities: dict[str, uuid.UUID]
    people: People | None = None
    there: set[tuple[Any, ...]] = field(default_factory=set)


def judge_past(kind: str, reads: Sequence[Read], *, access: Access, today: date) -> list[Judged]:
    """Each row as new, there already, or rejected with the field that is wrong."""
    known = _known(kind, reads, access)
    judge = {
        PastKind.ACTIVITIES.value: _activity,
        PastKind.CREDITS.value: _credit,
        PastKind.DISCLOSURES.value: _disclosure,
    }[kind]
    found = []
    for read in reads:
        fault = read.fault or _to_come(read, today)
        if fault:
            found.append(_rejected(read, fault))
        else:
            found.append(judge(read, known))
    return found


def _known(kind: str, reads: Sequence[Read], access: Access) -> _Known:
    called = ("old_number", "activity_number")
    numbers = {str(each.facts.get(name) or "") for each in reads for name in called}
    rows = ImportedActivity.objects.filter(old_number__in=numbers)
    known = _Known(_systems(), dict(rows.values_list("old_number", "activity_id")))
    if kind == PastKind.CREDITS:
        named = [str(each.facts.get("person") or "") for each in reads]
        known.people = People(access, named, Permission.IMPORT_CLINICIANS)
        known.there = _credits_there(known.people, named)
    elif kind == PastKind.DISCLOSURES:
        known.there = _disclosures_there({str(each.facts.get("name") or "") for each in reads})
    return known


def _systems() -> dict[str, CreditSystem]:
    """Each version in force last by its code and by its name."""
    rows = list(CreditSystem.objects.order_by("code", "valid_from"))
    return {plain(row.name): row for row in rows} | {plain(row.code): row for row in rows}


def _credits_there(people: People, named: Collection[str]) -> set[tuple[Any, ...]]:
    ids = {each.pk for text in named for each in people.all_named(text)}
    rows = ImportedCredit.objects.standing().filter(clinician__in=ids)
    return set(rows.values_list("clinician_id", "system_id", "earned_on", "title"))


def _disclosures_there(names: Collection[str]) -> set[tuple[Any, ...]]:
    rows = PastDisclosure.objects.standing().filter(name__in=names)
    return set(rows.values_list("activity_number", "name", "company", "nature", "disclosed_on"))


def _to_come(read: Read, today: date) -> Fault | None:
    """Only what is past is brought in as past."""
    for name in ("ends_on", "starts_on", "earned_on", "disclosed_on"):
        day = read.facts.get(name)
        if day and day > today:
            return Fault(_("Day"), _("a day that has been"), day.isoformat())
    return None


def _rejected(read: Read, fault: Fault) -> Judged:
    return Judged(read, Outcome.REJECTED, fault, _("nothing of the row"))


def _there(read: Read) -> Judged:
    return Judged(read, Outcome.UNCHANGED, kept=_("it is there already"))


def _activity(read: Read, known: _Known) -> Judged:
    number = read.facts["old_number"]
    if number in known.activities:
        return _there(read)
    system, fault = _offered(read, known)
    if fault:
        return _rejected(read, fault)
    if read.facts["providership"] == "joint" and not read.facts["joint_with"]:
        return _rejected(read, Fault(_("Together with"), _("who provided it jointly"), ""))
    known.activities[number] = uuid.uuid4()
    return Judged(read, Outcome.NEW, kept=_("the whole row"), system=system)


def _offered(read: Read, known: _Known) -> tuple[CreditSystem | None, Fault | None]:
    amount, named = read.facts["amount"], read.facts["system"]
    if not amount:
        return None, None
    return _system(named or "ama_pra_1", known)


def _system(named: str, known: _Known) -> tuple[CreditSystem | None, Fault | None]:
    found = known.systems.get(plain(named))
    if found:
        return found, None
    return None, Fault(_("Credit system"), _("a credit system that Symposia knows"), named[:200])


def _credit(read: Read, known: _Known) -> Judged:
    facts = read.facts
    system, fault = _system(facts["system"] or "", known)
    if fault or system is None:
        return _rejected(read, fault or Fault("", "", ""))
    if problem := _amount(facts["amount"], system):
        return _rejected(read, problem)
    if known.people is None:
        raise AssertionError(read)
    person, why = known.people.named(facts["person"])
    if person is None:
        return _rejected(read, Fault(_("Number or e-mail"), why, facts["person"][:200]))
    key = (person.pk, system.pk, facts["earned_on"], facts["title"])
    if key in known.there:
        return _there(read)
    known.there.add(key)
    activity = known.activities.get(facts["activity_number"])
    kept = _("the whole row")
    if facts["activity_number"] and activity is None:
        kept = _("the row; no activity of this number was imported")
    return Judged(read, Outcome.NEW, None, kept, person, system, activity)


def _amount(amount: Decimal | None, system: CreditSystem) -> Fault | None:
    if not amount or amount % system.step:
        expected = _("more than nothing, in steps of %(step)s") % {"step": system.step}
        return Fault(_("Credits"), expected, str(amount or ""))
    return None


def _disclosure(read: Read, known: _Known) -> Judged:
    facts = read.facts
    names = ("activity_number", "name", "company", "nature", "disclosed_on")
    key = tuple(facts[name] for name in names)
    if key in known.there:
        return _there(read)
    known.there.add(key)
    activity = known.activities.get(facts["activity_number"])
    return Judged(read, Outcome.NEW, kept=_("the whole row"), activity_id=activity)
