from collections.abc import Sequence

from django.db import transaction
from django.utils.timezone import now

from symposia.accounts.queries import person_behind
from symposia.audit.actions import record, record_each
from symposia.directory.duplicates.finding import Found
from symposia.directory.models import Clinician, FoundBy, PairState, PossibleDuplicate
from symposia.directory.policies.duplicates import (
    SAME_RECORD,
    objection_to_looking_again,
    objection_to_two_people,
)
from symposia.directory.queries import pairs_told_apart
from symposia.shared.actors import Actor
from symposia.shared.refusals import refuse_if

_AT_ONCE = 1_000


@transaction.atomic
def keep_pairs(found: Sequence[Found], *, everybody: bool = False, by: Actor) -> int:
    """Note who may be one person; what somebody decided stays decided. After a comparison of
    everybody, what no longer resembles each other is not asked any more. How many are new."""
    apart, known = pairs_told_apart(), _known()
    wanted = [pair for pair in found if frozenset((pair.first, pair.second)) not in apart]
    changed, new = [], []
    for pair in wanted:
        row = known.pop((pair.first, pair.second), None)
        if row is None:
            new.append(_row(pair, FoundBy.SEARCH if everybody else FoundBy.NEWCOMER))
        elif row.is_open and (row.probability, row.reasons) != (pair.probability, pair.reasons):
            row.probability, row.reasons = pair.probability, pair.reasons
            changed.append(row)
    PossibleDuplicate.objects.bulk_create(new, batch_size=_AT_ONCE)
    PossibleDuplicate.objects.bulk_update(changed, ["probability", "reasons"], _AT_ONCE)
    record_each(by, "duplicate.found", _with_people([*new, *changed]))
    if everybody:
        gone = [r for r in known.values() if r.is_open and r.found_by != FoundBy.PERSON]
        forget_pairs(gone, by=by)
    return len(new)


def _known() -> dict[tuple[object, object], PossibleDuplicate]:
    rows = PossibleDuplicate.objects.select_for_update(of=["self"]).order_by("pk")
    return {(row.first_id, row.second_id): row for row in rows}


def _row(pair: Found, found_by: str) -> PossibleDuplicate:
    return PossibleDuplicate(
        first_id=pair.first,
        second_id=pair.second,
        probability=pair.probability,
        reasons=pair.reasons,
        found_by=found_by,
    )


def _with_people(rows: list[PossibleDuplicate]) -> list[PossibleDuplicate]:
    """The same rows with the names the journal prints."""
    people = Clinician.objects.in_bulk({pk for row in rows for pk in (row.first_id, row.second_id)})
    for row in rows:
        row.first, row.second = people[row.first_id], people[row.second_id]
    return rows


@transaction.atomic
def forget_pairs(rows: list[PossibleDuplicate], *, by: Actor) -> None:
    """Nobody was asked yet, and nothing speaks for it any more."""
    record_each(by, "duplicate.removed", _with_people(rows))
    PossibleDuplicate.objects.filter(pk__in=[row.pk for row in rows]).delete()


@transaction.atomic
def put_side_by_side(one: Clinician, other: Clinician, *, by: Actor) -> PossibleDuplicate:
    """Somebody thinks that these two are one person; the pair as it is if it is known."""
    refuse_if(SAME_RECORD if one.pk == other.pk else None)

    first, second = sorted((one, other), key=lambda each: each.pk)
    pair, is_new = PossibleDuplicate.objects.get_or_create(
        first=first, second=second, defaults={"found_by": FoundBy.PERSON}
    )
    if is_new:
        record(by, "duplicate.found", pair)
    return pair


@transaction.atomic
def tell_apart(pair: PossibleDuplicate, *, reason: str, by: Actor) -> PossibleDuplicate:
    """These are two people: nobody is asked again."""
    pair = PossibleDuplicate.objects.for_list().locked(pair.pk)

    refuse_if(objection_to_two_people(pair, reason))

    if pair.is_open:
        pair.move(
            PairState.DISTINCT,
            decided_at=now(),
            decided_by_id=person_behind(by),
            decided_by_name=by.name,
            reason=reason.strip(),
        )
        record(by, "duplicate.distinct", pair, reason=reason)
    return pair


@transaction.atomic
def look_at_pair_again(pair: PossibleDuplicate, *, by: Actor) -> PossibleDuplicate:
    """Perhaps they are one person after all."""
    pair = PossibleDuplicate.objects.for_list().locked(pair.pk)

    refuse_if(objection_to_looking_again(pair))

    pair.move(PairState.OPEN, decided_at=None, decided_by_id=None, decided_by_name="", reason="")
    record(by, "duplicate.reopened", pair)
    return pair
