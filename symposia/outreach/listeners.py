from symposia.accounts.events import MembershipEnded
from symposia.activities.events import (
    ActivityCancelled,
    ActivityChanged,
    ActivityPostponed,
    ActivityRescheduled,
)
from symposia.outreach.actions import note_calendar_change
from symposia.outreach.actions.handing_over import (
    hand_over_allotments,
    hand_over_campaigns,
    hand_over_invitations,
)
from symposia.outreach.models import ChangeKind
from symposia.shared.actors import SYSTEM
from symposia.shared.events import listens_to

PLACE = frozenset({"venue_name", "venue_address", "city", "online_address", "delivery"})


@listens_to(ActivityRescheduled)
def follow_new_time(event: ActivityRescheduled) -> None:
    note_calendar_change(event.activity_id, ChangeKind.MOVED)


@listens_to(ActivityChanged)
def follow_new_place(event: ActivityChanged) -> None:
    if PLACE.intersection(event.fields):
        note_calendar_change(event.activity_id, ChangeKind.MOVED)


@listens_to(ActivityCancelled)
def follow_cancellation(event: ActivityCancelled) -> None:
    note_calendar_change(event.activity_id, ChangeKind.CANCELLED, reason=event.reason)


@listens_to(ActivityPostponed)
def follow_postponement(event: ActivityPostponed) -> None:
    note_calendar_change(event.activity_id, ChangeKind.POSTPONED, reason=event.reason)


@listens_to(MembershipEnded)
def give_what_a_leaver_had_to_send_to_the_successor(event: MembershipEnded) -> None:
    if allotted := event.successor_of("allotments"):
        hand_over_allotments(event.user_id, allotted, by=SYSTEM)
    if answered := event.successor_of("campaigns"):
        hand_over_campaigns(event.user_id, answered, by=SYSTEM)
    if asked := event.successor_of("invitations"):
        hand_over_invitations(event.user_id, asked, by=SYSTEM)
