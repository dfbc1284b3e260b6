"""What people are engaged for in a year, planned engagements counted, and who must not be."""

import uuid
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from symposia.compliance.facts import Engaged, Subject
from symposia.compliance.models import Commitment, Restriction, RestrictionKind
from symposia.shared.money import Money

YEAR = timedelta(days=366)


@dataclass(frozen=True)
class Around:
    """What stands beside a subject: other engagements of its people, and the restrictions."""

    commitments: Sequence[Commitment]
    restrictions: Sequence[Restriction]


def people_facts(
    subject: Subject, people: Sequence[Engaged], around: Around | None = None
) -> dict[str, Any]:
    """What rules ask about the people of a subject; nothing where nobody is engaged yet.

    What stands around it is read here unless it is at hand."""
    if around is None:
        around = Around(_other_commitments(subject, people), _restrictions(subject))
    facts = restriction_facts(subject, people, around.restrictions)
    if people:
        facts |= engagement_facts(subject, people, around.commitments)
    return facts


def engagement_facts(
    subject: Subject, people: Sequence[Engaged], commitments: Sequence[Commitment]
) -> dict[str, Any]:
    """Who of them comes closest to a cap, with this engagement and every other that is planned.

    Fees are summed per currency and never converted: each sum by itself is held against the cap.
    """
    names = {each.clinician_id: each.name for each in people}
    others = defaultdict[uuid.UUID, list[Commitment]](list)
    for other in commitments:
        others[other.clinician_id].append(other)
    counts, days = {}, {}
    sums: dict[tuple[uuid.UUID, str], Money] = {}
    for each in people:
        who, mine = each.clinician_id, others[each.clinician_id]
        of_year = [c for c in mine if c.on.year == subject.on.year]
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
    }
    if sums:
        (best, _currency), most = max(sums.items(), key=lambda item: item[1].amount)
        facts |= {"best_paid_speaker": names[best], "best_paid_speaker_total": str(most.amount)}
    if days:
        closest = min(days, key=lambda who: days[who])
        facts |= {"closest_speaker": names[closest], "closest_engagement_days": days[closest]}
    return facts


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
