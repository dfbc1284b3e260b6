import uuid
from datetime import timedelta

import factory
from django.utils import timezone
from factory.django import DjangoModelFactory

from symposia.accounts.queries import token_hash
from symposia.attendance.models import DoorDevice, PresenceEvidence
from tests.factories.activities import ActivityFactory
from tests.factories.registrations import RegistrationFactory


class EvidenceFactory(DjangoModelFactory):
    """A check-in at the start of the activity unless told otherwise."""

    class Meta:
        model = PresenceEvidence

    event_uuid = factory.LazyFunction(uuid.uuid4)
    registration = factory.SubFactory(RegistrationFactory)
    activity = factory.SelfAttribute("registration.activity")
    kind = "in"
    source = "scan"
    occurred_at = factory.SelfAttribute("activity.starts_at")


class DeviceFactory(DjangoModelFactory):
    """A phone that is paired, at the door of an open activity."""

    class Meta:
        model = DoorDevice

    activity = factory.SubFactory(ActivityFactory, state="open")
    door = "Hall A"
    holder = "Kiran"
    code_hash = factory.LazyFunction(lambda: token_hash(str(uuid.uuid4())))
    code_expires_at = factory.LazyFunction(lambda: timezone.now() + timedelta(minutes=15))
    key_hash = factory.LazyFunction(lambda: token_hash(str(uuid.uuid4())))
    on_duty_id = factory.LazyFunction(uuid.uuid4)
    made_by_name = "Office"
    paired_at = factory.LazyFunction(lambda: timezone.now() - timedelta(days=2))
    expires_at = factory.LazyAttribute(lambda d: d.activity.ends_at + timedelta(days=7))
