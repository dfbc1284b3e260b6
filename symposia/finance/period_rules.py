"""Whether a day can be posted on, and a period closed or opened again: pure rules."""

import uuid
from collections.abc import Sequence
from datetime import MAXYEAR, date

from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from symposia.finance.models import BooksPeriod, PeriodKind, PeriodReopening
from symposia.shared.refusals import Objection

PERIOD_CLOSED = Objection(
    "period_closed",
    _("The books of %(period)s are closed. Post it today, or have them opened again by two."),
)
BOOKED_TOMORROW = Objection("booked_tomorrow", _("The day it is posted on has not come yet."))
NOT_A_PERIOD = Objection("not_a_period", _("A month begins on a first, a quarter on that of one."))
NOT_OVER = Objection("period_not_over", _("A period is closed once its last day has passed."))
OVERLAPS = Objection("period_overlaps", _("%(period)s covers some of these days already."))
CLOSED_ALREADY = Objection("period_closed_already", _("These books are closed already."))
STILL_WAITS = Objection(
    "period_still_waits",
    ngettext_lazy(
        "%(n)s paper of this period waits for finance. Accept it or send it back first.",
        "%(n)s papers of this period wait for finance. Accept them or send them back first.",
        "n",
    ),
)
SAY_WHY_OPEN = Objection(
    "period_say_why",
    ngettext_lazy(
        "%(n)s amount is open: promised, unpaid or unproven. Write why it is carried over.",
        "%(n)s amounts are open: promised, unpaid or unproven. Write why they are carried over.",
        "n",
    ),
)
NOT_CLOSED = Objection("period_not_closed", _("These books are open."))
REOPENING_REASON = Objection("reopening_reason", _("Write why; a second person reads it."))
ASKED_ALREADY = Objection("reopening_asked", _("%(who)s has asked for it; a second person agrees."))
OWN_REOPENING = Objection(
    "own_reopening", _("You asked for it yourself; a second person agrees to it.")
)
REOPENING_DECIDED = Objection("reopening_decided", _("This does not wait any more: %(state)s."))


def last_day(kind: str, first: date) -> date | None:
    """The last day of a month or quarter that begins then; nothing where none does."""
    months = 1 if kind == PeriodKind.MONTH else 3
    if first.year >= MAXYEAR or first.day != 1 or (months == 3 and first.month % 3 != 1):
        return None
    month = first.month - 1 + months
    after = date(first.year + month // 12, month % 12 + 1, 1)
    return date.fromordinal(after.toordinal() - 1)


def objection_to_booking(day: date, closed: BooksPeriod | None, *, today: date) -> Objection | None:
    """A day that has come, in books that are open."""
    if day > today:
        return BOOKED_TOMORROW
    return PERIOD_CLOSED.about(period=str(closed)) if closed else None


def objection_to_beginning(
    last: date | None, others: Sequence[BooksPeriod], *, today: date
) -> Objection | None:
    """A whole month or quarter that is over, none of whose days another period has."""
    if last is None:
        return NOT_A_PERIOD
    if last >= today:
        return NOT_OVER
    return OVERLAPS.about(period=str(others[0])) if others else None


def objection_to_closing(
    period: BooksPeriod, *, waiting: int, left: int, reason: str
) -> Objection | None:
    """No paper waits; what is promised, unpaid or unproven is carried over with a reason."""
    if period.is_closed:
        return CLOSED_ALREADY
    if waiting:
        return STILL_WAITS.about(n=waiting)
    return SAY_WHY_OPEN.about(n=left) if left and not reason.strip() else None


def objection_to_asking_for_reopening(
    period: BooksPeriod, asked: PeriodReopening | None, *, reason: str
) -> Objection | None:
    """A closed one, once, with a reason."""
    if not period.is_closed:
        return NOT_CLOSED
    if asked:
        return ASKED_ALREADY.about(who=asked.proposed_by_name)
    return None if reason.strip() else REOPENING_REASON


def objection_to_deciding_reopening(
    asked: PeriodReopening, *, by_id: uuid.UUID | None, agrees: bool
) -> Objection | None:
    """A second person agrees; anybody who closes books may leave them closed."""
    if not asked.is_waiting:
        return REOPENING_DECIDED.about(state=asked.get_state_display())
    is_own = by_id is None or by_id == asked.proposed_by_id
    return OWN_REOPENING if agrees and is_own else None


def said_of(period: BooksPeriod) -> str:
    """A period as people call it: March 2027, or 2027 Q1."""
    if period.kind == PeriodKind.MONTH:
        return date_format(period.starts_on, "F Y")
    return period.quarter
