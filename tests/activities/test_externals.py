"""People from outside: kept by name, let in to one activity until a day, and put out at once."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
import time_machine
from django.utils.timezone import now

from symposia.accounts.actions import accept_membership
from symposia.accounts.models import Grant, MembershipInvitation, User
from symposia.accounts.queries import access_of
from symposia.activities.actions.agencies import AgencyFacts, add_agency
from symposia.activities.actions.externals import (
    ExternalFacts,
    add_external,
    end_external,
    give_external_access,
)
from symposia.activities.models import Activity, ExternalMember
from symposia.audit.models import Entry
from symposia.shared.actors import SYSTEM, Actor
from symposia.shared.refusals import Refused
from tests.factories.accounts import member
from tests.factories.activities import ActivityFactory

UNTIL = date(2027, 4, 1)
FACTS = ExternalFacts("Ravi Menon", "Audio and video", "ravi@example.org", "Stagecraft")


@pytest.fixture(autouse=True)
def before_the_day():
    with time_machine.travel("2027-01-10T09:00Z"):
        yield


@pytest.fixture
def agency(organisation):
    return add_agency(AgencyFacts("Stagecraft", date(2026, 1, 1), date(2027, 6, 1)), by=SYSTEM)


@pytest.fixture
def activity(agency):
    return ActivityFactory()


@pytest.fixture
def by(organisation):
    return member(organisation, "coordinator").actor()


def code_of(act):
    with pytest.raises(Refused) as refused:
        act()
    return refused.value.objection.code


def let_in(activity, by, facts=FACTS):
    external = give_external_access(add_external(activity, facts, by=by), UNTIL, by=by)
    offer = MembershipInvitation.objects.get(pk=external.offer_id)
    visitor = Actor("link", offer.pk, external.name)
    return external, accept_membership(offer, by=visitor)


def test_a_name_alone_lets_nobody_in(activity, by):
    add_external(activity, FACTS, by=by)

    assert not MembershipInvitation.objects.exists()
    assert Entry.objects.filter(action="external.added").count() == 1


def test_access_is_to_one_activity_alone_and_ends_by_itself(activity, by, organisation):
    other = ActivityFactory()
    _external, user = let_in(activity, by)

    access = access_of(user, organisation, at=now())
    assert list(Activity.objects.visible_to(access)) == [activity]
    assert other not in Activity.objects.visible_to(access)
    with time_machine.travel("2027-04-03T00:00Z"):
        assert access_of(user, organisation, at=now()) is None


def test_whoever_leaves_the_team_is_out_at_once(activity, by, organisation):
    external, user = let_in(activity, by)

    end_external(external, reason="Another agency", by=by)

    assert access_of(user, organisation, at=now()) is None
    assert not Grant.objects.filter(membership__user=user).exists()
    assert code_of(lambda: end_external(external, reason="Twice", by=by)) == "external_ended"


def test_who_moved_to_another_address_is_put_out_all_the_same(activity, by, organisation):
    external, user = let_in(activity, by)
    User.objects.filter(pk=user.pk).update(email="elsewhere@example.org")

    end_external(external, reason="Another agency", by=by)

    assert access_of(user, organisation, at=now()) is None


def test_an_offer_nobody_took_is_withdrawn(activity, by):
    external = give_external_access(add_external(activity, FACTS, by=by), UNTIL, by=by)

    end_external(external, reason="Not needed", by=by)

    assert MembershipInvitation.objects.get().withdrawn_at


def test_leaving_one_activity_leaves_the_other(activity, by, organisation):
    other = ActivityFactory()
    external, user = let_in(activity, by)
    let_in(other, by)

    end_external(external, reason="Only the second", by=by)

    access = access_of(user, organisation, at=now())
    assert list(Activity.objects.visible_to(access)) == [other]


@pytest.mark.parametrize(
    ("until", "code"),
    [
        (date(2027, 1, 9), "external_access_too_long"),
        (date(2027, 3, 11) + timedelta(days=181), "external_access_too_long"),
        (date(2027, 3, 11) + timedelta(days=180), None),
        (date(2027, 1, 10), None),
    ],
)
def test_access_has_an_end_within_reason(activity, by, until, code):
    external = add_external(activity, replace(FACTS, agency=""), by=by)

    if code:
        assert code_of(lambda: give_external_access(external, until, by=by)) == code
    else:
        assert give_external_access(external, until, by=by).access_until == until


def test_what_is_refused(activity, by):
    nameless = ExternalFacts(" ", "Video")
    no_address = add_external(activity, ExternalFacts("Hotel desk", "Rooms"), by=by)
    add_external(activity, FACTS, by=by)
    over = ActivityFactory(state="cancelled")

    assert code_of(lambda: add_external(activity, nameless, by=by)) == "external_who"
    assert code_of(lambda: add_external(activity, FACTS, by=by)) == "external_there_already"
    assert code_of(lambda: add_external(over, FACTS, by=by)) == "external_too_late"
    assert code_of(lambda: give_external_access(no_address, UNTIL, by=by)) == (
        "external_needs_address"
    )
    assert code_of(lambda: end_external(no_address, reason=" ", by=SYSTEM)) == "external_why"
    assert ExternalMember.objects.count() == 2
