"""Whether a learner may appeal about credit, and whether somebody may decide: pure rules."""

import uuid
from datetime import datetime

from django.utils.translation import gettext_lazy as _

from symposia.credits.explaining import Explanation
from symposia.credits.models import AppealState, CreditAppeal
from symposia.shared.refusals import Objection

TOO_EARLY = Objection(
    "appeal_too_early", _("The activity is not over yet; its credit is worked out when it is.")
)
APPEALED_ALREADY = Objection("appeal_waits", _("Your appeal waits already; one is enough."))
SAY_WHAT_IS_WRONG = Objection("appeal_words", _("Say what is wrong."))
APPEAL_DECIDED = Objection("appeal_decided", _("This appeal was decided: %(state)s."))
OWN_APPEAL = Objection("own_appeal", _("This is your own appeal; somebody else decides."))
SAY_WHY_DECIDED = Objection("appeal_reason", _("Write why; the learner reads it."))


def objection_to_appealing(explained: Explanation, *, at: datetime) -> Objection | None:
    """An appeal is about what was worked out: once the activity is over."""
    is_over = explained.activity.is_over or explained.activity.ends_at <= at
    return None if is_over else TOO_EARLY


def objection_to_appeal(said: str, waiting: CreditAppeal | None) -> Objection | None:
    """An appeal says what is wrong, and one waits at a time."""
    if waiting is not None:
        return APPEALED_ALREADY
    return None if said.strip() else SAY_WHAT_IS_WRONG


def objection_to_deciding_appeal(
    appeal: CreditAppeal, *, own_user_id: uuid.UUID | None, by_id: uuid.UUID | None
) -> Objection | None:
    """Whether this person can decide on it now; nobody decides on their own."""
    if appeal.state != AppealState.WAITING:
        return APPEAL_DECIDED.about(state=appeal.get_state_display())
    return OWN_APPEAL if by_id is not None and by_id == own_user_id else None
