from django.db import transaction
from django.utils.timezone import now

from symposia.audit.actions import record
from symposia.learning.discussing import voice_of_place
from symposia.learning.events import PracticeAdopted
from symposia.learning.models import Adopting, Adoption, Practice
from symposia.learning.practice_rules import NOT_ADOPTED, objection_to_adopting
from symposia.registrations.models import Registration
from symposia.shared.actors import Actor
from symposia.shared.events import announce
from symposia.shared.refusals import needed, refuse_if


@transaction.atomic
def adopt_practice(
    practice: Practice, registration: Registration, kind: Adopting, note: str = "", *, by: Actor
) -> Adoption:
    """Say that one does the same, or will try it. Said again it is the same person, who may have
    come further."""
    practice = Practice.objects.select_related("activity").locked(practice.pk)

    refuse_if(objection_to_adopting(practice, registration, voice_of_place(registration)))

    note = " ".join(note.split())[:500]
    known = _of(practice, registration)
    if known and (known.kind, known.note) == (kind, note):
        return known
    if known:
        known.kind, known.note, known.at = kind, note, now()
        known.save(update_fields=["kind", "note", "at"])
        record(by, "adoption.changed", known, details={"kind": kind})
    else:
        known = Adoption.objects.create(
            activity_id=practice.activity_id,
            practice=practice,
            registration=registration,
            clinician_id=registration.clinician_id,
            kind=kind,
            note=note,
            at=now(),
        )
        record(by, "adoption.said", known, details={"kind": kind})
    announce(PracticeAdopted(practice.pk, practice.activity_id, registration.pk, kind))
    return known


@transaction.atomic
def take_back_adoption(practice: Practice, registration: Registration, *, by: Actor) -> None:
    """Say that one does not do the same after all."""
    practice = Practice.objects.locked(practice.pk)
    known = needed(_of(practice, registration), NOT_ADOPTED)
    record(by, "adoption.taken_back", known)
    known.delete()


def _of(practice: Practice, registration: Registration) -> Adoption | None:
    rows = Adoption.objects.filter(practice=practice, clinician=registration.clinician_id)
    return rows.first()
