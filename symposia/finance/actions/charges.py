"""What people owe for their places: charged, lowered, paid, paid back; every step in the ledger."""

import uuid
from datetime import date, datetime, time, timedelta
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from django.db import transaction
from django.utils.timezone import now

from symposia.activities.models import Activity
from symposia.audit.actions import record
from symposia.finance.events import FeeCharged
from symposia.finance.fee_rules import (
    due_on,
    fee_for,
    lowered,
    objection_to_asking_person,
    objection_to_discount,
    objection_to_paying_back,
    objection_to_payment,
    reminder_on,
)
from symposia.finance.models import (
    Charge,
    ChargeState,
    Discount,
    Fee,
    FeeAccount,
    FeeEntry,
    FeePosting,
    FeePostingKind,
    FeeTerms,
    Method,
)
from symposia.finance.owed import tax_of
from symposia.registrations.actions.places import cancel_registration
from symposia.registrations.models import Registration
from symposia.registrations.tickets import new_code
from symposia.shared.actors import Actor
from symposia.shared.events import announce
from symposia.shared.refusals import refuse_if
from symposia.shared.times import day_at

PREFIX = "SY"
MORNING = time(9)
_ACCOUNT = {
    Method.BANK: FeeAccount.BANK,
    Method.CARD: FeeAccount.CARD,
    Method.DESK: FeeAccount.DESK,
}


@transaction.atomic
def charge_registration(registration: Registration, *, by: Actor) -> Charge | None:
    """Charge whoever has a place what it costs them today; once, and nothing where it is free."""
    activity = Activity.objects.get(pk=registration.activity_id)
    fees = list(Fee.objects.of(activity))
    if not fees:
        return None
    registration = Registration.objects.locked(registration.pk)
    at = now()
    today = day_at(at, activity.zone)
    fee = fee_for(fees, registration.clinician.profession, on=today)
    known = Charge.objects.filter(registration=registration).exists()
    if known or not registration.is_confirmed or fee is None or not fee.amount_minor:
        return None

    terms = FeeTerms.objects.of(activity)
    charge = Charge.objects.create(
        activity=activity,
        registration=registration,
        fee=fee,
        amount_minor=fee.amount_minor,
        currency=fee.currency,
        **_tax_in(activity, terms),
        reference=f"{PREFIX}{new_code()}",
        due_on=due_on(terms, activity, today=today),
        created_at=at,
    )
    _post(charge, FeePostingKind.CHARGED, _all_of(charge), by=by, reason=fee.name)

    record(by, "charge.made", charge)
    announce(
        FeeCharged(
            charge.pk,
            activity.pk,
            _end_of(charge, activity),
            _reminder_of(charge, activity, terms, today=today),
        )
    )
    return charge


def _tax_in(activity: Activity, terms: FeeTerms) -> dict[str, Any]:
    """The tax as it is known now; what it says stays with the charge."""
    tax = tax_of(activity, terms.tax)
    if tax is None:
        return {}
    return {"tax_name": tax.name, "tax_percent": tax.percent, "tax_citation": tax.citation[:300]}


def _reminder_of(
    charge: Charge, activity: Activity, terms: FeeTerms, *, today: date
) -> datetime | None:
    """The morning of the day to remind, on the clock of the venue."""
    day = reminder_on(terms, charge.due_on, today=today)
    return datetime.combine(day, MORNING, tzinfo=ZoneInfo(activity.zone)) if day else None


def _end_of(charge: Charge, activity: Activity) -> datetime:
    """The moment after the last day to pay, on the clock of the venue."""
    zone = ZoneInfo(activity.zone)
    return datetime.combine(charge.due_on + timedelta(days=1), time(), tzinfo=zone)


@transaction.atomic
def use_discount(charge: Charge, code: str, *, by: Actor) -> Charge:
    """Take off what a code takes off; what is free then is owed no more."""
    charge = Charge.objects.locked(charge.pk)
    found = Discount.objects.of(charge.activity).filter(code=code.strip().upper())
    discount = found.select_for_update(of=("self",)).first()
    today = day_at(now(), charge.activity.zone)

    refuse_if(objection_to_discount(charge, discount, on=today))
    if discount is None:
        return charge

    left = lowered(charge.amount_minor, discount.percent)
    before = _all_of(charge)
    charge.amount_minor, charge.discount = left, discount
    charge.save(update_fields=["amount_minor", "discount"])
    discount.used += 1
    discount.save(update_fields=["used"])
    after = _all_of(charge)
    off = _Part(before.minor - after.minor, before.tax - after.tax)
    _post(charge, FeePostingKind.LOWERED, off, by=by, reason=discount.code)
    if not left:
        charge.move(ChargeState.ENDED)

    record(by, "charge.lowered", charge)
    return charge


