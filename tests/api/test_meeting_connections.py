import pytest

from symposia.attendance.models import MeetingConnection
from tests.api.test_self_check_in import RIGHTS, post, token_of
from tests.factories.activities import ActivityFactory


@pytest.fixture
def activity(organisation):
    return ActivityFactory(state="running")


def test_a_meeting_is_connected_listed_and_ended(client, organisation, activity):
    token = token_of(organisation, RIGHTS)
    body = {"activity": str(activity.pk), "vendor": "teams", "meeting": "19:m@thread.v2"}
    body["secret"] = "agreed-with-teams"

    made = post(client, "/meeting-connections", token, body)
    listed = client.get("/api/v1/meeting-connections", headers=token).json()
    one = client.get(f"/api/v1/meeting-connections/{made.json()['id']}", headers=token).json()
    ended = post(client, f"/meeting-connections/{made.json()['id']}/ending", token)

    assert made.status_code == 201
    assert "secret" not in made.json() | one
    assert "agreed-with-teams" not in MeetingConnection.objects.get().secret
    assert [row["vendor"] for row in listed["items"]] == ["Microsoft Teams"]
    assert ended.json()["state"] == "Ended"


def test_a_connection_without_a_secret_is_not_taken(client, organisation, activity):
    token = token_of(organisation, RIGHTS)
    body = {"activity": str(activity.pk), "vendor": "zoom", "meeting": "861"}

    assert post(client, "/meeting-connections", token, body).status_code == 422


def test_the_same_meeting_twice_is_refused_with_its_code(client, organisation, activity):
    token = token_of(organisation, RIGHTS)
    body = {"activity": str(activity.pk), "vendor": "zoom", "meeting": "861", "secret": "x" * 20}
    post(client, "/meeting-connections", token, body)

    refused = post(client, "/meeting-connections", token, body)

    assert (refused.status_code, refused.json()["code"]) == (409, "connection_twice")


def test_whoever_only_looks_connects_nothing(client, organisation, activity):
    token = token_of(organisation, ["view_attendance"])
    body = {"activity": str(activity.pk), "vendor": "webex", "meeting": "870f"}
    body["secret"] = "agreed-with-webex"

    refused = post(client, "/meeting-connections", token, body)

    assert refused.status_code == 403
    assert not MeetingConnection.objects.exists()
