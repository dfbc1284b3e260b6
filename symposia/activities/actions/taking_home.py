from django.db import transaction

from symposia.activities.models import Activity
from symposia.audit.actions import record
from symposia.shared.actors import Actor


@transaction.atomic
def take_papers_home(activity: Activity, *, files: int, kept_back: int, by: Actor) -> None:
    """Note that somebody takes the documents of an activity out of the house."""
    details = {
        "list": "documents",
        "as": "zip",
        "activity_pk": activity.pk,
        "files": files,
        "kept_back": kept_back,
    }
    record(by, "list.exported", activity, details=details)
