"""A no to a later change leaves what was approved as it was."""

import pytest

from symposia.approvals.actions import revise_request
from symposia.approvals.events import ChangeRefused, RequestConfirmed, RequestRefused
from symposia.approvals.models import ApprovalRequest
from symposia.audit.models import Entry
from symposia.notifications.models import Delivery
from symposia.shared import events
from symposia.shared.actors import SYSTEM
from tests.factories.accounts import member
from tests.factories.approvals import FROZEN, approved, sign, submitted

pytestmark = pytest.mark.django_db


@pytest.fixture
def told():
    heard, kinds = [], (ChangeRefused, RequestRefused, RequestConfirmed)
    for kind in kinds:
        events._listeners[kind].append(heard.append)
    yield heard
    for kind in kinds:
        events._listeners[kind].remove(heard.append)


def revised(asked, **facts):
    revise_request(asked.subject_type, asked.subject_id, frozen=FROZEN | facts, by=SYSTEM)
    return ApprovalRequest.objects.get(pk=asked.pk)


@pytest.fixture
def refused(organisation, told):
    asked = revised(approved(organisation), doctors=40)
    sign(asked, member(organisation, "compliance_officer"), organisation, "refuse")
    return ApprovalRequest.objects.get(pk=asked.pk)


def test_the_request_is_not_over_and_says_what_stands(refused, told):
    assert (refused.state, refused.is_back, refused.approved_version) == ("returned", True, 1)
    assert [type(event) for event in told] == [ChangeRefused]
    assert told[0].was["doctors"] == FROZEN["doctors"]


def test_put_back_word_for_word_it_stands_without_another_signature(refused, told):
    back = revised(refused)

    assert (back.state, back.version, back.stands_as) == ("approved", 3, 1)
    assert back.frozen["doctors"] == FROZEN["doctors"]
    assert not back.waiting_steps
    assert [type(event) for event in told] == [ChangeRefused, RequestConfirmed]
    assert Entry.objects.filter(action="approval.stands_again", subject_id=back.pk).exists()


def test_anything_else_is_asked(refused):
    other = revised(refused, doctors=30)

    assert (other.state, other.stands_as) == ("open", None)
    assert "Compliance" in [step.name for step in other.waits_for]


def test_after_it_stands_again_the_next_change_asks_for_what_fell(refused):
    back = revised(refused)

    changed = revised(back, doctors=30)

    assert changed.state == "open"
    assert "Compliance" in [step.name for step in changed.waits_for]


def test_a_change_that_was_never_answered_is_no_way_around_a_signature(organisation):
    """Only what was returned or refused is taken back without asking."""
    asked = revised(approved(organisation), doctors=40)

    assert revised(asked).state == "open"


def test_a_first_request_is_refused_for_good(organisation, told):
    asked = submitted(organisation)

    sign(asked, member(organisation, "compliance_officer"), organisation, "refuse")

    asked.refresh_from_db()
    assert (asked.state, asked.is_back) == ("refused", False)
    assert [type(event) for event in told] == [RequestRefused]


def test_whoever_asked_reads_that_the_approved_stands(organisation):
    coordinator = member(organisation, "coordinator")
    asked = approved(organisation, submitted(organisation, by=coordinator.actor()))
    facts = FROZEN | {"doctors": 40}
    revise_request("meeting", asked.subject_id, frozen=facts, by=coordinator.actor())
    asked.refresh_from_db()

    sign(asked, member(organisation, "compliance_officer"), organisation, "refuse")

    written = Delivery.objects.filter(template_code="approvals.decided").order_by("pk").last()
    assert "What was approved before stands" in written.text
