"""Writing postings of a budget line: two sides that sum to nothing, and their opposite."""

from dataclasses import dataclass
from datetime import date

from symposia.audit.actions import record
from symposia.finance.booking import day_to_book
from symposia.finance.models import SIDES, Account, BudgetEntry, BudgetLine, Kind, Posting
from symposia.finance.queries import amount_of
from symposia.shared.actors import Actor
from symposia.shared.money import Money


@dataclass(frozen=True)
class Paper:
    """Why an amount was posted, to whom it went and what proves it."""

    reason: str
    paid_to: str = ""
    evidence: str = ""
    # The day of the books; today where nothing is said.
    booked_on: date | None = None


def post(line: BudgetLine, kind: Kind, amount: Money, paper: Paper, *, by: Actor) -> Posting:
    """Write one event of money on a line whose activity is held."""
    posting = Posting.objects.create(
        line=line,
        kind=kind,
        reason=paper.reason[:300],
        paid_to=paper.paid_to,
        evidence=paper.evidence,
        booked_on=day_to_book(paper.booked_on),
        posted_by_name=by.name,
    )
    _sides(posting, SIDES[kind], amount)
    details = {"minor": amount.minor, "currency": amount.currency}
    record(by, f"money.{kind}_posted", posting, reason=paper.reason, details=details)
    return posting


def reverse(posting: Posting, reason: str, *, by: Actor) -> Posting:
    """Write the opposite of a posting; both stay."""
    amount = -amount_of(posting)
    reversal = Posting.objects.create(
        line=posting.line,
        kind=Kind.REVERSAL,
        reason=reason[:300],
        reverses=posting,
        booked_on=day_to_book(None),
        posted_by_name=by.name,
    )
    _sides(reversal, SIDES[posting.kind], amount)
    details = {"minor": amount.minor, "currency": amount.currency, "of": posting.pk}
    record(by, "money.reversed", reversal, reason=reason, details=details)
    return reversal


def _sides(posting: Posting, accounts: tuple[Account, Account], amount: Money) -> None:
    """The two entries that make a posting: what the line gets, and what balances it."""
    debit, credit = accounts
    BudgetEntry.objects.bulk_create(
        BudgetEntry(posting=posting, account=account, amount_minor=minor, currency=amount.currency)
        for account, minor in ((debit, amount.minor), (credit, -amount.minor))
    )
