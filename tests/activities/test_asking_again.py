"""What changes after an approval is asked again, of those whose facts it touches."""

from datetime import timedelta

import pytest

from symposia.activities.actions.lifecycle import (
    NewDate,
    open_activity,
    reschedule_activity,
    submit_activity,
)
from symposia.activities.models import Activity
from symposia.approvals.actions import RouteFacts, publish_route, rate_request
from symposia.approvals.conditions import conditions_in
from symposia.approvals.events import RequestOpened
from symposia.approvals.models import ApprovalRequest, Step
from symposia.shared import events
from symposia.shared.actors import SYSTEM
from symposia.shared.refusals import Refused
from tests.activities.test_actions import EVENING, complete
from tests.factories.accounts import member
from tests.factories.approvals import approved, sign


@pytest.fixture
def signed(organisation):
    activity = submit_activity(complete(), by=SYSTEM)
    approved(organisation, ApprovalRequest.objects.get())
    activity = Activity.objects.get(pk=activity.pk)
    later = NewDate(EVENING + timedelta(days=1), "The hall is taken.")
    return reschedule_activity(activity, later, by=SYSTEM)


def test_another_day_is_asked_again_but_not_of_finance(organisation, signed):
    request = ApprovalRequest.objects.get()

    assert Activity.objects.get().state == "approved"
    assert (request.state, request.version) == ("open", 2)
    assert [step.name for step in request.waits_for] == ["Compliance"]
    with pytest.raises(Refused) as refused:
        open_activity(signed, by=SYSTEM)
    assert "changed after it was approved" in str(refused.value)


def test_once_signed_again_the_activity_opens(organisation, signed):
    request = ApprovalRequest.objects.get()
    for role in ("compliance_officer", "publisher"):
        sign(request, member(organisation, role), organisation)
        request.refresh_from_db()

    open_activity(signed, by=SYSTEM)

    assert (request.state, Activity.objects.get().state) == ("approved", "open")


def test_a_change_that_is_returned_leaves_the_activity_where_it_is(organisation, signed):
    request = ApprovalRequest.objects.get()

    sign(request, member(organisation, "compliance_officer"), organisation, "return")

    assert Activity.objects.get().state == "approved"


def test_a_small_activity_that_no_rule_minds_approves_itself(organisation):
    route = RouteFacts(
        "activity",
        "Activity",
        [Step("Compliance", "compliance_officer", False, "compliance")],
        approves_itself_if=conditions_in("codes.type is course"),
    )
    publish_route(route, by=SYSTEM)

    def rate(event):
        rate_request(event.request_id, risk="1", note="", by=SYSTEM)

    events._listeners[RequestOpened].append(rate)
    try:
        activity = submit_activity(complete(type="course"), by=SYSTEM)
    finally:
        events._listeners[RequestOpened].remove(rate)

    assert activity.state == "approved"
