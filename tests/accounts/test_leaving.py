"""Somebody leaves, somebody holds a role for a time, and somebody comes back."""

from datetime import timedelta

import pytest
from django.utils.timezone import now

from symposia.accounts.actions import (
    add_member,
    agree_to_change,
    confirm_grant,
    end_membership,
    invite_member,
    make_personal_token,
    remove_grant,
)
from symposia.accounts.entering import entered_with_token
from symposia.accounts.models import Grant, Membership, MembershipInvitation, PersonalToken, Role
from symposia.accounts.permissions import Permission
from symposia.accounts.policies import (
    ENDED_ALREADY,
    INVITATION_GONE,
    LAST_ADMINISTRATOR,
    LEFT_ALREADY,
    OWN_ROLES,
    WHY_LEFT,
    objection_to_accepting,
)
from symposia.accounts.queries import access_of, change_waiting_for
from symposia.audit.models import Entry
from symposia.shared.actors import SYSTEM, Actor
from symposia.shared.refusals import Refused
from symposia.shared.tenancy import acting_in
from tests.factories.accounts import OrganisationFactory, UserFactory, member

REASON = "Moved to another hospital."
IN_A_WEEK = timedelta(days=7)


@pytest.fixture
def first(organisation):
    return member(organisation, "administrator")


@pytest.fixture
def second(organisation):
    return member(organisation, "administrator")


def role(code):
    return Role.objects.get(code=code)


def membership_of(user):
    return Membership.objects.get(user=user)


def refusal(act, *args, **kwargs):
    with pytest.raises(Refused) as refused:
        act(*args, **kwargs)
    return refused.value.objection


def key_of(user, organisation):
    access = access_of(user, organisation, at=now())
    may = [p for p in (Permission.VIEW_ACTIVITIES, Permission.MANAGE_ACCESS) if access.holds(p)]
    return make_personal_token(user, access, name="Key", permissions=may, by=user.actor())


def test_with_a_membership_its_roles_keys_and_offers_end_at_once(organisation, first):
    leaver = member(organisation, "coordinator")
    add_member(leaver, role("executive"), by=first.actor())
    _token, secret = key_of(leaver, organisation)
    invite_member(role("reviewer"), email=leaver.email.upper(), full_name="L", by=first.actor())

    end_membership(membership_of(leaver), by=first.actor(), reason=REASON)

    assert access_of(leaver, organisation, at=now()) is None
    with entered_with_token(secret, at=now()) as bearer:
        assert bearer is None
    assert not Grant.objects.filter(membership__user=leaver).exists()
    assert PersonalToken.objects.get().revoked_at
    assert MembershipInvitation.objects.get().withdrawn_at
    said = Entry.objects.filter(reason=REASON).order_by("action").values_list("action", flat=True)
    assert list(said) == [
        "access.revoked",
        "access.revoked",
        "member.left",
        "member.offer_withdrawn",
    ]


def test_a_membership_elsewhere_goes_on(organisation, first):
    leaver, other = member(organisation, "coordinator"), OrganisationFactory()
    with acting_in(other.pk):
        add_member(leaver, role("coordinator"), by=SYSTEM)

    end_membership(membership_of(leaver), by=first.actor(), reason=REASON)

    with acting_in(other.pk):
        assert access_of(leaver, other, at=now()).holds(Permission.VIEW_ACTIVITIES)


def test_nobody_ends_a_membership_without_a_reason_twice_or_of_their_own(
    organisation, first, second
):
    leaver = membership_of(member(organisation, "coordinator"))
    _token, _secret = key_of(second, organisation)
    by_token = Actor("token", _token.pk, "Second")

    assert refusal(end_membership, leaver, by=first.actor(), reason=" ") == WHY_LEFT
    mine = membership_of(second)
    for actor in (second.actor(), by_token):
        assert refusal(end_membership, mine, by=actor, reason=REASON) == OWN_ROLES
    end_membership(leaver, by=first.actor(), reason=REASON)
    assert refusal(end_membership, leaver, by=first.actor(), reason=REASON) == LEFT_ALREADY


