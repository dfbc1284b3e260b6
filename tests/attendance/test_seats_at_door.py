"""At the door of a session with places of its own: the server says what a phone says alone."""

import pytest

from symposia.attendance.models import PresenceEvidence, Standing
from symposia.registrations.actions.replies import register_with_sessions
from symposia.registrations.actions.sessions import set_session_places
from symposia.shared.actors import SYSTEM
from symposia.web.door.verdicts import said
from tests.attendance.test_actions import see
from tests.factories.activities import ActivityFactory, SessionFactory
from tests.factories.directory import ClinicianFactory
from tests.factories.registrations import RegistrationFactory

pytestmark = pytest.mark.usefixtures("door_is_open")


@pytest.fixture
def congress(organisation):
    return ActivityFactory(state="open", capacity=9, minutes=480)


@pytest.fixture
def workshop(congress):
    made = SessionFactory(activity=congress, minutes=60, title="Ultrasound", room="Lab 2")
    set_session_places(made, 1, by=SYSTEM)
    return made


@pytest.fixture
def seated(congress, workshop):
    clinician = ClinicianFactory(full_name="Radhika Iyer")
    return register_with_sessions(clinician, congress, [workshop.pk], source="office", by=SYSTEM)


def test_whoever_has_a_seat_comes_in(seated, workshop):
    assert see(seated, session_id=workshop.pk).outcome == "in"
    assert Standing.objects.get().is_inside


def test_whoever_has_none_is_told_so_and_nothing_is_kept(congress, workshop, seated):
    other = RegistrationFactory(activity=congress, clinician__full_name="Meera Rao")

    verdict = see(other, session_id=workshop.pk)

    words = said(verdict, congress.zone)
    assert (verdict.outcome, verdict.objection.code) == ("desk", "no_seat_here")
    assert (words.title, words.who) == ("Another session", "Meera Rao")
    assert words.lines[0] == "Has no seat in this session"
    assert words.next.startswith("Show the way there.")
    assert not PresenceEvidence.objects.exists()
    assert not Standing.objects.exists()


def test_whoever_has_a_seat_elsewhere_is_told_where(congress, seated):
    suture = SessionFactory(activity=congress, minutes=60, title="Suturing")
    set_session_places(suture, 5, by=SYSTEM)

    verdict = see(seated, session_id=suture.pk)

    assert verdict.objection.code == "wrong_session"
    assert said(verdict, congress.zone).lines[0] == "Has a seat in Ultrasound, Lab 2"


def test_who_waits_for_a_seat_has_none_yet(congress, workshop, seated):
    clinician = ClinicianFactory(full_name="Meera Rao")
    queued = register_with_sessions(clinician, congress, [workshop.pk], source="office", by=SYSTEM)

    assert see(queued, session_id=workshop.pk).objection.code == "no_seat_here"


def test_a_session_without_places_of_its_own_and_the_whole_activity_ask_for_no_seat(
    congress, workshop, seated
):
    plenary = SessionFactory(activity=congress, minutes=60, title="Plenary")
    first = RegistrationFactory(activity=congress)
    second = RegistrationFactory(activity=congress)

    assert see(first, session_id=plenary.pk).outcome == "in"
    assert see(second).outcome == "in"


def test_whoever_goes_out_is_asked_for_no_seat(congress, workshop, seated):
    other = RegistrationFactory(activity=congress)
    see(other)

    assert see(other, "out", session_id=workshop.pk).outcome == "out"
