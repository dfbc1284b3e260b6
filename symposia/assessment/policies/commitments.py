from collections.abc import Collection, Sequence
from datetime import datetime

from django.utils.translation import gettext_lazy as _

from symposia.assessment.barriers import LABELS
from symposia.assessment.models import Commitment
from symposia.assessment.policies import NO_PLACE, NOT_BEGUN
from symposia.assessment.stages import stage_at
from symposia.registrations.models import Registration
from symposia.shared.refusals import Objection

MOST = 3
NOTHING_PROMISED = Objection(
    "commitment_without_words", _("Write at least one thing that you want to change.")
)
TOO_MANY = Objection(
    "commitments_too_many", _("Three at most: what one wants to change at once gets done.")
)
COMMITTED = Objection(
    "committed", _("You have written down what you want to change. It stays as it is.")
)
TOO_EARLY = Objection(
    "commitment_too_early", _("You will be asked what became of it 30 days after you wrote it.")
)
REPORTED = Objection("commitment_reported", _("You have said what became of this. Thank you."))
NO_SUCH_BARRIER = Objection("no_such_barrier", _("This is not one of the barriers of the list."))


def objection_to_committing(
    registration: Registration,
    texts: Sequence[str],
    *,
    absent: Objection | None,
    there: bool,
    at: datetime,
) -> Objection | None:
    """Why this learner cannot write down now what they want to change."""
    objections = (
        (there, COMMITTED),
        (not registration.is_confirmed, NO_PLACE),
        (registration.activity.starts_at > at, NOT_BEGUN),
        (absent is not None, absent),
        (not texts, NOTHING_PROMISED),
        (len(texts) > MOST, TOO_MANY),
    )
    return next((objection for holds, objection in objections if holds), None)


def objection_to_reporting(
    commitment: Commitment,
    reported: Collection[int],
    barriers: Collection[str],
    *,
    at: datetime,
) -> Objection | None:
    """Why a learner cannot say now what became of a commitment."""
    stage = stage_at(commitment.given_at, at)
    if stage is None:
        return TOO_EARLY
    if stage in reported:
        return REPORTED
    return NO_SUCH_BARRIER if set(barriers) - set(LABELS) else None
