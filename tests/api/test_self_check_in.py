import uuid
from datetime import timedelta

import pytest

from symposia.attendance.models import RoomCode, SessionCode
from tests.factories.accounts import key_of, member
from tests.factories.activities import ActivityFactory, SessionFactory
from tests.factories.attendance import RoomCodeFactory, SessionCodeFactory

RIGHTS = ["manage_registrations", "check_in", "view_attendance"]


def token_of(organisation, rights):
    return key_of(member(organisation, "coordinator"), organisation, rights)


@pytest.fixture
def token(organisation):
    return token_of(organisation, RIGHTS)


def post(client, path, headers, body=None):
    headers = headers | {"idempotency-key": str(uuid.uuid4())}
    return client.post(
        f"/api/v1{path}", body or {}, content_type="application/json", headers=headers
    )


def test_a_screen_is_opened_listed_and_ended(client, token, organisation):
    activity = ActivityFactory(state="open")
    body = {
        "activity": str(activity.pk),
        "place": "Hall A",
        "opens_at": activity.starts_at.isoformat(),
        "closes_at": (activity.starts_at + timedelta(minutes=20)).isoformat(),
    }

    made = post(client, "/room-codes", token, body)
    listed = client.get("/api/v1/room-codes", headers=token).json()
    ended = post(client, f"/room-codes/{made.json()['id']}/ending", token)

    assert made.status_code == 201
    assert [row["place"] for row in listed["items"]] == ["Hall A"]
    assert ended.json()["state"] == "Ended"
    assert RoomCode.objects.get().ended_by_name


def test_a_window_that_makes_no_sense_is_refused_with_its_code(client, token, organisation):
    activity = ActivityFactory(state="open")
    at = activity.starts_at.isoformat()
    body = {"activity": str(activity.pk), "place": "Hall A", "opens_at": at, "closes_at": at}

    refused = post(client, "/room-codes", token, body)

    assert refused.status_code == 409
    assert refused.json()["code"] == "room_window"


def test_codes_of_sessions_are_made_and_ended(client, token, organisation):
    session = SessionFactory(activity=ActivityFactory(state="open"))

    made = post(client, f"/session-codes/activities/{session.activity_id}", token)
    (code,) = made.json()
    ended = post(client, f"/session-codes/{code['id']}/ending", token, {"reason": "It got about"})

    assert code["session"] == str(session.pk)
    assert ended.json()["ended_at"]
    assert SessionCode.objects.get().ended_because == "It got about"


def test_who_may_only_look_reads_no_code_of_a_session(client, organisation):
    token = token_of(organisation, ["view_attendance"])
    code, room = SessionCodeFactory(), RoomCodeFactory()

    assert client.get("/api/v1/session-codes", headers=token).status_code == 403
    assert post(client, f"/session-codes/{code.pk}/ending", token, {"reason": "x"}).status_code == (
        403
    )
    assert post(client, f"/room-codes/{room.pk}/ending", token).status_code == 403
    assert client.get("/api/v1/room-codes", headers=token).status_code == 200


@pytest.mark.parametrize(
    ("opens_at", "closes_at"),
    [
        ("0001-01-01T00:00:00+14:00", "2031-03-04T10:00:00Z"),
        ("2031-03-04T10:00:00Z", "9999-12-31T23:59:59-14:00"),
    ],
)
def test_a_window_that_no_calendar_counts_is_refused_and_every_list_still_opens(
    client, token, organisation, opens_at, closes_at
):
    activity = ActivityFactory(state="open")
    body = {"activity": str(activity.pk), "place": "Hall A"}

    refused = post(
        client, "/room-codes", token, body | {"opens_at": opens_at, "closes_at": closes_at}
    )

    assert (refused.status_code, refused.json()["code"]) == (409, "room_window")
    assert client.get("/api/v1/room-codes", headers=token).status_code == 200
