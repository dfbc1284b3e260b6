"""A meeting of a company with a dinner, a fee and a hall in its books, and who was there."""

from datetime import datetime
from decimal import Decimal

from symposia.finance.actions.budgets import Paper, post_actual
from symposia.finance.models import BudgetLine
from symposia.shared.actors import SYSTEM
from symposia.shared.money import Money
from tests.factories.activities import ActivityFactory, SessionFactory, SessionFacultyFactory
from tests.factories.attendance import EvidenceFactory
from tests.factories.directory import ClinicianFactory
from tests.factories.registrations import RegistrationFactory

WHEN = datetime.fromisoformat("2026-03-11T18:30")


def company(organisation, **facts):
    for name, said in {"kind": "company", **facts}.items():
        setattr(organisation, name, said)
    organisation.save()
    return organisation


def meeting(*, came=3, mode="scientific", taught=None, **facts):
    """Held, with so many in the room; who taught is not one of them unless told."""
    said = {"mode": mode, "state": "held", "wall_starts": WHEN} | facts
    activity = ActivityFactory(**said)
    session = SessionFactory(activity=activity)
    SessionFacultyFactory(session=session, clinician=taught or ClinicianFactory())
    for _number in range(came):
        arrive(activity)
    return activity


def arrive(activity, clinician=None):
    """Somebody more was in the room."""
    who = clinician or ClinicianFactory()
    place = RegistrationFactory(activity=activity, clinician=who)
    EvidenceFactory(registration=place)
    return who


def paid(activity, category="meals", amount="100.00", *, currency="USD", paper=None):
    """A posting of a line of its own."""
    line = BudgetLine.objects.create(activity=activity, category=category, description=category)
    facts = {"reason": "Invoice", "paid_to": "Bay Hotels", "evidence": "INV-1"} | (paper or {})
    return post_actual(line, Money(Decimal(amount), currency), Paper(**facts), by=SYSTEM)
