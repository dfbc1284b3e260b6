"""A waitlist moves by its terms: at once or by offers, in order, parties together."""

from datetime import datetime, timedelta

import pytest
import time_machine
from django.db import connection

from symposia.audit.models import Entry
from symposia.notifications.models import Delivery
from symposia.registrations.actions.line import (
    lapse_offer,
    set_waitlist_terms,
    take_offer,
)
from symposia.registrations.actions.parties import register_party
from symposia.registrations.actions.places import (
    cancel_registration,
    register_clinician,
    register_walk_in,
    release_all_places,
)
from symposia.registrations.line import ALL_TAKEN, NOT_ENOUGH, SOMEBODY_BEFORE
from symposia.registrations.models import Places, Registration
from symposia.registrations.policies import (
    ALREADY_OFFERED,
    NO_OFFER,
    OFFER_OVER,
    PARTY_OF_ONE,
    PARTY_OVER_CAPACITY,
)
from symposia.registrations.spots import line_now, spot_of
from symposia.registrations.tasks import tell_person
from symposia.shared.actors import SYSTEM
from symposia.shared.refusals import Refused
from tests.factories.activities import ActivityFactory
from tests.factories.directory import ClinicianFactory


def register(activity, clinician=None):
    return register_clinician(clinician or ClinicianFactory(), activity, source="open", by=SYSTEM)


def party(activity, size, name="Cardiology"):
    people = ClinicianFactory.create_batch(size)
    return register_party(people, activity, name=name, source="office", by=SYSTEM)


def terms(activity, offer_hours=None, passes_over=False):
    set_waitlist_terms(activity, offer_hours=offer_hours, passes_over=passes_over, by=SYSTEM)


def counts(activity):
    places = Places.objects.get(activity=activity)
    return places.taken, places.waiting


def states(*registrations):
    for each in registrations:
        each.refresh_from_db()
    return [each.state for each in registrations]


def jobs(name):
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT args, scheduled_at FROM procrastinate_jobs WHERE task_name = %s", [name]
        )
        return cursor.fetchall()


@pytest.fixture
def offering(organisation):
    """One place, taken; places that come free are offered for two days."""
    activity = ActivityFactory(
        state="open",
        capacity=1,
        wall_starts=datetime(2026, 9, 1, 10),  # noqa: DTZ001  # as the venue's clock says
        wall_ends=datetime(2026, 9, 1, 12),  # noqa: DTZ001
    )
    with time_machine.travel("2026-08-01T09:00:00Z"):
        terms(activity, offer_hours=48)
        yield activity


def test_a_place_that_comes_free_is_offered_and_held_for_whoever_is_next(offering):
    first, second, third = register(offering), register(offering), register(offering)

    cancel_registration(first, by=SYSTEM)

    assert states(second, third) == ["offered", "queued"]
    assert second.offered_until == second.offered_at + timedelta(hours=48)
    assert counts(offering) == (1, 1)
    assert jobs("registrations.lapse_offer")[0][1] - second.offered_until < timedelta(minutes=1)
    assert Entry.objects.filter(action="registration.offered", subject_id=second.pk).exists()


def test_an_offer_is_taken_with_one_word(offering):
    first, second = register(offering), register(offering)
    cancel_registration(first, by=SYSTEM)

    taken = take_offer(second, by=SYSTEM)

    assert taken.is_confirmed
    assert counts(offering) == (1, 0)
    with pytest.raises(Refused) as refused:
        take_offer(second, by=SYSTEM)
    assert refused.value.objection == NO_OFFER


def test_an_offer_that_nobody_takes_goes_on_to_the_next(offering):
    first, second, third = register(offering), register(offering), register(offering)
    cancel_registration(first, by=SYSTEM)

    second.refresh_from_db()
    with time_machine.travel(second.offered_until):
        with pytest.raises(Refused) as refused:
            take_offer(second, by=SYSTEM)
        ended = [lapse_offer(second, by=SYSTEM), lapse_offer(second, by=SYSTEM)]

    assert refused.value.objection == OFFER_OVER
    assert ended == [True, False]
    assert states(second, third) == ["lapsed", "offered"]
    assert counts(offering) == (1, 0)


def test_an_offer_does_not_lapse_before_its_time(offering):
    first, second = register(offering), register(offering)
    cancel_registration(first, by=SYSTEM)

    assert not lapse_offer(second, by=SYSTEM)
    assert states(second) == ["offered"]


def test_an_offer_left_goes_on_at_once(offering):
    first, second, third = register(offering), register(offering), register(offering)
    cancel_registration(first, by=SYSTEM)

    cancel_registration(second, by=SYSTEM)

    assert states(second, third) == ["cancelled", "offered"]


def test_an_offer_is_never_kept_beyond_the_beginning(offering):
    first, second = register(offering), register(offering)

    with time_machine.travel(offering.starts_at - timedelta(hours=3)):
        cancel_registration(first, by=SYSTEM)

    second.refresh_from_db()
    assert second.offered_until == offering.starts_at


