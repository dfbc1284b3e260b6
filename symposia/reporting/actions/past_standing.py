"""A file of the past once it is in: taken back within a day, or signed for."""

from typing import Any

from django.db import transaction
from django.db.models import ProtectedError
from django.utils.timezone import now

from symposia.activities.models import Activity
from symposia.audit.actions import record, record_each
from symposia.credits.models import CreditOffer, ImportedCredit
from symposia.reporting.events import PastTakenBack
from symposia.reporting.models import (
    ActivityFacts,
    CommercialSupport,
    ImportedActivity,
    PastDisclosure,
    PastKind,
    PastSignOff,
)
from symposia.reporting.past.rules import (
    PAST_BUILT_ON,
    PAST_BY_PERSON,
    objection_to_signing_past,
    objection_to_taking_past_back,
)
from symposia.reporting.past.sums import as_kept, differences_in, sums_of
from symposia.shared.actors import Actor
from symposia.shared.events import announce
from symposia.shared.refusals import Refused, needed, refuse_if
from symposia.work.holding import objection_to_deleting
from symposia.work.models import Import, ImportState


@transaction.atomic
def undo_past(made: Import, *, reason: str, by: Actor) -> Import:
    """Take a file back whole within its day; what is held, signed or built on stays."""
    made = Import.objects.locked(made.pk)
    signed = PastSignOff.objects.filter(made=made).exists()

    refuse_if(objection_to_taking_past_back(made, reason=reason, signed=signed, at=now()))

    if made.kind == PastKind.ACTIVITIES:
        _remove_activities(made, reason, by)
    else:
        model: Any = ImportedCredit if made.kind == PastKind.CREDITS else PastDisclosure
        _withdraw(model, made, reason, by)
    made.move(ImportState.UNDONE)
    record(by, "past.taken_back", made, reason=reason)
    announce(PastTakenBack(made.pk, made.kind))
    return made


def _withdraw(model: Any, made: Import, reason: str, by: Actor) -> None:
    """Rows stay and say when they were taken back; they count nowhere from then on."""
    standing = model.objects.standing().filter(made=made)
    refuse_if(objection_to_deleting(standing))
    rows = list(standing)
    model.objects.filter(pk__in=[row.pk for row in rows]).update(withdrawn_at=now(), activity=None)
    after = model.objects.filter(pk__in=[row.pk for row in rows])
    noun = "credit" if model is ImportedCredit else "disclosure"
    record_each(by, f"{noun}.taken_back", after, reason=reason)


def _remove_activities(made: Import, reason: str, by: Actor) -> None:
    """They were never a record: within the day, and with nothing built on them."""
    marks = ImportedActivity.objects.filter(made=made)
    ids = list(marks.values_list("activity_id", flat=True))
    activities = Activity.objects.filter(pk__in=ids)
    refuse_if(objection_to_deleting(activities))
    going = list(activities)
    record_each(by, "activity.removed", going, reason=reason)
    for model in (CreditOffer, CommercialSupport, ActivityFacts, ImportedActivity):
        rows: Any = model.objects
        rows.filter(activity__in=ids).delete()
    try:
        activities.delete()
    except ProtectedError as error:
        built = next(iter(error.protected_objects))
        held = getattr(built, "activity", None)
        raise Refused(PAST_BUILT_ON.about(number=held.number if held else built)) from error


@transaction.atomic
def sign_past(made: Import, *, note: str, by: Actor) -> PastSignOff:
    """Answer for a file: its counts and sums beside what is here, with why they differ."""
    made = Import.objects.locked(made.pk)
    lines = sums_of(made)
    person = by.id if by.kind == "person" else None

    refuse_if(
        objection_to_signing_past(
            made,
            signed=PastSignOff.objects.filter(made=made).exists(),
            differences=differences_in(lines),
            note=note,
            by_person=person is not None,
        )
    )

    signed = PastSignOff.objects.create(
        made=made,
        figures=as_kept(lines),
        differences=differences_in(lines),
        note=note.strip()[:500],
        signed_by_id=needed(person, PAST_BY_PERSON),
        signed_by_name=by.name,
    )
    record(by, "past.signed", signed, reason=signed.note, details={"file": made.file_name})
    return signed
