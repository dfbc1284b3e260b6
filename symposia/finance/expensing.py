"""What an expense says, who shared it, and what of it is hard to read: pure rules."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from symposia.finance.handed_in import objection_to_asked_amount
from symposia.finance.models import Category, Expense
from symposia.shared.money import Money
from symposia.shared.refusals import Objection
from symposia.work.pictures import Fault

NO_SUCH_KIND = Objection("no_such_expense_kind", _("Choose what the money was spent on."))
NOBODY_PAID = Objection("no_payee", _("Write who was paid: the restaurant, the taxi, the shop."))
FROM_TOMORROW = Objection("spent_tomorrow", _("The day of the receipt has not come yet."))
MORE_THAN_CAME = Objection(
    "more_than_came",
    ngettext_lazy(
        "%(said)s doctor shared it, but only %(known)s are recorded as"
        " present. Check in who is missing, or write fewer.",
        "%(said)s doctors shared it, but only %(known)s are recorded as"
        " present. Check in who is missing, or write fewer.",
        "said",
    ),
)
MORE_THAN_TAUGHT = Objection(
    "more_than_taught", _("%(said)s of the faculty shared it, but only %(known)s teach here.")
)
SHARED_BY_NOBODY = Objection("shared_by_nobody", _("Say how many people shared it."))
THERE_ALREADY = Objection(
    "receipt_there_already",
    _("This receipt was handed in on %(day)s as %(number)s. It is not paid twice."),
)
UNREADABLE = Objection(
    "receipt_unreadable",
    _("This picture cannot be opened (%(problem)s). Photograph the receipt once more."),
)
WITHDRAW_REASON = Objection(
    "withdraw_reason", _("Write why it is taken back; the receipt stays, with your reason.")
)
RULES_READ_BOOKS = Objection(
    "rules_read_books",
    _("Rules read amounts in %(currency)s; finance looks at what this comes to."),
)

# What rules ask of a cost of that kind, for each who shared it.
FIGURES: dict[str, str] = {
    Category.MEALS: "meal_per_head",
    Category.TRAVEL: "travel_per_head",
    Category.MATERIALS: "items_per_head",
}

FAULT_WORDS: dict[str, Promise] = {
    Fault.DARK: _("It is too dark to read: photograph it in the light, or with the flash."),
    Fault.SMALL: _("It is too small to read: go nearer until the receipt fills the picture."),
    Fault.BLURRED: _("It is blurred, or nothing is on it: hold still and let the camera focus."),
}


@dataclass(frozen=True)
class Sharers:
    """Who may have shared something at a meeting, as the records know it now."""

    attendees: int
    faculty: int


@dataclass(frozen=True)
class ExpenseFacts:
    """What a receipt says and who shared it; nothing said means everybody who was there."""

    kind: str
    paid_to: str
    spent_on: date
    amount: Money
    what_for: str = ""
    attendees: int | None = None
    faculty: int | None = None
    # People of the house, whoever hands it in counted.
    staff: int = 1

    def shared_by(self, known: Sharers) -> tuple[int, int, int]:
        """Attendees, faculty and staff."""
        came = known.attendees if self.attendees is None else self.attendees
        taught = known.faculty if self.faculty is None else self.faculty
        return came, taught, self.staff


def objection_to_expense(
    facts: ExpenseFacts, known: Sharers, *, today: date, currency: str
) -> Objection | None:
    """An expense says what was paid to whom, and is shared by no more than were there."""
    amount = objection_to_asked_amount(facts.amount, currency=currency)
    objections = (
        (facts.kind not in Category.values, NO_SUCH_KIND),
        (not facts.paid_to.strip(), NOBODY_PAID),
        (amount, amount),
        (facts.spent_on > today, FROM_TOMORROW),
    )
    found = next((objection for holds, objection in objections if holds), None)
    return found or objection_to_sharers(facts, known)


def objection_to_sharers(facts: ExpenseFacts, known: Sharers) -> Objection | None:
    """A cost is not made smaller by people who were not there."""
    came, taught, staff = facts.shared_by(known)
    if came > known.attendees:
        return MORE_THAN_CAME.about(said=came, known=known.attendees)
    if taught > known.faculty:
        return MORE_THAN_TAUGHT.about(said=taught, known=known.faculty)
    return SHARED_BY_NOBODY if came + taught + staff < 1 else None


def objection_to_second(twin: Expense | None) -> Objection | None:
    """One receipt is paid once."""
    if twin is None:
        return None
    day = date_format(twin.handed_in_at, "j M Y")
    return THERE_ALREADY.about(day=day, number=twin.number)


def objection_to_withdrawing_for(reason: str) -> Objection | None:
    """A receipt that is taken back says why; it is not deleted."""
    return None if reason.strip() else WITHDRAW_REASON


def fault_words(faults: Iterable[str]) -> list[Promise]:
    """What is hard to read about a photograph, and what to do about it."""
    return [FAULT_WORDS[each] for each in faults if each in FAULT_WORDS]
