import uuid
from typing import get_args

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.timezone import now

from symposia.accounts.actions import make_personal_token
from symposia.accounts.queries import access_of
from symposia.api.attendance import Meaning
from symposia.attendance.actions.conflicts import find_conflicts
from symposia.attendance.logs.columns import FIELDS
from symposia.attendance.models import (
    Conflict,
    PresenceEvidence,
    PresenceFile,
    UnmatchedPerson,
)
from symposia.attendance.queries import minutes_of
from symposia.registrations.tickets import ticket_text
from symposia.shared.actors import SYSTEM
from tests.attendance.test_conflicts import desk_decides, placed, seen
from tests.factories.accounts import member
from tests.factories.activities import ActivityFactory, SessionFactory
from tests.factories.registrations import RegistrationFactory


@pytest.fixture
def token(organisation):
    user = member(organisation, "coordinator")
    _made, secret = make_personal_token(
        user,
        access_of(user, organisation, at=now()),
        name="Test",
        permissions=["manage_registrations", "check_in", "view_attendance", "view_directory"],
        by=SYSTEM,
    )
    return {"authorization": f"Bearer {secret}"}


def post(client, path, headers, body):
    path = f"/api/v1{path}"
    headers = headers | {"idempotency-key": str(uuid.uuid4())}
    return client.post(path, body, content_type="application/json", headers=headers)


def test_a_batch_of_a_device_is_answered_reading_by_reading(client, token, organisation):
    registration = RegistrationFactory()
    good = {
        "event_uuid": str(uuid.uuid4()),
        "code": ticket_text(organisation.code, registration.pk),
    }
    stranger = {"event_uuid": str(uuid.uuid4()), "kind": "walk_in", "name": "Wei Chen"}
    unknown = {"event_uuid": str(uuid.uuid4()), "code": "NOPE"}
    body = {
        "activity": str(registration.activity_id),
        "device": "Door 1",
        "clock_offset": 30,
        "readings": [good, stranger, unknown],
    }

    answer = post(client, "/checkins/batches", token, body)

    assert [one["code"] for one in answer.json()] == ["", "", "unknown_ticket"]
    assert UnmatchedPerson.objects.get().name == "Wei Chen"


def test_a_walk_in_with_a_name_is_kept_whatever_code_they_came_with(client, token, organisation):
    place = RegistrationFactory()
    known = {"event_uuid": str(uuid.uuid4()), "name": "Lia Rao", "code": place.ticket_code}
    stranger = {"event_uuid": str(uuid.uuid4()), "name": "Wei Chen", "code": "NOPE"}
    readings = [one | {"kind": "walk_in"} for one in (known, stranger)]
    body = {"activity": str(place.activity_id), "readings": readings}

    for _again in range(2):
        answer = post(client, "/checkins/batches", token, body)
        assert [one["kept"] for one in answer.json()] == [True, True]

    assert UnmatchedPerson.objects.get().name == "Wei Chen"
    assert PresenceEvidence.objects.count() == 2
    assert PresenceEvidence.objects.get(person=None).registration == place


def test_conflicts_are_decided_taken_back_and_signed(client, token, organisation):
    activity = ActivityFactory(state="held")
    SessionFactory(activity=activity)
    desk_decides(activity)
    registration = placed(activity)
    seen(registration)
    find_conflicts(activity, by=SYSTEM)
    conflict = Conflict.objects.get()

    listed = client.get("/api/v1/attendance/conflicts", headers=token).json()
    assert [one["id"] for one in listed["items"]] == [str(conflict.pk)]
    path = f"/attendance/conflicts/{conflict.pk}"
    decision = {"choice": "to_the_end", "reason": "Asked"}
    decided = post(client, f"{path}/decision", token, decision)
    assert (decided.status_code, decided.json()["state"]) == (200, "decided")
    assert minutes_of(registration).creditable == 90
    assert post(client, f"{path}/decision", token, decision).status_code == 409
    assert post(client, f"{path}/reopening", token, {"reason": "Wrong"}).status_code == 200
    assert minutes_of(registration).creditable == 0
    again = Conflict.objects.open().get()
    together = post(client, f"/attendance/conflicts/{again.pk}/acceptance", token, {"reason": "ok"})
    assert together.json() == {"decided": 1}
    looked = post(client, f"/attendance/activities/{activity.pk}/conflicts", token, {})
    assert looked.json() == {"new": 0, "gone": 0}
    statement = {"statement": "Right"}
    signed = post(client, f"/attendance/activities/{activity.pk}/signing", token, statement)
    assert (signed.status_code, signed.json()["minutes"]) == (200, 90)