def test_the_last_administrator_whose_role_lasts_stays(organisation, first):
    guest = UserFactory()
    terms = {"valid_until": now() + IN_A_WEEK}
    add_member(guest, role("administrator"), by=SYSTEM, **terms)
    last = membership_of(first)
    grant = Grant.objects.get(membership=last)

    asked = [
        refusal(end_membership, last, by=guest.actor(), reason=REASON),
        refusal(remove_grant, grant, by=guest.actor(), reason=REASON),
        refusal(add_member, first, role("administrator"), by=guest.actor(), **terms),
    ]

    assert asked == [LAST_ADMINISTRATOR] * 3
    grant.refresh_from_db()
    assert grant.valid_until is None


def test_whoever_comes_back_starts_without_the_old_roles(organisation, first, second):
    leaver = member(organisation, "finance_officer")
    end_membership(membership_of(leaver), by=first.actor(), reason=REASON)

    add_member(leaver, role("coordinator"), by=first.actor())
    again = add_member(leaver, role("finance_officer"), by=first.actor())

    assert membership_of(leaver).ended_at is None
    access = access_of(leaver, organisation, at=now())
    assert [granted.role for granted in access.granted] == ["coordinator"]
    assert again.waits_since
    confirm_grant(again, by=second.actor())
    assert access_of(leaver, organisation, at=now()).holds(Permission.POST_MONEY)


def test_a_role_for_a_time_ends_by_itself(organisation, first):
    reviewer, until = UserFactory(), now() + IN_A_WEEK
    add_member(reviewer, role("reviewer"), by=first.actor(), valid_until=until)

    assert access_of(reviewer, organisation, at=until - timedelta(seconds=1))
    assert access_of(reviewer, organisation, at=until) is None
    past = {"valid_until": now() - timedelta(days=1)}
    assert refusal(add_member, reviewer, role("executive"), by=first.actor(), **past) == (
        ENDED_ALREADY
    )


def test_a_role_that_decides_and_lasts_longer_waits_again(organisation, first, second):
    holder, until = UserFactory(), now() + IN_A_WEEK
    officer = role("finance_officer")
    grant = add_member(holder, officer, by=first.actor(), valid_until=until)
    confirm_grant(grant, by=second.actor())

    shorter = add_member(holder, officer, by=first.actor(), valid_until=until - timedelta(days=1))
    assert (shorter.pk, shorter.waits_since) == (grant.pk, None)

    longer = add_member(holder, officer, by=second.actor())
    assert (longer.pk, longer.valid_until) == (grant.pk, shorter.valid_until)
    agree_to_change(change_waiting_for(longer), by=first.actor())
    longer.refresh_from_db()
    assert longer.valid_until is None


def test_a_role_that_ran_out_and_is_given_anew_waits_again(organisation, first, second):
    grant = add_member(UserFactory(), role("finance_officer"), by=first.actor())
    over = now() - IN_A_WEEK
    Grant.objects.filter(pk=grant.pk).update(valid_until=over, waits_since=None)

    again = add_member(grant.membership.user, grant.role, by=second.actor())

    assert (again.pk, again.granted_by_id) == (grant.pk, second.pk)
    assert again.waits_since


def test_a_token_gives_no_role_to_its_owner_and_none_that_decides_alone(
    organisation, first, second
):
    token, _secret = key_of(first, organisation)
    by_token, other = Actor("token", token.pk, "First"), UserFactory()

    assert refusal(add_member, first, role("reviewer"), by=by_token) == OWN_ROLES
    assert add_member(other, role("finance_officer"), by=by_token).waits_since


def test_an_offer_carries_the_end_of_its_role(organisation, first):
    until = now() + IN_A_WEEK / 2
    offer = invite_member(
        role("reviewer"),
        email="guest@example.org",
        full_name="Guest",
        by=first.actor(),
        valid_until=until,
    )

    assert offer.terms["valid_until"] == until
    assert objection_to_accepting(offer, at=until) == INVITATION_GONE
