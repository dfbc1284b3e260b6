"""Nobody who manages access loses it because one administrator alone wants it."""

import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import connection
from django.utils.timezone import now

from symposia.accounts.actions import (
    add_member,
    agree_to_change,
    confirm_grant,
    drop_change,
    end_membership,
    invite_member,
    make_personal_token,
    remove_grant,
)
from symposia.accounts.actions.offers import accept_membership
from symposia.accounts.events import AccessChangeAsked, AccessChangeDecided
from symposia.accounts.models import AccessChange, ChangeKind, ChangeState, Grant, Membership, Role
from symposia.accounts.permissions import Permission
from symposia.accounts.policies import (
    ASKED_ALREADY,
    ASKED_BY_YOU,
    CHANGE_DECIDED,
    GRANT_GONE,
    LAST_ADMINISTRATOR,
    NOT_YOURS_TO_DROP,
)
from symposia.accounts.queries import access_of, administrators, change_waiting_for
from symposia.audit.models import Entry
from symposia.notifications.models import Delivery
from symposia.shared import events
from symposia.shared.actors import SYSTEM, Actor
from symposia.shared.refusals import Refused
from symposia.shared.tenancy import acting_in
from tests.factories.accounts import OrganisationFactory, UserFactory, member

WHY = "Moved to another hospital."
IN_A_WEEK = timedelta(days=7)


@pytest.fixture
def first(organisation):
    return member(organisation, "administrator")


@pytest.fixture
def second(organisation):
    return member(organisation, "administrator")


@pytest.fixture
def third(organisation):
    return member(organisation, "administrator")


def role(code):
    return Role.objects.get(code=code)


def administers(user):
    return user in administrators(now())


def grant_of(user, code="administrator"):
    return Grant.objects.get(membership__user=user, role__code=code)


def refusal(act, *args, **kwargs):
    with pytest.raises(Refused) as refused:
        act(*args, **kwargs)
    return refused.value.objection


def take_from(user, by, code="administrator"):
    """One administrator takes a role from another: the change that waits."""
    grant = grant_of(user, code)
    remove_grant(grant, by=by.actor(), reason=WHY)
    return change_waiting_for(grant)


def shorten(user, by):
    add_member(user, role("administrator"), by=by.actor(), valid_until=now() + IN_A_WEEK)
    return change_waiting_for(grant_of(user))


def part_with(user, by):
    end_membership(Membership.objects.get(user=user), by=by.actor(), reason=WHY)
    return AccessChange.objects.waiting().get(membership__user=user, grant_id=None)


WAYS = [
    pytest.param(take_from, ChangeKind.ROLE_ENDS, id="the role is taken"),
    pytest.param(shorten, ChangeKind.ENDS_EARLIER, id="it gets an end"),
    pytest.param(part_with, ChangeKind.LEAVES, id="the membership ends"),
]


@pytest.mark.parametrize(("way", "kind"), WAYS)
def test_one_administrator_alone_does_not_take_access_from_another(first, second, way, kind):
    change = way(second, first)

    assert (change.kind, change.state) == (kind, ChangeState.WAITING)
    assert administers(second)
    assert grant_of(second).valid_until is None
    assert [mail.to_address for mail in Delivery.objects.all()] == [second.email]
    assert second.full_name in Delivery.objects.get().subject
    assert Entry.objects.filter(action="access.change_asked", subject_id=change.pk).exists()
    assert refusal(agree_to_change, change, by=first.actor()) == ASKED_BY_YOU
    assert administers(second)


@pytest.mark.parametrize(("way", "kind"), WAYS)
@pytest.mark.parametrize("who", ["the person", "a third"])
def test_the_person_or_a_third_administrator_agrees(first, second, third, way, kind, who):
    change = way(second, first)

    agreed = agree_to_change(change, by=(second if who == "the person" else third).actor())

    assert agreed.state == ChangeState.AGREED
    left = grant_of(second) if kind == ChangeKind.ENDS_EARLIER else None
    assert (left.valid_until is not None) if left else not administers(second)
    membership = Membership.objects.get(user=second)
    assert (membership.ended_at is not None) == (kind == ChangeKind.LEAVES)
    assert refusal(agree_to_change, change, by=third.actor()) == CHANGE_DECIDED


