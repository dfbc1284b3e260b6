"""What each way to decide a conflict writes into the ledger, and how that is taken back."""

import uuid
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from typing import Protocol

from symposia.activities.models import Session
from symposia.attendance.actions.checks import answer_evidence
from symposia.attendance.actions.people import (
    leave_person_out,
    match_person,
    place_of,
    place_person,
    unsettle_person,
)
from symposia.attendance.actions.writing import (
    add_reading,
    copy_evidence,
    enter_again,
    keep_evidence,
    take_back,
)
from symposia.attendance.conflicts import standing_evidence
from symposia.attendance.folding import is_connected
from symposia.attendance.models import (
    CheckAnswer,
    Conflict,
    ConflictKind,
    Kind,
    PresenceCheck,
    PresenceEvidence,
)
from symposia.attendance.policies import NOBODY_CHOSEN
from symposia.directory.models import Clinician
from symposia.registrations.models import Registration
from symposia.shared.actors import Actor
from symposia.shared.refusals import Refused


class Decided(Protocol):
    """The part of a decision that an effect reads."""

    @property
    def reason(self) -> str: ...
    @property
    def registration(self) -> Registration | None: ...
    @property
    def clinician(self) -> Clinician | None: ...


Effect = Callable[[Conflict, Decided, Actor], list[uuid.UUID]]


def undo_effect(conflict: Conflict, *, reason: str, by: Actor) -> None:
    """Take back what a decision wrote; what it had taken back counts again."""
    if conflict.kind == ConflictKind.UNMATCHED and conflict.person:
        unsettle_person(conflict.person, reason=reason, by=by)
        return
    written = list(PresenceEvidence.objects.filter(event_uuid__in=conflict.written))
    undone = [one.undoes for one in written if one.undoes]
    take_back([one for one in written if one.kind != Kind.UNDO], reason=reason, by=by)
    enter_again(list(PresenceEvidence.objects.filter(event_uuid__in=undone)), reason=reason, by=by)


def _nothing(_conflict: Conflict, _decided: Decided, _by: Actor) -> list[uuid.UUID]:
    return []


def _match(conflict: Conflict, decided: Decided, by: Actor) -> list[uuid.UUID]:
    place = decided.registration or conflict.candidate
    if conflict.person is None or place is None:
        raise Refused(NOBODY_CHOSEN)
    return match_person(conflict.person, place, reason=decided.reason, by=by)


def _walk_in(conflict: Conflict, decided: Decided, by: Actor) -> list[uuid.UUID]:
    if conflict.person is None:
        raise Refused(NOBODY_CHOSEN)
    return place_person(conflict.person, decided.clinician, reason=decided.reason, by=by)


def _leave_out(conflict: Conflict, decided: Decided, by: Actor) -> list[uuid.UUID]:
    if conflict.person:
        leave_person_out(conflict.person, reason=decided.reason, by=by)
    return []


def _one_person(conflict: Conflict, decided: Decided, by: Actor) -> list[uuid.UUID]:
    """What was seen under the later place counts under the first one."""
    if conflict.registration is None:
        return []
    seen = _seen(conflict.other)
    moved = copy_evidence(seen, conflict.registration, reason=decided.reason, by=by)
    return moved + take_back(seen, reason=decided.reason, by=by)


def _to_the_end(conflict: Conflict, decided: Decided, by: Actor) -> list[uuid.UUID]:
    opened = _named(conflict)
    if not opened:
        return []
    sessions = list(Session.objects.of(conflict.activity_id))
    own = [s.ends_at for s in sessions if s.pk == opened[0].session_id]
    ends_at = max(own or [s.ends_at for s in sessions], default=opened[0].occurred_at)
    ends_at = max(ends_at, _just_after(opened[-1]))
    return add_reading(opened[0], kind=Kind.OUT, occurred_at=ends_at, reason=decided.reason, by=by)


