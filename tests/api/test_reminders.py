import pytest

from symposia.outreach.models import Reminder, ReminderPause
from tests.factories.accounts import key_of, member
from tests.factories.activities import ActivityFactory
from tests.factories.outreach import InvitationFactory


@pytest.fixture
def call(client, organisation):
    """A program that may plan."""
    user = member(organisation, "coordinator")
    wanted = ["plan_activities", "view_people_of_activity", "view_directory"]
    headers = key_of(user, organisation, wanted)

    def run(path, body=None):
        address = f"/api/v1/reminders{path}"
        if body is None:
            return client.get(address, headers=headers)
        return client.post(address, body, content_type="application/json", headers=headers)

    return run


def test_a_reminder_is_made_switched_and_kept_from_an_activity(call, organisation):
    activity = ActivityFactory(state="open")
    InvitationFactory(activity=activity)

    made = call("", {"trigger": "invitation", "hours": 48}).json()
    assert (made["on"], made["will_receive"]) == (False, 1)

    switched = call(f"/{made['id']}/switching", {"on": True}).json()
    assert switched["on"]
    assert call(f"/{made['id']}").json()["first"] is not None

    assert call(f"/{made['id']}/activities/{activity.pk}", {"on": False}).status_code == 204
    assert call(f"/{made['id']}").json()["will_receive"] == 0
    assert call(f"/{made['id']}/activities/{activity.pk}", {"on": True}).status_code == 204
    assert not ReminderPause.objects.exists()


def test_the_same_refusals_as_the_page(call, organisation):
    call("", {"trigger": "start", "hours": 24})

    assert call("", {"trigger": "start", "hours": 24}).json()["code"] == "reminder_there"
    assert call("", {"trigger": "start", "hours": 0}).status_code == 422
    assert [item["moment"] for item in call("").json()["items"]] == ["1 day before"]
    assert call("/people").json()["items"] == []
    assert Reminder.objects.count() == 1
