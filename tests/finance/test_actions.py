from decimal import Decimal

import pytest
from django.db import DatabaseError, connection, transaction

from symposia.activities.events import ActivityApproved, ActivityCancelled
from symposia.audit.models import Entry
from symposia.finance.actions.budgets import (
    EstimateLine,
    commit_budget,
    reverse_entry,
    set_estimate,
)
from symposia.finance.models import BudgetEntry, BudgetLine, Posting
from symposia.finance.policies import BOOKS_CLOSED, ESTIMATE_FIXED, NOT_APPROVED, TAKEN_BACK
from symposia.finance.queries import budget_of, figures_for_rules, frozen_budget, ledger_of
from symposia.finance.readiness import read_budget
from symposia.shared.actors import SYSTEM
from symposia.shared.events import announce
from symposia.shared.ids import uuid7
from symposia.shared.money import Money
from symposia.shared.refusals import Refused
from tests.factories.activities import ActivityFactory
from tests.factories.finance import THREE, approve, committed, estimated, spent, usd


def sums(activity):
    budget = budget_of(activity)
    return tuple(str(x.amount) for x in (budget.estimate, budget.committed, budget.actual))


def first_line(activity):
    return BudgetLine.objects.of(activity).first()


def test_an_estimate_of_three_lines_is_three_balanced_postings(organisation):
    activity = estimated()

    assert sums(activity) == ("4250.00", "0.00", "0.00")
    assert Posting.objects.of(activity).count() == 3
    assert BudgetEntry.objects.of(activity).count() == 6
    assert budget_of(activity).is_balanced


def test_a_corrected_estimate_takes_the_old_one_back_and_keeps_both(organisation):
    activity = estimated()
    hall, dinner, _fee = BudgetLine.objects.of(activity)

    set_estimate(
        activity,
        [
            EstimateLine("venue", "Hall B", usd("1500"), hall.pk),
            EstimateLine("meals", "Dinner", usd("2000"), dinner.pk),
        ],
        by=SYSTEM,
    )

    assert sums(activity)[0] == "3500.00"
    kinds = [row.posting.kind for row in ledger_of(activity)]
    assert sorted(kinds) == ["estimate"] * 4 + ["reversal"] * 2
    assert first_line(activity).description == "Hall B"


def test_the_same_estimate_again_posts_nothing(organisation):
    activity = estimated()
    lines = BudgetLine.objects.of(activity)

    again = [
        EstimateLine(line.category, line.description, usd(amount), line.pk)
        for line, (_category, _description, amount) in zip(lines, THREE, strict=True)
    ]
    set_estimate(activity, again, by=SYSTEM)

    assert Posting.objects.of(activity).count() == 3


def test_what_was_submitted_keeps_its_estimate(organisation):
    activity = ActivityFactory(state="in_approval")

    with pytest.raises(Refused) as refused:
        estimated(activity)

    assert refused.value.objection == ESTIMATE_FIXED


def test_approval_commits_the_estimate_once(organisation):
    activity = estimated()
    approve(activity)

    announce(ActivityApproved(activity.pk))
    announce(ActivityApproved(activity.pk))

    assert sums(activity) == ("4250.00", "4250.00", "0.00")
    assert commit_budget(activity, by=SYSTEM) == []


def test_a_cancelled_activity_releases_what_was_promised(organisation):
    activity = committed()
    spent(first_line(activity), "100")
    activity.move("cancelled")

    announce(ActivityCancelled(activity.pk, "Too few registrations."))

    assert sums(activity) == ("4250.00", "0.00", "100.00")


def test_an_actual_is_posted_with_the_paper_that_proves_it(organisation):
    activity = committed()

    posting = spent(first_line(activity), "1765.00")

    assert sums(activity)[2] == "1765.00"
    assert (posting.paid_to, posting.evidence) == ("Bay Hotels", "INV-118")
    assert Entry.objects.filter(action="money.actual_posted", subject_id=posting.pk).exists()


@pytest.mark.parametrize(
    ("state", "objection"), [("draft", NOT_APPROVED), ("closed", BOOKS_CLOSED)]
)
def test_nothing_is_posted_before_approval_or_after_the_books_close(organisation, state, objection):
    activity = ActivityFactory(state=state)
    line = BudgetLine.objects.create(activity=activity, category="venue", description="Hall")

    with pytest.raises(Refused) as refused:
        spent(line)

    assert refused.value.objection == objection


