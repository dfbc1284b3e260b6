from symposia.accounts.queries import all_organisations
from symposia.insights.actions import count_stale_figures
from symposia.shared.actors import job_actor
from symposia.shared.jobs import tick
from symposia.shared.tenancy import acting_in


@tick("insights.count", seconds=2)
def follow() -> None:
    """Whoever looks at the figures sees what happened seconds ago."""
    for organisation_id in all_organisations():
        with acting_in(organisation_id):
            count_stale_figures(by=job_actor("Insights"))
