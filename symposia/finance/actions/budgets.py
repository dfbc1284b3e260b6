import uuid
from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction

from symposia.activities.actions.amending import amend_approved
from symposia.activities.models import Activity, Agreement, Arrangement
from symposia.audit.actions import record
from symposia.finance.actions.placing import roll_up
from symposia.finance.actions.posting import Paper, post, reverse
from symposia.finance.arrangements import category_of, said_of
from symposia.finance.events import MoneyPosted
from symposia.finance.fees import called
from symposia.finance.models import BudgetLine, Category, Kind, Posting
from symposia.finance.policies import (
    objection_to_actual,
    objection_to_estimating,
    objection_to_reversing,
)
from symposia.finance.queries import amount_of, books_currency, is_reversed, standing_of
from symposia.shared.actors import Actor
from symposia.shared.events import announce
from symposia.shared.money import Money
from symposia.shared.refusals import refuse_if

__all__ = [
    "EstimateLine",
    "Paper",
    "commit_budget",
    "follow_agreement",
    "follow_arrangement",
    "follow_arrangements",
    "post_actual",
    "release_commitments",
    "reverse_entry",
    "set_estimate",
]


@dataclass(frozen=True)
class EstimateLine:
    """What a person expects one thing to cost; an id says which line it corrects."""

    category: str
    description: str
    amount: Money
    id: uuid.UUID | None = None


@transaction.atomic
def set_estimate(
    activity: Activity, wanted: Sequence[EstimateLine], *, by: Actor
) -> list[BudgetLine]:
    """Say what an activity will cost, line by line; a line left out is taken back. Whoever says
    what stands there already has prepared nothing."""
    activity = Activity.objects.locked(activity.pk)
    currency = books_currency()

    refuse_if(
        objection_to_estimating(activity, [each.amount for each in wanted], currency=currency)
    )

    lines = {line.pk: line for line in BudgetLine.objects.of(activity).written_by_hand()}
    kept, changed = [], False
    for position, each in enumerate(wanted):
        line = lines.pop(each.id, None) if each.id else None
        line = line or BudgetLine(activity=activity)
        changed |= _estimate(line, each, position, by=by)
        kept.append(line)
    for line in lines.values():
        changed |= _take_back(line, Kind.ESTIMATE, "No longer part of the estimate", by=by)
    if not changed:
        return kept

    roll_up(activity, by=by)
    announce(MoneyPosted(activity.pk, str(Kind.ESTIMATE)))
    amend_approved(activity, by=by)
    return kept


def _keep_line(line: BudgetLine, wanted: EstimateLine, position: int, *, by: Actor) -> bool:
    facts = (line.category, line.description, line.position)
    line.category, line.description = wanted.category, wanted.description
    line.position = position
    is_new = line._state.adding  # noqa: SLF001  # how the framework says "not in the database yet"
    if not is_new and facts == (line.category, line.description, line.position):
        return False
    line.save()
    record(by, "budget_line.added" if is_new else "budget_line.changed", line)
    return True


def _estimate(line: BudgetLine, wanted: EstimateLine, position: int, *, by: Actor) -> bool:
    """What the line says and costs; whether that is anything else than before."""
    is_other = _keep_line(line, wanted, position, by=by)
    standing = standing_of(line, Kind.ESTIMATE)
    if standing and amount_of(standing) == wanted.amount:
        return is_other
    if standing:
        reverse(standing, "Estimate revised", by=by)
    post(line, Kind.ESTIMATE, wanted.amount, Paper("Estimate"), by=by)
    return True


@transaction.atomic
def follow_arrangement(arrangement: Arrangement, *, by: Actor) -> BudgetLine | None:
    """While the activity is planned, a line of its estimate says what an arrangement costs; after
    its approval the line stays, and the budget says how far the two are apart."""
    activity = Activity.objects.locked(arrangement.activity_id)
    if not activity.in_planning or arrangement.currency != books_currency():
        return None

    line = _follow(arrangement, by=by)

    roll_up(activity, by=by)
    announce(MoneyPosted(activity.pk, str(Kind.ESTIMATE)))
    return line


@transaction.atomic
def follow_arrangements(activity: Activity, *, by: Actor) -> None:
    """Take what everything arranged costs now into the estimate; approvers sign for it again."""
    activity = Activity.objects.locked(activity.pk)

    refuse_if(objection_to_estimating(activity, [], currency=books_currency()))

    for arrangement in Arrangement.objects.of(activity):
        _follow(arrangement, by=by)

    roll_up(activity, by=by)
    announce(MoneyPosted(activity.pk, str(Kind.ESTIMATE)))
    amend_approved(activity, by=by)


