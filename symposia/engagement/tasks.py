from symposia.activities.models import Activity
from symposia.engagement.actions.follow_ups import make_follow_ups
from symposia.shared.actors import job_actor
from symposia.shared.jobs import task

BY = job_actor("Follow-up")


@task("engagement.make_follow_ups", watched=False)
def make(activity_id: str) -> None:
    """What is owed after an activity follows who was there."""
    activity = Activity.objects.filter(pk=activity_id).first()
    if activity:
        make_follow_ups(activity, by=BY)
