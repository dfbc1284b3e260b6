"""Whether somebody has come to the evaluation: seen there, or done with what comes before it."""

from symposia.assessment.policies import NOT_THERE
from symposia.attendance.queries import minutes_of
from symposia.registrations.models import Registration
from symposia.registrations.requirements import asks_in_order, objection_before
from symposia.shared.refusals import Objection

EVALUATION = "evaluation"


def objection_to_coming(registration: Registration) -> Objection | None:
    """What is missing before this learner evaluates: presence, or the steps of the activity."""
    if asks_in_order(registration.activity):
        return objection_before(registration, EVALUATION)
    return None if minutes_of(registration).was_there else NOT_THERE
