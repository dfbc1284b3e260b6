import uuid

from symposia.finance.actions.charges import charge_registration, lapse_unpaid
from symposia.finance.owed import charge_of
from symposia.registrations.queries import registration_of
from symposia.shared.actors import job_actor
from symposia.shared.jobs import task

BY = job_actor("finance")


@task("finance.charge_registration")
def charge(registration_id: str) -> None:
    """Charge whoever has a place what it costs."""
    charge_registration(registration_of(uuid.UUID(registration_id)), by=BY)


@task("finance.lapse_unpaid")
def lapse(charge_id: str) -> None:
    """A place that is not paid by its day goes on, where that was settled."""
    lapse_unpaid(charge_of(uuid.UUID(charge_id)), by=BY)
