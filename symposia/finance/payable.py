"""What can be paid now, to whom and why not: bills, expenses and fees read for a batch."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Exists, OuterRef, Q, Sum
from django.db.models.functions import Coalesce

from symposia.accounts.permissions import Access, Permission
from symposia.accounts.queries import local_day, this_organisation
from symposia.activities.models import (
    OVER,
    Activity,
    Agreement,
    AgreementState,
    Arrangement,
    ArrangementKind,
)
from symposia.activities.queries import rule_facts_of, rule_subject_of
from symposia.compliance.facts import people_of
from symposia.compliance.models import Finding
from symposia.compliance.queries.evaluations import facts_known, findings_on, in_order
from symposia.finance.bank_rules import is_fresh, objection_to_paying_there
from symposia.finance.billed import was_taken_back
from symposia.finance.controls import controls_on
from symposia.finance.expensing import FIGURES
from symposia.finance.models import (
    BankDetails,
    Bill,
    CardLine,
    Category,
    Expense,
    HandedInState,
    Payee,
    Payment,
    PaymentBatch,
    Posting,
    TaxLine,
    TaxWay,
)
from symposia.finance.models.payments import STANDING
from symposia.finance.payment_rules import (
    NOBODY_TO_REPAY,
    objection_by_rules,
    objection_to_nothing,
    objection_to_paying_fee,
    objection_to_paying_paper,
    objection_to_second_payment,
)
from symposia.shared.money import Money
from symposia.shared.refusals import Objection

Paper = Bill | Expense | Agreement
_JOURNEYS = (ArrangementKind.TRAVEL, ArrangementKind.STAY)


@dataclass(frozen=True)
class Due:
    """Something that waits to be paid: how much of it, and why it cannot be now."""

    paper: Paper
    activity: Activity
    name: str
    amount: Money
    objection: Objection | None = None


def field_of(paper: Paper) -> str:
    """Under which name a payment points to it."""
    return paper._meta.model_name or ""


def as_it_is(paper: Paper) -> Paper:
    """What is paid as the database has it now; whoever asks holds its activity."""
    if isinstance(paper, Bill):
        return Bill.objects.select_related("arrangement", "posting").get(pk=paper.pk)
    if isinstance(paper, Expense):
        return Expense.objects.select_related("posting").get(pk=paper.pk)
    return Agreement.objects.select_related("contributor", "rate").get(pk=paper.pk)


def standing_payment(paper: Paper) -> Payment | None:
    rows = Payment.objects.standing().filter(**{field_of(paper): paper.pk})
    return rows.select_related("batch").first()


def withheld_from(paper: Paper, currency: str) -> Money:
    """What the tax office gets of it."""
    return Money.from_minor(withheld_of([paper]).get(paper.pk, 0), currency)


def withheld_of(papers: Sequence[Paper]) -> dict[Any, int]:
    """By paper what is withheld of it, in minor units; in one statement."""
    pks = [each.pk for each in papers]
    of_these = Q(bill__in=pks) | Q(expense__in=pks) | Q(agreement__in=pks)
    rows = TaxLine.objects.filter(of_these, way=TaxWay.WITHHELD).order_by()
    paper = Coalesce("bill", "expense", "agreement")
    return dict(rows.values_list(paper).annotate(Sum("amount_minor")))


def asked_by(paper: Paper) -> Money:
    return paper.fee if isinstance(paper, Agreement) else paper.amount


def left_to_pay(paper: Paper) -> Money:
    """What goes to the payee: what was asked for, less what is withheld."""
    whole = asked_by(paper)
    return whole - withheld_from(paper, whole.currency)


def objection_to_paying(paper: Paper, *, currency: str) -> Objection | None:
    """Why it is not paid: not settled, paid already, or forbidden by a rule in force today."""
    activity = Activity.objects.get(pk=paper.activity_id)
    if isinstance(paper, Agreement):
        found = objection_to_paying_fee(paper, activity, currency=currency)
    else:
        found = objection_to_paying_paper(
            paper,
            is_reversed=was_taken_back(paper),
            currency=currency,
            is_by_card=is_by_card(paper),
        )
    if found is None and isinstance(paper, Expense) and paper.handed_in_by_id is None:
        found = NOBODY_TO_REPAY.about(number=paper.number)
    return (
        found
        or objection_to_nothing(paper.number, left_to_pay(paper))
        or objection_by_rules(findings_on_paying(paper, activity))
    )


def objection_to_adding(paper: Paper, *, currency: str) -> Objection | None:
    """The same, and that it is in no batch."""
    standing = objection_to_second_payment(paper.number, standing_payment(paper))
    return standing or objection_to_paying(paper, currency=currency)


def is_by_card(paper: Bill | Expense) -> bool:
    """Whether a card of the house paid it already."""
    return isinstance(paper, Expense) and CardLine.objects.filter(expense=paper).exists()


def findings_on_paying(paper: Paper, activity: Activity) -> list[Finding]:
    """What rules say of paying it: with this amount, to whom it goes, in place of what they know
    of the activity. Each exception that somebody was given counts."""
    figures = _figures(paper)
    if not figures:
        return []
    organisation, subject = this_organisation(), rule_subject_of(activity)
    people = people_of(subject.type, subject.id)
    facts = facts_known(subject, rule_facts_of(activity), people, organisation)
    found = findings_on(subject, facts | figures, organisation, local_day())
    return in_order(one for one in found if set(figures) & set(one.facts))


def _figures(paper: Paper) -> dict[str, Any]:
    """What rules ask of such a cost, as this paper has it; in the currency of the books alone."""
    if isinstance(paper, Agreement) or paper.currency != this_organisation().currency:
        return {}
    if isinstance(paper, Expense):
        return _figures_of_expense(paper)
    arrangement = paper.arrangement
    if arrangement is None:
        return {}
    return _figures_of_arranged(paper, arrangement)


def _figures_of_expense(expense: Expense) -> dict[str, Any]:
    figure, each = FIGURES.get(expense.kind), expense.per_head
    found: dict[str, Any] = {figure: str(each.amount)} if figure and each else {}
    if expense.kind == Category.TRAVEL:
        total = str(expense.amount.amount)
        found |= {"travel_total": total, "delegate_travel": expense.attendees > 0}
    return found


def _figures_of_arranged(bill: Bill, arrangement: Arrangement) -> dict[str, Any]:
    each = bill.amount.shared_by(arrangement.heads)
    if arrangement.kind in _JOURNEYS:
        # Somebody who teaches or plans is a contributor; whoever is none attends.
        is_delegate = arrangement.contributor_id is None
        return {"travel_total": str(bill.amount.amount), "delegate_travel": is_delegate}
    if arrangement.kind == ArrangementKind.CATERING and each:
        return {"meal_per_head": str(each.amount)}
    return {}


def dues(access: Access, *, most: int = 200) -> list[Due]:
    """What waits to be paid and is in no batch, as far as a person posts its money."""
    seen = Activity.objects.visible_to(access, Permission.POST_MONEY)
    bills = unpaid_bills().filter(activity__in=seen).order_by("decided_at", "pk")[:most]
    spent = unpaid_expenses().filter(activity__in=seen).order_by("decided_at", "pk")[:most]
    fees = unpaid_fees().filter(activity__in=seen).order_by("number", "pk")[:most]
    named: list[tuple[Paper, str]] = [
        *((each, each.supplier) for each in bills),
        *((each, each.handed_in_by_name) for each in spent),
        *((each, each.contributor.name) for each in fees),
    ]
    withheld = withheld_of([paper for paper, _name in named])
    return [_due(paper, name, withheld.get(paper.pk, 0)) for paper, name in named[:most]]


def _due(paper: Paper, name: str, withheld: int) -> Due:
    whole = asked_by(paper)
    left = whole - Money.from_minor(withheld, whole.currency)
    return Due(paper, paper.activity, name, left)


def fees_within(access: Access) -> Any:
    """The agreements of the activities whose money a person posts."""
    seen = Activity.objects.visible_to(access, Permission.POST_MONEY)
    rows = Agreement.objects.filter(activity__in=seen)
    return rows.select_related("activity", "contributor", "rate")


def unpaid_bills() -> Any:
    """Accepted bills that stand in the ledger and in no batch."""
    return _unpaid(Bill).select_related("activity", "arrangement")


def unpaid_expenses() -> Any:
    """The same of expenses that somebody of the house paid."""
    by_card = CardLine.objects.filter(expense=OuterRef("pk"))
    rows = _unpaid(Expense).exclude(handed_in_by_id=None)
    return rows.filter(~Exists(by_card)).select_related("activity")


def unpaid_fees() -> Any:
    """Signed fees of what has taken place, in no batch."""
    paid = Payment.objects.filter(agreement=OuterRef("pk"), state__in=STANDING)
    rows = Agreement.objects.filter(
        ~Exists(paid), state=AgreementState.SIGNED, each_minor__gt=0, activity__state__in=OVER
    )
    return rows.select_related("activity", "contributor", "rate")


def _unpaid(model: Any) -> Any:
    name = model._meta.model_name
    paid = Payment.objects.filter(state__in=STANDING, **{name: OuterRef("pk")})
    reversed_ = Posting.objects.filter(reverses=OuterRef("posting"))
    rows = model.objects.filter(state=HandedInState.ACCEPTED)
    return rows.filter(~Exists(paid), ~Exists(reversed_))


def holds_of(payments: Sequence[Payment]) -> dict[Any, Objection]:
    """By payment, why its bank details hold it; with one statement for all of them."""
    latest = latest_details([each.payee for each in payments])
    found = {
        each.pk: objection_to_paying_there(each.payee, latest.get(each.payee_id))
        for each in payments
    }
    return {pk: objection for pk, objection in found.items() if objection}


def latest_details(payees: Sequence[Payee]) -> dict[Any, BankDetails]:
    """By payee the bank details that stand, confirmed or not."""
    rows = BankDetails.objects.filter(payee__in=list(payees)).exclude(state="dropped")
    return {each.payee_id: each for each in rows.order_by("proposed_at", "pk")}


def changed_lately_by(person: Any, payments: Sequence[Payment], at: datetime) -> list[Payee]:
    """The payees whose standing bank details a person entered so lately."""
    days = controls_on(local_day(at)).fresh_days
    latest = latest_details([each.payee for each in payments])
    return [
        each.payee
        for each in payments
        if (found := latest.get(each.payee_id))
        and found.proposed_by_id == person
        and is_fresh(found, at=at, days=days)
    ]


def sees_all(access: Access, batch: PaymentBatch) -> bool:
    """Whether a person sees the money of everything in a batch."""
    rows = Payment.objects.of(batch)
    return rows.count() == rows.visible_to(access, Permission.POST_MONEY).count()
