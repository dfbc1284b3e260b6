from collections.abc import Sequence

from django.db import transaction
from django.utils.timezone import now

from symposia.activities.models import Activity
from symposia.audit.actions import record
from symposia.directory.models import Clinician
from symposia.registrations.actions.line import move_on
from symposia.registrations.actions.places import register_clinician
from symposia.registrations.asking import (
    Became,
    held_cap,
    hold_doctors,
    new_registration,
    new_wish,
)
from symposia.registrations.events import PlaceConfirmed, PlaceQueued
from symposia.registrations.models import Counts, Party, Registration, State
from symposia.registrations.policies import (
    NOBODY_TO_REGISTER,
    objection_to_party,
    objection_to_registering,
)
from symposia.registrations.queries import activity_as_it_is
from symposia.shared.actors import Actor
from symposia.shared.events import announce
from symposia.shared.refusals import Refused, refuse_if


@transaction.atomic
def register_party(
    clinicians: Sequence[Clinician], activity: Activity, *, name: str, source: str, by: Actor
) -> list[Registration]:
    """Register colleagues who get their places together, or wait together."""
    activity = activity_as_it_is(activity.pk)
    caps = [held_cap(each, activity) for each in sorted(clinicians, key=lambda c: c.pk)]
    counts = Counts.held(activity)
    at = now()

    refuse_if(objection_to_party(len(clinicians), activity.capacity))
    for objection in caps:
        refuse_if(objection)
    for each in clinicians:
        current = Registration.objects.held_by(each, activity)
        refuse_if(objection_to_registering(activity, each, current, source=source, at=at))

    party = Party.objects.create(activity=activity, name=name, asked_by_name=by.name, asked_at=at)
    rows = [
        new_registration(
            each,
            activity,
            source,
            at,
            state=State.QUEUED,
            party=party,
            **new_wish(each, activity, "", None),
        )
        for each in clinicians
    ]
    for row in rows:
        row.save(force_insert=True)
    counts.places.count(waiting=len(rows))
    given = move_on(counts, activity, at=at, by=by, asking={row.pk for row in rows})
    got = {row.pk: row for row in given}
    rows = [got.get(row.pk, row) for row in rows]

    record(by, "party.registered", party, details={"people": len(rows)})
    for row in rows:
        record(by, f"registration.{row.state}", row)
        announce((PlaceConfirmed if row.is_confirmed else PlaceQueued)(row.pk, activity.pk))
    return rows


@transaction.atomic
def register_name_list(
    clinicians: Sequence[Clinician], activity: Activity, *, party: str, source: str, by: Actor
) -> list[Became]:
    """Register the people of a list: together, as a party of that name, or each on their own."""
    refuse_if(None if clinicians else NOBODY_TO_REGISTER)

    if not party:
        return register_several(clinicians, activity, source=source, by=by)
    made = register_party(clinicians, activity, name=party, source=source, by=by)
    return list(zip(clinicians, made, strict=True))


@transaction.atomic
def register_several(
    clinicians: Sequence[Clinician], activity: Activity, *, source: str, by: Actor
) -> list[Became]:
    """Register people one after the other, each on their own; for each what became of it."""
    hold_doctors([each.as_kept for each in clinicians], activity)

    done: list[Became] = []
    for each in clinicians:
        try:
            with transaction.atomic():
                made = register_clinician(each, activity, source=source, by=by)
            done.append((each, made))
        except Refused as refused:
            done.append((each, refused.objection))
    return done
