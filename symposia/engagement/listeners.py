from symposia.accounts.events import MembershipEnded
from symposia.activities.events import ActivityHeld
from symposia.attendance.events import AttendanceSigned
from symposia.engagement.actions.follow_ups import hand_over_follow_ups
from symposia.shared.actors import SYSTEM
from symposia.shared.events import listens_to
from symposia.shared.jobs import defer_named

MAKE = "engagement.make_follow_ups"


@listens_to(ActivityHeld)
def follow_up_what_took_place(event: ActivityHeld) -> None:
    defer_named(MAKE, activity_id=str(event.activity_id))


@listens_to(AttendanceSigned)
def follow_what_attendance_says(event: AttendanceSigned) -> None:
    defer_named(MAKE, activity_id=str(event.activity_id))


@listens_to(MembershipEnded)
def give_follow_ups_to_the_successor(event: MembershipEnded) -> None:
    if successor := event.successor_of("follow_ups"):
        hand_over_follow_ups(event.user_id, successor, by=SYSTEM)
