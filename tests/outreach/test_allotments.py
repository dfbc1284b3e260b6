"""Invitations allotted to representatives: taken under a lock, given back after the day."""

import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta

import pytest
import time_machine
from django.db import connection
from django.utils.timezone import now

from symposia.accounts.queries import access_of
from symposia.outreach import actions
from symposia.outreach.actions import invite_clinicians, withdraw_invitation
from symposia.outreach.actions.allotments import (
    AllotmentFacts,
    allot_invitations,
    end_allotment,
    give_back_left_over,
)
from symposia.outreach.actions.campaigns import WaveFacts, make_campaign, release_wave
from symposia.outreach.actions.handing import hand_over_invitation
from symposia.outreach.allotted import all_allotted_to, allotted_to, is_left_out, left_out_among
from symposia.outreach.allotting import NONE_ALLOTTED
from symposia.outreach.audience import audience_now
from symposia.outreach.models import Aim, Allotment, Invitation
from symposia.outreach.selection import sort_out
from symposia.outreach.tasks import give_back_allotments
from symposia.shared.actors import SYSTEM
from symposia.shared.refusals import Refused
from symposia.shared.tenancy import acting_in
from tests.factories.accounts import OrganisationFactory, UserFactory, day_here, member
from tests.factories.activities import ActivityFactory
from tests.factories.directory import ClinicianFactory, TerritoryFactory


def allot(activity, user, quantity, *approved, until_on=None):
    facts = AllotmentFacts(quantity, until_on or day_here() + timedelta(days=1), approved)
    return allot_invitations(activity, user, facts, by=SYSTEM)


@pytest.fixture
def activity(organisation):
    return ActivityFactory(state="open", mode="scientific")


@pytest.fixture
def territory(organisation):
    return TerritoryFactory()


@pytest.fixture
def representative(organisation, territory):
    scope = {"scope_kind": "territory", "scope_id": territory.pk}
    return member(organisation, "field_representative", **scope)


def codes(answer):
    return [each.objection.code for each in answer.skipped]


def test_no_more_than_allotted_are_sent_and_whoever_withdraws_has_one_again(
    activity, representative
):
    people = ClinicianFactory.create_batch(3)
    allot(activity, representative, 2)

    answer = invite_clinicians(activity, people, by=representative.actor())

    assert answer.invited == people[:2]
    assert codes(answer) == ["beyond_allotment"]
    assert allotted_to(activity, representative.pk).left == 0
    withdraw_invitation(Invitation.objects.first(), by=SYSTEM, reason="wrong person")
    assert allotted_to(activity, representative.pk).left == 1


def test_only_the_approved_list_is_invited(activity, representative):
    approved, other = ClinicianFactory.create_batch(2)
    allot(activity, representative, 5, approved)

    answer = invite_clinicians(activity, [approved, other], by=representative.actor())

    assert answer.invited == [approved]
    assert codes(answer) == ["not_approved"]


def test_after_the_last_day_nothing_is_sent_and_what_is_left_is_given_back(
    activity, representative
):
    allotment = allot(activity, representative, 3)
    invite_clinicians(activity, [ClinicianFactory()], by=representative.actor())
    Allotment.objects.update(until_on=day_here() - timedelta(days=1))

    late = invite_clinicians(activity, [ClinicianFactory()], by=representative.actor())
    given_back = give_back_left_over(day_here())

    allotment.refresh_from_db()
    assert codes(late) == ["allotment_over"]
    assert given_back == [allotment.pk]
    assert (allotment.state, allotment.given_back) == ("given_back", 2)
    assert give_back_left_over(day_here()) == []


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("hour", "state"), [("2026-11-21T01:00:00Z", "open"), ("2026-11-21T09:00:00Z", "given_back")]
)
def test_the_last_day_ends_when_it_ends_where_the_organisation_is(hour, state):
    coast = OrganisationFactory(zone="America/Los_Angeles")
    with acting_in(coast.pk):
        meeting = ActivityFactory(state="open", mode="scientific")
        allot(meeting, member(coast, "field_representative"), 2)
        Allotment.objects.update(until_on=date(2026, 11, 20))

    with time_machine.travel(hour, tick=False):
        give_back_allotments()

    with acting_in(coast.pk):
        assert Allotment.objects.get().state == state


