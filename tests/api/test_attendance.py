import uuid

import pytest
from django.utils.timezone import now

from symposia.accounts.actions import make_personal_token
from symposia.accounts.queries import access_of
from symposia.attendance.actions.conflicts import find_conflicts
from symposia.attendance.models import Conflict, UnmatchedPerson
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

    assert [one["code"] for one in answer.json()] == ["", "", "no_person"]
    assert UnmatchedPerson.objects.get().name == "Wei Chen"


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