def test_an_actual_is_taken_back_once_with_a_reason_and_both_stay(organisation):
    activity = committed()
    posting = spent(first_line(activity))

    reversal = reverse_entry(posting, reason="Posted on the wrong line.", by=SYSTEM)

    assert sums(activity)[2] == "0.00"
    assert reversal.reverses == posting
    rows = {row.posting.pk: row for row in ledger_of(activity)}
    assert rows[posting.pk].is_reversed
    assert rows[reversal.pk].amount == usd("-1765.00")
    with pytest.raises(Refused) as refused:
        reverse_entry(posting, reason="Again.", by=SYSTEM)
    assert refused.value.objection == TAKEN_BACK


def test_a_posting_cannot_be_reversed_twice_even_by_raw_sql(organisation):
    activity = committed()
    posting = spent(first_line(activity))
    reverse_entry(posting, reason="Wrong line.", by=SYSTEM)

    with pytest.raises(DatabaseError), transaction.atomic():
        Posting.objects.create(
            line=posting.line,
            kind="reversal",
            reason="again",
            reverses=posting,
            booked_on=posting.booked_on,
            posted_by_name="x",
        )


def one_sided(posting, minor, currency="USD"):
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO finance_budgetentry"
            " (id, organisation_id, posting_id, account, amount_minor, currency)"
            " VALUES (%s, %s, %s, 'actual', %s, %s)",
            [uuid7(), posting.organisation_id, posting.pk, minor, currency],
        )


def check_now():
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")


@pytest.mark.parametrize(
    "entries",
    [[(500, "USD")], [(500, "USD"), (-499, "USD")], [(500, "USD"), (-500, "EUR")]],
    ids=["one side", "a cent missing", "two currencies"],
)
def test_the_database_refuses_a_posting_whose_sides_do_not_balance(organisation, entries):
    posting = Posting.objects.of(committed()).first()

    def post():
        for minor, currency in entries:
            one_sided(posting, minor, currency)
        check_now()

    with pytest.raises(DatabaseError, match="off balance"), transaction.atomic():
        post()


def test_balanced_sides_written_by_raw_sql_are_accepted(organisation):
    posting = Posting.objects.of(committed()).first()

    one_sided(posting, 500)
    one_sided(posting, -500)
    check_now()

    assert BudgetEntry.objects.filter(posting=posting).count() == 4


@pytest.mark.parametrize("table", ["finance_posting", "finance_budgetentry"])
def test_the_ledger_only_grows(organisation, table):
    committed()

    for statement in (f"DELETE FROM {table}", f"UPDATE {table} SET id = id"):
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)


def test_the_cost_per_attendee_waits_for_attendees(organisation):
    activity = committed()
    spent(first_line(activity), "900")

    budget = budget_of(activity)

    assert budget.attendees == 0
    assert budget.per_attendee is None


def test_amounts_of_a_currency_without_minor_units_stay_whole(organisation):
    organisation.currency = "JPY"
    organisation.save()

    activity = estimated(lines=[("venue", "Hall", "180000")], currency="JPY")

    assert budget_of(activity).estimate == Money(Decimal(180000), "JPY")
    assert BudgetEntry.objects.of(activity).filter(account="estimate").get().amount_minor == 180000


def test_rules_get_the_meal_per_head_exactly_and_nothing_before_there_is_an_estimate(organisation):
    empty = ActivityFactory(state="draft")
    activity = estimated(lines=[("meals", "Dinner", "1000.00"), ("travel", "Rail", "45")])

    assert figures_for_rules(empty.pk)["meal_per_head"] is None
    assert figures_for_rules(activity.pk) == {
        "meal_per_head": "12.50",
        "items_per_head": "0",
        "travel_total": "45.00",
        "estimate_total": "1045.00",
        "cost_per_head": "13.06",
        "nearby_total": "1045.00",
        "nearby_count": 1,
    }


def test_what_is_signed_includes_the_estimate(organisation):
    activity = estimated()

    frozen = frozen_budget(activity.pk)

    assert (frozen["currency"], frozen["total"]) == ("USD", "4250.00")
    assert [line["line"] for line in frozen["lines"]] == ["Hall A", "Dinner", "Fee"]


def test_the_readiness_rail_follows_the_money(organisation):
    activity = ActivityFactory(state="draft")
    assert read_budget(activity).state == "now"
    estimated(activity)
    assert read_budget(activity).state == "done"
    approve(activity)
    commit_budget(activity, by=SYSTEM)
    assert read_budget(activity).state == "sealed"
