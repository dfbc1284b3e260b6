"""The day of a representative: what is looked after, and whom one has invited."""

from datetime import datetime, timedelta

import pytest
from django.utils.timezone import now

from symposia.accounts.queries import access_of
from symposia.directory.actions.consents import withdraw_all_consent
from symposia.insights.field import field_event, field_events, guests_of
from symposia.shared.actors import SYSTEM
from tests.factories.accounts import member
from tests.factories.activities import ActivityFactory
from tests.factories.directory import ClinicianFactory, TerritoryFactory
from tests.factories.outreach import InvitationFactory
from tests.factories.registrations import RegistrationFactory
from tests.outreach.test_candidates import allot


@pytest.fixture
def territory(organisation):
    return TerritoryFactory()


@pytest.fixture
def representative(organisation, territory):
    scope = {"scope_kind": "territory", "scope_id": territory.pk}
    return member(organisation, "field_representative", **scope)


@pytest.fixture
def access(organisation, representative):
    return access_of(representative, organisation, at=now())


def test_what_is_behind_the_wall_elsewhere_or_a_draft_is_not_there(territory, access):
    mine = ActivityFactory(state="open", mode="scientific", territory=territory)
    ActivityFactory(state="open", mode="independent", territory=territory)
    ActivityFactory(state="open", mode="scientific", territory=TerritoryFactory())
    ActivityFactory(state="draft", mode="scientific", territory=territory)

    assert [each.activity for each in field_events(access, at=now())] == [mine]


def test_places_allotment_and_answers_stand_beside_it(territory, representative, access):
    activity = ActivityFactory(state="open", mode="scientific", capacity=3)
    people = ClinicianFactory.create_batch(3, territory=territory)
    allot(activity, representative, 5)
    for clinician, state in zip(people, ("sent", "accepted", "withdrawn"), strict=True):
        InvitationFactory(
            activity=activity, clinician=clinician, state=state, invited_by_id=representative.pk
        )
    InvitationFactory(activity=activity)
    RegistrationFactory(activity=activity, clinician=people[1])

    [found] = field_events(access, at=now())

    assert (found.seats.taken, found.allotted.left, found.invited, found.waiting) == (1, 3, 2, 1)
    assert found.objection is None
    assert field_event(activity, access, at=now()).answers == {"sent": 1, "accepted": 1}


def test_an_evening_is_there_until_the_next_morning(access):
    activity = ActivityFactory(
        state="running", mode="scientific", wall_starts=datetime.fromisoformat("2027-03-11T18:30")
    )
    [found] = field_events(access, at=activity.ends_at + timedelta(hours=10))

    assert found.is_on(activity.starts_at)
    assert not found.is_on(activity.starts_at - timedelta(days=1))
    assert field_events(access, at=activity.ends_at + timedelta(days=1)) == []


def test_a_guest_shows_the_place_and_who_has_not_answered_comes_first(
    territory, representative, access
):
    activity = ActivityFactory(state="open", mode="scientific")
    first, second = ClinicianFactory.create_batch(2, territory=territory)
    for clinician, state in ((first, "accepted"), (second, "sent")):
        InvitationFactory(
            activity=activity, clinician=clinician, state=state, invited_by_id=representative.pk
        )
    RegistrationFactory(activity=activity, clinician=first, state="queued")

    guests = guests_of(activity, access)

    assert [(g.invitation.clinician, g.word, g.tone, g.is_waiting) for g in guests] == [
        (second, "No answer yet", "", True),
        (first, "On the waitlist", "warn", False),
    ]


def test_whoever_said_stop_is_named_with_the_reason_instead_of_shared_with(
    territory, representative, access
):
    activity = ActivityFactory(state="open", mode="scientific")
    stopped, willing = ClinicianFactory.create_batch(2, territory=territory)
    for clinician in (stopped, willing):
        InvitationFactory(
            activity=activity, clinician=clinician, state="sent", invited_by_id=representative.pk
        )
    withdraw_all_consent(stopped, by=SYSTEM)

    said = {g.invitation.clinician: g.no_share for g in guests_of(activity, access)}

    assert said[willing] is None
    assert "said no to invitations" in str(said[stopped])
