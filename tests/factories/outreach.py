import factory
from factory.django import DjangoModelFactory

from symposia.outreach.models import Invitation
from tests.factories.activities import ActivityFactory
from tests.factories.directory import ClinicianFactory


class InvitationFactory(DjangoModelFactory):
    """A clinician who was asked to come to an open activity."""

    class Meta:
        model = Invitation

    activity = factory.SubFactory(ActivityFactory, state="open")
    clinician = factory.SubFactory(ClinicianFactory)
    address = factory.SelfAttribute("clinician.email")
    invited_by_name = "Asha Kulkarni"
