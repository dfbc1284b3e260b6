"""A course whose workshop is chosen, that asks for meals and help, and costs those who come."""

from datetime import date, datetime, timedelta
from decimal import Decimal

import time_machine

from symposia.activities.models import Activity, Session
from symposia.demonstration.thread import Cast
from symposia.finance.actions.charges import charge_registration, mark_paid, use_discount
from symposia.finance.actions.fees import TermsFacts, add_discount, add_fee, settle_fee_terms
from symposia.finance.actions.invoice_mail import mail_invoice
from symposia.finance.actions.invoices import issue_invoice
from symposia.finance.fee_rules import DiscountFacts, FeeFacts
from symposia.finance.invoicing import Payer
from symposia.finance.models import Charge, Method
from symposia.finance.queries import books_currency
from symposia.registrations.actions.questions import answer_questions, ask_usual_questions
from symposia.registrations.actions.sessions import choose_sessions, set_session_places
from symposia.registrations.models import Registration, RegistrationQuestion, SessionPlaces
from symposia.shared.actors import Actor
from symposia.shared.money import Money

WORKSHOP = 2
MEALS = ("Everything", "Vegetarian", "Everything", "Gluten-free")
BANK = "%s, account of the education office (demonstration, no account)"
FEE, NURSES = Decimal(1_500), Decimal(500)


def tell_registering(cast: Cast, today: datetime) -> None:
    """Once for an activity that people still register for."""
    coming = Activity.objects.filter(state="open", starts_at__gt=today, capacity__gt=30)
    activity = coming.order_by("starts_at", "pk").first()
    if activity is None:
        return
    with time_machine.travel(today - timedelta(hours=4), tick=True):
        _workshop(activity, cast)
        _questions(activity, cast)
        if activity.is_independent:
            _fees(activity, cast, today.date())
        people = Registration.objects.of(activity).confirmed().with_people().order_by("pk")
        for registration, meal in zip(people[: len(MEALS)], MEALS, strict=False):
            _comes(registration, meal)
        if activity.is_independent:
            _pay(activity, cast)


def _workshop(activity: Activity, cast: Cast) -> None:
    last = Session.objects.of(activity).filter(creditable_minutes__gt=0).last()
    if last:
        set_session_places(last, WORKSHOP, by=cast.actor("coordinator"))


def _questions(activity: Activity, cast: Cast) -> None:
    ask_usual_questions(activity, by=cast.actor("coordinator"))


def _fees(activity: Activity, cast: Cast, today: date) -> None:
    by, currency = cast.actor("coordinator"), books_currency()
    last = today + timedelta(days=10)
    for facts in (
        FeeFacts("Early registration", Money(FEE, currency), until_on=last),
        FeeFacts("Registration", Money(FEE + NURSES, currency)),
        FeeFacts("Nurses", Money(NURSES, currency), profession="nurse"),
    ):
        add_fee(activity, facts, by=by)
    settle_fee_terms(
        activity, TermsFacts(days_to_pay=10, bank_words=BANK % cast.organisation), by=by
    )
    add_discount(activity, DiscountFacts("RESIDENT-50", 50, most=20), by=by)


def _comes(made: Registration, meal: str) -> None:
    activity, by = made.activity, Actor("link", made.pk, made.clinician.called)
    sessions = SessionPlaces.objects.of(activity).values_list("session", flat=True)
    choose_sessions(made, list(sessions), by=by)
    meals = RegistrationQuestion.objects.of(activity).first()
    if meals:
        answer_questions(made, {meals.pk: [meal]}, by=by)
    charge_registration(made, by=by)


def _pay(activity: Activity, cast: Cast) -> None:
    owed = list(Charge.objects.of(activity).order_by("pk")[:2])
    if len(owed) < 2:
        return
    first, second = owed
    use_discount(second, "RESIDENT-50", by=Actor("link", second.registration_id, "Ticket"))
    words = f"Transfer, {first.reference} (demonstration)"
    finance = cast.actor("finance_officer")
    mark_paid(first, method=Method.BANK, evidence=words, by=finance)
    ward = [each.pk for each in Charge.objects.of(activity).order_by("pk")[2:4]]
    if ward:
        payer = Payer(
            *("Harbor Ward 3", "Harbor University Hospital\n12 Dock Road"),
            order="W3-118",
            email="ward3@harbor-hospital.example",
        )
        mail_invoice(issue_invoice(activity, ward, payer, by=finance), by=finance)
