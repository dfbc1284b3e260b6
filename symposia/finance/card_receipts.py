"""Which receipts a line of a card may be of."""

from datetime import timedelta

from symposia.finance.controls import controls_on
from symposia.finance.models import CardLine, Expense


def receipts_for(line: CardLine) -> list[Expense]:
    """Standing receipts of the same amount, near in time, that no line has: the nearest first."""
    days = timedelta(days=controls_on(line.spent_on).card_days)
    rows = Expense.objects.standing().filter(
        amount_minor=line.amount_minor,
        currency=line.currency,
        spent_on__range=(line.spent_on - days, line.spent_on + days),
    )
    taken = CardLine.objects.exclude(expense=None).values("expense")
    found = rows.exclude(pk__in=taken).select_related("activity").order_by("spent_on", "pk")[:20]
    return sorted(found, key=lambda each: abs((each.spent_on - line.spent_on).days))