def test_the_way_round_is_closed(first, second, organisation):
    """A role that decides is given alone by nobody, whatever was taken away before."""
    officer = member(organisation, "coordinator")
    waits = add_member(officer, role("compliance_officer"), by=first.actor())
    take_from(second, first)
    part_with(second, first)
    remove_grant(waits, by=first.actor(), reason=WHY)

    again = add_member(officer, role("compliance_officer"), by=first.actor())

    assert again.waits_since
    assert not access_of(officer, organisation, at=now()).holds(Permission.MANAGE_RULES)
    told = Delivery.objects.filter(template_code="accounts.deciding_role")
    assert {mail.to_address for mail in told} == {second.email}


def test_a_longer_end_does_not_take_the_role_away_meanwhile(first, second, third):
    """Extending somebody's role was a way to suspend it."""
    grant = grant_of(second)
    until = now() + IN_A_WEEK
    Grant.objects.filter(pk=grant.pk).update(valid_until=until)

    add_member(second, role("administrator"), by=first.actor())

    change = change_waiting_for(grant)
    assert change.kind == ChangeKind.LASTS_LONGER
    assert administers(second)
    for nobody in (first, second):
        assert refusal(agree_to_change, change, by=nobody.actor()) == ASKED_BY_YOU
    agree_to_change(change, by=third.actor())
    assert grant_of(second).valid_until is None


def test_a_token_counts_as_its_owner(organisation, first, second):
    access = access_of(first, organisation, at=now())
    may = [Permission.MANAGE_ACCESS, Permission.USE_API]
    token, _secret = make_personal_token(first, access, name="K", permissions=may, by=first.actor())
    by_token = Actor("token", token.pk, "First")

    grant = grant_of(second)
    remove_grant(grant, by=by_token, reason=WHY)
    change = change_waiting_for(grant)

    assert change.asked_by_id == first.pk
    assert refusal(agree_to_change, change, by=first.actor()) == ASKED_BY_YOU
    assert refusal(agree_to_change, change, by=by_token) == ASKED_BY_YOU
    assert refusal(agree_to_change, change, by=Actor("link", None, "Link")) == ASKED_BY_YOU


def test_an_offer_does_not_shorten_what_an_administrator_holds(first, second):
    offer = invite_member(
        role("administrator"),
        email=second.email,
        full_name="Second",
        by=first.actor(),
        valid_until=now() + IN_A_WEEK,
    )

    accept_membership(offer, by=Actor("link", None, "Offer"))

    assert grant_of(second).valid_until is None
    assert change_waiting_for(grant_of(second)).asked_by_id == first.pk


def test_other_roles_and_roles_that_wait_are_taken_by_one(organisation, first, second):
    held = grant_of(member(organisation, "finance_officer"), "finance_officer")
    waits = add_member(UserFactory(), role("administrator"), by=first.actor())

    for grant in (held, waits):
        remove_grant(grant, by=first.actor(), reason=WHY)

    assert not Grant.objects.filter(pk__in=[held.pk, waits.pk]).exists()
    assert not AccessChange.objects.exists()


def test_whoever_runs_the_server_waits_for_nobody(first, second):
    remove_grant(grant_of(second), by=SYSTEM, reason=WHY)

    assert not administers(second)


def test_of_one_role_one_change_waits(first, second, third):
    take_from(second, first)

    assert refusal(take_from, second, third) == ASKED_ALREADY
    assert refusal(shorten, second, third) == ASKED_ALREADY


def test_what_is_given_up_changes_nothing(first, second):
    change = take_from(second, first)

    drop_change(change, by=first.actor())

    assert administers(second)
    assert refusal(drop_change, change, by=second.actor()) == CHANGE_DECIDED
    assert refusal(agree_to_change, change, by=second.actor()) == CHANGE_DECIDED
    assert take_from(second, first)


