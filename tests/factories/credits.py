from datetime import timedelta
from decimal import Decimal
from functools import cache
from zoneinfo import ZoneInfo

import factory
from django.utils import timezone
from factory.django import DjangoModelFactory

from symposia.assessment.models import EvaluationForm, Response
from symposia.credits.actions.transcripts import PURPOSE
from symposia.credits.codes import new_code
from symposia.credits.issuer_keys import new_key
from symposia.credits.models import (
    Certificate,
    CreditEntry,
    CreditOffer,
    CreditSystem,
    ExternalCredit,
    IssuerKey,
    KeyKind,
    Licence,
    RequirementPack,
)
from symposia.shared.actors import SYSTEM
from symposia.work.files import store_file
from tests.factories.accounts import day_here
from tests.factories.activities import ActivityFactory, SessionFactory
from tests.factories.assessment import EvaluationFormFactory
from tests.factories.attendance import EvidenceFactory
from tests.factories.directory import ClinicianFactory
from tests.factories.registrations import RegistrationFactory

ZONE = ZoneInfo("America/New_York")


def ama():
    """The shipped credit system of physicians."""
    return CreditSystem.objects.get(code="ama_pra_1")


@cache
def _fresh_token_key():
    return new_key(KeyKind.TOKEN)


def token_key():
    """The key that signs tokens here; of chance once a run, as making one takes a while."""
    fresh = _fresh_token_key()
    return IssuerKey.objects.present(KeyKind.TOKEN) or IssuerKey.objects.create(
        kind=KeyKind.TOKEN,
        number=1,
        public_key=fresh.public_key,
        sealed_key=fresh.sealed_key,
        seed=fresh.seed,
        made_by_name="Avery Example",
    )


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
    code = factory.LazyFunction(lambda: new_code("abcde"))


def attended(minutes=82, *, profession="physician", offer=True, answered=True, **facts):
    """A registration at an activity of yesterday, seen for so many of its 90 minutes."""
    starts = facts.pop("starts", None) or timezone.now() - timedelta(days=1)
    wall = starts.astimezone(ZONE).replace(tzinfo=None, second=0, microsecond=0)
    activity = facts.pop("activity", None) or ActivityFactory(
        state="held", wall_starts=wall, **facts
    )
    if not activity.sessions.exists():
        SessionFactory(activity=activity)
        EvaluationFormFactory(activity=activity)
    if offer and not CreditOffer.objects.of(activity).exists():
        CreditOfferFactory(activity=activity)
    registration = RegistrationFactory(
        activity=activity, clinician=ClinicianFactory(profession=profession)
    )
    if minutes:
        EvidenceFactory(registration=registration)
        leaves = activity.starts_at + timedelta(minutes=minutes)
        EvidenceFactory(registration=registration, kind="out", occurred_at=leaves)
    if answered:
        form = EvaluationForm.objects.current_of(activity.pk)
        Response.objects.create(form=form, registration=registration)
    return registration


PDF = b"%PDF-1.7 a certificate of elsewhere"


class ExternalCreditFactory(DjangoModelFactory):
    """Credit from elsewhere that waits for the office."""

    class Meta:
        model = ExternalCredit

    clinician = factory.SubFactory(ClinicianFactory)
    system = factory.LazyFunction(ama)
    title = factory.Sequence("Course elsewhere {}".format)
    provider = "Elsewhere University"
    earned_on = factory.LazyFunction(lambda: day_here() - timedelta(days=3))
    amount = Decimal("4.00")
    sha256 = "0" * 64

    @factory.lazy_attribute
    def file(self):
        return store_file(
            PDF,
            name="proof.pdf",
            content_type="application/pdf",
            purpose=PURPOSE,
            by=SYSTEM,
        )


class LicenceFactory(DjangoModelFactory):
    """A licence of Alabama: 25 hours a year, this year."""

    class Meta:
        model = Licence

    clinician = factory.SubFactory(ClinicianFactory)
    pack = factory.LazyFunction(lambda: RequirementPack.objects.get(code="us_al"))
    number = factory.Sequence("MD.{:05d}".format)
    cycle_starts_on = factory.LazyFunction(lambda: day_here() - timedelta(days=300))
    cycle_ends_on = factory.LazyFunction(lambda: day_here() + timedelta(days=64))
