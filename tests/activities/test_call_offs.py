"""Agreements for a year: signed once, called off for later activities at the same rate."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from symposia.activities.actions.agreements import send_agreement
from symposia.activities.actions.call_offs import CallOff, engage_under
from symposia.activities.actions.rate_card import write_agreement_words
from symposia.activities.agreed import agreements_covering
from symposia.activities.models import Agreement, SessionFaculty
from symposia.audit.models import Entry
from symposia.finance.queries import budget_of
from symposia.shared.actors import SYSTEM
from tests.activities.test_agreements import (  # noqa: F401
    activity,
    before_the_day,
    card,
    code_of,
    drafted,
    invited,
    signed,
    usd,
)
from tests.factories.activities import ActivityFactory, SessionFactory, SessionFacultyFactory

pytestmark = pytest.mark.django_db
UNTIL = date(2027, 12, 31)
TALK = CallOff(Decimal(3), "Another talk.")


@pytest.fixture
def later(activity):  # noqa: F811
    """An activity half a year later in which the same person teaches."""
    taught = SessionFaculty.objects.get(session__activity=activity)
    found = ActivityFactory(
        wall_starts=activity.wall_starts + timedelta(days=180),
        wall_ends=activity.wall_ends + timedelta(days=180),
    )
    SessionFacultyFactory(
        session=SessionFactory(activity=found), clinician=taught.clinician, name=taught.name
    )
    return found


@pytest.fixture
def yearly(activity, organisation):  # noqa: F811
    card()
    return signed(activity, organisation, covers_until=UNTIL)


def test_a_signed_agreement_engages_for_a_later_activity_at_its_rate(later, yearly):
    assert agreements_covering(later) == [yearly]

    made = engage_under(later, yearly, TALK, by=SYSTEM)

    assert (made.state, made.under, made.fee) == ("signed", yearly, usd("900"))
    assert (made.sha256, made.signed_by_name) == (yearly.sha256, yearly.signed_by_name)
    assert [each.line.agreement_id for each in budget_of(later).lines] == [made.pk]
    assert agreements_covering(later) == []
    assert Entry.objects.get(action="agreement.called_off").details["under"] == yearly.number


def test_its_words_say_what_it_covers(yearly, activity):  # noqa: F811
    assert "every later one until 31 December 2027, at the same rate" in yearly.text


def test_words_that_do_not_say_what_it_covers_are_not_sent(activity):  # noqa: F811
    card()
    write_agreement_words("{person} is paid {fee}.", by=SYSTEM)
    invited(activity)
    draft = drafted(activity, covers_until=UNTIL)

    assert code_of(lambda: send_agreement(draft, by=SYSTEM)) == "term_not_in_words"


@pytest.mark.parametrize(
    ("until", "code"),
    [(date(2029, 1, 1), "covers_too_long"), (date(2027, 1, 1), "covers_before")],
)
def test_it_covers_a_year_at_most_and_something_later(activity, until, code):  # noqa: F811
    card()

    assert code_of(lambda: drafted(activity, covers_until=until)) == code


def test_nobody_is_engaged_after_its_last_day_under_a_draft_or_twice(later, yearly, activity):  # noqa: F811
    engage_under(later, yearly, TALK, by=SYSTEM)

    assert code_of(lambda: engage_under(later, yearly, TALK, by=SYSTEM)) == "has_agreement"
    past = ActivityFactory(
        wall_starts=later.wall_starts + timedelta(days=365),
        wall_ends=later.wall_ends + timedelta(days=365),
    )
    assert code_of(lambda: engage_under(past, yearly, TALK, by=SYSTEM)) == "not_under"
    only = Agreement.objects.get(under=yearly)
    other = ActivityFactory(wall_starts=later.wall_starts, wall_ends=later.wall_ends)
    assert code_of(lambda: engage_under(other, only, TALK, by=SYSTEM)) == "not_under"


def test_a_rate_that_is_no_longer_fair_is_not_paid(later, yearly):
    card(amount="100", ceiling="200", from_on=date(2027, 6, 1))

    assert (
        code_of(lambda: engage_under(later, yearly, TALK, by=SYSTEM)) == "above_fair_market_value"
    )
