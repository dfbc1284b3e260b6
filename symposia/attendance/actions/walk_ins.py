import uuid

from django.db import transaction
from django.utils.timezone import now

from symposia.accounts.queries import this_organisation
from symposia.activities.models import Activity
from symposia.attendance.actions.badges import queue_badge
from symposia.attendance.actions.batches import Batch, Reading, record_batch
from symposia.attendance.actions.scans import Scan, Verdict, record_scan
from symposia.attendance.actions.writing import keep_evidence
from symposia.attendance.badges import design_of
from symposia.attendance.models import Kind, PresenceEvidence, Source
from symposia.attendance.policies import OTHER_READING, objection_to_hour
from symposia.attendance.queries import opening_of
from symposia.attendance.strangers import Stranger
from symposia.directory.actions.newcomers import Newcomer, find_or_add_clinician
from symposia.directory.models import Clinician
from symposia.directory.models.people import ClinicianQuerySet
from symposia.directory.policies import NOT_ACTIVE
from symposia.registrations.actions.places import register_walk_in
from symposia.registrations.models import Registration
from symposia.shared.actors import Actor
from symposia.shared.refusals import refuse_if


@transaction.atomic
def let_in_walk_in(
    newcomer: Newcomer,
    activity: Activity,
    *,
    event_uuid: uuid.UUID,
    beyond_capacity: bool = False,
    reached: ClinicianQuerySet,
    by: Actor,
) -> Verdict:
    """Register and check in whoever stands at the door, known to the directory or new to it.

    `reached` are the people whom whoever stands there may let in; somebody else, known by the
    address alone, is noted as they said, and the office finds out whose place it is.
    """
    if newcomer.clinician_id:
        is_reached = reached.filter(pk=newcomer.clinician_id).exists()
        refuse_if(None if is_reached else NOT_ACTIVE)
    if _is_out_of_reach(newcomer, reached):
        return _note_as_said(newcomer, activity, event_uuid=event_uuid, by=by)
    clinician = find_or_add_clinician(newcomer, this_organisation(), by=by)
    held = Registration.objects.held_by(clinician, activity)
    if held and held.is_confirmed:
        scan = Scan(event_uuid, activity.pk, held.pk, source=Source.DESK)
        return record_scan(scan, by=by)
    registration = admit_walk_in(
        clinician, activity, event_uuid=event_uuid, beyond_capacity=beyond_capacity, by=by
    )
    return Verdict(
        "in",
        name=clinician.called,
        credential=clinician.credential,
        institution=str(clinician.institution or ""),
        ticket_code=registration.ticket_code,
    )


def _is_out_of_reach(newcomer: Newcomer, reached: ClinicianQuerySet) -> bool:
    email = newcomer.email.strip().lower()
    if newcomer.clinician_id or not email:
        return False
    known = Clinician.objects.active().by_email(email)
    return known.exists() and not known.filter(pk__in=reached.values("pk")).exists()


def _note_as_said(
    newcomer: Newcomer, activity: Activity, *, event_uuid: uuid.UUID, by: Actor
) -> Verdict:
    """The verdict tells nothing that was not said at the door."""
    refuse_if(objection_to_hour(opening_of(activity.pk), at=now()))

    told = Stranger(newcomer.full_name, newcomer.email, newcomer.profession)
    reading = Reading(event_uuid, "walk_in", stranger=told, source=Source.DESK)
    for answer in record_batch(Batch(activity.pk, [reading]), by=by):
        refuse_if(answer.objection)
    return Verdict("in", name=newcomer.full_name)


@transaction.atomic
def admit_walk_in(
    clinician: Clinician,
    activity: Activity,
    *,
    event_uuid: uuid.UUID,
    beyond_capacity: bool = False,
    device: str = "",
    by: Actor,
) -> Registration:
    """Register somebody who stands at the door and check them in at once."""
    at = now()

    refuse_if(objection_to_hour(opening_of(activity.pk), at=at))

    registration = register_walk_in(clinician, activity, beyond_capacity=beyond_capacity, by=by)
    evidence = PresenceEvidence(
        event_uuid=event_uuid,
        activity=activity,
        registration=registration,
        kind=Kind.WALK_IN,
        source=Source.DESK,
        occurred_at=at,
        server_time=at,
        device=device,
        by_id=by.id,
        by_name=by.name,
    )
    kept = keep_evidence([evidence], by=by)
    refuse_if(None if kept else OTHER_READING)
    if design_of(activity):
        queue_badge(registration, by=by)
    return registration
