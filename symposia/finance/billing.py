"""What a bill says, and whether it is handed in a second time: pure rules."""

import re
from dataclasses import dataclass
from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from symposia.activities.models import Activity, Arrangement
from symposia.finance.handed_in import objection_to_asked_amount
from symposia.finance.models import Bill, PurchaseOrder
from symposia.shared.money import Money
from symposia.shared.refusals import Objection

_SIGNS = re.compile(r"[\W_]+")

NO_SUPPLIER = Objection("no_supplier", _("Write who asks to be paid."))
NO_NUMBER = Objection("no_bill_number", _("Write the number that the supplier gave the bill."))
NO_PURPOSE = Objection("no_purpose", _("Write what the bill is for."))
FROM_TOMORROW = Objection("billed_tomorrow", _("The day of the bill has not come yet."))
ORDERED_ELSEWHERE = Objection(
    "ordered_elsewhere", _("What the bill is for was ordered for another activity.")
)
ARRANGED_ELSEWHERE = Objection(
    "arranged_elsewhere", _("What the bill is for is arranged for another activity.")
)
THERE_ALREADY = Objection(
    "bill_there_already",
    _(
        "Bill %(theirs)s of %(supplier)s was handed in on %(day)s as %(number)s. It is not paid "
        "twice: if this is another bill, write the number that is on it."
    ),
)


@dataclass(frozen=True)
class BillFacts:
    """What a bill says, and what of the activity it is for."""

    supplier: str
    supplier_number: str
    billed_on: date
    amount: Money
    what_for: str
    arrangement: Arrangement | None = None
    order: PurchaseOrder | None = None


def told_by(supplier: str, number: str) -> str:
    """By what a bill is known, however it is written."""
    return "|".join(_SIGNS.sub("", each).casefold() for each in (supplier, number))[:300]


def objection_to_bill(
    activity: Activity, facts: BillFacts, twin: Bill | None, *, today: date, currency: str
) -> Objection | None:
    """A bill says who asks for what, and is handed in once."""
    arrangement = facts.arrangement
    order = facts.order
    amount = objection_to_asked_amount(facts.amount, currency=currency)
    objections = (
        (not _SIGNS.sub("", facts.supplier), NO_SUPPLIER),
        (not _SIGNS.sub("", facts.supplier_number), NO_NUMBER),
        (not facts.what_for.strip(), NO_PURPOSE),
        (amount, amount),
        (facts.billed_on > today, FROM_TOMORROW),
        (arrangement and arrangement.activity_id != activity.pk, ARRANGED_ELSEWHERE),
        (order and order.activity_id != activity.pk, ORDERED_ELSEWHERE),
        (twin, _twice(twin) if twin else None),
    )
    return next((objection for holds, objection in objections if holds), None)


def _twice(twin: Bill) -> Objection:
    return THERE_ALREADY.about(
        theirs=twin.supplier_number,
        supplier=twin.supplier,
        day=date_format(twin.handed_in_at, "j M Y"),
        number=twin.number,
    )
