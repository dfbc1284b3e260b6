import uuid

from django.utils.timezone import localdate, now

from symposia.accounts.queries import all_organisations
from symposia.activities.actions.duties import remind_of_milestones
from symposia.activities.actions.faculty_invitations import remind_faculty
from symposia.activities.actions.rules import recheck_rules
from symposia.activities.models import Activity
from symposia.shared.actors import job_actor
from symposia.shared.jobs import task, tick
from symposia.shared.tenancy import acting_in


@task("activities.recheck_planned", whole=False)
def recheck_planned(organisation_id: uuid.UUID, what: str) -> None:
    """Look at every activity to come once more, because a rule or a value changed."""
    with acting_in(organisation_id):
        coming = Activity.objects.not_over(now()).order_by("starts_at", "pk")
        ids = list(coming.values_list("pk", flat=True))
    by = job_actor(f"Rules changed: {what}"[:200])
    for activity_id in ids:
        with acting_in(organisation_id):
            recheck_rules(activity_id, by=by)


@tick("activities.milestones", seconds=6 * 3600)
def remind_owners() -> None:
    """Whoever owes a milestone that is due soon or late is written to once a week."""
    for organisation_id in all_organisations():
        with acting_in(organisation_id):
            remind_of_milestones(localdate(), by=job_actor("milestones"))


@tick("activities.faculty_reminders", seconds=3600)
def remind_every_faculty() -> None:
    """Whoever teaches and has something left to do hears of it, until it is done."""
    for organisation_id in all_organisations():
        with acting_in(organisation_id):
            remind_faculty(at=now(), by=job_actor("faculty reminders"))
