"""The amounts of a credit system that may be claimed."""

from decimal import Decimal


def steps_up_to(maximum: Decimal, step: Decimal) -> list[Decimal]:
    """Every amount that may be claimed, the smallest first."""
    return [step * n for n in range(1, int(maximum / step) + 1)]
