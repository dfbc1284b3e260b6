"""Rules of questions that medical affairs answers: in writing, to whoever asked, once. Pure."""

from django.utils.translation import gettext_lazy as _

from symposia.activities.modes import Mode
from symposia.learning.audience_rules import LONGEST_ANSWER, NO_ANSWER, NOT_HANDED
from symposia.learning.models import AudienceQuestion
from symposia.shared.refusals import Objection

LONGEST_REASON = 1_000

NOT_FOR_MEDICAL = Objection(
    "medical_not_handed",
    _("This question was not handed to medical affairs. A moderator of the activity does that."),
)
DEALT_WITH = Objection(
    "medical_dealt_with",
    _("This question was answered or declined already; that was sent and stays as it is."),
)
NOBODY_TO_WRITE_TO = Objection(
    "medical_no_address",
    _("Nobody who asked this has an address for mail, so nothing can be written to them."),
)
DECLINED_WHY = Objection(
    "medical_declined_why",
    _("Say why it is not answered, in at most %(most)s characters; whoever asked reads it."),
)


def objection_to_dealing_with(
    question: AudienceQuestion, mode: str, *, is_dealt_with: bool, readers: int
) -> Objection | None:
    """Why medical affairs neither answers nor declines a question. Nothing is written out of an
    independent activity, whatever a question was before its activity became one."""
    if mode == Mode.INDEPENDENT:
        return NOT_HANDED
    if question.handed_at is None:
        return NOT_FOR_MEDICAL
    if is_dealt_with:
        return DEALT_WITH
    return None if readers else NOBODY_TO_WRITE_TO


def objection_to_medical_answer(text: str) -> Objection | None:
    """An answer says something, and not too much."""
    if 0 < len(text.strip()) <= LONGEST_ANSWER:
        return None
    return NO_ANSWER.about(most=LONGEST_ANSWER)


def objection_to_declining(reason: str) -> Objection | None:
    """Whoever asked reads why they get no answer."""
    if 0 < len(reason.strip()) <= LONGEST_REASON:
        return None
    return DECLINED_WHY.about(most=LONGEST_REASON)
