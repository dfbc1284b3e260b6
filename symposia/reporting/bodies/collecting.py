"""The records of bodies as the contexts below hold their facts, a few statements for a file."""

import json
import uuid
from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import lru_cache
from pathlib import Path
from typing import Any

from symposia.activities.models import Activity
from symposia.credits.models import CreditEntry, CreditOffer, Reason
from symposia.directory.asking import may_be_asked
from symposia.directory.models import Clinician, Identifier, Purpose, Scheme
from symposia.reporting.bodies.parts import Line, Scope
from symposia.reporting.models import ActivityFacts, LearnerIdentity
from symposia.reporting.queries import activities_over
from symposia.shared.times import day_at

LASTING = frozenset({"internet_enduring", "print_enduring", "journal_based"})


@lru_cache(maxsize=1)
def pars_words() -> dict[str, Any]:
    """The words of PARS, as data."""
    words: dict[str, Any] = json.loads(
        Path(__file__).with_name("pars.json").read_text(encoding="utf-8")
    )
    return words


@dataclass(frozen=True)
class Award:
    """What somebody holds of one credit at one activity, corrections taken into account."""

    first: CreditEntry
    amount: Decimal

    @property
    def key(self) -> str:
        """Which award it is; of whoever held it, whatever became of the amount since."""
        return self.first.pk.hex

    @property
    def completed_on(self) -> date:
        """The day of the activity, where it is taught; of the claim, where it lasts."""
        activity = self.first.activity
        if activity.type in LASTING:
            return day_at(self.first.entered_at, activity.zone)
        ended: date = activity.wall_ends.date()
        return ended


def awards(scope: Scope, systems: Collection[str]) -> list[Award]:
    """Every award of these credits in the scope, in the order they were claimed; one that was
    revoked holds nothing, and is told as such."""
    one = [scope.activity_id] if scope.activity_id else []
    wanted = CreditEntry.objects.filter(
        activity__in=activities_over(scope.year, one).values("pk"),
        system__code__in=systems,
    )
    first: dict[tuple[uuid.UUID, str], CreditEntry] = {}
    sums: dict[tuple[uuid.UUID, str], Decimal] = defaultdict(Decimal)
    rows = wanted.select_related("activity", "clinician", "system", "offer")
    for entry in rows.order_by("entered_at", "pk"):
        key = (entry.registration_id, entry.system_id)
        sums[key] += entry.amount
        if entry.reason == Reason.AWARD:
            first[key] = entry
    return [Award(entry, sums[key]) for key, entry in first.items()]


@dataclass(frozen=True)
class Learners:
    """Who the learners of a file are to bodies, and who agreed to be reported."""

    identities: dict[uuid.UUID, LearnerIdentity]
    numbers: dict[uuid.UUID, list[Identifier]]
    agreed: frozenset[uuid.UUID]

    def facts(self, clinician: Clinician) -> dict[str, Any]:
        """The names, the birthday and the permission of one of them."""
        known = self.identities.get(clinician.pk)
        return {
            "full_name": clinician.full_name,
            "given_name": known.given_name if known else "",
            "family_name": known.family_name if known else "",
            "born": known.born if known else "",
            "permitted": clinician.pk in self.agreed,
        }

    def npi(self, clinician: Clinician) -> str:
        found = (n.value for n in self.numbers[clinician.pk] if n.scheme == Scheme.NPI)
        return next(found, "")

    def licences(self, clinician: Clinician) -> list[tuple[str, str]]:
        """Who issued a licence, and its number as it was written."""
        return [
            (number.issuer, number.written or number.value)
            for number in self.numbers[clinician.pk]
            if number.scheme == Scheme.LICENCE and number.issuer
        ]

    def number_of(self, clinician: Clinician, issuer: str) -> str:
        """The number that one issuer knows somebody by."""
        return next((n for by, n in self.licences(clinician) if by == issuer), "")


def learners_of(found: Iterable[Award]) -> Learners:
    """Three statements for all of them."""
    people = {award.first.clinician_id: award.first.clinician for award in found}
    numbers: dict[uuid.UUID, list[Identifier]] = defaultdict(list)
    for number in Identifier.objects.filter(clinician__in=people).order_by("pk"):
        numbers[number.clinician_id].append(number)
    identities = LearnerIdentity.objects.filter(clinician__in=people)
    asked = may_be_asked(people.values(), "", Purpose.REPORTING)
    return Learners(
        {each.clinician_id: each for each in identities},
        numbers,
        frozenset(pk for pk, objection in asked.items() if objection is None),
    )


def facts_by_activity(ids: Collection[uuid.UUID]) -> dict[uuid.UUID, ActivityFacts]:
    rows = ActivityFacts.objects.filter(activity__in=list(ids))
    return {row.activity_id: row for row in rows}


def offers_by_activity(
    activities: Collection[Activity], systems: Collection[str]
) -> dict[uuid.UUID, list[CreditOffer]]:
    """What each offers of these credits."""
    found: dict[uuid.UUID, list[CreditOffer]] = defaultdict(list)
    rows = CreditOffer.objects.filter(activity__in=activities, system__code__in=systems)
    for offer in rows.select_related("system").order_by("system__code"):
        found[offer.activity_id].append(offer)
    return found


def line_of(award: Award, learner: dict[str, Any], **facts: Any) -> Line:
    """The record of an award, with what every body asks of one."""
    activity, clinician = award.first.activity, award.first.clinician
    said = learner | {
        "activity_number": activity.number,
        "title": activity.title,
        "completed_on": award.completed_on.isoformat(),
        "amount": f"{award.amount.normalize():f}",
        **facts,
    }
    label = f"{clinician.full_name} · {activity.number} · {said['amount']}"
    return Line(award.key, activity.pk, label, said, clinician.pk)
