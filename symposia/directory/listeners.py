from symposia.accounts.events import MembershipEnded, RoleTaken
from symposia.accounts.memberships import member_of_id, member_of_user_id
from symposia.directory.actions.assignments import note_role_taken, pass_territories_on
from symposia.directory.actions.segments import pass_segments_on
from symposia.directory.actions.staff import let_groups_go
from symposia.shared.actors import SYSTEM
from symposia.shared.events import listens_to


@listens_to(RoleTaken)
def let_a_territory_go_with_its_role(event: RoleTaken) -> None:
    """Of somebody who stays; of who leaves it goes to the successor in one step."""
    stays = member_of_id(event.membership_id) is not None
    if stays and event.scope_kind == "territory" and event.scope_id:
        note_role_taken(event.membership_id, event.role_id, event.scope_id, by=SYSTEM)


@listens_to(MembershipEnded)
def give_a_leavers_territories_to_the_successor(event: MembershipEnded) -> None:
    named = event.successor_of("territories")
    successor = member_of_user_id(named) if named else None
    pass_territories_on(event.membership_id, successor, by=SYSTEM)


@listens_to(MembershipEnded)
def give_a_leavers_segments_to_the_successor(event: MembershipEnded) -> None:
    named = event.successor_of("segments")
    successor = member_of_user_id(named) if named else None
    if successor:
        pass_segments_on(event.user_id, successor, by=SYSTEM)


@listens_to(MembershipEnded)
def let_a_leavers_groups_go(event: MembershipEnded) -> None:
    """Nobody takes them over by themselves: the office appoints."""
    let_groups_go(event.membership_id, by=SYSTEM)
