"""Where some doctors of the demonstration came from and go to, and how else they are reached."""

from datetime import timedelta

from django.utils.timezone import now

from symposia.accounts.queries import local_day
from symposia.directory.actions.affiliations import add_affiliation, change_affiliation
from symposia.directory.actions.contacts import add_contact, verify_contact
from symposia.directory.affiliating import AffiliationFacts
from symposia.directory.contacting import ContactFacts
from symposia.directory.models import Affiliation, Clinician
from symposia.shared.actors import Actor


def tell_of_careers(by: Actor) -> None:
    """One doctor who came from elsewhere and teaches as well, and one who moves next month."""
    today = local_day(now())
    first, second = Clinician.objects.exclude(institution=None).order_by("pk")[:2]
    came, year = today - timedelta(days=1500), timedelta(days=365)
    here = Affiliation.objects.of(first).select_related("institution").get()
    stays = AffiliationFacts(
        *(here.institution.name, here.institution.city, "Consultant", first.specialty),
        from_on=came,
        is_primary=True,
        source="Her letter of appointment",
    )
    change_affiliation(here, stays, by=by)
    for facts in (
        AffiliationFacts(
            *("St. Brendan Hospital", "Providence", "Registrar", first.specialty),
            from_on=came - 4 * year,
            until_on=came - timedelta(days=1),
            is_primary=True,
            source="Curriculum vitae",
        ),
        AffiliationFacts(
            *("Harbor School of Medicine", "Boston", "Clinical lecturer", "Education"),
            from_on=came + year,
            source="Website of the school",
        ),
    ):
        add_affiliation(first, facts, by=by)
    moves = AffiliationFacts(
        *("Lakeshore Medical Center", "Burlington", "Head of department", second.specialty),
        from_on=today + timedelta(days=30),
        is_primary=True,
        source="Announced by mail",
    )
    add_affiliation(second, moves, by=by)
    _tell_how_to_reach(first, second, by=by)


def tell_of_a_practice(by: Actor) -> None:
    """One doctor of the company has a practice besides the hospital, with a desk of its own."""
    doctor = Clinician.objects.exclude(institution=None).order_by("pk")[0]
    practice = AffiliationFacts(
        *(f"{doctor.city} Heart Clinic", doctor.city, "Consultant", doctor.specialty),
        from_on=local_day(now()) - timedelta(days=700),
        source="Her card",
    )
    add_affiliation(doctor, practice, by=by)
    desk = f"4 Station Road\n{doctor.city}\nIndia"
    add_contact(doctor, ContactFacts("address", desk, "Practice"), by=by)


def _tell_how_to_reach(first: Clinician, second: Clinician, *, by: Actor) -> None:
    """A secretary, a practice, a home; one of them was tried."""
    today = local_day(now())
    desk = ContactFacts(
        *("email", f"secretary.{first.pk.hex[-4:]}@harbor-school.example", "Secretary"),
        source="Website of the school",
    )
    add_contact(first, desk, by=by)
    tried = add_contact(first, ContactFacts("phone", "+1 617 555 0142", "Practice"), by=by)
    verify_contact(tried, "She answered", by=by)
    home = "18 Beacon Terrace\nBurlington, VT 05401\nUnited States"
    for facts in (
        ContactFacts("address", home, "Home", from_on=today - timedelta(days=200)),
        ContactFacts("phone", "+1 802 555 0117", "Ward", until_on=today + timedelta(days=29)),
    ):
        add_contact(second, facts, by=by)