@pytest.mark.usefixtures("door_is_open")
def test_codes_that_were_typed_are_found_in_one_statement(client, token):
    first = RegistrationFactory()
    others = [RegistrationFactory(activity=first.activity) for _ in range(5)]
    readings = [
        {"event_uuid": str(uuid.uuid4()), "code": one.ticket_code.lower()} for one in others
    ]
    body = {"activity": str(first.activity_id), "readings": readings}

    with CaptureQueriesContext(connection) as asked:
        answer = post(client, "/checkins/batches", token, body)

    assert [one["kept"] for one in answer.json()] == [True] * 5
    assert sum("ticket_code" in one["sql"] for one in asked) == 1


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("device_time", "9999-12-31T23:59:59-12:00"),
        ("device_time", "1000-01-01T00:00:00Z"),
        ("device_time", "2027-03-11T18:00:00"),
        ("code", ""),
        ("kind", "maybe"),
        ("sequence", -1),
    ],
)
def test_a_reading_that_the_door_would_not_take_is_not_taken_here(client, token, field, value):
    place = RegistrationFactory()
    body = {
        "event_uuid": str(uuid.uuid4()),
        "activity": str(place.activity_id),
        "code": place.ticket_code,
    }

    answer = post(client, "/checkins", token, body | {field: value})

    assert answer.status_code == 422
    assert [one["field"].rpartition(".")[2] for one in answer.json()["fields"]] == [field]
    assert not PresenceEvidence.objects.exists()


def test_a_reading_with_a_nul_is_refused_before_anybody_looks_at_it(client, token):
    place = RegistrationFactory()
    body = {"event_uuid": str(uuid.uuid4()), "activity": str(place.activity_id), "code": "A\0B"}

    assert post(client, "/checkins", token, body).status_code == 400


# marked by the office


def test_somebody_is_marked_present_with_a_reason(client, token):
    session = SessionFactory(activity__state="held")
    place = RegistrationFactory(activity=session.activity)
    said = {"registration": str(place.pk), "session": str(session.pk), "reason": " On the list "}

    answer = post(client, "/checkins/markings", token, said)

    assert (answer.status_code, answer.json()["reason"]) == (201, "On the list")
    assert minutes_of(place).minutes == 90


def test_nobody_is_marked_without_a_reason_or_in_a_session_of_another_activity(client, token):
    place = RegistrationFactory(activity__state="held")
    said = {"registration": str(place.pk), "reason": "  "}

    without = post(client, "/checkins/markings", token, said)
    elsewhere = said | {"session": str(SessionFactory().pk), "reason": "On the list"}

    assert (without.status_code, without.json()["code"]) == (409, "attendance_reason")
    assert post(client, "/checkins/markings", token, elsewhere).status_code == 404
    assert not PresenceEvidence.objects.exists()


# files


def hand_in(client, headers, content, **said):
    file = SimpleUploadedFile("list.csv", content, content_type="text/csv")
    headers = headers | {"idempotency-key": str(uuid.uuid4())}
    said = {"way": "room", "zone": "Asia/Kolkata"} | said
    return client.post("/api/v1/attendance/files", {"file": file, **said}, headers=headers)


def test_a_list_is_handed_in_mapped_and_brought_in(client, token):
    place = RegistrationFactory(activity__state="held")
    SessionFactory(activity=place.activity)
    content = f"Who,What\nX,{place.ticket_code}\n".encode()

    made = hand_in(client, token, content, activity=str(place.activity_id))
    path = f"/attendance/files/{made.json()['id']}"
    outside = post(client, f"{path}/columns", token, {"columns": {"name": 0, "code": 2}})
    mapped = post(client, f"{path}/columns", token, {"columns": {"name": 0, "code": 1}})
    brought = post(client, f"{path}/imports", token, {})

    assert made.status_code == 201
    assert (outside.status_code, outside.json()["code"]) == (409, "presence_file_column")
    assert (mapped.json()["state"], brought.json()["state"]) == ("checked", "done")
    assert minutes_of(place).minutes == 90


def test_what_is_no_table_is_refused_in_words_and_nothing_is_kept(client, token):
    activity = ActivityFactory(state="held")

    answer = hand_in(client, token, b"", activity=str(activity.pk))

    assert answer.status_code == 409
    assert answer.json()["detail"] == "This file cannot be read. The file is empty."
    assert not PresenceFile.objects.exists()


def test_what_columns_may_mean_is_what_the_page_offers():
    assert get_args(Meaning) == tuple(each.name for each in FIELDS)
