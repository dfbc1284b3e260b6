"""Rules of presence checks and polls, and what is read of them."""

import uuid
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils.translation import gettext_lazy as _

from symposia.activities.models import Activity, DeliveryForm, Session
from symposia.attendance.models import CheckAnswer, CheckShort, PresenceCheck
from symposia.registrations.models import Registration
from symposia.shared.refusals import Objection

SHORTEST, LONGEST = 1, 60
FEWEST, MOST_OPTIONS, LONGEST_OPTION = 2, 6, 80

NOT_ONLINE = Objection(
    "check_not_online", _("Nobody takes part online in this activity; the door sees who is there.")
)
CHECK_SESSION = Objection("check_session", _("This session is not one of this activity."))
CHECK_TIME = Objection("check_time", _("A check is asked while its session goes on."))
CHECK_MINUTES = Objection(
    "check_minutes", _("A check stays open for %(shortest)s to %(longest)s minutes.")
)
CHECK_OPTIONS = Objection(
    "check_options",
    _("A poll has %(fewest)s to %(most)s answers to choose from, each once and short."),
)
CHECK_QUESTION = Objection("check_question", _("A poll needs its question."))
CHECK_OVER = Objection("check_over", _("This check is closed already."))
CHECK_NOT_OPEN = Objection("check_not_open", _("This question is not open now."))
CHECK_ANSWERED = Objection("check_answered", _("You have answered this already; it counts once."))
CHECK_SHARE = Objection(
    "check_share",
    _("Say both: a share of 0 to 100 percent, and what follows where it is not reached."),
)
CHECK_CHOICE = Objection("check_choice", _("Choose one of the answers."))


@dataclass(frozen=True)
class Question:
    """What is asked in which session, from when on, for how many minutes."""

    session: Session
    asked_at: datetime
    minutes: int
    question: str = ""
    options: Sequence[str] = ()

    @property
    def closes_at(self) -> datetime:
        """Never later than the session ends."""
        return min(self.asked_at + timedelta(minutes=self.minutes), self.session.ends_at)


def objection_to_asking(activity: Activity, asked: Question) -> Objection | None:
    """Why a check cannot be put up."""
    session, options = asked.session, asked.options
    objections = (
        (activity.delivery == DeliveryForm.IN_PERSON, NOT_ONLINE),
        (session.activity_id != activity.pk, CHECK_SESSION),
        (not SHORTEST <= asked.minutes <= LONGEST, CHECK_MINUTES),
        (not session.starts_at <= asked.asked_at < session.ends_at, CHECK_TIME),
        (bool(options) and not _are_options(options), CHECK_OPTIONS),
        (bool(options) and not asked.question.strip(), CHECK_QUESTION),
    )
    found = next((objection for holds, objection in objections if holds), None)
    facts = {"shortest": SHORTEST, "longest": LONGEST, "fewest": FEWEST, "most": MOST_OPTIONS}
    return found.about(**facts) if found else None


def _are_options(options: Sequence[str]) -> bool:
    some = FEWEST <= len(options) <= MOST_OPTIONS and len(set(options)) == len(options)
    return some and all(0 < len(each) <= LONGEST_OPTION for each in options)


def objection_to_closing_check(asked: PresenceCheck, *, at: datetime) -> Objection | None:
    """Why nobody ends a presence check before its time."""
    return CHECK_OVER if at >= asked.closes_at else None


def objection_to_answering(
    asked: PresenceCheck, choice: int | None, *, is_answered: bool, at: datetime
) -> Objection | None:
    """Why an answer is not taken."""
    if is_answered:
        return CHECK_ANSWERED
    if not asked.is_open(at):
        return CHECK_NOT_OPEN
    places = range(len(asked.options))
    return CHECK_CHOICE if asked.is_poll and (choice is None or choice not in places) else None


def objection_to_threshold(percent: int | None, short: str) -> Objection | None:
    """Why a share of presence checks cannot be asked for so."""
    if percent is None:
        return CHECK_SHARE if short else None
    is_share = 0 <= percent <= 100 and short in CheckShort.values
    return None if is_share else CHECK_SHARE


def open_checks(
    registration: Registration, *, at: datetime
) -> list[tuple[PresenceCheck, CheckAnswer | None]]:
    """What is asked of somebody now, with what they answered."""
    asked = PresenceCheck.objects.of(registration.activity).open_at(at).select_related("session")
    answers = CheckAnswer.objects.filter(registration=registration)
    given = {each.asked_id: each for each in answers}
    return [(each, given.get(each.pk)) for each in asked.order_by("asked_at", "pk")]


def check_of(activity: Activity, pk: uuid.UUID) -> PresenceCheck | None:
    """A check of an activity that somebody's page names."""
    return PresenceCheck.objects.of(activity).select_related("session").filter(pk=pk).first()


def results_of(asked: PresenceCheck) -> list[tuple[str, int]]:
    """How many chose what, in the order of the options; for a check, how many were there."""
    chosen = Counter(CheckAnswer.objects.to(asked).values_list("choice", flat=True))
    if not asked.is_poll:
        return [(str(_("Still there")), chosen.total())]
    return [(option, chosen[place]) for place, option in enumerate(asked.options)]
