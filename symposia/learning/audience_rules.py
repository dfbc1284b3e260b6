"""Rules of questions and polls in a session: who may ask, vote and answer, and when. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils.translation import gettext_lazy as _

from symposia.activities.models import Activity, Session
from symposia.activities.modes import Mode
from symposia.attendance.models import DOOR_STATES
from symposia.learning.models import (
    AudiencePoll,
    AudienceQuestion,
    PollKind,
    PollState,
    QuestionState,
)
from symposia.registrations.models import Attending, Registration
from symposia.shared.refusals import Objection

# Questions come from shortly before a session until shortly after it.
OPENS_BEFORE, CLOSES_AFTER = timedelta(minutes=60), timedelta(minutes=30)
LONGEST_QUESTION = 500
LONGEST_ANSWER = 5_000
# What somebody has asked and nobody has looked at yet.
MOST_WAITING = 5
FEWEST_OPTIONS, MOST_OPTIONS, LONGEST_OPTION = 2, 8, 80
SMALLEST_SCALE, LARGEST_SCALE = 3, 10

NOT_GOING_ON = Objection(
    "audience_not_going_on", _("This activity takes no questions, votes and answers now.")
)
NO_PLACE = Objection(
    "audience_no_place",
    _("Whoever has a place here asks, votes and answers. Yours is not confirmed."),
)
NOT_YET = Objection("audience_not_yet", _("Questions to this session are taken from %(at)s on."))
OVER = Objection(
    "audience_over", _("This session is over; no more questions and votes are taken here.")
)
IN_BREAKS = Objection("audience_break", _("Nothing is asked in a break."))
EMPTY_QUESTION = Objection(
    "audience_question_empty", _("Write your question, in at most %(most)s characters.")
)
ASKED_MUCH = Objection(
    "audience_asked_much",
    _("%(most)s of your questions wait for the moderator. Ask again once one has been looked at."),
)
NOT_SHOWN = Objection("audience_not_shown", _("This question is not shown to the room."))
OWN_QUESTION = Objection("audience_own_question", _("This is your own question; it counts once."))
LOOKED_AT = Objection(
    "audience_looked_at",
    _("Somebody has done that already, or the question was answered. Open the page again."),
)
HIDDEN_WHY = Objection(
    "audience_hidden_why", _("Say why it is not shown; whoever asked reads the reason.")
)
OTHER_SESSION = Objection("audience_other_session", _("Join only questions of the same session."))
WITH_ITSELF = Objection(
    "audience_with_itself", _("Choose another question, one that stands by itself.")
)
NO_ANSWER = Objection("audience_no_answer", _("Write the answer, in at most %(most)s characters."))
HAS_ANSWER = Objection("audience_has_answer", _("This question has its answer in writing already."))
NOT_HANDED = Objection(
    "audience_not_handed",
    _(
        "This activity is independent: nobody of a company learns what its learners ask. Its"
        " faculty answers."
    ),
)
HANDED = Objection("audience_handed", _("This question was handed over already."))
ASKED_AFTER = Objection(
    "audience_asked_after",
    _("This was asked after the event, of a representative: medical affairs answers it, no room."),
)
NO_SESSION = Objection(
    "medical_question_no_session",
    _("This activity has no session that the question could be about. Write to medical affairs."),
)

POLL_QUESTION = Objection("audience_poll_question", _("Write what the poll asks."))
POLL_OPTIONS = Objection(
    "audience_poll_options",
    _("A poll has %(fewest)s to %(most)s answers to choose from, each once and short."),
)
POLL_SCALE = Objection(
    "audience_poll_scale",
    _("A scale goes from 1 to %(smallest)s or more, at most to %(largest)s."),
)
POLL_ENDS = Objection(
    "audience_poll_ends", _("Name both ends of the scale, each in a few words, or none.")
)
POLL_IS_OPEN = Objection("audience_poll_is_open", _("This poll is open already."))
OTHER_POLL = Objection(
    "audience_other_poll", _("“%(question)s” is open in this session. Close it first.")
)
POLL_NOT_OPEN = Objection("audience_poll_not_open", _("This poll is not open now."))
POLL_CHOICE = Objection("audience_poll_choice", _("Choose one of the answers."))
NO_RESULTS = Objection("audience_no_results", _("Open the poll first: it has no results yet."))
POLL_WAS_ASKED = Objection("audience_poll_was_asked", _("This poll was asked; it stays on record."))
SESSION_HAS_AUDIENCE = Objection(
    "session_has_audience",
    _("People asked questions or answered polls in this session; it stays on the agenda."),
)


@dataclass(frozen=True)
class PollFacts:
    """What a poll asks, and how it is answered."""

    kind: str
    question: str
    options: Sequence[str] = ()
    highest: int | None = None


def opens_at(session: Session) -> datetime:
    """From when on a session takes questions."""
    return session.starts_at - OPENS_BEFORE


def closes_at(session: Session) -> datetime:
    """Until when a session takes questions."""
    return session.ends_at + CLOSES_AFTER


def objection_to_taking_part(
    activity: Activity, registration: Registration | None
) -> Objection | None:
    """Whoever has a place takes part; faculty and the office need none."""
    if activity.state not in DOOR_STATES:
        return NOT_GOING_ON
    if registration is None:
        return None
    has_place = registration.is_confirmed and registration.activity_id == activity.pk
    return None if has_place else NO_PLACE


def objection_to_audience(session: Session, *, said: str = "", at: datetime) -> Objection | None:
    """Why a session takes nothing from its audience now; `said` is the hour it begins, in words."""
    if session.is_break:
        return IN_BREAKS
    if at < opens_at(session):
        return NOT_YET.about(at=said)
    return OVER if at >= closes_at(session) else None


def objection_to_question(text: str, *, waiting: int) -> Objection | None:
    """Why a question is not taken."""
    if not 0 < len(text.strip()) <= LONGEST_QUESTION:
        return EMPTY_QUESTION.about(most=LONGEST_QUESTION)
    return ASKED_MUCH.about(most=MOST_WAITING) if waiting >= MOST_WAITING else None


def objection_to_voting(question: AudienceQuestion, *, is_own: bool) -> Objection | None:
    """Whoever asked stands behind the question already; others may while the room sees it."""
    if question.state != QuestionState.SHOWN:
        return NOT_SHOWN
    return OWN_QUESTION if is_own else None


def objection_to_deciding_question(question: AudienceQuestion, to: str) -> Objection | None:
    """Why a moderator cannot do that with a question now."""
    if question.clinician_id is not None:
        return ASKED_AFTER
    return None if question.can_move(to) else LOOKED_AT


def objection_to_hiding(question: AudienceQuestion, *, reason: str) -> Objection | None:
    """A question is kept from the room for a reason that its asker reads."""
    decided = objection_to_deciding_question(question, QuestionState.HIDDEN)
    return decided or (None if reason.strip() else HIDDEN_WHY)


def objection_to_joining(question: AudienceQuestion, other: AudienceQuestion) -> Objection | None:
    """Why one question cannot be taken as the same as another."""
    if question.session_id != other.session_id:
        return OTHER_SESSION
    if question.pk == other.pk or other.state in {QuestionState.MERGED, QuestionState.HIDDEN}:
        return WITH_ITSELF
    return objection_to_deciding_question(question, QuestionState.MERGED)


def objection_to_answer(question: AudienceQuestion, text: str) -> Objection | None:
    """Why a written answer is not taken; one that was given in the room may be written after."""
    if not 0 < len(text.strip()) <= LONGEST_ANSWER:
        return NO_ANSWER.about(most=LONGEST_ANSWER)
    if question.answer:
        return HAS_ANSWER
    if question.is_answered:
        return None
    return objection_to_deciding_question(question, QuestionState.ANSWERED)


def objection_to_handing_over(question: AudienceQuestion, mode: str) -> Objection | None:
    """A question about products goes to those who answer it, unless the wall stands between."""
    if mode == Mode.INDEPENDENT:
        return NOT_HANDED
    if not question.is_unanswered:
        return LOOKED_AT
    return HANDED if question.handed_at else None


def objection_to_asking_after(
    session: Session | None, activity: Activity, text: str
) -> Objection | None:
    """Why a question that a representative was asked is not taken to medical affairs."""
    if activity.mode == Mode.INDEPENDENT:
        return NOT_HANDED
    return NO_SESSION if session is None else objection_to_question(text, waiting=0)


def objection_to_poll(facts: PollFacts) -> Objection | None:
    """Why a poll cannot be asked so."""
    if not 0 < len(facts.question.strip()) <= 200:
        return POLL_QUESTION
    if facts.kind == PollKind.SCALE:
        return _objection_to_scale(facts)
    options = facts.options
    some = FEWEST_OPTIONS <= len(options) <= MOST_OPTIONS and len(set(options)) == len(options)
    if some and all(0 < len(each) <= LONGEST_OPTION for each in options):
        return None
    return POLL_OPTIONS.about(fewest=FEWEST_OPTIONS, most=MOST_OPTIONS)


def _objection_to_scale(facts: PollFacts) -> Objection | None:
    if not SMALLEST_SCALE <= (facts.highest or 0) <= LARGEST_SCALE:
        return POLL_SCALE.about(smallest=SMALLEST_SCALE, largest=LARGEST_SCALE)
    ends = facts.options
    are_ends = len(ends) in {0, 2} and all(0 < len(each) <= LONGEST_OPTION for each in ends)
    return None if are_ends else POLL_ENDS


def objection_to_opening(poll: AudiencePoll, other: AudiencePoll | None) -> Objection | None:
    """One poll of a session is open at a time, so that the room knows what is asked."""
    if poll.is_open:
        return POLL_IS_OPEN
    return OTHER_POLL.about(question=other.question) if other else None


def objection_to_closing_poll(poll: AudiencePoll) -> Objection | None:
    """Only an open poll is closed."""
    return None if poll.is_open else POLL_NOT_OPEN


def objection_to_results(poll: AudiencePoll) -> Objection | None:
    """Results are shown of what was asked."""
    return NO_RESULTS if poll.state == PollState.PREPARED else None


def objection_to_removing_poll(poll: AudiencePoll) -> Objection | None:
    """What was asked stays on record."""
    return None if poll.state == PollState.PREPARED else POLL_WAS_ASKED


def objection_to_poll_answer(poll: AudiencePoll, choices: Sequence[int]) -> Objection | None:
    """Why an answer to a poll is not taken."""
    if not poll.is_open:
        return POLL_NOT_OPEN
    places = range(len(poll.labels))
    fits = len(set(choices)) == len(choices) and all(each in places for each in choices)
    enough = bool(choices) if poll.is_multiple else len(choices) == 1
    return None if fits and enough else POLL_CHOICE


def takes_part_online(activity: Activity, attending: str) -> bool:
    """Whether an answer by somebody's own phone is one from online. In the room it says nothing:
    the door sees who is there, and a phone may be anywhere."""
    return activity.delivery == "online" or attending == Attending.ONLINE


def counts_as_presence(
    activity: Activity, session: Session, attending: str, *, at: datetime
) -> bool:
    """Whether an answer proves that somebody was there at that moment."""
    goes_on = session.starts_at <= at < session.ends_at
    return goes_on and takes_part_online(activity, attending)
