"""Order, delivery and bill beside each other: where they do not agree, in a sentence. Pure."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext_lazy as _

from symposia.finance.controls import Controls
from symposia.finance.models import Bill, PurchaseOrder
from symposia.finance.models.payees import known_words
from symposia.shared.money import Money, in_a_sentence
from symposia.shared.refusals import Objection

OTHER_VENDOR = Objection(
    "match_other_vendor", _("%(billed)s bills it, but it was ordered from %(ordered)s.")
)
OTHER_CURRENCY = Objection(
    "match_other_currency", _("The bill is in %(billed)s, the order in %(ordered)s.")
)
NOT_DELIVERED = Objection(
    "match_not_delivered", _("Nobody has confirmed that anything of it was delivered.")
)
LESS_DELIVERED = Objection(
    "match_less_delivered", _("%(came)s of %(ordered)s %(unit)s were delivered.")
)
ABOVE_DELIVERED = Objection(
    "match_above_delivered",
    _("%(billed)s is billed by now, but what was delivered comes to %(worth)s."),
)
ABOVE_ORDERED = Objection(
    "match_above_ordered",
    _("%(billed)s is billed by now and %(ordered)s was ordered: %(percent)s %% more."),
)
SAME_FILE = Objection("twin_same_file", _("%(number)s is the same file."))
NEAR_AMOUNT = Objection(
    "twin_near_amount",
    _("%(number)s of the same vendor is of %(day)s and %(amount)s, nearly the same."),
)
EXPLAIN = Objection("say_why_nevertheless", _("%(why)s Write why it is accepted nevertheless."))


@dataclass(frozen=True)
class Papers:
    """An order, how much of it came, and what other standing bills have billed of it, in the
    currency of the order."""

    order: PurchaseOrder
    came: Decimal
    billed_before: Money

    @property
    def left(self) -> Money:
        """What of the order no bill has asked for yet."""
        return self.order.amount - self.billed_before

    @property
    def worth(self) -> Money:
        return self.order.worth(self.came)


def mismatches(bill: Bill, papers: Papers, controls: Controls) -> Iterator[Objection]:
    """Each point in which the three papers are further apart than the tolerance."""
    order = papers.order
    if known_words(bill.supplier) != order.vendor.known_as:
        yield OTHER_VENDOR.about(billed=bill.supplier, ordered=order.vendor.name)
    if bill.currency != order.currency:
        yield OTHER_CURRENCY.about(billed=bill.currency, ordered=order.currency)
        return
    billed = papers.billed_before + bill.amount
    if papers.came <= 0:
        yield NOT_DELIVERED
    elif _is_above(order.quantity, papers.came, controls):
        yield LESS_DELIVERED.about(
            came=_n(papers.came), ordered=_n(order.quantity), unit=order.get_unit_display()
        )
    if papers.came > 0 and _is_above(billed.amount, papers.worth.amount, controls):
        yield ABOVE_DELIVERED.about(billed=in_a_sentence(billed), worth=in_a_sentence(papers.worth))
    if _is_above(billed.amount, order.amount.amount, controls):
        percent = (billed.amount / order.amount.amount - 1) * 100
        yield ABOVE_ORDERED.about(
            billed=in_a_sentence(billed),
            ordered=in_a_sentence(order.amount),
            percent=_n(percent.quantize(Decimal("0.1"))),
        )


def likeness(bill: Bill, other: Bill, controls: Controls) -> Objection | None:
    """Why another bill may be the same one."""
    if bill.sha256 == other.sha256:
        return SAME_FILE.about(number=other.number)
    same_vendor = bill.vendor_id is not None and bill.vendor_id == other.vendor_id
    near = abs((bill.billed_on - other.billed_on).days) <= controls.twin_days
    if not same_vendor or not near or bill.currency != other.currency:
        return None
    apart = abs(bill.amount_minor - other.amount_minor)
    if apart * 100 > max(bill.amount_minor, other.amount_minor) * controls.twin_percent:
        return None
    amount = in_a_sentence(other.amount)
    return NEAR_AMOUNT.about(number=other.number, day=other.billed_on.isoformat(), amount=amount)


def is_far_over(amount: Money, over: Money | None, controls: Controls) -> bool:
    """Whether so much above what was expected is more than one person accepts."""
    if over is None:
        return False
    expected = amount - over
    return over.amount * 100 > expected.amount * controls.second_percent


def _is_above(value: Decimal, expected: Decimal, controls: Controls) -> bool:
    return value > expected * (100 + controls.tolerance_percent) / 100


def _n(value: Decimal) -> str:
    return f"{value.normalize():f}"
