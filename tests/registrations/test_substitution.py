"""Somebody else comes instead: the same seat, the same rules, past nobody."""

import pytest

from symposia.activities.models import Activity
from symposia.directory.models import Clinician
from symposia.registrations.actions.admission import settle_admission
from symposia.registrations.actions.places import cancel_registration, register_clinician
from symposia.registrations.actions.shares import ShareFacts, set_places_apart
from symposia.registrations.actions.substitution import name_substitute, substitute
from symposia.registrations.caps import CAP_REACHED
from symposia.registrations.models import Places
from symposia.registrations.policies import (
    ALREADY_REGISTERED,
    ASK_THE_ORGANISER,
    KEPT_FOR_GROUP,
    NO_SEAT_TO_HAND_ON,
    NOT_OPEN,
    SUBSTITUTE_NOT_POSSIBLE,
    Applicant,
)
from symposia.shared.actors import SYSTEM
from symposia.shared.refusals import Refused
from tests.factories.activities import ActivityFactory
from tests.factories.directory import ClinicianFactory
from tests.registrations.test_attendee_cap import cap

COLLEAGUE = Applicant("Meera Nair", "meera@example.org", "physician")


def register(activity, profession="physician"):
    clinician = ClinicianFactory(profession=profession)
    return register_clinician(clinician, activity, source="open", by=SYSTEM)


def refusal(work):
    with pytest.raises(Refused) as refused:
        work()
    return refused.value.objection


def test_the_seat_goes_to_the_colleague_past_those_who_wait(organisation):
    activity = ActivityFactory(state="open", capacity=1)
    first, waiting, colleague = register(activity), register(activity), ClinicianFactory()

    made = substitute(first, colleague, by=SYSTEM)

    first.refresh_from_db()
    waiting.refresh_from_db()
    places = Places.objects.get()
    assert (first.state, made.state, waiting.state) == ("cancelled", "confirmed", "queued")
    assert (places.taken, places.waiting) == (1, 1)
    assert made.ticket_code != first.ticket_code


def test_the_colleague_is_judged_by_the_same_rules(organisation):
    activity = ActivityFactory(state="open", capacity=3)
    first, second = register(activity), register(activity)

    assert refusal(lambda: substitute(first, second.clinician, by=SYSTEM)) == ALREADY_REGISTERED
    first.refresh_from_db()
    assert first.is_confirmed


def test_a_seat_of_a_group_stays_in_the_group(organisation):
    activity = ActivityFactory(state="open", capacity=2)
    share = set_places_apart(activity, ShareFacts("Nurses", "nurse"), 1, by=SYSTEM)
    nurse = register(activity, "nurse")

    other = ClinicianFactory(profession="physician")
    assert refusal(lambda: substitute(nurse, other, by=SYSTEM)) == KEPT_FOR_GROUP
    made = substitute(nurse, ClinicianFactory(profession="nurse"), by=SYSTEM)

    share.refresh_from_db()
    assert (made.drawn_from, share.taken) == (share, 1)


def test_whoever_waits_has_no_seat_to_hand_on(organisation):
    activity = ActivityFactory(state="open", capacity=1)
    register(activity)
    waiting = register(activity)

    assert refusal(lambda: substitute(waiting, ClinicianFactory(), by=SYSTEM)) == NO_SEAT_TO_HAND_ON


def test_a_colleague_is_named_by_the_person_without_learning_of_others(organisation):
    activity = ActivityFactory(state="open", capacity=3)
    first, other = register(activity), register(activity)
    known = Applicant("Somebody", other.clinician.email, "physician")

    def named(applicant):
        return name_substitute(first, applicant, organisation=organisation, by=SYSTEM)

    assert refusal(lambda: named(known)) == SUBSTITUTE_NOT_POSSIBLE
    made = named(COLLEAGUE)

    assert made.clinician == Clinician.objects.get(email="meera@example.org")
    assert made.is_confirmed


def test_a_ticket_page_does_not_tell_how_often_a_colleague_meets_the_company(organisation):
    cap("1")
    activity = ActivityFactory(state="open", mode="scientific", capacity=3)
    first, colleague = register(activity), ClinicianFactory(email="meera@example.org")
    elsewhere = ActivityFactory(state="open", mode="scientific")
    register_clinician(colleague, elsewhere, source="office", by=SYSTEM)

    def named():
        return name_substitute(first, COLLEAGUE, organisation=organisation, by=SYSTEM)

    assert refusal(named) == SUBSTITUTE_NOT_POSSIBLE
    assert refusal(lambda: substitute(first, colleague, by=SYSTEM)) == CAP_REACHED
    cancel_registration(first, by=SYSTEM)
    assert refusal(named) == NO_SEAT_TO_HAND_ON


def test_whoever_cannot_hand_a_seat_on_learns_of_nobody_whether_they_are_registered(organisation):
    activity = ActivityFactory(state="open", capacity=1)
    first, waiting = register(activity), register(activity)
    there = Applicant("Somebody", first.clinician.email, "physician")
    here = Applicant("Somebody", waiting.clinician.email, "physician")

    def named(registration, applicant):
        return refusal(
            lambda: name_substitute(registration, applicant, organisation=organisation, by=SYSTEM)
        )

    assert named(waiting, there) == named(waiting, COLLEAGUE) == NO_SEAT_TO_HAND_ON
    Activity.objects.filter(pk=activity.pk).update(state="running")
    first.activity.refresh_from_db()
    assert named(first, here) == named(first, COLLEAGUE) == NOT_OPEN


def test_where_the_office_decides_nobody_else_does(organisation):
    activity = ActivityFactory(state="open", capacity=3)
    first = register(activity)
    settle_admission(activity, "moderated", by=SYSTEM)

    def named():
        return name_substitute(first, COLLEAGUE, organisation=organisation, by=SYSTEM)

    assert refusal(named) == ASK_THE_ORGANISER
    assert not Clinician.objects.filter(email="meera@example.org").exists()
