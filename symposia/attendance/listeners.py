from symposia.activities.events import ActivityHeld
from symposia.attendance.actions.conflicts import find_conflicts
from symposia.attendance.policies import objection_to_giving_up
from symposia.attendance.queries import door_activity, was_there
from symposia.registrations.events import PlaceCancelled
from symposia.registrations.models import Registration
from symposia.shared.actors import SYSTEM
from symposia.shared.events import listens_to
from symposia.shared.refusals import refuse_if


@listens_to(PlaceCancelled)
def keep_the_place_of_whoever_was_there(event: PlaceCancelled) -> None:
    registration = Registration.objects.select_related("activity").get(pk=event.registration_id)
    refuse_if(
        objection_to_giving_up(registration.activity, was_there=was_there(registration)),
    )


@listens_to(ActivityHeld)
def look_for_conflicts(event: ActivityHeld) -> None:
    find_conflicts(door_activity(event.activity_id), by=SYSTEM)
