import re
import uuid
from datetime import timedelta

import pytest
import time_machine
from django.urls import reverse

from symposia.attendance.codes import letters_of, room_text, step_at
from symposia.attendance.models import PresenceEvidence
from symposia.attendance.self_check_in import (
    CLAIM_UNKNOWN,
    CLAIMED_ALREADY,
    NO_PLACE_HERE,
    READING_OLD,
    READING_USED,
    ROOM_CODE_OLD,
    ROOM_CODE_UNKNOWN,
    TOO_OFTEN,
)
from symposia.registrations.letters import TICKET
from symposia.shared.links import make_link
from tests.factories.accounts import member
from tests.factories.attendance import RoomCodeFactory, SessionCodeFactory
from tests.factories.registrations import RegistrationFactory


@pytest.fixture
def room(organisation):
    return RoomCodeFactory()


@pytest.fixture
def place(room):
    return RegistrationFactory(activity=room.activity, clinician__full_name="Radhika Iyer")


@pytest.fixture
def begins(room):
    with time_machine.travel(room.activity.starts_at, tick=False) as clock:
        yield clock


def scan(client, organisation, room, *, ago=0):
    step = step_at(room, room.activity.starts_at) - ago
    return client.get(reverse("room_arrival", args=[room_text(room, step, organisation.code)]))


def reading_on(page):
    return re.search(r'name="reading" value="([^"]+)"', page.text)[1]


def send(client, reading, **values):
    values = {"reading": reading, "idempotency_key": uuid.uuid4()} | values
    return client.post(reverse("room_check_in"), values)


# by the picture


def test_a_phone_scans_types_the_code_of_its_ticket_and_is_in(
    client, organisation, room, place, begins
):
    page = scan(client, organisation, room)
    assert not PresenceEvidence.objects.exists()

    answer = send(client, reading_on(page), ticket=place.ticket_code.lower())

    evidence = PresenceEvidence.objects.get()
    assert "Checked in" in answer.text
    assert "Radhika Iyer" in answer.text
    assert (evidence.registration, evidence.source) == (place, "self")
    assert evidence.by_name == "Radhika Iyer"


def test_whoever_is_signed_in_presses_once(client, organisation, room, begins):
    user = member(organisation, "learner")
    mine = RegistrationFactory(activity=room.activity, clinician__user=user)
    client.force_login(user)
    page = scan(client, organisation, room)
    assert mine.clinician.called in page.text

    answer = send(client, reading_on(page), own="1")

    assert "Checked in" in answer.text
    assert PresenceEvidence.objects.get().registration == mine


def test_nobody_says_they_are_signed_in(client, organisation, room, place, begins):
    answer = send(client, reading_on(scan(client, organisation, room)), own="1")

    assert str(NO_PLACE_HERE) in answer.text
    assert not PresenceEvidence.objects.exists()


def test_an_old_picture_and_a_made_up_one_are_refused_in_words(client, organisation, room, begins):
    assert str(ROOM_CODE_OLD) in scan(client, organisation, room, ago=3).text
    made_up = client.get(reverse("room_arrival", args=["harbor.abc.1.xyz"]))
    assert str(ROOM_CODE_UNKNOWN) in made_up.text
    assert made_up.status_code == 409


def test_a_scan_is_good_for_five_minutes(client, organisation, room, place, begins):
    reading = reading_on(scan(client, organisation, room))
    begins.shift(timedelta(minutes=6))

    assert str(READING_OLD) in send(client, reading, ticket=place.ticket_code).text
    assert not PresenceEvidence.objects.exists()


def test_a_scan_passed_on_is_refused_and_the_page_keeps_what_was_typed(
    client, organisation, room, place, begins
):
    reading = reading_on(scan(client, organisation, room))
    other = RegistrationFactory(activity=room.activity)
    send(client, reading, ticket=place.ticket_code)

    answer = send(client, reading, ticket=other.ticket_code)

    assert answer.status_code == 422
    assert str(READING_USED) in answer.text
    assert f'value="{other.ticket_code}"' in answer.text


