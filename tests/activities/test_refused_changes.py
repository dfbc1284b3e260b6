"""A no to a later change never cancels an approved activity: its date is put back."""

from datetime import timedelta

import pytest

from symposia.activities.actions.lifecycle import (
    NewDate,
    open_activity,
    reschedule_activity,
    submit_activity,
)
from symposia.activities.actions.organisers import (
    OrganiserFacts,
    name_organiser,
    remove_organiser,
)
from symposia.activities.facts import read_facts
from symposia.activities.models import Activity, Organiser, Session
from symposia.approvals.models import ApprovalRequest
from symposia.audit.models import Entry
from symposia.compliance.actions.values import RestrictionFacts, add_restriction
from symposia.shared.actors import SYSTEM
from tests.activities.test_actions import EVENING, complete
from tests.factories.accounts import member
from tests.factories.approvals import approved, sign

pytestmark = pytest.mark.django_db
LATER = NewDate(EVENING + timedelta(days=1), "The hall is taken.")


@pytest.fixture
def opened(organisation):
    activity = submit_activity(complete(), by=SYSTEM)
    approved(organisation, ApprovalRequest.objects.get())
    return open_activity(Activity.objects.get(pk=activity.pk), by=SYSTEM)


def refuse(organisation):
    asked = ApprovalRequest.objects.get()
    sign(asked, member(organisation, "compliance_officer"), organisation, "refuse")
    return ApprovalRequest.objects.get()


def reading(activity, name):
    return next(k.reading for k in read_facts(activity) if k.fact.name == name)


def test_a_refused_date_is_put_back_and_the_activity_stays_open(organisation, opened):
    sessions = list(Session.objects.of(opened).values_list("wall_starts", flat=True))
    reschedule_activity(opened, LATER, by=SYSTEM)

    request = refuse(organisation)

    activity = Activity.objects.get()
    assert (activity.state, activity.wall_starts) == ("open", EVENING)
    assert list(Session.objects.of(activity).values_list("wall_starts", flat=True)) == sessions
    assert (request.state, request.stands_as) == ("approved", 1)
    assert reading(activity, "approval").state == "sealed"


def test_another_refused_change_leaves_it_open_and_the_rail_says_what_to_do(organisation, opened):
    name_organiser(opened, OrganiserFacts("joint", "Heart Society"), by=SYSTEM)

    request = refuse(organisation)

    activity = Activity.objects.get()
    assert (activity.state, request.state) == ("open", "returned")
    found = reading(activity, "approval")
    assert (found.state, found.objection.code) == ("blocked", "change_not_approved")
    assert request.number in str(found.objection)


def test_where_more_than_the_date_was_changed_nobody_is_asked_before_it_is_mended(
    organisation, opened
):
    name_organiser(opened, OrganiserFacts("joint", "Heart Society"), by=SYSTEM)
    reschedule_activity(Activity.objects.get(), LATER, by=SYSTEM)

    request = refuse(organisation)

    activity = Activity.objects.get()
    assert (activity.wall_starts, request.state) == (EVENING, "returned")
    remove_organiser(Organiser.objects.get(), by=SYSTEM)
    assert ApprovalRequest.objects.get().state == "approved"


def test_a_date_that_the_rules_no_longer_allow_is_left_to_whoever_plans(organisation, opened):
    reschedule_activity(opened, LATER, by=SYSTEM)
    what = RestrictionFacts("product", "Recalled", EVENING.date(), words=opened.title)
    add_restriction(what, by=SYSTEM)

    request = refuse(organisation)

    assert (request.state, Activity.objects.get().state) == ("returned", "open")
    left = Entry.objects.get(action="activity.date_not_put_back")
    assert "is restricted and named here" in left.reason
