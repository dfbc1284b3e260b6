from symposia.accounts.events import MembershipEnded
from symposia.approvals.actions.delegations import end_delegations_of
from symposia.shared.actors import SYSTEM
from symposia.shared.events import listens_to


@listens_to(MembershipEnded)
def end_what_a_leaver_lent_or_borrowed(event: MembershipEnded) -> None:
    end_delegations_of(event.user_id, by=SYSTEM)
