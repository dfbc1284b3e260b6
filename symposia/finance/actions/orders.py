"""Vendors and what is ordered from them: placed, confirmed as delivered, ended."""

from django.db import transaction
from django.utils.timezone import now

from symposia.accounts.actions import next_numbers
from symposia.accounts.queries import local_day, person_behind
from symposia.activities.models import Activity
from symposia.audit.actions import record
from symposia.finance.events import OrderDelivered, OrderPlaced
from symposia.finance.models import Delivered, OrderState, Payee, PayeeKind, PurchaseOrder
from symposia.finance.models.payees import known_words
from symposia.finance.ordered import handed_in_by, heads_recorded, left_for_orders
from symposia.finance.ordering import (
    DeliveredFacts,
    OrderFacts,
    PayeeFacts,
    objection_to_delivered,
    objection_to_ending_order,
    objection_to_order,
    objection_to_payee,
)
from symposia.finance.queries import books_currency
from symposia.shared.actors import Actor
from symposia.shared.events import announce
from symposia.shared.refusals import refuse_if

ONCE = (PayeeKind.VENDOR, PayeeKind.HOUSE)


@transaction.atomic
def add_payee(facts: PayeeFacts, *, by: Actor) -> Payee:
    """Note a vendor, or an own account that is paid from; each once."""
    # One payee of the organisation after the other.
    number = next_numbers("PYE", year=local_day().year)[0]
    known_as = known_words(facts.name)
    twin = Payee.objects.filter(kind=facts.kind, kind__in=ONCE, known_as=known_as).first()

    refuse_if(objection_to_payee(facts, twin))

    payee = Payee.objects.create(
        number=number,
        kind=facts.kind,
        name=facts.name.strip()[:200],
        known_as=known_as,
        country=facts.country.upper()[:2],
        tax_number=facts.tax_number.strip()[:60],
        made_by_name=by.name,
    )
    record(by, "payee.added", payee)
    return payee


@transaction.atomic
def place_order(activity: Activity, facts: OrderFacts, *, by: Actor) -> PurchaseOrder:
    """Order something from a vendor against what a line of the budget has promised."""
    activity = Activity.objects.locked(activity.pk)
    currency, left = books_currency(), left_for_orders(facts.line)

    refuse_if(objection_to_order(activity, facts, left=left, currency=currency))

    order = PurchaseOrder.objects.create(
        number=next_numbers("PO", year=local_day().year)[0],
        vendor=facts.vendor,
        activity=activity,
        line=facts.line,
        what_for=facts.what_for.strip()[:300],
        unit=facts.unit,
        quantity=facts.quantity,
        each_minor=facts.each.minor,
        currency=facts.each.currency,
        over_because=facts.reason.strip()[:500],
        ordered_by_id=person_behind(by),
        ordered_by_name=by.name,
    )
    details = {"vendor": facts.vendor.name, "amount": str(order.amount)}
    record(by, "order.placed", order, reason=order.over_because, details=details)
    announce(OrderPlaced(activity.pk, order.pk))
    return order


@transaction.atomic
def confirm_delivered(order: PurchaseOrder, facts: DeliveredFacts, *, by: Actor) -> Delivered:
    """Say how much of an order came; what was confirmed is put right by less, never edited."""
    order = _locked(order)
    recorded = heads_recorded(order)
    person = person_behind(by)

    refuse_if(
        objection_to_delivered(
            *(order, facts),
            before=Delivered.objects.quantity(order),
            recorded=recorded,
            is_own=handed_in_by(order, person),
            today=local_day(),
        )
    )

    came = Delivered.objects.create(
        order=order,
        quantity=facts.quantity,
        delivered_on=facts.delivered_on,
        recorded=recorded,
        note=facts.note.strip()[:300],
        confirmed_by_id=person,
        confirmed_by_name=by.name,
    )
    details = {"order": order.number, "quantity": str(facts.quantity)}
    record(by, "order.delivered", came, reason=came.note, details=details)
    announce(OrderDelivered(order.activity_id, order.pk))
    return came


@transaction.atomic
def end_order(order: PurchaseOrder, *, reason: str, by: Actor) -> PurchaseOrder:
    """Everything of it is billed, or the rest is not wanted: its line has the rest again."""
    order = _locked(order)

    refuse_if(objection_to_ending_order(order, reason=reason))

    order.move(
        OrderState.ENDED,
        ended_at=now(),
        ended_by_name=by.name,
        ended_because=reason.strip()[:300],
    )
    record(by, "order.ended", order, reason=reason)
    return order


def _locked(order: PurchaseOrder) -> PurchaseOrder:
    Activity.objects.locked(order.activity_id)
    return PurchaseOrder.objects.select_related("vendor", "line").locked(order.pk)
