from symposia.accounts.events import MembershipEnded, OrganisationCreated
from symposia.approvals.actions import ACTIVITY_STEPS, set_route
from symposia.approvals.actions.delegations import end_delegations_of
from symposia.shared.actors import SYSTEM
from symposia.shared.events import listens_to


@listens_to(OrganisationCreated)
def give_default_route(_event: OrganisationCreated) -> None:
    set_route("activity", name="Activity", steps=ACTIVITY_STEPS, by=SYSTEM)


@listens_to(MembershipEnded)
def end_what_a_leaver_lent_or_borrowed(event: MembershipEnded) -> None:
    end_delegations_of(event.user_id, by=SYSTEM)
