import uuid
from decimal import Decimal

import pytest

from symposia.activities.models import Activity
from symposia.finance import policies as p
from symposia.finance.models import Posting
from symposia.shared.money import Money

HERE = {"organisation_id": uuid.uuid4()}
TEN = Money(Decimal(10), "USD")


def activity(state):
    return Activity(state=state, **HERE)


def code(objection):
    return objection and objection.code


@pytest.mark.parametrize(
    ("state", "amounts", "expected"),
    [
        ("draft", [TEN], None),
        ("returned", [TEN], None),
        ("draft", [], None),
        ("submitted", [TEN], p.ESTIMATE_FIXED),
        ("approved", [TEN], None),
        ("draft", [TEN, Money(Decimal(0), "USD")], p.NOT_AN_AMOUNT),
        ("draft", [Money(Decimal(-1), "USD")], p.NOT_AN_AMOUNT),
        ("draft", [Money(Decimal("0.001"), "USD")], p.NOT_AN_AMOUNT),
        ("draft", [Money(Decimal(1), "EUR")], p.WRONG_CURRENCY),
    ],
)
def test_when_and_what_may_be_estimated(state, amounts, expected):
    found = p.objection_to_estimating(activity(state), amounts, currency="USD")

    assert code(found) == code(expected)


@pytest.mark.parametrize(
    ("state", "amount", "evidence", "expected"),
    [
        ("approved", TEN, "INV-1", None),
        ("held", TEN, "INV-1", None),
        ("reconciling", TEN, "INV-1", None),
        ("draft", TEN, "INV-1", p.NOT_APPROVED),
        ("in_approval", TEN, "INV-1", p.NOT_APPROVED),
        ("cancelled", TEN, "INV-1", p.NOT_APPROVED),
        ("closed", TEN, "INV-1", p.BOOKS_CLOSED),
        ("approved", Money(Decimal(10), "INR"), "INV-1", p.WRONG_CURRENCY),
        ("approved", -TEN, "INV-1", p.NOT_AN_AMOUNT),
        ("approved", TEN, " ", p.NO_EVIDENCE),
    ],
)
def test_when_and_what_may_be_posted(state, amount, evidence, expected):
    found = p.objection_to_actual(activity(state), amount, evidence=evidence, currency="USD")

    assert code(found) == code(expected)


@pytest.mark.parametrize(
    ("kind", "is_reversed", "state", "reason", "expected"),
    [
        ("actual", False, "held", "Wrong hall", None),
        ("estimate", False, "held", "x", p.NOT_REVERSIBLE),
        ("commitment", False, "held", "x", p.NOT_REVERSIBLE),
        ("reversal", False, "held", "x", p.NOT_REVERSIBLE),
        ("actual", True, "held", "x", p.TAKEN_BACK),
        ("actual", False, "closed", "x", p.BOOKS_CLOSED),
        ("actual", False, "held", " ", p.NO_REASON),
    ],
)
def test_what_may_be_taken_back(kind, is_reversed, state, reason, expected):
    found = p.objection_to_reversing(
        Posting(kind=kind, **HERE), activity(state), is_reversed=is_reversed, reason=reason
    )

    assert code(found) == code(expected)
