"""From minutes to credit: the arithmetic of a credit system, in one place."""

from decimal import Decimal

from symposia.credits.models import Rounding
from symposia.shared.money import down_to_step, to_step


def credit_for(minutes: int, *, per_credit: int, step: Decimal, rounding: str) -> Decimal:
    """The credit that so many minutes amount to."""
    exact = Decimal(minutes) / per_credit
    return to_step(exact, step) if rounding == Rounding.NEAREST else down_to_step(exact, step)


def steps_up_to(maximum: Decimal, step: Decimal) -> list[Decimal]:
    """Every amount that may be claimed, the smallest first."""
    return [step * n for n in range(1, int(maximum / step) + 1)]
