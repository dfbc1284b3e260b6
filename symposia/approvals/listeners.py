from symposia.accounts.events import OrganisationCreated
from symposia.approvals.actions import ACTIVITY_STEPS, set_route
from symposia.shared.actors import SYSTEM
from symposia.shared.events import listens_to


@listens_to(OrganisationCreated)
def give_default_route(_event: OrganisationCreated) -> None:
    set_route("activity", name="Activity", steps=ACTIVITY_STEPS, by=SYSTEM)
