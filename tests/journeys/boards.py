"""A doctor who renews at two boards, for journeys: what is held, and what the catalogue offers.

Made beside the product (`Installation.asks`).
"""

from datetime import timedelta
from decimal import Decimal

from django.utils.timezone import now

from symposia.credits.actions.requirements import set_subjects
from symposia.shared.actors import SYSTEM
from symposia.shared.tenancy import acting_in
from tests.factories.accounts import OrganisationFactory, day_here
from tests.factories.activities import ActivityFactory, SessionFactory
from tests.factories.credits import CreditOfferFactory, ExternalCreditFactory
from tests.factories.directory import ClinicianFactory
from tests.journeys.beside import colleague, session_of

DOCTOR, EMAIL = "Leela Fernandes", "leela.fernandes@riverside-boards.example"
# Of each course: its title, in how many days, its most credit, its subject and the hours of it.
COMING = (
    ("Goals of care: the talk at the end of life", 20, "2.00", "end_of_life", "2.00"),
    ("Opioids: starting, going on, stopping", 34, "1.50", "opioid", "1.00"),
    ("Heart failure after discharge", 48, "3.00", "", ""),
)
HELD = (
    ("Update in internal medicine", "41.00", ()),
    ("Cultures at the bedside", "6.00", ("cultural_competence",)),
)


def make_boards():
    """Held: 47 credits of elsewhere; offered: three courses; an office that looks at proofs."""
    organisation = OrganisationFactory(
        name="Riverside Medical School", slug="riverside-boards", is_demonstration=True
    )
    office = colleague(organisation, "Meera Whitlock", "coordinator")
    user = colleague(organisation, DOCTOR, "learner")
    with acting_in(organisation.pk):
        doctor = ClinicianFactory(full_name=DOCTOR, email=EMAIL, user=user)
        for days, (title, amount, subjects) in enumerate(HELD, start=40):
            ExternalCreditFactory(
                clinician=doctor,
                title=title,
                amount=Decimal(amount),
                subjects=list(subjects),
                earned_on=day_here() - timedelta(days=days),
                state="accepted",
                decided_at=now(),
            )
        for coming in COMING:
            _offered(*coming)
    return {
        "code": organisation.code,
        "doctor": session_of(user),
        "office": session_of(office),
        "began": (day_here() - timedelta(days=500)).isoformat(),
        "earned": (day_here() - timedelta(days=2)).isoformat(),
    }


def _offered(title, days, most, subject, hours):
    wall = (now() + timedelta(days=days)).replace(
        tzinfo=None, hour=18, minute=0, second=0, microsecond=0
    )
    minutes = int(Decimal(most) * 60)
    activity = ActivityFactory(state="open", title=title, wall_starts=wall, minutes=minutes)
    SessionFactory(activity=activity, title=title, minutes=minutes)
    CreditOfferFactory(activity=activity, creditable_minutes=minutes, maximum=Decimal(most))
    if subject:
        set_subjects(activity, {subject: Decimal(hours)}, by=SYSTEM)