def test_whoever_has_an_offer_and_asks_again_is_sent_to_it(offering):
    somebody = ClinicianFactory()
    first = register(offering)
    register(offering, somebody)
    cancel_registration(first, by=SYSTEM)

    with pytest.raises(Refused) as refused:
        register(offering, somebody)

    assert refused.value.objection == ALREADY_OFFERED


def test_whoever_has_an_offer_and_stands_at_the_door_takes_the_place_kept_for_them(offering):
    first, second = register(offering), register(offering)
    cancel_registration(first, by=SYSTEM)
    second.refresh_from_db()

    let_in = register_walk_in(second.clinician, offering, by=SYSTEM)

    assert (let_in.pk, let_in.state, let_in.beyond_capacity) == (second.pk, "confirmed", False)
    assert counts(offering) == (1, 0)


def test_the_offer_is_written_to_the_person_with_its_end(offering):
    first, second = register(offering), register(offering)
    cancel_registration(first, by=SYSTEM)

    tell_person.work(str(second.pk), "place_offered")

    message = Delivery.objects.get(template_code="registrations.place_offered")
    assert "3 August 2026" in message.text
    assert not message.calendar


def test_an_activity_that_will_not_take_place_ends_offers_too(offering):
    first, second = register(offering), register(offering)
    cancel_registration(first, by=SYSTEM)

    assert release_all_places(offering, by=SYSTEM, reason="Strike") == 1
    assert states(second) == ["cancelled"]
    assert counts(offering) == (0, 0)


def test_a_party_gets_its_places_together(organisation):
    activity = ActivityFactory(state="open", capacity=3)

    assert [r.state for r in party(activity, 3)] == ["confirmed"] * 3
    assert counts(activity) == (3, 0)


def test_a_party_waits_together_and_nobody_passes_it(organisation):
    activity = ActivityFactory(state="open", capacity=3)
    first = register(activity)
    register(activity)
    waiting = party(activity, 2)
    behind = register(activity)

    assert [r.state for r in waiting] == ["queued"] * 2
    assert behind.is_queued
    assert counts(activity) == (2, 3)
    assert spot_of(waiting[0]).objection == NOT_ENOUGH
    assert spot_of(waiting[0]).party_size == 2
    assert spot_of(behind).objection == SOMEBODY_BEFORE
    assert spot_of(behind).before == 2

    cancel_registration(first, by=SYSTEM)

    assert states(*waiting, behind) == ["confirmed", "confirmed", "queued"]
    assert spot_of(behind).objection == ALL_TAKEN
    assert counts(activity) == (3, 1)


def test_where_the_terms_allow_it_whoever_fits_passes_the_party(organisation):
    activity = ActivityFactory(state="open", capacity=3)
    register(activity)
    register(activity)
    waiting = party(activity, 2)
    behind = register(activity)

    terms(activity, passes_over=True)

    assert states(behind, *waiting) == ["confirmed", "queued", "queued"]
    assert counts(activity) == (3, 2)


def test_a_newcomer_gets_the_free_place_that_a_party_cannot_use(organisation):
    activity = ActivityFactory(state="open", capacity=2)
    terms(activity, passes_over=True)
    register(activity)
    party(activity, 2)

    newcomer = register(activity)

    assert newcomer.is_confirmed
    assert Entry.objects.filter(subject_id=newcomer.pk).get().action == "registration.confirmed"
    assert counts(activity) == (2, 2)


def test_a_party_that_shrinks_fits(organisation):
    activity = ActivityFactory(state="open", capacity=2)
    register(activity)
    one, other = party(activity, 2)

    cancel_registration(other, by=SYSTEM)

    assert states(one) == ["confirmed"]
    assert counts(activity) == (2, 0)


@pytest.mark.parametrize(("size", "objection"), [(1, PARTY_OF_ONE), (3, PARTY_OVER_CAPACITY)])
def test_a_party_that_could_never_be_let_in_is_refused(organisation, size, objection):
    activity = ActivityFactory(state="open", capacity=2)

    with pytest.raises(Refused) as refused:
        party(activity, size)

    assert refused.value.objection == objection
    assert not Registration.objects.exists()


def test_staff_see_what_holds_the_line_up(organisation):
    activity = ActivityFactory(state="open", capacity=3)
    register(activity)
    register(activity)
    party(activity, 2)
    register(activity)

    line = line_now(activity)

    assert (line.taken, line.waiting, line.offered) == (2, 3, 0)
    assert [people for _reason, people in line.reasons] == [2, 1]


def test_without_anybody_waiting_nothing_holds_the_line_up(organisation):
    line = line_now(ActivityFactory(state="open", capacity=3))

    assert (line.waiting, line.reasons) == (0, [])
