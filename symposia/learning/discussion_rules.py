"""When people may speak in a discussion, change what they said, and when a moderator steps in."""

import re
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Protocol

from django.utils.translation import gettext_lazy as _

from symposia.learning.discussing import Voice
from symposia.learning.models import (
    Contribution,
    ContributionState,
    Discussion,
    DiscussionKind,
    Practice,
)
from symposia.shared.refusals import Objection

LONGEST = 5_000
# What a DOI looks like (ISO 26324): a prefix of its own, then whatever the registrant likes.
_DOI = re.compile(r"10\.\d{4,9}/\S{1,180}")
_LEADS = ("https://doi.org/", "http://doi.org/", "https://dx.doi.org/", "doi:")

DISCUSSION_TITLE = Objection(
    "discussion_title", _("Give the discussion a title of its own in this activity.")
)
DISCUSSION_DAYS = Objection("discussion_days", _("A discussion does not end before it begins."))
NO_CITATION = Objection("no_citation", _("A journal club is about a paper: give its citation."))
NO_DOI = Objection("no_doi", _("A DOI looks like 10.1000/182. Leave it empty where there is none."))
NO_ADDRESS = Objection("no_web_address", _("An address begins with https:// or http://."))
DISCUSSION_SAID = Objection(
    "discussion_said",
    _("People have spoken here; what they said stays on record. End the discussion instead."),
)
QUESTIONS_ANSWERED = Objection(
    "questions_answered",
    _("People have spoken about these questions: add others below, and leave them as they are."),
)
DISCUSSION_ASKED = Objection(
    "discussion_asked",
    _("Learners are asked to take part in it before the credit. Change the steps first."),
)
TOLD_OF_DISCUSSION = Objection(
    "told_of_discussion", _("The participants have been written to about this discussion.")
)
ENDED_TO_TELL = Objection(
    "discussion_ended", _("This discussion is over; nobody is invited to it any more.")
)
NOT_THERE = Objection(
    "discussion_without_place", _("Only whoever has a place at the activity takes part here.")
)
OPENS_LATER = Objection("discussion_early", _("This discussion opens later. Come back then."))
IS_CLOSED = Objection(
    "discussion_closed", _("This discussion is closed. What was said can still be read.")
)
NOTHING_SAID = Objection("nothing_said", _("Write something first."))
TOO_LONG = Objection("said_too_much", _("Keep it to %(most)s characters, or write two."))
NO_SUCH_QUESTION = Objection("question_not_asked", _("Choose one of the questions."))
REPLY_LOST = Objection("reply_lost", _("What you reply to is not shown here any more."))
NOT_OWN = Objection("not_own_words", _("These are somebody else's words."))
EDIT_OVER = Objection(
    "edit_over", _("It can be changed for %(minutes)s minutes. Write another one, or withdraw it.")
)
NOT_STANDING = Objection("not_standing", _("This is not shown any more."))
OWN_REPORT = Objection("own_report", _("These are your own words: withdraw them instead."))
REPORTED_ALREADY = Objection("reported_already", _("You have reported this. Somebody looks at it."))
REASON_NEEDED = Objection("moderation_reason", _("Say why; the author reads it."))
HIDDEN_ALREADY = Objection("hidden_already", _("This is hidden already."))
SHOWN_ALREADY = Objection("shown_already", _("This is shown already."))
PIN_HEAD = Objection("pin_head", _("Only what is shown and begins a thread is pinned."))
NOTHING_REPORTED = Objection("nothing_reported", _("Nobody has reported this since you looked."))
NO_SUCH_PRACTICE = Objection("practice_not_read", _("This is not published any more."))


def plain_doi(said: str) -> str:
    """A DOI without what leads to it."""
    said = said.strip()
    for lead in _LEADS:
        if said.lower().startswith(lead):
            said = said[len(lead) :]
    return said.strip()


class Wanted(Protocol):
    """What a discussion shall be."""

    @property
    def kind(self) -> str: ...
    @property
    def title(self) -> str: ...
    @property
    def citation(self) -> str: ...
    @property
    def doi(self) -> str: ...
    @property
    def address(self) -> str: ...
    @property
    def opens_on(self) -> date: ...
    @property
    def closes_on(self) -> date | None: ...


def objection_to_discussion(wanted: Wanted, others: Sequence[str]) -> Objection | None:
    """A title of its own, an end after the beginning, and a paper where it is about one."""
    title = wanted.title.strip()
    if not title or title.casefold() in {each.casefold() for each in others}:
        return DISCUSSION_TITLE
    if wanted.closes_on and wanted.closes_on < wanted.opens_on:
        return DISCUSSION_DAYS
    return _objection_to_paper(wanted)


def _objection_to_paper(wanted: Wanted) -> Objection | None:
    if wanted.kind == DiscussionKind.JOURNAL_CLUB and not wanted.citation.strip():
        return NO_CITATION
    doi = plain_doi(wanted.doi)
    if doi and not _DOI.fullmatch(doi):
        return NO_DOI
    address = wanted.address.strip().lower()
    return NO_ADDRESS if address and not address.startswith(("https://", "http://")) else None


