import uuid
from datetime import timedelta

import factory
from django.utils import timezone
from factory.django import DjangoModelFactory

from symposia.accounts.queries import token_hash
from symposia.attendance.models import DoorDevice, PresenceEvidence, RoomCode, SessionCode
from symposia.registrations.tickets import new_code
from tests.factories.activities import ActivityFactory, SessionFactory
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


class RoomCodeFactory(DjangoModelFactory):
    """A screen that shows codes from half an hour before an open activity until its end."""

    class Meta:
        model = RoomCode

    activity = factory.SubFactory(ActivityFactory, state="open")
    place = "Hall A"
    seconds = 45
    opens_at = factory.LazyAttribute(lambda r: r.activity.starts_at - timedelta(minutes=30))
    closes_at = factory.LazyAttribute(lambda r: r.activity.ends_at)
    made_by_name = "Office"


class SessionCodeFactory(DjangoModelFactory):
    """The code of a session at an open activity."""

    class Meta:
        model = SessionCode

    activity = factory.SubFactory(ActivityFactory, state="open")
    session = factory.SubFactory(SessionFactory, activity=factory.SelfAttribute("..activity"))
    code = factory.LazyFunction(new_code)
    made_by_name = "Office"