def test_a_ticket_nobody_has_is_refused_and_may_be_typed_again(
    client, organisation, room, place, begins
):
    reading = reading_on(scan(client, organisation, room))

    wrong = send(client, reading, ticket="ZZZZZZZZ")
    right = send(client, reading_on(wrong), ticket=place.ticket_code)

    assert (wrong.status_code, right.status_code) == (422, 200)
    assert str(NO_PLACE_HERE) in wrong.text
    assert "Checked in" in right.text


def test_a_place_of_another_organisation_is_none_here(client, organisation, room, begins):
    reading = reading_on(scan(client, organisation, room))

    answer = send(client, reading, ticket=str(uuid.uuid4()))

    assert str(NO_PLACE_HERE) in answer.text


# by letters, with the ticket at hand


def typed(client, organisation, place, code):
    address = reverse("ticket_typed", args=[make_link(TICKET, place.pk, organisation.code)])
    return client.post(address, {"code": code, "idempotency_key": uuid.uuid4()})


def test_the_letters_of_the_screen_check_in(client, organisation, room, place, begins):
    answer = typed(
        client, organisation, place, letters_of(room, step_at(room, room.activity.starts_at))
    )

    assert "Checked in" in answer.text
    assert PresenceEvidence.objects.get().source == "self"


def test_the_ticket_leads_to_where_they_are_typed(client, organisation, place):
    token = make_link(TICKET, place.pk, organisation.code)

    page = client.get(reverse("ticket", args=[token]))

    assert reverse("ticket_typed", args=[token]) in page.text
    assert client.get(reverse("ticket_typed", args=[token])).status_code == 200


def test_a_person_tries_ten_times_then_waits(client, organisation, room, place, begins):
    tries = [typed(client, organisation, place, "AAAAAA").text for _ in range(11)]

    assert all(str(ROOM_CODE_UNKNOWN) in page for page in tries[:10])
    assert str(TOO_OFTEN) in tries[10]


# the code of a session


@pytest.fixture
def code(organisation):
    return SessionCodeFactory()


@pytest.fixture
def listener(code):
    return RegistrationFactory(activity=code.activity)


@pytest.fixture
def ends(code):
    with time_machine.travel(code.session.ends_at, tick=False):
        yield


def claim(client, organisation, **values):
    address = reverse("session_claim", args=[organisation.code])
    return client.post(address, values | {"idempotency_key": uuid.uuid4()})


def test_a_code_is_claimed_with_the_ticket_and_the_tablet_is_free_for_the_next(
    client, organisation, code, listener, ends
):
    form = client.get(reverse("session_claim", args=[organisation.code]), {"code": code.code})
    assert f'value="{code.code}"' in form.text

    answer = claim(client, organisation, code=code.shown, ticket=listener.ticket_code)

    assert "Counted" in answer.text
    assert code.session.title in answer.text
    assert "Next person" in answer.text
    assert PresenceEvidence.objects.get().source == "code"


def test_it_is_claimed_on_the_ticket_too(client, organisation, code, listener, ends):
    first = typed(client, organisation, listener, code.shown)
    second = typed(client, organisation, listener, code.shown)

    assert "Counted" in first.text
    assert str(CLAIMED_ALREADY) in second.text


def test_an_unknown_code_is_refused_and_nothing_is_lost(client, organisation, listener, ends):
    answer = claim(client, organisation, code="WRONGONE", ticket=listener.ticket_code)

    assert answer.status_code == 422
    assert str(CLAIM_UNKNOWN) in answer.text
    assert f'value="{listener.ticket_code}"' in answer.text


def test_a_claim_names_an_organisation_there_is(client, organisation):
    assert client.get(reverse("session_claim", args=["nowhere"])).status_code == 404


def test_an_address_that_guesses_is_stopped(client, organisation, code, listener, ends, settings):
    settings.ACCOUNT_RATE_LIMITS = settings.ACCOUNT_RATE_LIMITS | {"self_check_in": "2/5m/ip"}

    answers = [claim(client, organisation, code="WRONGONE", ticket="ZZ") for _ in range(3)]

    assert [one.status_code for one in answers] == [422, 422, 429]
    assert str(TOO_OFTEN) in answers[2].text
