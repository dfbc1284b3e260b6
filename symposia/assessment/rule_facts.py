"""What rules ask about the evaluation; while an activity is planned nobody prepares one."""

import uuid
from collections.abc import Mapping
from typing import Any

from symposia.activities.models import OVER, UPCOMING
from symposia.activities.queries import activity_known
from symposia.assessment.queries import current_form
from symposia.compliance.facts import knows_facts


@knows_facts("activity", "evaluation")
def facts_of_evaluation(activity_id: uuid.UUID) -> Mapping[str, Any]:
    """Whether an evaluation is prepared, once people are or will be asked to come."""
    activity = activity_known(activity_id)
    if activity.state not in UPCOMING | OVER:
        return {}
    return {"evaluation_planned": current_form(activity) is not None}
