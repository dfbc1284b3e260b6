from django.utils.timezone import now

from symposia.accounts.queries import all_organisations
from symposia.approvals.actions import chase_overdue
from symposia.shared.actors import job_actor
from symposia.shared.jobs import tick
from symposia.shared.tenancy import acting_in


@tick("approvals.overdue", seconds=3600)
def chase() -> None:
    """Remind of signatures that are overdue."""
    for organisation_id in all_organisations():
        with acting_in(organisation_id):
            chase_overdue(at=now(), by=job_actor("approvals"))
