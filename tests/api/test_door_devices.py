import pytest
from django.utils.timezone import now

from symposia.accounts.actions import make_personal_token
from symposia.accounts.permissions import Permission
from symposia.accounts.queries import access_of
from symposia.attendance.models import DoorDevice
from symposia.shared.actors import SYSTEM
from tests.factories.accounts import member
from tests.factories.activities import ActivityFactory
from tests.factories.attendance import DeviceFactory


@pytest.fixture
def ask(client, organisation):
    """Calls the API as a coordinator with a key for doors alone."""
    user = member(organisation, "coordinator")
    access = access_of(user, organisation, at=now())
    wanted = [Permission.CHECK_IN, Permission.VIEW_ATTENDANCE]
    _made, secret = make_personal_token(user, access, name="T", permissions=wanted, by=SYSTEM)
    headers = {"authorization": f"Bearer {secret}"}

    def call(method, path, body=None):
        if method == "get":
            return client.get(f"/api/v1{path}", headers=headers)
        text = {"content_type": "application/json", "headers": headers}
        return client.post(f"/api/v1{path}", body or {}, **text)

    return call


def test_a_pairing_code_is_made_told_once_and_its_phone_ended(ask):
    activity = ActivityFactory(state="open")
    body = {"activity": str(activity.pk), "door": "Hall A", "holder": "Kiran"}

    made = ask("post", "/door-devices", body)

    assert made.status_code == 200
    assert made.json()["state"] == "Waits for its phone"
    here = f"/door-devices/{made.json()['id']}"
    assert "code" not in ask("get", here).json()
    assert ask("post", f"{here}/revocation").json()["state"] == "Ended"
    assert ask("post", f"{here}/revocation").json()["code"] == "already_revoked"


def test_the_list_of_phones_says_how_they_stand(ask):
    DeviceFactory(door="Hall B")

    (row,) = ask("get", "/door-devices").json()["items"]

    assert (row["door"], row["holder"]) == ("Hall B", "Kiran")


def test_no_code_for_a_session_of_another_activity(ask):
    activity = ActivityFactory(state="open")
    body = {"activity": str(activity.pk), "door": "A", "holder": "K", "session": str(activity.pk)}

    assert ask("post", "/door-devices", body).status_code == 404
    assert not DoorDevice.objects.exists()
