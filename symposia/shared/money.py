"""Money and credit amounts: exact decimals, rounding in one place.

In the database money is `bigint` minor units beside an ISO 4217 code; credits are `Decimal(7,2)`.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import ROUND_FLOOR, ROUND_HALF_UP, Decimal

from django.utils import numberformat

# ISO 4217 exponents that are not 2.
EXPONENTS = {
    "JPY": 0,
    "KRW": 0,
    "VND": 0,
    "CLP": 0,
    "ISK": 0,
    "BHD": 3,
    "KWD": 3,
    "OMR": 3,
    "TND": 3,
}
# Rupees are read in lakh and crore: 1,80,000.
_GROUPING: dict[str, tuple[int, ...]] = {"INR": (3, 2, 0)}


class CurrencyMismatch(Exception):
    """Two currencies met in one sum: a bug, never converted silently."""


def exponent(currency: str) -> int:
    """How many decimal places the currency's minor unit has (ISO 4217)."""
    return EXPONENTS.get(currency, 2)


def round_half_up(value: Decimal, places: int) -> Decimal:
    """The one commercial rounding of the product: halves away from zero."""
    return value.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)


@dataclass(frozen=True, order=False)
class Money:
    """An exact amount of one currency."""

    amount: Decimal
    currency: str

    @classmethod
    def from_minor(cls, minor: int, currency: str) -> "Money":
        return cls(Decimal(minor).scaleb(-exponent(currency)), currency)

    @classmethod
    def zero(cls, currency: str) -> "Money":
        return cls(Decimal(0), currency)

    @property
    def minor(self) -> int:
        """Whole minor units; a finer amount is rounded half up."""
        places = exponent(self.currency)
        return int(round_half_up(self.amount, places).scaleb(places))

    def __add__(self, other: "Money") -> "Money":
        return Money(self.amount + self._same(other).amount, self.currency)

    def __sub__(self, other: "Money") -> "Money":
        return Money(self.amount - self._same(other).amount, self.currency)

    def __neg__(self) -> "Money":
        return Money(-self.amount, self.currency)

    def __lt__(self, other: "Money") -> bool:
        return self.amount < self._same(other).amount

    def __bool__(self) -> bool:
        return bool(self.amount)

    def __str__(self) -> str:
        return f"{self.currency} {round_half_up(self.amount, exponent(self.currency)):,}"

    def shared_by(self, heads: int) -> "Money | None":
        """The amount per head, rounded to the minor unit; nothing when there is nobody."""
        if heads < 1:
            return None
        return Money(round_half_up(self.amount / heads, exponent(self.currency)), self.currency)

    def _same(self, other: "Money") -> "Money":
        if other.currency != self.currency:
            raise CurrencyMismatch(f"{self.currency} and {other.currency}")
        return other


def grouped(value: Money, *, decimal: str = ".", thousand: str = ",", places: int) -> str:
    """The digits of an amount, grouped as its readers do; the sign is left to others."""
    return str(
        numberformat.format(
            round_half_up(abs(value.amount), places),
            decimal,
            places,
            grouping=_GROUPING.get(value.currency, (3, 0)),
            thousand_sep=thousand,
            force_grouping=True,
            use_l10n=False,
        )
    )


def in_a_sentence(value: Money) -> str:
    """An amount as a sentence says it: 310,000 INR, and its minor units only where it has some."""
    places = exponent(value.currency)
    is_whole = round_half_up(value.amount, places) == value.amount.to_integral_value()
    sign = "\u2212" if value.amount < 0 else ""
    return f"{sign}{grouped(value, places=0 if is_whole else places)} {value.currency}".strip()


def total(amounts: Iterable[Money], currency: str) -> Money:
    """The sum of amounts of one currency."""
    return sum(amounts, Money.zero(currency))


@dataclass(frozen=True)
class Credits:
    """An exact amount of one credit system."""

    amount: Decimal
    system: str

    def __add__(self, other: "Credits") -> "Credits":
        if other.system != self.system:
            raise CurrencyMismatch(f"{self.system} and {other.system}")
        return Credits(self.amount + other.amount, self.system)


def to_step(value: Decimal, step: Decimal) -> Decimal:
    """Round to the nearest step of a credit system, halves up (AMA PRA: nearest quarter hour)."""
    return (value / step).quantize(Decimal(1), rounding=ROUND_HALF_UP) * step


def down_to_step(value: Decimal, step: Decimal) -> Decimal:
    """Round down to a whole step, for systems that award only what is complete."""
    return (value / step).quantize(Decimal(1), rounding=ROUND_FLOOR) * step
