from datetime import timedelta

import pytest
from django.utils.timezone import now

from symposia.accounts.models import Grant
from symposia.approvals.actions import DelegationFacts, delegate_signing, end_delegation
from symposia.approvals.models import Decision, Delegation
from symposia.approvals.policies import (
    DECIDED_BEFORE,
    GIVER_DECIDED_BEFORE,
    GIVERS_REQUEST,
    NOT_A_DECIDER,
    NOT_SOME_DAYS,
    NOT_YOUR_STEP,
    NOT_YOURS_TO_LEND,
    OWN_REQUEST,
    TO_ONESELF,
)
from symposia.approvals.queries import lent_to, possible_delegates, waiting_for
from symposia.audit.models import Entry
from symposia.notifications.models import Delivery
from symposia.shared.refusals import Refused
from tests.factories.accounts import day_here, member
from tests.factories.approvals import access, sign, submitted

TODAY = day_here()


def lend(giver, delegate, organisation, *, first=0, last=7, role=""):
    facts = DelegationFacts(
        delegate.pk,
        str(delegate),
        TODAY + timedelta(days=first),
        TODAY + timedelta(days=last),
        "On leave.",
        role,
    )
    return delegate_signing(facts, access=access(giver, organisation), by=giver.actor())


@pytest.fixture
def officer(organisation):
    return member(organisation, "compliance_officer")


@pytest.fixture
def stand_in(organisation):
    return member(organisation, "publisher")


def refusal(act):
    with pytest.raises(Refused) as refused:
        act()
    return refused.value.objection.code


def test_a_colleague_signs_in_anothers_place_and_both_are_named(organisation, officer, stand_in):
    asked = submitted(organisation)
    lend(officer, stand_in, organisation)

    decision = sign(asked, stand_in, organisation)

    assert (decision.decided_by_id, decision.on_behalf_of_id) == (stand_in.pk, officer.pk)
    assert decision.role == "compliance_officer"
    entry = Entry.objects.get(action="approval.signed")
    assert (entry.actor_name, entry.on_behalf_of) == (str(stand_in), str(officer))


def test_what_was_lent_waits_in_the_inbox(organisation, officer, stand_in):
    submitted(organisation)
    mine = access(stand_in, organisation)
    before = waiting_for(mine, lent_to(mine, at=now()))

    lend(officer, stand_in, organisation)

    assert before == 0
    assert waiting_for(mine, lent_to(mine, at=now())) == 1


@pytest.mark.parametrize(
    ("first", "last"), [(1, 7), (-7, -1)], ids=["from tomorrow", "until yesterday"]
)
def test_outside_its_days_a_delegation_gives_nothing(organisation, officer, stand_in, first, last):
    Delegation.objects.create(
        giver_id=officer.pk,
        giver_name=str(officer),
        delegate_id=stand_in.pk,
        delegate_name=str(stand_in),
        starts_on=TODAY + timedelta(days=first),
        ends_on=TODAY + timedelta(days=last),
        reason="On leave.",
    )
    asked = submitted(organisation)

    assert refusal(lambda: sign(asked, stand_in, organisation)) == NOT_YOUR_STEP.code


def test_a_delegation_that_was_taken_back_gives_nothing(organisation, officer, stand_in):
    given = lend(officer, stand_in, organisation)
    end_delegation(given, access=access(officer, organisation), by=officer.actor())
    asked = submitted(organisation)

    assert refusal(lambda: sign(asked, stand_in, organisation)) == NOT_YOUR_STEP.code


def test_it_ends_with_the_right_of_whoever_gave_it(organisation, officer, stand_in):
    lend(officer, stand_in, organisation)
    grant = Grant.objects.get(membership__user=officer)
    grant.valid_until = now() - timedelta(minutes=1)
    grant.save()
    asked = submitted(organisation)

    assert refusal(lambda: sign(asked, stand_in, organisation)) == NOT_YOUR_STEP.code


def test_what_one_received_cannot_be_passed_on(organisation, officer, stand_in):
    third = member(organisation, "finance_officer")
    lend(officer, stand_in, organisation)
    lend(stand_in, third, organisation)
    asked = submitted(organisation)

    assert refusal(lambda: sign(asked, third, organisation)) == NOT_YOUR_STEP.code


def test_nobody_approves_their_own_through_a_delegation(organisation, officer, stand_in):
    lend(officer, stand_in, organisation)
    asked = submitted(organisation, by=stand_in.actor())

    assert refusal(lambda: sign(asked, stand_in, organisation)) == OWN_REQUEST.code
    assert not Decision.objects.exists()


def test_nobody_lets_a_colleague_approve_what_they_prepared(organisation, officer, stand_in):
    lend(officer, stand_in, organisation)
    asked = submitted(organisation, by=officer.actor())

    assert refusal(lambda: sign(asked, stand_in, organisation)) == GIVERS_REQUEST.code


def test_one_person_does_not_sign_twice_through_a_delegation(organisation, officer, stand_in):
    finance = member(organisation, "finance_officer")
    lend(finance, officer, organisation)
    asked = submitted(organisation)
    sign(asked, officer, organisation)
    asked.refresh_from_db()

    assert refusal(lambda: sign(asked, officer, organisation)) == DECIDED_BEFORE.code


def test_whoever_signed_does_not_sign_again_through_a_colleague(organisation, officer, stand_in):
    both = member(organisation, "compliance_officer")
    Grant.objects.create(
        membership=Grant.objects.get(membership__user=both).membership,
        role=Grant.objects.get(membership__user=member(organisation, "finance_officer")).role,
    )
    lend(both, stand_in, organisation)
    asked = submitted(organisation)
    sign(asked, both, organisation)
    asked.refresh_from_db()

    assert refusal(lambda: sign(asked, stand_in, organisation)) == GIVER_DECIDED_BEFORE.code


@pytest.mark.parametrize(
    ("giver", "delegate", "more", "expected"),
    [
        ("coordinator", "publisher", {}, NOT_YOURS_TO_LEND),
        ("compliance_officer", "publisher", {"role": "publisher"}, NOT_YOURS_TO_LEND),
        ("compliance_officer", "coordinator", {}, NOT_A_DECIDER),
        ("compliance_officer", "publisher", {"first": 3, "last": 2}, NOT_SOME_DAYS),
        ("compliance_officer", "publisher", {"first": -9, "last": -1}, NOT_SOME_DAYS),
        ("compliance_officer", "publisher", {"last": 181}, NOT_SOME_DAYS),
    ],
    ids=["no decider", "another role", "to a reader", "backwards", "past", "too long"],
)
def test_what_cannot_be_delegated(organisation, giver, delegate, more, expected):
    giver, delegate = member(organisation, giver), member(organisation, delegate)

    assert refusal(lambda: lend(giver, delegate, organisation, **more)) == expected.code


def test_nobody_stands_in_for_themselves(organisation, officer):
    assert refusal(lambda: lend(officer, officer, organisation)) == TO_ONESELF.code


def test_whoever_stands_in_is_told(organisation, officer, stand_in):
    lend(officer, stand_in, organisation)

    mail = Delivery.objects.get(template_code="approvals.delegated")
    assert mail.to_address == stand_in.email
    assert str(officer) in mail.subject


def test_only_deciders_are_offered_as_colleagues(organisation, officer, stand_in):
    member(organisation, "coordinator")

    assert possible_delegates(access(officer, organisation), at=now()) == [stand_in]
