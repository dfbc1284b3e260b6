from decimal import Decimal

import factory
from django.utils import timezone
from factory.django import DjangoModelFactory

from symposia.credits.models import Certificate, CreditEntry, CreditOffer, CreditSystem
from tests.factories.activities import ActivityFactory
from tests.factories.registrations import RegistrationFactory


def ama():
    """The shipped credit system of physicians."""
    return CreditSystem.objects.get(code="ama_pra_1")


class CreditOfferFactory(DjangoModelFactory):
    """AMA credit for 90 minutes, designated; give it the activity of your test."""

    class Meta:
        model = CreditOffer

    activity = factory.SubFactory(ActivityFactory, state="open")
    system = factory.LazyFunction(ama)
    learning_format = "live activity"
    creditable_minutes = 90
    maximum = Decimal("1.50")
    designated_at = factory.LazyFunction(timezone.now)


class CreditEntryFactory(DjangoModelFactory):
    class Meta:
        model = CreditEntry

    registration = factory.SubFactory(RegistrationFactory)
    activity = factory.SelfAttribute("registration.activity")
    clinician = factory.SelfAttribute("registration.clinician")
    offer = factory.SubFactory(CreditOfferFactory, activity=factory.SelfAttribute("..activity"))
    system = factory.SelfAttribute("offer.system")
    amount = Decimal("1.25")
    reason = "award"
    evidence_minutes = 82
    rule = factory.LazyFunction(dict)
    attested = True
    by_name = "Avery Example"


class CertificateFactory(DjangoModelFactory):
    class Meta:
        model = Certificate

    number = factory.Sequence("CERT-2026-{:04d}".format)
    kind = "credit"
    entry = factory.SubFactory(CreditEntryFactory)
    registration = factory.SelfAttribute("entry.registration")
    activity = factory.SelfAttribute("registration.activity")
    clinician = factory.SelfAttribute("registration.clinician")
    printed = factory.LazyFunction(dict)
    code = factory.Sequence("test{:028d}".format)