@transaction.atomic
def mark_paid(charge: Charge, *, method: str, evidence: str, by: Actor) -> Charge:
    """Settle a fee with what came in, and the paper that proves it."""
    charge = Charge.objects.locked(charge.pk)

    refuse_if(objection_to_payment(charge, evidence=evidence))

    settle_charge(charge, method=method, evidence=evidence, by=by)
    return charge


def settle_charge(charge: Charge, *, method: str, evidence: str, by: Actor) -> None:
    """What came in for a charge that is held: its state, the ledger, the journal."""
    charge.move(ChargeState.PAID, paid_at=now(), method=method)
    _post(charge, FeePostingKind.PAID, _all_of(charge), by=by, evidence=evidence)
    record(by, "charge.paid", charge, details={"method": method})


@transaction.atomic
def pay_back(charge: Charge, *, reason: str, evidence: str = "", by: Actor) -> Charge:
    """Pay a fee back the way it came; the income goes with it."""
    charge = Charge.objects.locked(charge.pk)

    refuse_if(objection_to_paying_back(charge, reason=reason))

    charge.move(ChargeState.REFUNDED)
    whole = _all_of(charge)
    _post(charge, FeePostingKind.REFUNDED, whole, by=by, reason=reason, evidence=evidence)

    record(by, "charge.paid_back", charge, reason=reason)
    return charge


@transaction.atomic
def end_charge(registration_id: uuid.UUID, *, by: Actor) -> None:
    """Whoever does not come owes nothing; what was paid stays to be paid back by a person."""
    open_ones = Charge.objects.filter(registration=registration_id, state=ChargeState.OPEN)
    charge = open_ones.select_for_update(of=("self",)).first()
    if charge:
        charge.move(ChargeState.ENDED)
        _post(charge, FeePostingKind.LOWERED, _all_of(charge), by=by, reason="Given up")
        record(by, "charge.ended", charge)


@transaction.atomic
def hand_on_charge(gone_id: uuid.UUID, made_id: uuid.UUID, *, by: Actor) -> None:
    """Whoever comes instead owes what is open, and has what was paid."""
    found = Charge.objects.filter(registration=gone_id).select_for_update(of=("self",)).first()
    if found:
        found.registration = Registration.objects.get(pk=made_id)
        found.save(update_fields=["registration"])
        record(by, "charge.handed_on", found)


@transaction.atomic
def lapse_unpaid(charge: Charge, *, by: Actor) -> bool:
    """A place that is not paid by its day goes to whoever waits, where that was settled; says
    whether it did."""
    terms = FeeTerms.objects.of(charge.activity)
    is_over = now() >= _end_of(charge, charge.activity)
    is_owed = charge.registration.is_confirmed and not objection_to_asking_person(charge)
    if not (terms.lapses and is_over and is_owed):
        return False
    cancel_registration(charge.registration, reason="Not paid in time", by=by)
    return True


# What each posting debits and credits; a payment debits where the money came in. Of what is income,
# the part that is tax is never the organiser's.
_SIDES: dict[str, tuple[FeeAccount | None, FeeAccount | None]] = {
    FeePostingKind.CHARGED: (FeeAccount.RECEIVABLE, FeeAccount.INCOME),
    FeePostingKind.LOWERED: (FeeAccount.INCOME, FeeAccount.RECEIVABLE),
    FeePostingKind.PAID: (None, FeeAccount.RECEIVABLE),
    FeePostingKind.REFUNDED: (FeeAccount.INCOME, None),
}


class _Part(NamedTuple):
    """An amount of a posting, and what of it is tax."""

    minor: int
    tax: int


def _all_of(charge: Charge) -> _Part:
    return _Part(charge.amount_minor, charge.tax.minor)


def _post(
    charge: Charge,
    kind: FeePostingKind,
    part: _Part,
    *,
    by: Actor,
    reason: str = "",
    evidence: str = "",
) -> None:
    posting = FeePosting.objects.create(
        charge=charge,
        kind=kind,
        reason=reason[:300],
        evidence=evidence.strip()[:200],
        posted_by_name=by.name,
    )
    debit, credit = (side or _ACCOUNT[Method(charge.method)] for side in _SIDES[kind])
    sides = {debit: part.minor, credit: -part.minor}
    if FeeAccount.INCOME in sides:
        tax = part.tax if debit == FeeAccount.INCOME else -part.tax
        sides[FeeAccount.INCOME] -= tax
        sides[FeeAccount.TAX] = tax
    FeeEntry.objects.bulk_create(
        FeeEntry(posting=posting, account=side, amount_minor=minor, currency=charge.currency)
        for side, minor in sides.items()
        if minor
    )
