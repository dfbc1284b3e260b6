"""Who may come is decided: whoever asks, whom the office says yes to, or by invitation alone."""

from collections.abc import Sequence

from django.db import transaction
from django.utils.timezone import now

from symposia.activities.models import Activity
from symposia.audit.actions import record
from symposia.directory.models import Clinician
from symposia.registrations.actions.line import move_on
from symposia.registrations.actions.sessions import settle_sessions
from symposia.registrations.asking import (
    Became,
    held_cap,
    hold_doctors,
    new_registration,
    new_wish,
)
from symposia.registrations.events import (
    PlaceConfirmed,
    PlaceDeclined,
    PlaceQueued,
    PlaceRequested,
)
from symposia.registrations.models import Admission, Counts, Registration, Source, State
from symposia.registrations.policies import (
    objection_to_answering,
    objection_to_registering,
    objection_to_terms,
)
from symposia.registrations.queries import activity_as_it_is
from symposia.shared.actors import Actor
from symposia.shared.events import announce
from symposia.shared.refusals import Refused, refuse_if


@transaction.atomic
def settle_admission(activity: Activity, kind: str, *, by: Actor) -> Admission:
    """Settle who gets a place by asking; requests that wait already stay to be answered."""
    activity = Activity.objects.select_for_update(of=("self",)).get(pk=activity.pk)
    refuse_if(objection_to_terms(activity, at=now()))

    admission, _made = Admission.objects.update_or_create(
        activity=activity, defaults={"kind": kind}
    )

    record(by, "admission.settled", admission)
    return admission


@transaction.atomic
def request_place(
    clinician: Clinician,
    activity: Activity,
    *,
    attending: str = "",
    source: str = Source.OPEN,
    by: Actor,
) -> Registration:
    """Write down that somebody asks for a place; the office answers."""
    activity = Activity.objects.select_for_update(of=("self",)).get(pk=activity.pk)
    current = Registration.objects.held_by(clinician, activity)
    at = now()

    refuse_if(objection_to_registering(activity, clinician, current, source=source, at=at))

    wish = new_wish(clinician, activity, attending, None)
    registration = new_registration(clinician, activity, source, at, **wish)
    registration.save(force_insert=True)

    record(by, "registration.requested", registration)
    announce(PlaceRequested(registration.pk, activity.pk))
    return registration


@transaction.atomic
def approve_request(registration: Registration, *, by: Actor) -> Registration:
    """Say yes: a place at once, or a spot in the line."""
    activity = activity_as_it_is(registration.activity_id)
    over_cap = held_cap(registration.clinician, activity)
    counts = Counts.held(activity)
    registration = Registration.objects.locked(registration.pk)
    at = now()

    refuse_if(objection_to_answering(registration, activity, at=at))
    refuse_if(over_cap)

    registration.move(State.QUEUED)
    counts.places.count(waiting=1)
    given = move_on(counts, activity, at=at, by=by, asking={registration.pk})
    registration = next((row for row in given if row.pk == registration.pk), registration)

    record(by, "registration.approved", registration)
    announce(
        (PlaceConfirmed if registration.is_confirmed else PlaceQueued)(registration.pk, activity.pk)
    )
    return registration


@transaction.atomic
def approve_requests(
    registrations: Sequence[Registration], activity: Activity, *, by: Actor
) -> list[Became]:
    """Say yes to several of one activity, whoever asked first before the others; for each what
    became of it: one to whom a rule says no leaves the others their yes."""
    hold_doctors([each.clinician for each in registrations], activity)

    done: list[Became] = []
    for each in sorted(registrations, key=lambda each: (each.requested_at, each.pk)):
        try:
            with transaction.atomic():
                done.append((each.clinician, approve_request(each, by=by)))
        except Refused as refused:
            done.append((each.clinician, refused.objection))
    return done


@transaction.atomic
def decline_request(registration: Registration, *, reason: str, by: Actor) -> Registration:
    """Say no, with the reason that the person reads."""
    activity = activity_as_it_is(registration.activity_id)
    registration = Registration.objects.locked(registration.pk)
    at = now()

    refuse_if(objection_to_answering(registration, activity, at=at))

    registration.move(State.DECLINED, declined_because=reason)

    record(by, "registration.declined", registration, reason=reason)
    announce(PlaceDeclined(registration.pk, activity.pk))
    settle_sessions(activity, at=at, by=by)
    return registration
