import uuid

import pytest

from symposia.activities.actions.lifecycle import submit_activity
from symposia.activities.models import Activity
from symposia.activities.queries import steps_of
from symposia.approvals.events import RequestApproved, RequestRefused, RequestReturned
from symposia.shared.actors import SYSTEM, Actor
from symposia.shared.events import announce
from tests.activities.test_actions import complete

OFFICER = Actor("person", uuid.uuid4(), "Dr Officer")


@pytest.mark.parametrize(
    ("event", "state"),
    [
        (RequestApproved, "approved"),
        (lambda *who: RequestReturned(*who, reason="Too long"), "returned"),
        (lambda *who: RequestRefused(*who, reason="Never"), "cancelled"),
    ],
    ids=["approved", "returned", "refused for good"],
)
def test_an_activity_follows_the_decision_about_it(organisation, event, state):
    activity = submit_activity(complete(), by=SYSTEM)

    announce(event(uuid.uuid4(), "activity", activity.pk, OFFICER))

    assert Activity.objects.get().state == state
    assert steps_of(activity)[-1].by_name == "Dr Officer"


@pytest.mark.parametrize("event", [RequestApproved, RequestReturned, RequestRefused])
def test_decisions_about_other_things_leave_activities_alone(organisation, event):
    activity = submit_activity(complete(), by=SYSTEM)

    announce(event(uuid.uuid4(), "budget", activity.pk, OFFICER))

    assert Activity.objects.get().state == "in_approval"
