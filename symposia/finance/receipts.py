"""The receipt of a fee that was paid, as PDF."""

from collections.abc import Iterable
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from django.utils import formats
from django.utils.timezone import now
from django.utils.translation import get_language, get_language_bidi
from django.utils.translation import gettext as _

from symposia.accounts.queries import this_organisation
from symposia.activities.models import Activity
from symposia.finance.models import Charge, FeeTerms
from symposia.shared.money import Money
from symposia.shared.paper import print_paper

TEMPLATE = Path(__file__).with_name("receipt.typ")


def print_receipt(charge: Charge) -> bytes:
    """Set it; what was paid when makes it the same each time."""
    return print_paper(TEMPLATE, _paper(charge), charge.paid_at or now())


def _paper(charge: Charge) -> dict[str, Any]:
    activity, organisation = charge.activity, this_organisation()
    zone = ZoneInfo(activity.zone)
    paid = (charge.paid_at or now()).astimezone(zone)
    held = activity.starts_at.astimezone(zone)
    rows = [
        (_("Received from"), charge.registration.clinician.full_name),
        (_("For"), f"{activity.title}, {activity.number}"),
        (_("Held on"), formats.date_format(held, "j F Y")),
        (_("Fee"), charge.fee.name),
        (_("Discount"), str(charge.discount or "")),
        (_("Paid on"), formats.date_format(paid, "j F Y")),
        (_("How"), str(charge.get_method_display())),
        (_("Reference"), charge.reference),
        *said_of_tax([(charge.tax_said, charge.tax, charge.tax_citation)], charge.activity),
    ]
    return {
        "title": _("Receipt"),
        "provider": organisation.name,
        "number": charge.reference,
        "language": (get_language() or "en")[:2],
        "rtl": get_language_bidi(),
        "rows": [{"name": name, "said": said} for name, said in rows if said],
        "total": {"name": _("Amount"), "said": str(charge.amount)},
        "note": ""
        if charge.tax_name
        else _("No tax is shown on this receipt. The organiser can tell what applies."),
    }


def said_of_tax(
    taxes: Iterable[tuple[str, Money, str]], activity: Activity
) -> list[tuple[str, str]]:
    """The taxes of a paper, with where each stands in the law and the organiser's number."""
    said = [
        (_("Included: %(tax)s") % {"tax": name}, f"{amount} ({citation})")
        for name, amount, citation in taxes
        if name
    ]
    number = FeeTerms.objects.of(activity).tax_number
    return [*said, (_("Tax number of the organiser"), number)] if said else []
