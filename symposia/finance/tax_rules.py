"""The taxes of what is paid: what of an amount each is, and what may be written. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext_lazy as _

from symposia.finance.models import Payment, TaxWay
from symposia.finance.taxes import tax_in
from symposia.shared.money import Money, round_half_up
from symposia.shared.refusals import Objection

TAX_NAMELESS = Objection("tax_nameless", _("Write what the tax is called, at most 20 signs."))
TAX_RATE = Objection("tax_rate", _("A rate lies between nothing and a hundred percent."))
TAX_WAY = Objection("tax_way", _("Say whether it stands in the amount or is withheld."))
TAX_TWICE = Objection("tax_twice", _("%(name)s stands there twice."))
TAX_ALL = Objection("tax_all", _("These taxes leave nothing of the amount."))
TAX_SETTLED = Objection(
    "tax_settled", _("It is in %(batch)s already; leave it out there before its taxes change.")
)


@dataclass(frozen=True)
class TaxFacts:
    """A tax as somebody writes it."""

    way: str
    name: str
    percent: Decimal
    citation: str = ""


@dataclass(frozen=True)
class TaxPart:
    """What a tax of an amount comes to, and of what."""

    facts: TaxFacts
    base_minor: int
    amount_minor: int


def parts_of(whole: Money, taxes: Sequence[TaxFacts]) -> list[TaxPart]:
    """What each is: those in the amount of what is left without them, those withheld of that same
    base, each rounded half up once."""
    included = sum((each.percent for each in taxes if each.way == TaxWay.INCLUDED), Decimal(0))
    base = whole.minor - tax_in(whole.minor, included)
    return [
        TaxPart(each, base, int(round_half_up(Decimal(base) * each.percent / 100, 0)))
        for each in taxes
    ]


def objection_to_taxes(
    whole: Money, taxes: Sequence[TaxFacts], payment: Payment | None
) -> Objection | None:
    """Named once, at a rate, leaving something; until it is paid."""
    if payment is not None:
        return TAX_SETTLED.about(batch=payment.batch.number)
    seen: set[str] = set()
    for each in taxes:
        name = each.name.strip()
        objections = (
            (not name or len(name) > 20, TAX_NAMELESS),
            (each.way not in TaxWay.values, TAX_WAY),
            (not 0 <= each.percent <= 100, TAX_RATE),
            (name.casefold() in seen, TAX_TWICE.about(name=name)),
        )
        found = next((objection for holds, objection in objections if holds), None)
        if found:
            return found
        seen.add(name.casefold())
    kept = whole.minor - sum(
        x.amount_minor for x in parts_of(whole, taxes) if x.facts.way == TaxWay.WITHHELD
    )
    return TAX_ALL if kept <= 0 else None
