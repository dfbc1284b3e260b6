"""Which roles count: agreed to, not run out, of a member who has not left."""

from datetime import timedelta

import pytest
from django.utils.timezone import now

from symposia.accounts.actions import add_member, confirm_grant, remove_grant
from symposia.accounts.models import Grant, Membership, Role
from symposia.accounts.policies import LAST_ADMINISTRATOR
from symposia.accounts.queries import administrators
from symposia.shared.refusals import Refused
from tests.factories.accounts import UserFactory, member


@pytest.fixture
def first(organisation):
    return member(organisation, "administrator")


@pytest.fixture
def second(organisation):
    return member(organisation, "administrator")


@pytest.mark.parametrize(
    ("model", "change"),
    [
        (Grant, {"valid_until": now() - timedelta(minutes=1)}),
        (Grant, {"waits_since": now()}),
        (Membership, {"ended_at": now()}),
    ],
    ids=["run out", "not agreed to", "member left"],
)
def test_an_administrator_whose_role_does_not_count_leaves_the_other_the_last(
    first, second, model, change
):
    assert administrators(now()) == [first, second]
    whose = {"membership__user": second} if model is Grant else {"user": second}
    model.objects.filter(**whose).update(**change)

    assert administrators(now()) == [first]
    with pytest.raises(Refused) as refused:
        remove_grant(
            Grant.objects.get(membership__user=first), by=UserFactory().actor(), reason="Leaves"
        )
    assert refused.value.objection == LAST_ADMINISTRATOR


def test_a_role_that_decides_waits_for_somebody_who_neither_gave_nor_holds_it(first, second):
    held = add_member(UserFactory(), Role.objects.get(code="finance_officer"), by=first.actor())
    assert not Grant.objects.in_force(now()).filter(pk=held.pk).exists()

    for nobody in (first, held.membership.user):
        with pytest.raises(Refused):
            confirm_grant(held, by=nobody.actor())
    confirm_grant(held, by=second.actor())

    assert Grant.objects.in_force(now()).filter(pk=held.pk).exists()
