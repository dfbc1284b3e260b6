"""The reasons of somebody's minutes in sentences, with the times on the clock of the venue."""

import uuid
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from symposia.activities.models import Session
from symposia.attendance.folding import Presence, presence_of
from symposia.attendance.models import PresenceEvidence
from symposia.attendance.reasons import Code, Reason, reasons_of
from symposia.attendance.rules import counting_of
from symposia.registrations.models import Registration

Clock = Callable[[datetime], str]

# "To the end", "until last seen" and "the desk decides" are the three rules of a missing check-out.
_SENTENCES = {
    Code.NOT_SEEN: gettext_lazy("“%(session)s”: not seen, %(minutes)d min."),
    Code.CAME_LATER: gettext_lazy("“%(session)s”: came at %(until)s, %(minutes)d min missed."),
    Code.AWAY: gettext_lazy("“%(session)s”: away from %(from)s to %(until)s, %(minutes)d min."),
    Code.LEFT_EARLIER: gettext_lazy("“%(session)s”: left at %(from)s, %(minutes)d min missed."),
    Code.TO_THE_END: gettext_lazy(
        "No check-out after %(from)s: by the rule for this type it counts to the end, %(until)s."
    ),
    Code.LAST_SEEN: gettext_lazy(
        "No check-out after %(from)s: by the rule for this type it counts until the person was "
        "last seen, %(until)s."
    ),
    Code.UNDECIDED: gettext_lazy(
        "No check-out after %(from)s: by the rule for this type nothing counts before the desk "
        "has decided."
    ),
    Code.BY_HAND: gettext_lazy("%(minutes)d min were entered by hand."),
    Code.BY_CODE: gettext_lazy("%(minutes)d min were claimed with the code of the session."),
    Code.CONNECTED: gettext_lazy("%(minutes)d min were seen online, %(from)s to %(until)s."),
    Code.ONCE: gettext_lazy("In the room and online at once: %(minutes)d min count once."),
    Code.DOES_NOT_COUNT: gettext_lazy(
        "“%(session)s”: the last %(minutes)d min do not count for credit."
    ),
    Code.CHECKS_CAPPED: gettext_lazy(
        "“%(session)s”: %(answered)d of %(due)d presence checks answered; %(minutes)d min online "
        "after the last answer do not count."
    ),
    Code.CHECKS_DESK: gettext_lazy(
        "“%(session)s”: %(answered)d of %(due)d presence checks answered; %(minutes)d min online "
        "count only if the desk says so."
    ),
}


@dataclass(frozen=True)
class Explained:
    """Somebody's presence with everything that explains it."""

    presence: Presence
    sessions: Sequence[Session]
    evidence: Sequence[PresenceEvidence]
    reasons: tuple[Reason, ...]

    @property
    def possible(self) -> int:
        """The minutes that could count."""
        return sum(session.creditable_minutes for session in self.sessions)

    def heading(self) -> str:
        """So many of so many minutes count."""
        return _("%(minutes)d of %(all)d minutes count") % {
            "minutes": self.presence.creditable,
            "all": self.possible,
        }

    def sentences(self, clock: Clock) -> list[str]:
        """One sentence per reason; nothing where everything was seen."""
        titles = {session.pk: session.title for session in self.sessions}
        return [sentence_of(reason, titles, clock) for reason in self.reasons]


def sentence_of(reason: Reason, titles: Mapping[uuid.UUID, str], clock: Clock) -> str:
    """A reason as a person reads it."""
    facts = {
        "session": titles.get(reason.session.id, "") if reason.session else "",
        "minutes": reason.minutes,
        "from": clock(reason.starts_at),
        "until": clock(reason.ends_at),
        "answered": reason.answered,
        "due": reason.due,
    }
    return str(_SENTENCES[reason.code]) % facts


def explain_presence(registration: Registration) -> Explained:
    """The minutes of one clinician with the reasons for them."""
    activity = registration.activity
    sessions = list(Session.objects.of(activity))
    evidence = list(PresenceEvidence.objects.of_registration(registration).in_order())
    counting = counting_of(activity)
    presence = presence_of(evidence, sessions, counting.no_leave, counting.checks)
    reasons = reasons_of(presence, sessions, counting.no_leave) if presence.was_there else ()
    return Explained(presence, sessions, evidence, reasons)
