from symposia.accounts.events import MembershipEnded, MembershipEnding
from symposia.approvals.actions.delegations import end_delegations_of
from symposia.approvals.actions.handing_over import hand_over_approvals
from symposia.shared.actors import SYSTEM
from symposia.shared.events import listens_to


@listens_to(MembershipEnded)
def end_what_a_leaver_lent_or_borrowed(event: MembershipEnded) -> None:
    end_delegations_of(event.user_id, by=SYSTEM)


@listens_to(MembershipEnding)
def ask_the_successor_for_signatures(event: MembershipEnding) -> None:
    """Before the roles are gone by which it is known what waits for whom."""
    if successor_id := event.successor_of("approvals"):
        hand_over_approvals(event.user_id, successor_id, by=SYSTEM)
