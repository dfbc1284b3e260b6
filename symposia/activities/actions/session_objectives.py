from collections.abc import Sequence

from django.db import transaction

from symposia.activities.actions.amending import note_preparer
from symposia.activities.events import ActivityChanged
from symposia.activities.models import Activity, Session, SessionObjective
from symposia.activities.policies import objection_to_changing
from symposia.activities.queries import objectives_of
from symposia.activities.serving import objection_to_serving
from symposia.audit.actions import record
from symposia.curriculum.models import Objective
from symposia.shared.actors import Actor
from symposia.shared.events import announce
from symposia.shared.refusals import refuse_if


@transaction.atomic
def choose_session_objectives(
    session: Session, objectives: Sequence[Objective], *, by: Actor
) -> Session:
    """Say which of the activity's objectives a session works on."""
    activity = Activity.objects.locked(session.activity_id)

    refuse_if(objection_to_changing(activity))
    refuse_if(objection_to_serving(session, objectives, objectives_of(activity)))

    links = SessionObjective.objects.filter(session=session)
    was = [link.objective for link in links.select_related("objective").order_by("pk")]
    chosen = list(dict.fromkeys(objectives))
    if {each.pk for each in was} == {each.pk for each in chosen}:
        return session
    links.delete()
    SessionObjective.objects.bulk_create(
        SessionObjective(session=session, objective=each) for each in chosen
    )
    change = {
        "field": "objectives",
        "was": sorted(each.text for each in was),
        "now": sorted(each.text for each in chosen),
    }
    details = {"session": session.pk, "title": session.title, "changes": [change]}
    record(by, "activity.session_objectives_chosen", activity, details=details)
    note_preparer(activity, by=by)
    announce(ActivityChanged(activity.pk, ("sessions",)))
    return session


@transaction.atomic
def serve_the_same(source: Session, made: Session, *, by: Actor) -> None:
    """Let a session work on what the one it was made from worked on, as far as it was taken on."""
    taken_on = {each.pk for each in objectives_of(made.activity)}
    links = SessionObjective.objects.filter(session=source, objective__in=taken_on)
    served = [link.objective for link in links.select_related("objective").order_by("pk")]
    choose_session_objectives(made, served, by=by)
