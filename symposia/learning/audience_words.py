"""What is said of a session and its audience, in the reader's language."""

from django.utils.translation import get_language

from symposia.activities.models import Activity, Session
from symposia.learning.audience_rules import opens_at
from symposia.notifications.local_times import local_moment


def opening_said(session: Session, activity: Activity) -> str:
    """From when on a session takes questions, on the venue's clock."""
    return local_moment(opens_at(session), activity.zone, get_language() or "en")
