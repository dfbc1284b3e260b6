"""What a conflict, a way to decide it, and what speaks for that are called."""

from collections.abc import Callable
from datetime import datetime, timedelta

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from symposia.attendance.models import Conflict, ConflictKind

Clock = Callable[[datetime], str]

CHOICE_WORDS: dict[str, str | Promise] = {
    "match": gettext_lazy("It is somebody with a place here"),
    "walk_in": gettext_lazy("Give a place as a walk-in"),
    "leave_out": gettext_lazy("Leave out: a host, staff or guest"),
    "one_person": gettext_lazy("One person: count all on the first place"),
    "two_people": gettext_lazy("Two people"),
    "to_the_end": gettext_lazy("Stayed to the end"),
    "last_seen": gettext_lazy("Stayed until last seen"),
    "nothing": gettext_lazy("Count nothing of this stay"),
    "once": gettext_lazy("Both are right: count the time once"),
    "room": gettext_lazy("Was in the room: take the connection back"),
    "online": gettext_lazy("Was online: take the scans back"),
    "corrected": gettext_lazy("Take the corrected time"),
    "server_time": gettext_lazy("Take the time at which it arrived here"),
    "accept": gettext_lazy("It counts all the same"),
    "take_back": gettext_lazy("Take what was seen back"),
    "give_place": gettext_lazy("Give a place as a walk-in and count it there"),
    "answered": gettext_lazy("Was there: count the minutes online"),
    "not_there": gettext_lazy("Leave the minutes online uncounted"),
}
BECAUSE_WORDS: dict[str, str | Promise] = {
    "ticket": gettext_lazy("the ticket code is this place's"),
    "same_email": gettext_lazy("the e-mail address is the same"),
    "name_and_place": gettext_lazy("name and institution are the same"),
    "same_name": gettext_lazy("the name is the same"),
    "similar_name": gettext_lazy("the name is alike"),
    "other_name": gettext_lazy("the e-mail address is the same, the name is another"),
    "same_name_here": gettext_lazy("name and institution are the same"),
    "nobody": gettext_lazy("nobody with a place here is called like that"),
    "said_who": gettext_lazy("the person said name and profession at the door"),
    "was_seen": gettext_lazy("the person was seen here"),
    "others_left": gettext_lazy("most others were checked out, this person was not"),
    "nobody_left": gettext_lazy("hardly anybody was checked out at this door"),
    "counts_once": gettext_lazy("the same minute never counts twice"),
    "offset_known": gettext_lazy("the device told how far its clock was off"),
    "offset_is_days": gettext_lazy("the clock was off by days, and by the same at each scan"),
    "told_by_one": gettext_lazy("nobody at the door wrote it down at the time"),
    "checks_missed": gettext_lazy("too few presence checks were answered"),
    "place_followed": gettext_lazy("the place was entered after the person had come"),
}
_SENTENCES: dict[str, str | Promise] = {
    ConflictKind.UNMATCHED: gettext_lazy(
        "%(who)s was seen, and nobody knows whose place at the activity that is."
    ),
    ConflictKind.TWO_TICKETS: gettext_lazy(
        "%(who)s and %(other)s have places of their own and may be one person."
    ),
    ConflictKind.NO_CHECK_OUT: gettext_lazy(
        "%(who)s came at %(from)s; nobody saw the person leave."
    ),
    ConflictKind.BOTH_PLACES: gettext_lazy(
        "%(who)s was in the room and online at once between %(from)s and %(until)s."
    ),
    ConflictKind.CLOCK: gettext_lazy(
        "The device that saw %(who)s at %(from)s had a clock that was wrong by %(wrong)s."
    ),
    ConflictKind.BEFORE_PLACE: gettext_lazy(
        "%(who)s was seen at %(from)s and had a place since %(until)s only."
    ),
    ConflictKind.CHECKS: gettext_lazy(
        "%(who)s was online and answered too few presence checks between %(from)s and %(until)s."
    ),
    ConflictKind.TOLD_LATE: gettext_lazy(
        "%(who)s is said to have come at %(from)s; a phone in the field told it at %(until)s only."
    ),
    ConflictKind.NO_PLACE: gettext_lazy("%(who)s was seen at %(from)s without a confirmed place."),
}


def sentence_of_conflict(conflict: Conflict, clock: Clock) -> str:
    """What does not fit together, in one sentence."""
    facts = {
        "who": who_in(conflict),
        "other": conflict.other.clinician.full_name if conflict.other else "",
        "from": clock(conflict.starts_at) if conflict.starts_at else "",
        "until": clock(conflict.ends_at) if conflict.ends_at else "",
        "wrong": _duration(conflict.seconds or 0),
    }
    return str(_SENTENCES[conflict.kind]) % facts


def who_in(conflict: Conflict) -> str:
    """The person as known: with a place, or as they said."""
    if conflict.registration:
        return conflict.registration.clinician.full_name
    return conflict.person.name if conflict.person else ""


def proposal_of(conflict: Conflict) -> str:
    """What the product proposes and what speaks for it."""
    words = str(CHOICE_WORDS.get(conflict.proposal, ""))
    if conflict.proposal == "match" and conflict.candidate:
        words = conflict.candidate.clinician.full_name
    because = BECAUSE_WORDS.get(conflict.because)
    if not because:
        return words
    return _("%(proposal)s: %(because)s") % {"proposal": words, "because": because}


def _duration(seconds: int) -> str:
    lasts = timedelta(seconds=abs(seconds))
    if lasts >= timedelta(days=1):
        return _("%d d") % round(lasts / timedelta(days=1))
    if lasts >= timedelta(hours=1):
        return _("%d h") % round(lasts / timedelta(hours=1))
    return _("%d min") % round(lasts / timedelta(minutes=1))