@pytest.mark.parametrize(("way", "_kind"), WAYS)
def test_nobody_keeps_a_role_by_dropping_what_takes_it_away(first, second, third, way, _kind):
    change = way(second, first)

    assert refusal(drop_change, change, by=second.actor()) == NOT_YOURS_TO_DROP

    drop_change(change, by=third.actor())
    assert administers(second)


def test_with_a_membership_go_the_changes_that_waited_about_it(first, second, third):
    role_ends = take_from(second, first)
    agree_to_change(part_with(second, first), by=third.actor())

    role_ends.refresh_from_db()
    assert role_ends.state == ChangeState.DROPPED
    assert refusal(remove_grant, Grant(pk=role_ends.grant_id), by=first.actor(), reason=WHY) == (
        GRANT_GONE
    )


def test_two_who_take_from_each_other_leave_one(first, second):
    mine, theirs = take_from(first, second), take_from(second, first)

    agree_to_change(theirs, by=second.actor())

    assert refusal(agree_to_change, mine, by=first.actor()) == LAST_ADMINISTRATOR
    assert administrators(now()) == [first]


def test_both_steps_are_announced(first, second, monkeypatch):
    heard = []
    for kind in (AccessChangeAsked, AccessChangeDecided):
        monkeypatch.setitem(events._listeners, kind, [heard.append])

    change = take_from(second, first)
    agree_to_change(change, by=second.actor())

    assert heard == [AccessChangeAsked(change.pk), AccessChangeDecided(change.pk)]


def test_a_role_that_gives_access_by_another_name_counts(first, second):
    """What counts is what a role may do, not how it is called."""
    Role.objects.filter(code="administrator").update(code="steward")

    remove_grant(grant_of(second, "steward"), by=first.actor(), reason=WHY)

    assert administers(second)


def together(organisation, *acts):
    """Each in its own transaction, all at once: what became of them."""
    gate = threading.Barrier(len(acts))

    def run(act):
        try:
            with acting_in(organisation.pk):
                gate.wait(timeout=20)
                act()
            return "done"  # noqa: TRY300
        except Refused as refused:
            return refused.objection.code
        finally:
            connection.close()

    with ThreadPoolExecutor(len(acts)) as pool:
        return sorted(pool.map(run, acts))


@pytest.mark.django_db(transaction=True)
def test_a_role_taken_twice_at_once_is_taken_once():
    organisation = OrganisationFactory()
    first = member(organisation, "administrator")
    with acting_in(organisation.pk):
        grant = grant_of(member(organisation, "coordinator"), "coordinator")

    def take():
        remove_grant(grant, by=first.actor(), reason=WHY)

    assert together(organisation, take, take, take) == ["done", "grant_gone", "grant_gone"]
    with acting_in(organisation.pk):
        assert Entry.objects.filter(action="access.revoked").count() == 1


@pytest.mark.django_db(transaction=True)
def test_two_who_agree_at_once_to_lose_access_leave_one_administrator():
    organisation = OrganisationFactory()
    people = [member(organisation, "administrator") for _ in range(2)]
    with acting_in(organisation.pk):
        changes = [take_from(people[0], people[1]), take_from(people[1], people[0])]

    found = together(
        organisation,
        *(
            lambda c=c, p=p: agree_to_change(c, by=p.actor())
            for c, p in zip(changes, people, strict=True)
        ),
    )

    assert found == ["done", "last_administrator"]
    with acting_in(organisation.pk):
        assert len(administrators(now())) == 1


@pytest.mark.django_db(transaction=True)
def test_a_change_agreed_to_and_given_up_at_once_has_one_end():
    organisation = OrganisationFactory()
    first, second = (member(organisation, "administrator") for _ in range(2))
    with acting_in(organisation.pk):
        change = take_from(second, first)

    found = together(
        organisation,
        lambda: agree_to_change(change, by=second.actor()),
        lambda: drop_change(change, by=first.actor()),
    )

    assert found == ["change_decided", "done"]


def test_a_waiting_role_is_confirmed_by_a_second_as_before(organisation, first, second):
    waits = add_member(UserFactory(), role("publisher"), by=first.actor())

    assert confirm_grant(waits, by=second.actor()).waits_since is None
