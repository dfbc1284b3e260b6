"""By how much an amount is above what was expected. Pure."""

from collections.abc import Iterable

from symposia.shared.money import Money


def above(amount: Money, left: Iterable[Money]) -> Money | None:
    """By how much an amount is more than the least of these; nothing where it is not."""
    over = [amount - each for each in left if each < amount]
    return max(over, key=lambda each: each.minor) if over else None
