"""A territory with its representative, after a meeting that some of its doctors came to."""

from datetime import timedelta

import factory
from factory.django import DjangoModelFactory

from symposia.directory.actions.consents import ConsentFacts, state_consent
from symposia.engagement.actions.follow_ups import make_follow_ups
from symposia.engagement.actions.materials import approve_material, propose_material
from symposia.engagement.models import FollowUp
from symposia.engagement.policies import MaterialFacts
from symposia.registrations.models import Registration
from symposia.shared.actors import SYSTEM
from tests.factories.accounts import day_here, member
from tests.factories.activities import ActivityFactory, SessionFactory
from tests.factories.attendance import EvidenceFactory
from tests.factories.directory import ClinicianFactory, TerritoryFactory
from tests.factories.registrations import RegistrationFactory

PDF = b"%PDF-1.4 a summary"


class FollowUpFactory(DjangoModelFactory):
    """One that is open, of somebody who came to a scientific meeting."""

    class Meta:
        model = FollowUp

    activity = factory.SubFactory(ActivityFactory, state="held", mode="scientific")
    clinician = factory.SubFactory(ClinicianFactory)
    kind = "thanks"
    came = True
    due_on = factory.LazyFunction(lambda: day_here() + timedelta(days=7))
    rule = "Procedure 7"


class AfterMeeting:
    """Two doctors of a territory had a place at a meeting that is over; the first was there."""

    def __init__(self, organisation, mode="scientific", *, is_over=True):
        self.organisation, self.territory = organisation, TerritoryFactory()
        self.user = self.holder(self.territory)
        self.activity = ActivityFactory(state="running", mode=mode, title="Ninety days")
        SessionFactory(activity=self.activity, title="Bleeding")
        self.came, self.missed = ClinicianFactory.create_batch(2, territory=self.territory)
        place, _other = (
            RegistrationFactory(activity=self.activity, clinician=each)
            for each in (self.came, self.missed)
        )
        EvidenceFactory(registration=place)
        if is_over:
            self.activity.move("held")

    def holder(self, territory, role="field_representative"):
        scope = {"scope_kind": "territory", "scope_id": territory.pk}
        return member(self.organisation, role, **scope)

    def agrees(self, clinician, channel="email", purpose="news"):
        """Somebody wants to hear of this, this way."""
        state_consent(clinician, ConsentFacts(purpose, channel, given=True), by=SYSTEM)

    def activity_place(self, clinician):
        """The place that somebody had."""
        return Registration.objects.get(activity=self.activity, clinician=clinician)

    def make(self):
        """What becomes of the rules; the follow-up of whoever came first."""
        make_follow_ups(self.activity, by=SYSTEM)
        return self.of(self.came)

    def of(self, clinician):
        rows = FollowUp.objects.for_list().filter(clinician=clinician)
        return rows.exclude(state="dropped").order_by("kind").first()


def material_facts(name="Ninety days, summary", **facts):
    """A summary at an address outside, for scientific activities, for a month."""
    said = {
        "kind": "summary",
        "wording": "Here is what was shown.",
        "modes": ["scientific"],
        "valid_until": day_here() + timedelta(days=30),
        "address": "https://media.example.org/summary",
        **facts,
    }
    return MaterialFacts(name, **said)


def approved(name="Ninety days, summary", **facts):
    """One that two people have read."""
    made = propose_material(material_facts(name, **facts), by=SYSTEM)
    return approve_material(made, by=SYSTEM)
