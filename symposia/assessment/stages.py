"""After how many days learners are asked what became of what they wanted to change."""

from datetime import datetime

from symposia.assessment.models import STAGES


def stage_at(given_at: datetime, at: datetime) -> int | None:
    """After how many days somebody is asked now; nothing in the first thirty."""
    days = (at - given_at).days
    return max((stage for stage in STAGES if stage <= days), default=None)
