from symposia.activities.events import ActivityCreated, SessionRemoving
from symposia.activities.lasting import is_enduring
from symposia.activities.models import Activity, Session
from symposia.learning.actions.audience_polls import drop_polls_of_session
from symposia.learning.actions.courses import begin_course
from symposia.registrations.events import PlaceConfirmed, PlacePromoted
from symposia.shared.actors import SYSTEM
from symposia.shared.events import listens_to
from symposia.shared.jobs import defer_named

TELL = "learning.send_the_way_in"


@listens_to(ActivityCreated)
def give_it_a_course(event: ActivityCreated) -> None:
    activity = Activity.objects.get(pk=event.activity_id)
    if is_enduring(activity):
        begin_course(activity, by=SYSTEM)


@listens_to(SessionRemoving)
def let_a_session_go(event: SessionRemoving) -> None:
    drop_polls_of_session(Session.objects.get(pk=event.session_id), by=SYSTEM)


@listens_to(PlaceConfirmed)
def lead_to_the_lessons(event: PlaceConfirmed) -> None:
    _lead(event)


@listens_to(PlacePromoted)
def lead_whoever_waited_to_the_lessons(event: PlacePromoted) -> None:
    _lead(event)


def _lead(event: PlaceConfirmed | PlacePromoted) -> None:
    # A job, which looks for a course: others wait for the count of places meanwhile.
    defer_named(TELL, registration_id=str(event.registration_id))
