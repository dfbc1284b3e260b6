"""The day of the books that something is posted on; a period that holds it is held with it."""

from datetime import date

from symposia.accounts.queries import local_day
from symposia.finance.models import BooksPeriod, PeriodState
from symposia.finance.period_rules import objection_to_booking
from symposia.shared.refusals import refuse_if


def day_to_book(wanted: date | None) -> date:
    """The day something is posted on: today, or one whose books are open and held open until this
    transaction ends."""
    today = local_day()
    if wanted is None or wanted == today:
        return today
    periods = BooksPeriod.objects.around(wanted).select_for_update(of=("self",), no_key=True)
    closed = next((each for each in periods if each.is_closed), None)

    refuse_if(objection_to_booking(wanted, closed, today=today))

    return wanted


def day_if_open(wanted: date) -> date:
    """The day of a paper where its books are open; else today."""
    closed = BooksPeriod.objects.around(wanted).filter(state=PeriodState.CLOSED).exists()
    return local_day() if closed or wanted > local_day() else wanted
