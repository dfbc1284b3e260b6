import json
from datetime import timedelta

import pytest
import time_machine
from django.urls import reverse

from symposia.attendance.codes import letters_of, step_at
from symposia.attendance.models import RoomCode, SessionCode
from symposia.attendance.self_check_in import ROOM_OVER, WINDOW
from tests.factories.accounts import member
from tests.factories.activities import ActivityFactory, SessionFactory
from tests.factories.attendance import RoomCodeFactory, SessionCodeFactory

HTMX = {"hx-request": "true"}


@pytest.fixture
def coordinator(client, organisation):
    user = member(organisation, "coordinator")
    client.force_login(user)
    return user


@pytest.fixture
def activity(organisation):
    return ActivityFactory(title="Stroke update", state="open")


def opened(client, activity, **values):
    values = {
        "place": "Hall A",
        "day": "2027-03-11",
        "opens": "18:00",
        "closes": "18:45",
        "seconds": "45",
    } | values
    return client.post(reverse("room_code_new", args=[activity.pk]), values)


def test_a_screen_is_opened_on_the_clock_of_the_venue(client, coordinator, activity):
    session = SessionFactory(activity=activity)
    page = client.get(reverse("room_codes", args=[activity.pk]))
    assert 'value="18:00"' in page.text

    answer = opened(client, activity, session=session.pk)

    room = RoomCode.objects.get()
    assert answer.url == reverse("room_code", args=[activity.pk, room.pk])
    assert room.opens_at == activity.starts_at - timedelta(minutes=30)
    assert room.session == session
    assert "Hall A" in client.get(answer.url).text


def test_a_window_that_closes_first_is_refused_and_the_form_keeps_the_rest(
    client, coordinator, activity
):
    page = opened(client, activity, closes="17:00")

    assert page.status_code == 422
    assert str(WINDOW) in page.text
    assert 'value="Hall A"' in page.text


def test_the_hour_that_the_clocks_skip_is_said(client, coordinator, activity):
    page = opened(client, activity, day="2027-03-14", opens="02:30")

    assert "The clock skips this time on that day." in page.text


def test_the_screen_shows_the_code_of_now_and_goes_on(client, coordinator, activity):
    room = RoomCodeFactory(activity=activity)
    address = reverse("room_code_screen", args=[activity.pk, room.pk])

    with time_machine.travel(activity.starts_at, tick=False) as clock:
        client.force_login(coordinator)
        first = client.get(address)
        clock.shift(timedelta(seconds=45))
        part = client.get(address, headers=HTMX)
        now_shown = letters_of(room, step_at(room, activity.starts_at + timedelta(seconds=45)))

    assert letters_of(room, step_at(room, activity.starts_at)) in first.text
    assert "qr-code" in first.text
    assert 'http-equiv="refresh"' in first.text
    assert now_shown in part.text
    assert "<html" not in part.text
    assert first["Cache-Control"].startswith("max-age=0")


def test_an_ended_screen_shows_no_code(client, coordinator, activity):
    room = RoomCodeFactory(activity=activity)

    with time_machine.travel(activity.starts_at, tick=False):
        client.force_login(coordinator)
        client.post(reverse("room_code_end", args=[activity.pk, room.pk]))
        page = client.get(reverse("room_code_screen", args=[activity.pk, room.pk]))

    assert str(ROOM_OVER) in page.text
    assert "qr-code" not in page.text


def test_the_codes_of_all_sessions_are_made_at_once(client, coordinator, activity):
    SessionFactory(activity=activity, title="Who benefits?")
    SessionFactory(activity=activity, title="Coffee", is_break=True, creditable_minutes=0)

    client.post(reverse("session_codes_new", args=[activity.pk]))

    code = SessionCode.objects.get()
    page = client.get(reverse("session_codes", args=[activity.pk]))
    assert code.shown in page.text
    assert "within 7 days" in page.text
    slide = client.get(reverse("session_code", args=[activity.pk, code.pk]))
    assert code.shown in slide.text
    assert "qr-code" in slide.text


def test_a_code_that_got_about_is_ended_with_a_reason(client, coordinator, activity):
    code = SessionCodeFactory(activity=activity)
    address = reverse("session_code_end", args=[activity.pk, code.pk])

    without = client.post(address, {"reason": ""})
    client.post(address, {"reason": "It stood in a chat"})

    assert without.status_code == 422
    code.refresh_from_db()
    assert code.ended_because == "It stood in a chat"
    slide = client.get(reverse("session_code", args=[activity.pk, code.pk]))
    assert "It stood in a chat" in slide.text
    assert code.shown not in slide.text


def test_the_codes_are_not_for_whoever_only_looks(client, organisation, activity):
    client.force_login(member(organisation, "education_lead"))
    code, room = SessionCodeFactory(activity=activity), RoomCodeFactory(activity=activity)

    assert client.get(reverse("session_codes", args=[activity.pk])).status_code == 403
    assert client.get(reverse("session_code", args=[activity.pk, code.pk])).status_code == 403
    assert client.get(reverse("room_code_screen", args=[activity.pk, room.pk])).status_code == 403
    assert client.get(reverse("room_codes", args=[activity.pk])).status_code == 200


def test_a_screen_of_another_activity_is_not_found(client, coordinator, activity):
    other = RoomCodeFactory()

    page = client.get(reverse("room_code_screen", args=[activity.pk, other.pk]))

    assert page.status_code == 404


@pytest.mark.parametrize("name", ["room_codes", "session_codes"])
def test_a_list_asks_as_much_for_one_row_as_for_three(
    client, coordinator, activity, django_assert_max_num_queries, name
):
    for _ in range(3):
        RoomCodeFactory(activity=activity)
        SessionCodeFactory(activity=activity)

    with django_assert_max_num_queries(15):
        assert client.get(reverse(name, args=[activity.pk])).status_code == 200


def test_pairing_codes_are_not_guessed(client, organisation, settings):
    settings.ACCOUNT_RATE_LIMITS = settings.ACCOUNT_RATE_LIMITS | {"door_pairing": "2/5m/ip"}
    body = json.dumps({"code": f"{organisation.code}-ABCD-EFGH", "secret": "s" * 43})

    def tried():
        return client.post(reverse("door_pairing"), body, content_type="application/json")

    answers = [tried() for _ in range(3)]

    assert [one.status_code for one in answers] == [409, 409, 429]
    assert answers[2].json()["code"] == "paired_too_often"
