"""Reads what the reconciliation of an activity needs: everything seen, who somebody could be."""

import hashlib
import uuid
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.db.models import OuterRef, Subquery

from symposia.activities.models import Activity, Session
from symposia.activities.numbers import register_numbers
from symposia.attendance.conflicts import Evening, Seen, standing_evidence
from symposia.attendance.folding import door_opens_at, presence_of
from symposia.attendance.matching import Candidate, Match, Said, match_of
from symposia.attendance.models import Conflict, Reconciliation, UnmatchedPerson
from symposia.attendance.queries import evidence_by_registration
from symposia.attendance.rules import counting_of, late_after
from symposia.registrations.models import Registration
from symposia.shared.counting import CountOf


def evening_of(activity: Activity) -> Evening:
    """Everything that was seen at an activity, and whose place each stranger may have."""
    sessions, counting = list(Session.objects.of(activity)), counting_of(activity)
    evidence = evidence_by_registration(activity)
    opens_at = door_opens_at(sessions)
    places = Registration.objects.of(activity).with_people().order_by("pk")
    kept = [one for one in places if one.is_current or one.pk in evidence]
    seen = [
        Seen(
            one,
            standing_evidence(evidence.get(one.pk, ()), opens_at),
            presence_of(evidence.get(one.pk, ()), sessions, counting.no_leave, counting.checks),
        )
        for one in kept
    ]
    strangers = list(UnmatchedPerson.objects.of(activity).open().order_by("pk"))
    walked_in = frozenset(one.pk for one in strangers if one.profession)
    matches = _matches(strangers, candidates_of(kept))
    return Evening(sessions, counting.no_leave, seen, matches, walked_in, late_after())


def candidates_of(places: Sequence[Registration]) -> list[Candidate]:
    """Those with a place, by all they are called."""
    return [
        Candidate(
            one.pk,
            tuple(n for n in (one.clinician.full_name, one.clinician.display_name) if n),
            one.clinician.email,
            str(one.clinician.institution or ""),
        )
        for one in places
        if one.is_confirmed
    ]


def _matches(
    strangers: Iterable[UnmatchedPerson], candidates: Sequence[Candidate]
) -> Mapping[uuid.UUID, Match]:
    return {
        one.pk: match_of(Said(one.name, one.email, one.institution), candidates)
        for one in strangers
    }


@dataclass(frozen=True)
class Totals:
    """What the attendance of an activity amounts to, as it is signed."""

    people: int
    minutes: int
    hash: str


def totals_of(evening: Evening) -> Totals:
    """Everybody's minutes, and a hash that any change of them changes."""
    there = [one for one in evening.seen if one.presence.was_there]
    digest = hashlib.sha256()
    for one in sorted(there, key=lambda seen: seen.registration.pk):
        digest.update(one.registration.pk.bytes + one.presence.as_bytes)
    minutes = sum(one.presence.creditable for one in there)
    return Totals(len(there), minutes, digest.hexdigest())


def register_reconciling_numbers() -> None:
    """Let an activity be read together with how its reconciliation stands."""
    here = OuterRef("pk")
    signed = Reconciliation.objects.filter(activity=here).order_by("-signed_at", "-pk")
    register_numbers(
        open_conflicts=CountOf(Conflict.objects.filter(activity=here).open()),
        open_unmatched=CountOf(UnmatchedPerson.objects.filter(activity=here).open()),
        attendance_signed_at=Subquery(signed.values("signed_at")[:1]),
    )


def last_signature(activity: Activity) -> Reconciliation | None:
    """Who signed the attendance last."""
    return Reconciliation.objects.filter(activity=activity).order_by("-signed_at", "-pk").first()


def undecided_in(activity: Activity) -> int:
    """How many conflicts are still to be decided."""
    return Conflict.objects.of(activity).open().count()


def similar_to(conflict: Conflict) -> int:
    """How many open conflicts are like this one, itself among them."""
    return (
        Conflict.objects.filter(activity=conflict.activity_id).open().similar_to(conflict).count()
    )


def neighbours_of(conflict: Conflict) -> tuple[uuid.UUID | None, uuid.UUID | None]:
    """The open conflicts before and after this one."""
    others = Conflict.objects.filter(activity=conflict.activity_id).open()
    before = others.filter(pk__lt=conflict.pk).order_by("-pk").values_list("pk", flat=True)
    after = others.filter(pk__gt=conflict.pk).order_by("pk").values_list("pk", flat=True)
    return before.first(), after.first()
