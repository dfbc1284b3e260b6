"""What people are engaged for in a year, planned engagements counted, and who must not be."""

import uuid
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from symposia.compliance.facts import Engaged, Subject
from symposia.compliance.models import Commitment, Restriction, RestrictionKind
from symposia.compliance.queries.years import beginning_on
from symposia.compliance.rolling import first_of_year, fullest, highest, year_of
from symposia.shared.money import Money

YEAR = timedelta(days=366)


@dataclass(frozen=True)
class Around:
    """What stands beside a subject: other engagements of its people, and the restrictions."""

    commitments: Sequence[Commitment]
    restrictions: Sequence[Restriction]
    # The month in which the organisation's year of caps begins.
    year_begins: int = 1


def people_facts(
    subject: Subject, people: Sequence[Engaged], around: Around | None = None
) -> dict[str, Any]:
    """What rules ask about the people of a subject; nothing where nobody is engaged yet.

    What stands around it is read here unless it is at hand."""
    if around is None:
        begins = beginning_on(subject.on) if people else 1
        around = Around(_other_commitments(subject, people), _restrictions(subject), begins)
    facts = restriction_facts(subject, people, around.restrictions)
    if people:
        facts |= engagement_facts(subject, people, around.commitments, around.year_begins)
        facts |= rolling_facts(subject, people, around.commitments)
    return facts


def engagement_facts(
    subject: Subject, people: Sequence[Engaged], commitments: Sequence[Commitment], begins: int = 1
) -> dict[str, Any]:
    """Who of them comes closest to a cap, with this engagement and every other that is planned.

    Fees are summed per currency and never converted: each sum by itself is held against the cap.
    """
    names = {each.clinician_id: each.name for each in people}
    others, year = _by_person(commitments), year_of(subject.on, begins)
    counts, days = {}, {}
    sums: dict[tuple[uuid.UUID, str], Money] = {}
    for each in people:
        who, mine = each.clinician_id, others[each.clinician_id]
        of_year = [c for c in mine if year_of(c.on, begins) == year]
        counts[who] = len(of_year) + 1
        for fee in filter(None, [each.fee, *(c.amount for c in of_year)]):
            key = (who, fee.currency)
            sums[key] = sums.get(key, Money.zero(fee.currency)) + fee
        if mine:
            days[who] = min(abs((c.on - subject.on).days) for c in mine)
    busiest = max(counts, key=lambda who: counts[who])
    facts: dict[str, Any] = {
        "busiest_speaker": names[busiest],
        "busiest_speaker_count": counts[busiest],
        "caps_year_from": first_of_year(subject.on, begins),
    }
    if sums:
        (best, currency), most = max(sums.items(), key=lambda item: item[1].amount)
        facts |= {
            "best_paid_speaker": names[best],
            "best_paid_speaker_total": str(most.amount),
            "best_paid_speaker_total_currency": currency,
        }
    if days:
        closest = min(days, key=lambda who: days[who])
        facts |= {"closest_speaker": names[closest], "closest_engagement_days": days[closest]}
    return facts


def rolling_facts(
    subject: Subject, people: Sequence[Engaged], commitments: Sequence[Commitment]
) -> dict[str, Any]:
    """The same within any 365 days that hold the day, whichever year they lie in."""
    names = {each.clinician_id: each.name for each in people}
    others = _by_person(commitments)
    counts = {who: fullest((c.on for c in others[who]), subject.on) for who in names}
    busiest = max(counts, key=lambda who: counts[who])
    facts: dict[str, Any] = {
        "rolling_speaker": names[busiest],
        "rolling_speaker_count": counts[busiest],
    }
    sums = {
        (each.clinician_id, currency): _most_paid(
            each, others[each.clinician_id], currency, subject
        )
        for each in people
        for currency in _currencies(each, others[each.clinician_id])
    }
    if sums:
        (best, currency), most = max(sums.items(), key=lambda item: item[1].amount)
        facts |= {
            "rolling_paid_speaker": names[best],
            "rolling_paid_total": str(most.amount),
            "rolling_paid_total_currency": currency,
        }
    return facts


def _currencies(person: Engaged, others: Sequence[Commitment]) -> set[str]:
    return {fee.currency for fee in filter(None, [person.fee, *(c.amount for c in others)])}


def _most_paid(
    person: Engaged, others: Sequence[Commitment], currency: str, subject: Subject
) -> Money:
    own = person.fee if person.fee and person.fee.currency == currency else Money.zero(currency)
    paid = [(c.on, c.amount) for c in others if c.amount and c.amount.currency == currency]
    return highest(paid, subject.on, own)


def _by_person(commitments: Sequence[Commitment]) -> dict[uuid.UUID, list[Commitment]]:
    others = defaultdict[uuid.UUID, list[Commitment]](list)
    for other in commitments:
        others[other.clinician_id].append(other)
    return others


def _other_commitments(subject: Subject, people: Sequence[Engaged]) -> list[Commitment]:
    near = Commitment.objects.standing().of_people(each.clinician_id for each in people)
    near = near.between(subject.on - YEAR, subject.on + YEAR)
    return list(near.exclude(subject_type=subject.type, subject_id=subject.id))


def _restrictions(subject: Subject) -> list[Restriction]:
    return list(Restriction.objects.standing(subject.on))


def restriction_facts(
    subject: Subject, people: Sequence[Engaged], listed: Sequence[Restriction]
) -> dict[str, Any]:
    """Who and what of the list of restrictions a subject names; nothing without a list."""
    if not listed:
        return {}
    engaged = {each.clinician_id: each.name for each in people}
    words = f"{subject.title} {subject.words}".casefold()
    named = {
        each.words
        for each in listed
        if each.kind == RestrictionKind.PRODUCT and each.words.casefold() in words
    }
    barred = {engaged[each.clinician_id] for each in listed if each.clinician_id in engaged}
    return {"restricted_people": sorted(barred), "restricted_words": sorted(named)}
