from django.db import transaction
from django.utils.timezone import now

from symposia.accounts.models import Organisation
from symposia.activities.models import Activity
from symposia.audit.actions import record
from symposia.directory.actions.newcomers import Newcomer, find_or_add_clinician
from symposia.directory.models import Clinician
from symposia.outreach.actions import settle_answer
from symposia.registrations.actions.sessions import hand_on_sessions
from symposia.registrations.asking import held_cap, new_registration
from symposia.registrations.events import PlaceCancelled, PlaceConfirmed, PlaceHandedOn
from symposia.registrations.models import Admission, Counts, Registration, State
from symposia.registrations.policies import (
    SUBSTITUTE_NOT_POSSIBLE,
    Applicant,
    objection_to_handing_on,
    objection_to_naming_another,
    objection_to_registering,
    objection_to_substituting,
)
from symposia.registrations.queries import activity_as_it_is
from symposia.shared.actors import Actor
from symposia.shared.events import announce
from symposia.shared.refusals import Refused, refuse_if


@transaction.atomic
def substitute(registration: Registration, clinician: Clinician, *, by: Actor) -> Registration:
    """Somebody else comes instead: judged by the same rules, in the same seat, past nobody."""
    activity = activity_as_it_is(registration.activity_id)
    settle_answer(activity, registration.clinician, by=by)
    over_cap = held_cap(clinician, activity)
    Counts.held(activity)
    registration = Registration.objects.locked(registration.pk)
    current = Registration.objects.held_by(clinician, activity)
    at, source = now(), registration.source

    refuse_if(objection_to_substituting(registration, clinician, activity, at=at))
    refuse_if(objection_to_registering(activity, clinician, current, source=source, at=at))
    refuse_if(over_cap)

    registration.move(State.CANCELLED, cancelled_at=at)
    kept = ("attending", "group", "drawn_from", "party", "beyond_capacity")
    seat = {name: getattr(registration, name) for name in kept}
    made = new_registration(clinician, activity, source, at, state=State.CONFIRMED, **seat)
    made.save(force_insert=True)

    record(by, "registration.handed_on", registration, details={"to": str(made.pk)})
    record(by, "registration.took_over", made, details={"from": str(registration.pk)})
    hand_on_sessions(registration, made, at=at, by=by)
    announce(PlaceHandedOn(registration.pk, made.pk, activity.pk))
    announce(PlaceCancelled(registration.pk, activity.pk))
    announce(PlaceConfirmed(made.pk, activity.pk))
    return made


@transaction.atomic
def name_substitute(
    registration: Registration, applicant: Applicant, *, organisation: Organisation, by: Actor
) -> Registration:
    """Somebody posts a colleague's name on their own ticket page. Whether the colleague is
    registered already, how often they meet the company, or what else stands against them is not
    told to them: what stands against everybody is said before anybody is looked for."""
    registration = Registration.objects.with_people().get(pk=registration.pk)
    activity: Activity = registration.activity

    refuse_if(objection_to_naming_another(Admission.objects.of(activity)))
    refuse_if(objection_to_handing_on(registration, activity, at=now()))

    newcomer = Newcomer(None, applicant.full_name, applicant.profession, applicant.email)
    clinician = find_or_add_clinician(newcomer, organisation, by=by)
    try:
        return substitute(registration, clinician, by=by)
    except Refused as refused:
        raise Refused(SUBSTITUTE_NOT_POSSIBLE) from refused
