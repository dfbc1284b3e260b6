"""What does not fit together in the evidence, with a proposal and what speaks for it. Pure."""

import hashlib
import uuid
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from symposia.attendance.folding import (
    DESK,
    NEXT_EVIDENCE,
    Presence,
    Slot,
    Stay,
    counted_of,
)
from symposia.attendance.matching import Match, plain, words_of
from symposia.attendance.models import FIELD, ConflictKind, PresenceEvidence
from symposia.attendance.reasons import overlap_of
from symposia.registrations.models import Registration
from symposia.registrations.models import Source as CameBy

# A clock that is wrong by more is worth a question.
WRONG_BY = timedelta(minutes=2)
_DAY = timedelta(days=1)
_A_MOMENT = timedelta(minutes=1)

# The ways to decide each kind, in the order of their keys 1, 2, 3.
CHOICES: Mapping[str, tuple[str, ...]] = {
    ConflictKind.UNMATCHED: ("match", "walk_in", "leave_out"),
    ConflictKind.TWO_TICKETS: ("one_person", "two_people"),
    ConflictKind.NO_CHECK_OUT: ("to_the_end", "last_seen", "nothing"),
    ConflictKind.BOTH_PLACES: ("once", "room", "online"),
    ConflictKind.CLOCK: ("corrected", "server_time", "take_back"),
    ConflictKind.BEFORE_PLACE: ("accept", "take_back"),
    ConflictKind.NO_PLACE: ("give_place", "take_back"),
    ConflictKind.CHECKS: ("answered", "not_there"),
    ConflictKind.TOLD_LATE: ("accept", "take_back"),
}


@dataclass(frozen=True)
class Found:
    """One conflict as it follows from the evidence."""

    kind: ConflictKind
    proposal: str
    because: str
    evidence: tuple[str, ...]
    registration_id: uuid.UUID | None = None
    other_id: uuid.UUID | None = None
    person_id: uuid.UUID | None = None
    candidate_id: uuid.UUID | None = None
    starts_at: datetime | None = None
    ends_at: datetime | None = None
    seconds: int | None = None

    @property
    def fingerprint(self) -> str:
        """The same for the same observations of the same people."""
        ids: list[object] = [*self.evidence, self.registration_id, self.other_id, self.person_id]
        ids += [at.isoformat() for at in (self.starts_at, self.ends_at) if at]
        return hashlib.sha256("|".join(str(one) for one in ids).encode()).hexdigest()


@dataclass(frozen=True)
class Seen:
    """A place at the activity with what was seen of whoever has it."""

    registration: Registration
    standing: Sequence[PresenceEvidence]
    presence: Presence


@dataclass(frozen=True)
class Evening:
    """Everything that was seen at an activity."""

    sessions: Sequence[Slot]
    no_leave: str
    seen: Sequence[Seen]
    strangers: Mapping[uuid.UUID, Match] = field(default_factory=dict)
    # Those of them who said at the door what they are: no host of a meeting says so.
    walked_in: frozenset[uuid.UUID] = frozenset()
    # What a phone of the field tells so long after it happened, the desk decides; a paired phone
    # at a door may be days without a network, and its word is taken.
    late_after: timedelta = timedelta.max

    @property
    def most_checked_out(self) -> bool:
        """Whether leaving was scanned at all at this door."""
        came = [one for one in self.seen if any(e.kind == "in" for e in one.standing)]
        left = [one for one in came if any(e.kind == "out" for e in one.standing)]
        return len(left) * 2 > len(came)


def standing_evidence(
    evidence: Iterable[PresenceEvidence], opens_at: datetime | None = None
) -> list[PresenceEvidence]:
    """What was not taken back, in the order of what was observed."""
    return [one for one in counted_of(evidence, opens_at) if isinstance(one, PresenceEvidence)]


def conflicts_in(evening: Evening) -> list[Found]:
    """Everything a person has to decide before the books close."""
    found = [
        _stranger(person_id, match, walked_in=person_id in evening.walked_in)
        for person_id, match in evening.strangers.items()
    ]
    for one in evening.seen:
        if one.standing:
            found.extend(_of_one(one, evening))
    found.extend(_two_tickets(evening.seen))
    return found


def _stranger(person_id: uuid.UUID, match: Match, *, walked_in: bool) -> Found:
    proposal, because = "match", str(match.because)
    if match.registration_id is None:
        proposal = "walk_in" if walked_in else "leave_out"
        because = "said_who" if walked_in else because
    return Found(
        ConflictKind.UNMATCHED,
        proposal,
        because,
        (),
        person_id=person_id,
        candidate_id=match.registration_id,
    )


def _of_one(one: Seen, evening: Evening) -> Iterator[Found]:
    if not one.registration.is_confirmed:
        first = one.standing[0].occurred_at
        yield _about(one, ConflictKind.NO_PLACE, "give_place", "was_seen", starts_at=first)
    yield from _checks(one, evening)
    yield from _no_check_out(one, evening)
    yield from _both_places(one, evening)
    yield from _wrong_clock(one)
    yield from _before_place(one)
    yield from _told_late(one, evening.late_after)


