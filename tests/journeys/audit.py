"""Activities of two years for an accreditor to pick from, for journeys.

Made beside the product (`Installation.asks`); each lacks some evidence, some have slides.
"""

from datetime import datetime, timedelta

from symposia.shared.tenancy import acting_in
from tests.factories.accounts import OrganisationFactory
from tests.journeys.beside import colleague, session_of
from tests.reporting.bound import content_of, held_activity

TITLE, SEED, SAMPLE = "Reaccreditation: the sample", "2026-spring", 15
YEARS = (2025, 2026)
TYPES = ("course", "webinar", "conference")
TOPICS = (
    *("Acute stroke: the first hour", "Heart failure after discharge", "Sepsis, recognised early"),
    *("Opioids: starting and stopping", "The dizzy patient", "Asthma in pregnancy"),
    *("Consent in plain words", "Delirium on the ward"),
)


def make_years():
    """Forty-eight activities that were held, of three types in two years."""
    organisation = OrganisationFactory(
        name="Riverside Medical School",
        slug="riverside-audit",
        accreditation_statement="Riverside Medical School is accredited by the ACCME.",
        is_demonstration=True,
    )
    office = colleague(organisation, "Meera Whitlock", "coordinator")
    officer = colleague(organisation, "Farah Contractor", "administrator")
    with acting_in(organisation.pk):
        for year in YEARS:
            for place, kind in enumerate(TYPES):
                for number, topic in enumerate(TOPICS):
                    begins = datetime.fromisoformat(f"{year}-02-03T18:30")
                    begins += timedelta(days=30 * place + 3 * number)
                    made = held_activity(title=topic, type=kind, wall_starts=begins)
                    if number % 2:
                        content_of(made)
    return {"office": session_of(office), "officer": session_of(officer)}