def test_what_is_allotted_reaches_a_campaign_and_its_waves(
    organisation, activity, territory, representative
):
    people = ClinicianFactory.create_batch(3, territory=territory)
    allot(activity, representative, 2)
    access = access_of(representative, organisation, at=now())
    campaign = make_campaign(activity, people=people, by=representative.actor())

    audience = audience_now(campaign, Aim.NEW, access)
    release_wave(campaign, audience, WaveFacts(), by=representative.actor())

    assert len(audience.invited) == 2
    assert allotted_to(activity, representative.pk).left == 0
    with pytest.raises(Refused) as refused:
        everybody = sort_out(activity, [ClinicianFactory()])
        release_wave(campaign, everybody, WaveFacts(), by=representative.actor())
    assert refused.value.objection.code == "allotment_taken"


def test_who_was_allotted_nothing_invites_nobody(organisation, activity, territory, representative):
    allot(activity, UserFactory(), 2)
    access = access_of(representative, organisation, at=now())
    people = [ClinicianFactory(territory=territory)]
    campaign = make_campaign(activity, people=people, by=representative.actor())

    assert is_left_out(activity, access)
    assert codes(audience_now(campaign, Aim.NEW, access)) == ["none_allotted"]
    coordinator = access_of(member(organisation, "coordinator"), organisation, at=now())
    assert not is_left_out(activity, coordinator)


def test_one_open_allotment_each_until_before_the_activity(activity, representative):
    allotment = allot(activity, representative, 2)

    for user, until_on, code in (
        (representative, None, "allotted_before"),
        (UserFactory(), date(2027, 3, 12), "allotted_too_late"),
        (UserFactory(), day_here() - timedelta(days=1), "allotted_too_late"),
    ):
        with pytest.raises(Refused) as refused:
            allot(activity, user, 1, until_on=until_on)
        assert refused.value.objection.code == code

    end_allotment(allotment, by=SYSTEM)
    with pytest.raises(Refused):
        end_allotment(allotment, by=SYSTEM)
    assert allot(activity, representative, 1).quantity == 1


def test_ones_own_shares_name_what_is_left(organisation, activity, representative):
    allot(activity, representative, 2)
    allot(activity, UserFactory(), 9)

    [(found, allotted)] = all_allotted_to(access_of(representative, organisation, at=now()))

    assert (found, allotted.left) == (activity, 2)


def race(taking):
    """Eight phones send one invitation each at once; how many are out of three allotted."""
    organisation = OrganisationFactory()
    with acting_in(organisation.pk):
        activity = ActivityFactory(state="open", mode="scientific")
        person = member(organisation, "coordinator")
        people = ClinicianFactory.create_batch(8)
        allot(activity, person, 3)
    start = threading.Barrier(8)

    def send(clinician):
        start.wait()
        try:
            with acting_in(organisation.pk):
                taking(activity, [clinician], by=person.actor())
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as phones:
        list(phones.map(send, people))
    with acting_in(organisation.pk):
        return Invitation.objects.count()


@pytest.mark.django_db(transaction=True)
def test_eight_phones_send_no_more_than_three():
    assert race(invite_clinicians) == 3


@pytest.mark.django_db(transaction=True)
def test_without_the_lock_more_are_sent(monkeypatch):
    """The negative control: whoever reads what is left without the lock sends too many."""
    counted = threading.Barrier(8)

    def unlocked(activity, user_id):
        allotted = allotted_to(activity, user_id)
        counted.wait(timeout=20)
        return allotted

    monkeypatch.setattr(actions, "allotted_to", unlocked)
    monkeypatch.setattr(type(actions.Activity.objects), "locked", lambda self, pk: self.get(pk=pk))

    assert race(invite_clinicians) > 3


def test_passing_on_by_hand_asks_the_allotment_too(activity, representative, territory):
    allot(activity, UserFactory(), 2)

    with pytest.raises(Refused) as refused:
        hand_over_invitation(
            activity, ClinicianFactory(territory=territory), "chat", by=representative.actor()
        )

    assert refused.value.objection == NONE_ALLOTTED
    assert not Invitation.objects.exists()


def test_what_was_given_back_leaves_nobody_without_a_limit(
    organisation, activity, representative, territory
):
    allot(activity, representative, 1)
    Allotment.objects.update(until_on=day_here() - timedelta(days=1))
    give_back_left_over(day_here())
    access = access_of(representative, organisation, at=now())

    assert is_left_out(activity, access)
    assert left_out_among([activity], access) == {activity.pk}
    with pytest.raises(Refused):
        hand_over_invitation(
            activity, ClinicianFactory(territory=territory), "sms", by=representative.actor()
        )