def _checks(one: Seen, evening: Evening) -> Iterator[Found]:
    """Sessions of which the desk says whether minutes online count."""
    known = {slot.id: slot for slot in evening.sessions}
    for each in one.presence.unproven:
        if each.by_desk:
            slot = known[each.session_id]
            yield _about(
                one,
                ConflictKind.CHECKS,
                "not_there",
                "checks_missed",
                starts_at=slot.starts_at,
                ends_at=slot.ends_at,
            )


def _no_check_out(one: Seen, evening: Evening) -> Iterator[Found]:
    if evening.no_leave not in {DESK, NEXT_EVIDENCE}:
        return
    came = [e for e in one.standing if e.kind in {"in", "walk_in"}]
    for stay in one.presence.stays:
        if _nobody_saw_more_than_coming(stay, one.presence.stays, came):
            opened = [e for e in came if stay.starts_at <= e.occurred_at <= stay.ends_at]
            checked = evening.most_checked_out
            yield Found(
                ConflictKind.NO_CHECK_OUT,
                "last_seen" if checked else "to_the_end",
                "others_left" if checked else "nobody_left",
                tuple(sorted(str(e.event_uuid) for e in opened)),
                registration_id=one.registration.pk,
                starts_at=stay.starts_at,
            )


def _nobody_saw_more_than_coming(
    stay: Stay, stays: Sequence[Stay], came: Sequence[PresenceEvidence]
) -> bool:
    """A ticket that was read twice on the way in says no more of leaving than one read once."""
    if not stay.is_open or stay.starts_at == stay.ends_at:
        return stay.is_open
    goes_on = any(other.starts_at == stay.ends_at for other in stays)
    return not goes_on and any(e.occurred_at == stay.ends_at for e in came)


def _both_places(one: Seen, evening: Evening) -> Iterator[Found]:
    twice = overlap_of(one.presence, evening.sessions)
    if twice and twice[1] - twice[0] >= _A_MOMENT:
        begins, ends = twice
        yield _about(
            one, ConflictKind.BOTH_PLACES, "once", "counts_once", starts_at=begins, ends_at=ends
        )


def _wrong_clock(one: Seen) -> Iterator[Found]:
    wrong = [e for e in one.standing if abs(e.clock_offset or 0) > WRONG_BY.total_seconds()]
    if wrong:
        seconds = max((e.clock_offset or 0 for e in wrong), key=abs)
        is_days = abs(seconds) > _DAY.total_seconds()
        yield Found(
            ConflictKind.CLOCK,
            "corrected",
            "offset_is_days" if is_days else "offset_known",
            tuple(sorted(str(e.event_uuid) for e in wrong)),
            registration_id=one.registration.pk,
            starts_at=wrong[0].occurred_at,
            seconds=seconds,
        )


def _before_place(one: Seen) -> Iterator[Found]:
    registration, first = one.registration, one.standing[0].occurred_at
    is_walk_in = registration.source == CameBy.WALK_IN
    if not is_walk_in and first + _A_MOMENT < registration.requested_at:
        yield _about(
            one,
            ConflictKind.BEFORE_PLACE,
            "accept",
            "place_followed",
            starts_at=first,
            ends_at=registration.requested_at,
        )


def _told_late(one: Seen, late_after: timedelta) -> Iterator[Found]:
    late = [e for e in one.standing if e.device == FIELD and is_late(e, late_after)]
    if late:
        yield Found(
            ConflictKind.TOLD_LATE,
            "take_back",
            "told_by_one",
            tuple(sorted(str(e.event_uuid) for e in late)),
            registration_id=one.registration.pk,
            starts_at=late[0].occurred_at,
            ends_at=max(e.server_time for e in late),
        )


def is_late(one: PresenceEvidence, late_after: timedelta) -> bool:
    """Whether somebody told so long after it happened what they saw."""
    return one.server_time - one.occurred_at > late_after


def _about(
    one: Seen,
    kind: ConflictKind,
    proposal: str,
    because: str,
    *,
    starts_at: datetime,
    ends_at: datetime | None = None,
) -> Found:
    return Found(
        kind,
        proposal,
        because,
        (),
        registration_id=one.registration.pk,
        starts_at=starts_at,
        ends_at=ends_at,
    )


def _two_tickets(seen: Sequence[Seen]) -> Iterator[Found]:
    """Two places whose people share an address, or name and house, one of them seen at least."""
    by_key: dict[tuple[str, ...], Seen] = {}
    for one in sorted(seen, key=lambda s: (s.registration.requested_at, s.registration.pk)):
        for key, because in _keys_of(one.registration):
            first = by_key.setdefault(key, one)
            differs = first.registration.clinician_id != one.registration.clinician_id
            if differs and one.standing:
                yield Found(
                    ConflictKind.TWO_TICKETS,
                    "one_person",
                    because,
                    (),
                    registration_id=first.registration.pk,
                    other_id=one.registration.pk,
                )
                break


def _keys_of(registration: Registration) -> Iterator[tuple[tuple[str, ...], str]]:
    clinician = registration.clinician
    if clinician.email:
        yield ("email", clinician.email.casefold()), "same_email"
    name = " ".join(sorted(words_of(clinician.full_name)))
    house = plain(str(clinician.institution or ""))
    is_walk_in = registration.source == CameBy.WALK_IN
    if name and (house or is_walk_in):
        yield ("name", name, house), "same_name_here"
