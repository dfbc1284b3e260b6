import uuid
from datetime import timedelta

from django.utils.timezone import now

from symposia.activities.events import (
    ActivityCancelled,
    ActivityChanged,
    ActivityPostponed,
    ActivityRescheduled,
)
from symposia.outreach.events import InvitationAccepted, InvitationDeclined, InvitationWithdrawn
from symposia.outreach.listeners import PLACE
from symposia.registrations.actions.places import follow_capacity
from symposia.registrations.actions.replies import accept_invitation, end_invited_place
from symposia.registrations.events import (
    OfferLapsed,
    PlaceCancelled,
    PlaceConfirmed,
    PlaceDeclined,
    PlaceOffered,
    PlacePromoted,
    PlaceQueued,
    PlaceRequested,
    SessionPlaceGiven,
)
from symposia.registrations.queries import activity_of, clinician_of
from symposia.shared.actors import SYSTEM, Actor
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


@listens_to(PlaceOffered)
def tell_of_an_offer(event: PlaceOffered) -> None:
    defer_named(TELL, registration_id=str(event.registration_id), message="place_offered")
    defer_named(
        "registrations.lapse_offer",
        after=max(event.until - now(), timedelta(0)),
        registration_id=str(event.registration_id),
    )


@listens_to(OfferLapsed)
def tell_of_an_offer_that_lapsed(event: OfferLapsed) -> None:
    defer_named(TELL, registration_id=str(event.registration_id), message="offer_lapsed")


@listens_to(PlaceRequested)
def tell_of_a_request(event: PlaceRequested) -> None:
    defer_named(TELL, registration_id=str(event.registration_id), message="place_requested")


@listens_to(PlaceDeclined)
def tell_of_a_no(event: PlaceDeclined) -> None:
    defer_named(TELL, registration_id=str(event.registration_id), message="place_declined")


@listens_to(PlaceCancelled)
def tell_of_a_place_given_up(event: PlaceCancelled) -> None:
    defer_named(TELL, registration_id=str(event.registration_id), message="place_cancelled")


@listens_to(SessionPlaceGiven)
def tell_of_a_place_in_a_session(event: SessionPlaceGiven) -> None:
    defer_named("registrations.tell_session_place", choice_id=str(event.choice_id))


@listens_to(ActivityChanged)
def follow_a_new_capacity(event: ActivityChanged) -> None:
    if "capacity" in event.fields:
        follow_capacity(activity_of(event.activity_id), by=SYSTEM)
    if PLACE.intersection(event.fields):
        _tell_change(event.activity_id)


@listens_to(ActivityRescheduled)
def tell_of_a_new_time(event: ActivityRescheduled) -> None:
    _tell_change(event.activity_id)


@listens_to(ActivityPostponed)
def tell_of_a_postponement(event: ActivityPostponed) -> None:
    defer_named(
        "registrations.tell_postponement", activity_id=str(event.activity_id), reason=event.reason
    )


def _tell_change(activity_id: uuid.UUID) -> None:
    defer_named("registrations.tell_change", activity_id=str(activity_id))


@listens_to(InvitationAccepted)
def give_a_place(event: InvitationAccepted) -> None:
    clinician = clinician_of(event.clinician_id)
    by = Actor("link", event.invitation_id, clinician.called)
    accept_invitation(clinician, activity_of(event.activity_id), by=by)


@listens_to(InvitationDeclined)
def free_the_place(event: InvitationDeclined) -> None:
    clinician = clinician_of(event.clinician_id)
    by = Actor("link", event.invitation_id, clinician.called)
    end_invited_place(clinician, activity_of(event.activity_id), by=by)


@listens_to(InvitationWithdrawn)
def free_the_place_of_whoever_was_asked_by_mistake(event: InvitationWithdrawn) -> None:
    clinician, activity = clinician_of(event.clinician_id), activity_of(event.activity_id)
    end_invited_place(clinician, activity, by=event.by, reason=event.reason)


@listens_to(ActivityCancelled)
def release_places_of_a_cancelled_activity(event: ActivityCancelled) -> None:
    # A job: it holds the places of many people, which must not wait for the cancelling person.
    defer_named(
        "registrations.release_all_places", activity_id=str(event.activity_id), reason=event.reason
    )
