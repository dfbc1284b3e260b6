"""Expenses as pages, rules and actions ask for them."""

from dataclasses import dataclass

from symposia.accounts.queries import local_day, this_organisation
from symposia.activities.models import Activity
from symposia.activities.queries import faculty_of, rule_facts_of, rule_subject_of
from symposia.attendance.queries import clinicians_in_room
from symposia.compliance.facts import people_of
from symposia.compliance.models import Finding
from symposia.compliance.queries.evaluations import facts_known, findings_on, in_order
from symposia.finance.expecting import above
from symposia.finance.expensing import FIGURES, RULES_READ_BOOKS, ExpenseFacts, Sharers
from symposia.finance.models import BudgetLine, Expense
from symposia.finance.queries import LineTotals, books_currency, lines_of
from symposia.shared.money import Money
from symposia.shared.refusals import Objection


@dataclass(frozen=True)
class Split:
    """An amount for each who shared it, and what each rule about such a cost says."""

    attendees: int
    faculty: int
    staff: int
    per_head: Money | None
    findings: list[Finding]
    objection: Objection | None = None

    @property
    def heads(self) -> int:
        return self.attendees + self.faculty + self.staff

    @property
    def worst(self) -> str:
        """The worst that a rule says; nothing where none speaks."""
        return str(self.findings[0].result) if self.findings else ""


def sharers_at(activity: Activity) -> Sharers:
    """Clinicians who were seen in the room, and whoever teaches and is not one of them."""
    came = clinicians_in_room(activity)
    taught = {each.clinician_id or each.name.casefold() for each in faculty_of(activity)}
    return Sharers(len(came), len(taught - came))


def split_of(activity: Activity, facts: ExpenseFacts, known: Sharers) -> Split:
    """What each had of it, and whether rules mind; in the currency of the books alone."""
    came, taught, staff = facts.shared_by(known)
    each = facts.amount.shared_by(came + taught + staff)
    currency = books_currency()
    if each and facts.kind in FIGURES and each.currency != currency:
        objection = RULES_READ_BOOKS.about(currency=currency)
        return Split(came, taught, staff, each, [], objection)
    return Split(came, taught, staff, each, _findings(activity, facts.kind, each))


def split_as_kept(expense: Expense) -> Split:
    """The same of what was handed in, as rules read it now."""
    facts = ExpenseFacts(
        kind=expense.kind,
        paid_to=expense.paid_to,
        spent_on=expense.spent_on,
        amount=expense.amount,
        staff=expense.staff,
    )
    return split_of(expense.activity, facts, Sharers(expense.attendees, expense.faculty))


def _findings(activity: Activity, kind: str, each: Money | None) -> list[Finding]:
    """What every rule that asks for such a figure says, with this expense in place of it."""
    figure = FIGURES.get(kind)
    if figure is None or each is None:
        return []
    organisation, subject = this_organisation(), rule_subject_of(activity)
    people = people_of(subject.type, subject.id)
    facts = facts_known(subject, rule_facts_of(activity), people, organisation)
    facts[figure] = str(each.amount)
    found = findings_on(subject, facts, organisation, local_day())
    return in_order(one for one in found if figure in one.facts)


def twin_of_receipt(sha256: str) -> Expense | None:
    """The expense that stands on the same picture."""
    return Expense.objects.standing().filter(sha256=sha256).first()


def lines_for_expense(expense: Expense) -> list[LineTotals]:
    """The lines it may be posted to, those of its kind first."""
    lines = lines_of(Activity.objects.get(pk=expense.activity_id))
    return sorted(lines, key=lambda each: each.line.category != expense.kind)


def over_line(expense: Expense, line: BudgetLine, amount: Money) -> Money | None:
    """By how much an expense is more than its line has left."""
    lines = lines_for_expense(expense)
    return above(amount, [each.left for each in lines if each.line.pk == line.pk])
