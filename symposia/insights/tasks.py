from django.utils.timezone import now

from symposia.accounts.queries import all_organisations
from symposia.insights.actions import count_figures, count_stale_figures, remind_of_open_points
from symposia.insights.queries import counted_long_ago
from symposia.shared.actors import job_actor
from symposia.shared.jobs import tick
from symposia.shared.tenancy import acting_in


@tick("insights.count", seconds=2)
def follow() -> None:
    """Whoever looks at the figures sees what happened seconds ago."""
    for organisation_id in all_organisations():
        with acting_in(organisation_id):
            count_stale_figures(by=job_actor("Insights"))


@tick("insights.readiness", seconds=600)
def look_again() -> None:
    """What only the passing of time changes is seen too: a few activities at a time."""
    for organisation_id in all_organisations():
        with acting_in(organisation_id):
            stale = counted_long_ago(now())
        for activity_id in stale:
            with acting_in(organisation_id):
                count_figures(activity_id, by=job_actor("Insights"))


@tick("insights.reminders", seconds=3600)
def remind() -> None:
    """Whoever owes something soon or late is written to, once a week."""
    for organisation_id in all_organisations():
        with acting_in(organisation_id):
            remind_of_open_points(now(), by=job_actor("reminders"))
