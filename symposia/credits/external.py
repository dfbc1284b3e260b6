"""Whether credit from elsewhere may be handed in or decided, and whether a transcript may be
shared: pure rules."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal

from django.utils.translation import gettext_lazy as _

from symposia.credits.models import CreditSystem, ExternalCredit, ExternalState, TranscriptShare
from symposia.credits.subjects import known_subjects
from symposia.shared.refusals import Objection
from symposia.shared.times import day_ends
from symposia.work.kinds import kind_of

LARGEST = 10 * 1024 * 1024
# How long a board may read a transcript at most.
LONGEST = timedelta(days=366)
_FAR = date(2200, 1, 1)

FROM_TOMORROW = Objection("earned_tomorrow", _("The day it was earned has not come yet."))
NOT_IN_FORCE_THEN = Objection(
    "external_system_then", _("The rules of %(system)s that we know do not apply on that day.")
)
NOT_WHOLE_STEPS = Objection(
    "external_steps", _("%(system)s is given in steps of %(step)s, and more than nothing.")
)
NO_PROOF = Objection(
    "no_proof_of_credit", _("Add the certificate or letter as a PDF or as a picture (JPEG, PNG).")
)
PROOF_TOO_LARGE = Objection("proof_too_large", _("The proof has at most %(megabytes)s megabytes."))
ENTERED_ALREADY = Objection(
    "external_there", _("You entered this already: %(which)s. It counts once.")
)
SAY_WHAT = Objection("external_words", _("Write what it was and who held it."))
BAD_SUBJECT = Objection("external_subject", _("Choose the subjects from the list."))
DECIDED_ALREADY = Objection("external_decided", _("This does not wait any more: %(state)s."))
OWN_CREDIT = Objection(
    "own_external_credit", _("This is your own credit; somebody else of the office decides.")
)
RETURN_WHY = Objection("external_return_reason", _("Write what is missing; the learner reads it."))
NO_BOARD = Objection("share_board", _("Write who is to read it."))
NOT_A_WHILE = Objection(
    "share_while", _("The link holds until a day from tomorrow on, at most a year.")
)
SHARE_OVER = Objection("share_over", _("This link does not open anything any more."))
TURNED_ROUND = Objection("transcript_days", _("The first day is after the last."))


@dataclass(frozen=True)
class ExternalFacts:
    """What a learner says of credit earned elsewhere."""

    system: CreditSystem
    title: str
    provider: str
    earned_on: date
    amount: Decimal
    subjects: Sequence[str] = ()


def objection_to_external_credit(
    facts: ExternalFacts, twin: ExternalCredit | None, *, today: date
) -> Objection | None:
    """Why credit from elsewhere cannot be entered as it is said to be."""
    system = facts.system
    in_force = system.valid_until is None or facts.earned_on <= system.valid_until
    amount = facts.amount
    objections = (
        (not (facts.title.strip() and facts.provider.strip()), SAY_WHAT),
        (facts.earned_on > today, FROM_TOMORROW),
        (not in_force, NOT_IN_FORCE_THEN.about(system=system.name)),
        (
            amount <= 0 or bool(amount % system.step),
            NOT_WHOLE_STEPS.about(system=system.name, step=system.step),
        ),
        (not known_subjects().issuperset(facts.subjects), BAD_SUBJECT),
        (twin is not None, ENTERED_ALREADY.about(which=twin)),
    )
    return next((objection for holds, objection in objections if holds), None)


def objection_to_proof(content: bytes) -> Objection | None:
    """A proof is a document or a picture of a size that somebody can look at."""
    if len(content) > LARGEST:
        return PROOF_TOO_LARGE.about(megabytes=LARGEST // 1024**2)
    return None if kind_of(content) else NO_PROOF


def objection_to_deciding_external(
    credit: ExternalCredit, *, own_user_id: uuid.UUID | None, by_id: uuid.UUID | None
) -> Objection | None:
    """Whether this person can decide on it now; nobody decides on their own."""
    if credit.state != ExternalState.HANDED_IN:
        return DECIDED_ALREADY.about(state=credit.get_state_display())
    return OWN_CREDIT if by_id is not None and by_id == own_user_id else None


def objection_to_sharing(
    board: str, expires_at: datetime, *, at: datetime, days: tuple[date | None, date | None]
) -> Objection | None:
    """A share names its reader and ends."""
    if not board.strip():
        return NO_BOARD
    if not at < expires_at <= at + LONGEST:
        return NOT_A_WHILE
    return objection_to_days(*days)


def end_of_share(day: date, zone: str) -> datetime:
    """The last moment of a day where the organisation is; a year nobody lives to see is cut, and
    then refused as too long."""
    return day_ends(min(day, _FAR), zone)


def objection_to_days(from_on: date | None, until_on: date | None) -> Objection | None:
    """The first day is not after the last."""
    return TURNED_ROUND if from_on and until_on and from_on > until_on else None


def objection_to_revoking_share(share: TranscriptShare, *, at: datetime) -> Objection | None:
    """Only what still opens is ended."""
    return None if is_open(share, at=at) else SHARE_OVER


def is_open(share: TranscriptShare, *, at: datetime) -> bool:
    """Whether the link of a share still opens."""
    return share.revoked_at is None and at < share.expires_at