def objection_to_other_questions(
    was: Sequence[str], wanted: Sequence[str], *, answered: int
) -> Objection | None:
    """A question that somebody spoke about keeps its number and its words; `answered` is the
    highest of them."""
    return None if list(was[:answered]) == list(wanted[:answered]) else QUESTIONS_ANSWERED


def objection_to_removing_discussion(*, said: bool, asked: bool) -> Objection | None:
    """What was said is evidence, and what learners are asked to do stays possible."""
    if said:
        return DISCUSSION_SAID
    return DISCUSSION_ASKED if asked else None


def objection_to_telling(discussion: Discussion, *, on: date) -> Objection | None:
    """The people of an activity are written to once, while there is something to come to."""
    if discussion.told_at:
        return TOLD_OF_DISCUSSION
    return ENDED_TO_TELL if discussion.is_over(on) else None


def objection_to_reading(discussion: Discussion, voice: Voice) -> Objection | None:
    """The people of the activity read it, its faculty and the office; nobody else."""
    if voice.is_office:
        return None
    there = voice.is_there and voice.activity_id == discussion.activity_id
    return None if there else NOT_THERE


def objection_to_speaking(discussion: Discussion, voice: Voice, *, on: date) -> Objection | None:
    """Whoever reads it speaks while it is open; the office also before, to begin it."""
    if objection := objection_to_reading(discussion, voice):
        return objection
    if discussion.is_over(on):
        return IS_CLOSED
    return OPENS_LATER if on < discussion.opens_on and not voice.is_office else None


def objection_to_commenting(practice: Practice, voice: Voice) -> Objection | None:
    """What is published is spoken of by whoever may read it: at activities of the same mode."""
    if not voice.is_there:
        return NOT_THERE
    place = voice.registration
    other = place is not None and place.activity.mode != practice.activity.mode
    return NO_SUCH_PRACTICE if other or practice.state != "published" else None


def objection_to_words(
    text: str, *, question: int | None = None, questions: int = 0
) -> Objection | None:
    """Something was said, not too much, about a question that there is."""
    if not text.strip():
        return NOTHING_SAID
    if len(text) > LONGEST:
        return TOO_LONG.about(most=LONGEST)
    if question is not None and not 1 <= question <= questions:
        return NO_SUCH_QUESTION
    return None


def objection_to_replying(head: Contribution, place: Discussion | Practice) -> Objection | None:
    """A reply is to something that is shown in the same place."""
    same = place.pk in {head.discussion_id, head.practice_id}
    return None if same and head.is_shown else REPLY_LOST


def objection_to_editing(
    contribution: Contribution, voice: Voice, minutes: int, *, at: datetime
) -> Objection | None:
    """The own words, within a short while, as long as they stand."""
    if not voice.wrote(contribution):
        return NOT_OWN
    if contribution.state not in {ContributionState.SHOWN, ContributionState.WAITING}:
        return NOT_STANDING
    over = at >= contribution.written_at + timedelta(minutes=minutes)
    return EDIT_OVER.about(minutes=minutes) if over else None


def objection_to_withdrawing_words(contribution: Contribution, voice: Voice) -> Objection | None:
    """The own words are taken back at any time, once."""
    if not voice.wrote(contribution):
        return NOT_OWN
    return NOT_STANDING if contribution.state == ContributionState.WITHDRAWN else None


def objection_to_reporting(
    contribution: Contribution, voice: Voice, *, reason: str, reported: bool
) -> Objection | None:
    """Whoever reads something may report it once, saying why."""
    if voice.wrote(contribution):
        return OWN_REPORT
    if not contribution.is_shown:
        return NOT_STANDING
    if reported:
        return REPORTED_ALREADY
    return None if reason.strip() else REASON_NEEDED


def objection_to_hiding(contribution: Contribution, reason: str) -> Objection | None:
    """A moderator hides with a reason that the author reads."""
    if contribution.state == ContributionState.HIDDEN:
        return HIDDEN_ALREADY
    if contribution.state == ContributionState.WITHDRAWN:
        return NOT_STANDING
    return None if reason.strip() else REASON_NEEDED


def objection_to_showing(contribution: Contribution) -> Objection | None:
    """What waits or was hidden is shown; what its author took back stays away."""
    if contribution.state == ContributionState.WITHDRAWN:
        return NOT_STANDING
    return SHOWN_ALREADY if contribution.is_shown else None


def objection_to_keeping(contribution: Contribution, *, reported: bool) -> Objection | None:
    """What was reported and is in order stays as it is."""
    if not contribution.is_shown:
        return NOT_STANDING
    return None if reported else NOTHING_REPORTED


def objection_to_pinning(contribution: Contribution) -> Objection | None:
    """What begins a thread and is shown stands first."""
    return None if contribution.is_shown and contribution.head_id is None else PIN_HEAD
