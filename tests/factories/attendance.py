import uuid

import factory
from factory.django import DjangoModelFactory

from symposia.attendance.models import PresenceEvidence
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