def _follow(arrangement: Arrangement, *, by: Actor) -> BudgetLine | None:
    line = BudgetLine.objects.filter(arrangement=arrangement).first()
    if not arrangement.counts or arrangement.cost is None:
        if line:
            _take_back(line, Kind.ESTIMATE, "No longer arranged", by=by)
        return line
    line = line or BudgetLine(activity=arrangement.activity, arrangement=arrangement)
    wanted = EstimateLine(category_of(arrangement), said_of(arrangement), arrangement.cost)
    _estimate(line, wanted, line.position, by=by)
    return line


@transaction.atomic
def follow_agreement(agreement: Agreement, *, by: Actor) -> BudgetLine | None:
    """A line of the estimate says what a person is paid; after the approval it is signed for
    again by those who answer for the budget."""
    activity = Activity.objects.locked(agreement.activity_id)
    if agreement.currency != books_currency() or objection_to_estimating(
        activity, [], currency=books_currency()
    ):
        return None

    line = BudgetLine.objects.filter(agreement=agreement).first()
    if agreement.counts:
        line = line or BudgetLine(activity=activity, agreement=agreement)
        wanted = EstimateLine(Category.FACULTY, called(agreement), agreement.fee)
        _estimate(line, wanted, line.position, by=by)
    elif line:
        _take_back(line, Kind.ESTIMATE, "The agreement has ended", by=by)

    roll_up(activity, by=by)
    announce(MoneyPosted(activity.pk, str(Kind.ESTIMATE)))
    amend_approved(activity, by=by)
    return line


@transaction.atomic
def commit_budget(activity: Activity, *, by: Actor) -> list[Posting]:
    """Promise what was estimated, once the activity is approved; twice changes nothing, and
    what was estimated anew and signed for takes the place of what was promised."""
    activity = Activity.objects.locked(activity.pk)

    made = []
    for line in BudgetLine.objects.of(activity):
        estimate, promised = standing_of(line, Kind.ESTIMATE), standing_of(line, Kind.COMMITMENT)
        wanted = amount_of(estimate) if estimate else None
        if promised and amount_of(promised) == wanted:
            continue
        if promised:
            made.append(reverse(promised, "The estimate was approved anew", by=by))
        if wanted:
            paper = Paper("Committed on approval")
            made.append(post(line, Kind.COMMITMENT, wanted, paper, by=by))

    if made:
        roll_up(activity, by=by)
        announce(MoneyPosted(activity.pk, str(Kind.COMMITMENT)))
    return made


@transaction.atomic
def release_commitments(activity: Activity, *, reason: str, by: Actor) -> None:
    """Take back what was promised for an activity that will not take place."""
    activity = Activity.objects.locked(activity.pk)

    for line in BudgetLine.objects.of(activity):
        _take_back(line, Kind.COMMITMENT, reason, by=by)

    roll_up(activity, by=by)
    announce(MoneyPosted(activity.pk, str(Kind.COMMITMENT)))


@transaction.atomic
def post_actual(line: BudgetLine, amount: Money, paper: Paper, *, by: Actor) -> Posting:
    """Post what was really spent on a line, with the paper that proves it."""
    activity = Activity.objects.locked(line.activity_id)

    refuse_if(
        objection_to_actual(activity, amount, evidence=paper.evidence, currency=books_currency())
    )

    posting = post(line, Kind.ACTUAL, amount, paper, by=by)
    roll_up(activity, by=by)
    announce(MoneyPosted(activity.pk, str(Kind.ACTUAL)))
    return posting


@transaction.atomic
def reverse_entry(posting: Posting, *, reason: str, by: Actor) -> Posting:
    """Take a posted actual back by its opposite; nothing is edited and nothing disappears."""
    activity = Activity.objects.locked(posting.line.activity_id)

    refuse_if(
        objection_to_reversing(posting, activity, is_reversed=is_reversed(posting), reason=reason)
    )

    reversal = reverse(posting, reason.strip(), by=by)
    roll_up(activity, by=by)
    announce(MoneyPosted(activity.pk, str(Kind.REVERSAL)))
    return reversal


def _take_back(line: BudgetLine, kind: Kind, reason: str, *, by: Actor) -> bool:
    standing = standing_of(line, kind)
    if standing:
        reverse(standing, reason, by=by)
    return standing is not None