def _last_seen(conflict: Conflict, decided: Decided, by: Actor) -> list[uuid.UUID]:
    opened, seen = _named(conflict), _seen(conflict.registration)
    if not opened or not seen:
        return []
    last = max(one.ends_at or one.occurred_at for one in seen if one.kind != Kind.MARK)
    last = max(last, _just_after(opened[-1]))
    return add_reading(opened[0], kind=Kind.OUT, occurred_at=last, reason=decided.reason, by=by)


def _just_after(opened: PresenceEvidence) -> datetime:
    """The least that a check-out is behind its check-in: at one instant neither comes first."""
    return opened.occurred_at + timedelta(seconds=1)


def _take_back_named(conflict: Conflict, decided: Decided, by: Actor) -> list[uuid.UUID]:
    return take_back(_named(conflict), reason=decided.reason, by=by)


def _take_back(conflict: Conflict, decided: Decided, by: Actor) -> list[uuid.UUID]:
    wrong = _named(conflict) if conflict.evidence else _seen(conflict.registration)
    return take_back(wrong, reason=decided.reason, by=by)


def _room(conflict: Conflict, decided: Decided, by: Actor) -> list[uuid.UUID]:
    online = [one for one in _seen(conflict.registration) if is_connected(one)]
    return take_back(online, reason=decided.reason, by=by)


def _online(conflict: Conflict, decided: Decided, by: Actor) -> list[uuid.UUID]:
    seen = _seen(conflict.registration)
    room = [one for one in seen if not is_connected(one) and one.kind != Kind.MARK]
    return take_back(room, reason=decided.reason, by=by)


def _server_time(conflict: Conflict, decided: Decided, by: Actor) -> list[uuid.UUID]:
    wrong, reason = _named(conflict), decided.reason
    again = enter_again(wrong, at_server_time=True, reason=reason, by=by)
    return again + take_back(wrong, reason=reason, by=by)


def _give_place(conflict: Conflict, decided: Decided, by: Actor) -> list[uuid.UUID]:
    """A place as a walk-in; what was seen under the one that was given up counts there."""
    gone = conflict.registration
    if gone is None:
        return []
    held = place_of(gone.clinician, conflict.activity, by=by)
    if held.pk == gone.pk:
        return []
    seen = _seen(gone)
    moved = copy_evidence(seen, held, reason=decided.reason, by=by)
    return moved + take_back(seen, reason=decided.reason, by=by)


def _seen(registration: Registration | None) -> list[PresenceEvidence]:
    if registration is None:
        return []
    return standing_evidence(PresenceEvidence.objects.of_registration(registration))


def _named(conflict: Conflict) -> list[PresenceEvidence]:
    """The observations that the conflict is about, as far as they stand."""
    return [one for one in _seen(conflict.registration) if str(one.event_uuid) in conflict.evidence]


def _answered(conflict: Conflict, decided: Decided, by: Actor) -> list[uuid.UUID]:
    """The answers of a session that were not given, entered by hand."""
    if conflict.registration is None or conflict.starts_at is None or conflict.ends_at is None:
        return []
    during = PresenceCheck.objects.of(conflict.activity).filter(
        session__starts_at=conflict.starts_at, session__ends_at=conflict.ends_at
    )
    given = CheckAnswer.objects.filter(registration=conflict.registration).values("asked")
    rows = [
        answer_evidence(one, conflict.registration, reason=decided.reason, by=by)
        for one in during.exclude(pk__in=given).order_by("asked_at", "pk")
    ]
    kept = keep_evidence(rows, "presence.answered", reason=decided.reason, by=by)
    return [row.event_uuid for row in kept]


EFFECTS: Mapping[str, Effect] = {
    "match": _match,
    "walk_in": _walk_in,
    "leave_out": _leave_out,
    "one_person": _one_person,
    "two_people": _nothing,
    "to_the_end": _to_the_end,
    "last_seen": _last_seen,
    "nothing": _take_back_named,
    "once": _nothing,
    "room": _room,
    "online": _online,
    "corrected": _nothing,
    "server_time": _server_time,
    "accept": _nothing,
    "take_back": _take_back,
    "give_place": _give_place,
    "answered": _answered,
    "not_there": _nothing,
}
