"""Invented people with places, made in a few statements."""

from django.utils.timezone import now

from symposia.activities.models import Activity
from symposia.directory.models import Clinician
from symposia.directory.spelling import search_form
from symposia.registrations.models import Places, Registration
from symposia.registrations.tickets import new_code
from symposia.shared.ids import uuid7
from tests.factories.activities import ActivityFactory


def clinicians(count: int) -> list[Clinician]:
    """So many clinicians, with an address where no mail goes."""
    names = [f"Person {number:06d} {uuid7().hex[-6:]}" for number in range(count)]
    made = [Clinician(full_name=name, search_text=search_form(name), email="") for name in names]
    return Clinician.objects.bulk_create(made, batch_size=2000)


def activity(capacity: int | None) -> Activity:
    """An activity that is open for registration."""
    return ActivityFactory(number=f"ACT-{uuid7().hex[-10:]}", state="open", capacity=capacity)


def places(activity: Activity, people: list[Clinician]) -> list[Registration]:
    """A confirmed place for each."""
    made = [
        Registration(
            activity=activity,
            clinician=person,
            state="confirmed",
            source="office",
            ticket_code=new_code(),
            confirmed_at=now(),
        )
        for person in people
    ]
    Registration.objects.bulk_create(made, batch_size=2000)
    Places.objects.update_or_create(
        activity=activity, defaults={"capacity": activity.capacity, "taken": len(made)}
    )
    return made
