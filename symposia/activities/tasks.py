import uuid

from django.db import transaction
from django.utils.timezone import now
from django.utils.translation import ngettext

from symposia.accounts.queries import all_organisations, local_day
from symposia.activities.actions.duties import remind_of_milestones
from symposia.activities.actions.faculty_invitations import remind_faculty
from symposia.activities.actions.rules import recheck_rules
from symposia.activities.actions.series import make_occasions
from symposia.activities.models import Activity, Refresh, Series
from symposia.activities.repeating import objection_to_refreshes
from symposia.activities.series import days_without_activity
from symposia.shared.actors import Actor, job_actor
from symposia.shared.jobs import task, tick
from symposia.shared.refusals import refuse_if
from symposia.shared.tenancy import acting_in
from symposia.work.background import Progress, request_job, run_job
from symposia.work.models import Job

MAKING_SESSIONS = "series sessions"
CHUNK = 5


@task("activities.recheck_planned", watched=False, whole=False)
def recheck_planned(organisation_id: uuid.UUID, what: str) -> None:
    """Look at every activity to come once more, because a rule or a value changed."""
    with acting_in(organisation_id):
        coming = Activity.objects.not_over(now()).order_by("starts_at", "pk")
        ids = list(coming.values_list("pk", flat=True))
    by = job_actor(f"Rules changed: {what}"[:200])
    for activity_id in ids:
        with acting_in(organisation_id):
            recheck_rules(activity_id, by=by)


@transaction.atomic
def ask_for_sessions(series: Series, *, by: Actor, href: str = "") -> int:
    """Ask for an activity for each day that has none; how many those are."""
    refuse_if(objection_to_refreshes(list(Refresh.objects.open_of(series))))

    missing = len(days_without_activity(series))
    title = ngettext("%(series)s: %(n)d session", "%(series)s: %(n)d sessions", missing)
    title %= {"series": series.number, "n": missing}
    kind, pk = MAKING_SESSIONS, str(series.pk)
    request_job(make_sessions, kind=kind, title=title, by=by, href=href, series_id=pk)
    return missing


@task("activities.make_sessions", whole=False)
def make_sessions(organisation_id: uuid.UUID, job_id: str, series_id: str) -> None:
    """Make the activities of a year a few at a time; done again, it goes on where it was."""

    def work(progress: Progress) -> None:
        with acting_in(organisation_id):
            job = Job.objects.get(pk=job_id)
            missing = len(days_without_activity(Series.objects.get(pk=series_id)))
        by = Actor("person", job.requested_by_id, job.requested_by_name)
        for start in range(0, missing, CHUNK):
            with acting_in(organisation_id):
                series = Series.objects.get(pk=series_id)
                make_occasions(series, by=by, at_most=CHUNK)
            progress.report(min(start + CHUNK, missing), missing)

    run_job(organisation_id, job_id, work)


@tick("activities.milestones", seconds=6 * 3600)
def remind_owners() -> None:
    """Whoever owes a milestone that is due soon or late is written to once a week."""
    for organisation_id in all_organisations():
        with acting_in(organisation_id):
            remind_of_milestones(local_day(now()), by=job_actor("milestones"))


@tick("activities.faculty_reminders", seconds=3600)
def remind_every_faculty() -> None:
    """Whoever teaches and has something left to do hears of it, until it is done."""
    for organisation_id in all_organisations():
        with acting_in(organisation_id):
            remind_faculty(at=now(), by=job_actor("faculty reminders"))
