from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from types import SimpleNamespace

import pytest

from symposia.credits import policies
from symposia.credits.policies import (
    objection_to_amount,
    objection_to_changing,
    objection_to_claim,
    objection_to_correction,
    objection_to_offering,
    objection_to_plain_certificate,
    objection_to_withdrawing,
)

AT = datetime(2027, 3, 12, tzinfo=UTC)


def explained(**facts):
    """What a physician may claim who was there for 82 of 90 minutes, the day after."""
    known = {
        "certificate": None,
        "registration": SimpleNamespace(is_confirmed=True),
        "activity": SimpleNamespace(is_over=False, ends_at=AT - timedelta(days=1)),
        "frame": SimpleNamespace(organisation=SimpleNamespace(is_company=False)),
        "studied": None,
        "was_there": True,
        "waits_for_test": False,
        "needs_evaluation": True,
        "has_answered": True,
        "has_award": False,
        "is_credit": True,
        "kind": "credit",
        "offer": SimpleNamespace(system=SimpleNamespace(step=Decimal("0.25"))),
        "minutes": 82,
        "allowed": Decimal("1.25"),
        "credit": Decimal(0),
    }
    return SimpleNamespace(**known | facts)


def activity(**facts):
    known = {
        "is_independent": True,
        "in_planning": True,
        "wall_starts": datetime(2027, 3, 11, 18),  # noqa: DTZ001  # a time on a wall
    }
    return SimpleNamespace(**known | facts)


SYSTEM = SimpleNamespace(valid_from=date(2022, 1, 1), valid_until=None)


@pytest.mark.parametrize(
    ("about", "facts", "objection"),
    [
        ({}, {}, None),
        ({}, {"is_company": True}, policies.COMPANY),
        ({"is_independent": False}, {}, policies.NOT_INDEPENDENT),
        ({"in_planning": False}, {}, policies.TOO_LATE_TO_OFFER),
        ({}, {"is_offered": True}, policies.OFFERED),
        ({}, {"minutes": 0}, policies.NOTHING_COUNTS),
    ],
    ids=["fine", "company", "promotional", "approved", "twice", "no minutes"],
)
def test_credit_is_offered_in_advance_by_a_provider(about, facts, objection):
    known = {"is_company": False, "is_offered": False, "minutes": 90} | facts

    assert objection_to_offering(activity(**about), SYSTEM, **known) == objection


@pytest.mark.parametrize(
    "system",
    [
        SimpleNamespace(valid_from=date(2028, 1, 1), valid_until=None),
        SimpleNamespace(valid_from=date(2020, 1, 1), valid_until=date(2026, 12, 31)),
    ],
    ids=["not yet", "no longer"],
)
def test_rules_that_do_not_apply_on_the_day_offer_nothing(system):
    found = objection_to_offering(
        activity(), system, is_company=False, is_offered=False, minutes=90
    )

    assert found == policies.NOT_IN_FORCE


def test_a_designated_offer_stands():
    assert objection_to_withdrawing(SimpleNamespace(is_designated=True)) == policies.DESIGNATED
    assert objection_to_withdrawing(SimpleNamespace(is_designated=False)) is None


@pytest.mark.parametrize(
    ("facts", "objection"),
    [
        ({}, None),
        ({"certificate": object()}, policies.HAS_CERTIFICATE),
        ({"registration": SimpleNamespace(is_confirmed=False)}, policies.NO_PLACE),
        (
            {"activity": SimpleNamespace(is_over=False, ends_at=AT + timedelta(hours=1))},
            policies.NOT_OVER,
        ),
        ({"was_there": False}, policies.NOT_THERE),
        ({"waits_for_test": True, "has_answered": False}, policies.POST_TEST_FIRST),
        ({"has_answered": False}, policies.EVALUATION_FIRST),
        ({"is_credit": False}, policies.OTHER_PROFESSION),
        ({"allowed": Decimal(0)}, policies.TOO_SHORT),
        (
            {
                "offer": None,
                "frame": SimpleNamespace(organisation=SimpleNamespace(is_company=True)),
            },
            policies.COMPANY,
        ),
    ],
    ids=[
        *["fine", "twice", "cancelled", "running", "absent", "test", "evaluation", "nurse"],
        *["short", "company"],
    ],
)
def test_a_claim_needs_presence_evaluation_and_the_profession(facts, objection):
    assert objection_to_claim(explained(**facts), at=AT) == objection


@pytest.mark.parametrize(
    ("amount", "attested", "objection"),
    [
        ("1.25", True, None),
        ("0.25", True, None),
        ("1.25", False, policies.NOT_ATTESTED),
        ("1.50", True, policies.TOO_MUCH),
        ("1.10", True, policies.NOT_A_STEP),
        ("0", True, policies.NOT_A_STEP),
        ("-0.25", True, policies.NOT_A_STEP),
    ],
)
def test_an_amount_is_attested_in_steps_and_within_the_minutes(amount, attested, objection):
    assert objection_to_amount(explained(), Decimal(amount), attested=attested) == objection


def test_who_may_claim_credit_gets_no_plain_certificate():
    assert objection_to_plain_certificate(explained(), at=AT) == policies.CLAIM_INSTEAD
    assert objection_to_plain_certificate(explained(kind="participation"), at=AT) is None
    unseen = explained(kind="attendance", was_there=False)
    assert objection_to_plain_certificate(unseen, at=AT) == policies.NOT_THERE


@pytest.mark.parametrize(
    ("is_latest", "is_revoked", "reason", "objection"),
    [
        (True, False, "misspelt", None),
        (True, True, "misspelt", policies.REVOKED),
        (False, False, "misspelt", policies.SUPERSEDED),
        (True, False, " ", policies.SAY_WHY),
    ],
)
def test_only_the_valid_version_changes_and_with_a_reason(is_latest, is_revoked, reason, objection):
    found = objection_to_changing(is_latest=is_latest, is_revoked=is_revoked, reason=reason)

    assert found == objection


@pytest.mark.parametrize(
    ("facts", "amount", "objection"),
    [
        ({"has_award": True, "credit": Decimal("1.25")}, "1.00", None),
        ({"has_award": True, "credit": Decimal("1.25")}, "1.25", policies.SAME_AMOUNT),
        ({"has_award": True, "credit": Decimal("1.25")}, "1.50", policies.TOO_MUCH),
        ({}, "1.00", policies.NO_AWARD),
    ],
)
def test_a_correction_is_another_amount_within_the_minutes(facts, amount, objection):
    assert objection_to_correction(explained(**facts), Decimal(amount)) == objection
