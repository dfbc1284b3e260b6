"""People of the house by a file: what each row would do, and that it does no more than by hand."""

from datetime import UTC, date, datetime
from uuid import uuid4

import pytest
import time_machine
from django.utils.timezone import now

from symposia.accounts.models import User
from symposia.directory.colleagues.house import house_of
from symposia.directory.colleagues.judging import judge_colleagues
from symposia.directory.colleagues.rows import RoleWish, Wish, wishes_of
from symposia.directory.colleagues.words import Reason
from symposia.directory.models import Territory
from symposia.work.models import Outcome
from tests.factories.accounts import member

COLUMNS = {
    name: place
    for place, name in enumerate(
        ("email", "full_name", "title", "roles", "territory", "manager", "until")
    )
}


def read(*rows):
    return list(wishes_of(rows, COLUMNS))


def test_a_role_reaches_the_territory_of_the_row_unless_it_says_otherwise():
    (wish,) = read(
        [
            *("Asha@Example.org", " Asha  Rao", "Manager"),
            "field_representative; coordinator@organisation 2027-03-31; area_manager@west",
            *("Pune", "", "2028-01-01"),
        ]
    )

    assert (wish.email, wish.full_name, wish.line) == ("asha@example.org", "Asha Rao", 2)
    assert wish.roles == (
        RoleWish("field_representative", "pune", date(2028, 1, 1)),
        RoleWish("coordinator", "", date(2027, 3, 31)),
        RoleWish("area_manager", "west", date(2028, 1, 1)),
    )


@pytest.mark.parametrize(
    ("roles", "until", "problem"),
    [
        ("co ordinator!", "", Reason.UNREADABLE_ROLE),
        ("coordinator 2027-31-31", "", Reason.BAD_DATE),
        ("coordinator", "next year", Reason.BAD_DATE),
    ],
    ids=["role", "day of a role", "day of all"],
)
def test_what_cannot_be_read_is_said(roles, until, problem):
    (wish,) = read(["a@example.org", "A", "", roles, "", "", until])

    assert wish.problem == problem


def test_a_date_of_a_sheet_brings_its_midnight_and_empty_rows_are_none():
    wishes = read(["a@example.org", "A", "", "learner", "", "", "2027-05-31 00:00:00"], ["", ""])

    assert [wish.roles[0].until for wish in wishes] == [date(2027, 5, 31)]


def judged(organisation, *wishes, person=None):
    house = house_of(person or uuid4(), zone=organisation.zone, at=now())
    return {row.wish.email: row for row in judge_colleagues(wishes, house).rows}


def wish(email, roles=("coordinator",), line=2, **said):
    given = {"full_name": "Somebody", **said}
    return Wish(line, email, roles=tuple(RoleWish(code, "", None) for code in roles), **given)


def test_each_row_says_what_it_would_do(organisation):
    here = member(organisation, "coordinator")
    Territory.objects.create(name="Pune", code="pune")
    rows = judged(
        organisation,
        wish("new@example.org", roles=["coordinator", "executive"]),
        wish(here.email),
        wish("bad address"),
        wish("nameless@example.org", full_name=""),
        wish("idle@example.org", roles=[]),
        wish("odd@example.org", roles=["president"]),
    )

    assert rows["new@example.org"].outcome == Outcome.NEW
    assert rows["new@example.org"].changes == ("+coordinator", "+executive")
    assert rows[here.email].outcome == Outcome.UNCHANGED
    found = {email: row.reason for email, row in rows.items() if row.reason}
    assert found == {
        "bad address": Reason.BAD_EMAIL,
        "nameless@example.org": Reason.NO_NAME,
        "idle@example.org": Reason.NO_ROLE,
        "odd@example.org": Reason.UNKNOWN_ROLE,
    }


def test_who_is_not_in_the_file_and_a_role_it_does_not_name_stay_and_are_named(organisation):
    here, away = member(organisation, "coordinator"), member(organisation, "executive")
    rows = judged(organisation, wish(here.email, roles=["executive"]))

    assert rows[here.email].changes == ("+executive", "=coordinator")
    assert (rows[away.email].outcome, rows[away.email].reason) == ("skipped", Reason.NOT_IN_FILE)


def test_a_role_that_decides_waits_where_there_is_a_second_administrator(organisation):
    first, _second = member(organisation, "administrator"), member(organisation, "administrator")
    rows = judged(organisation, wish("new@example.org", roles=["finance_officer"]), person=first.pk)

    assert rows["new@example.org"].changes == ("?finance_officer",)


def test_nobody_brings_in_roles_of_their_own(organisation):
    me = member(organisation, "administrator")
    rows = judged(organisation, wish(me.email, roles=["finance_officer"]), person=me.pk)

    assert rows[me.email].reason == Reason.ONESELF


def test_a_manager_is_here_or_comes_with_the_file_and_never_oneself_in_the_end(organisation):
    boss = member(organisation, "executive")
    rows = judged(
        organisation,
        wish("a@example.org", manager=boss.email),
        wish("b@example.org", manager="a@example.org"),
        wish("c@example.org", manager="nobody@example.org"),
        wish("d@example.org", manager="c@example.org"),
        wish("e@example.org", manager="f@example.org"),
        wish("f@example.org", manager="e@example.org"),
    )

    reasons = {email[0]: rows[email].reason for email in rows if email.endswith("@example.org")}
    assert {key: reasons[key] for key in "abcdef"} == {
        "a": "",
        "b": "",
        "c": Reason.UNKNOWN_MANAGER,
        "d": Reason.UNKNOWN_MANAGER,
        "e": Reason.CIRCLE,
        "f": Reason.CIRCLE,
    }


@time_machine.travel(datetime(2026, 6, 1, 9, 0, tzinfo=UTC), tick=False)
def test_a_last_day_that_is_over_and_a_territory_nobody_knows_are_refused(organisation):
    over = Wish(2, "a@example.org", "A", roles=(RoleWish("coordinator", "", date(2026, 5, 30)),))
    lost = Wish(3, "b@example.org", "B", roles=(RoleWish("area_manager", "atlantis", None),))
    rows = judged(organisation, over, lost)

    assert rows["a@example.org"].reason == Reason.DAY_IS_OVER
    assert rows["b@example.org"].reason == Reason.UNKNOWN_TERRITORY
    assert User.objects.filter(email="a@example.org").first() is None
