from symposia.activities.events import ActivityCancelled, ActivityChanged
from symposia.registrations.actions import follow_capacity
from symposia.registrations.events import (
    PlaceCancelled,
    PlaceConfirmed,
    PlacePromoted,
    PlaceQueued,
)
from symposia.registrations.queries import activity_of
from symposia.shared.actors import SYSTEM
from symposia.shared.events import listens_to
from symposia.shared.jobs import defer_named

TELL = "registrations.tell_person"


@listens_to(PlaceConfirmed)
def tell_of_a_place(event: PlaceConfirmed) -> None:
    defer_named(TELL, registration_id=str(event.registration_id), message="place_confirmed")


@listens_to(PlaceQueued)
def tell_of_the_queue(event: PlaceQueued) -> None:
    defer_named(TELL, registration_id=str(event.registration_id), message="place_queued")


@listens_to(PlacePromoted)
def tell_of_a_place_that_came_free(event: PlacePromoted) -> None:
    defer_named(TELL, registration_id=str(event.registration_id), message="place_promoted")


@listens_to(PlaceCancelled)
def tell_of_a_place_given_up(event: PlaceCancelled) -> None:
    defer_named(TELL, registration_id=str(event.registration_id), message="place_cancelled")


@listens_to(ActivityChanged)
def follow_a_new_capacity(event: ActivityChanged) -> None:
    if "capacity" in event.fields:
        follow_capacity(activity_of(event.activity_id), by=SYSTEM)


@listens_to(ActivityCancelled)
def release_places_of_a_cancelled_activity(event: ActivityCancelled) -> None:
    # A job: it holds the places of many people, which must not wait for the cancelling person.
    defer_named(
        "registrations.release_all_places", activity_id=str(event.activity_id), reason=event.reason
    )
