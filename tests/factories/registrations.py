import factory
from django.utils import timezone
from factory.django import DjangoModelFactory

from symposia.registrations.models import Places, Registration
from symposia.registrations.tickets import new_code
from tests.factories.activities import ActivityFactory
from tests.factories.directory import ClinicianFactory


class RegistrationFactory(DjangoModelFactory):
    """A confirmed place at an open activity; the count of places follows."""

    class Meta:
        model = Registration

    activity = factory.SubFactory(ActivityFactory, state="open")
    clinician = factory.SubFactory(ClinicianFactory)
    state = "confirmed"
    source = "open"
    ticket_code = factory.LazyFunction(new_code)
    requested_at = factory.LazyFunction(timezone.now)
    confirmed_at = factory.LazyAttribute(
        lambda r: r.requested_at if r.state == "confirmed" else None
    )
    cancelled_at = factory.LazyAttribute(
        lambda r: r.requested_at if r.state == "cancelled" else None
    )

    @classmethod
    def _create(cls, model_class, *args, **kwargs):
        made = super()._create(model_class, *args, **kwargs)
        places, _ = Places.objects.get_or_create(
            activity=made.activity, defaults={"capacity": made.activity.capacity}
        )
        places.taken += made.state == "confirmed"
        places.waiting += made.state == "queued"
        places.save()
        return made
