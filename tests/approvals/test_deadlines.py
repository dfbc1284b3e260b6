from datetime import timedelta

import pytest
from django.utils.timezone import now

from symposia.approvals import tasks
from symposia.approvals.actions import RouteFacts, chase_overdue, publish_route
from symposia.approvals.models import ApprovalRequest, Step
from symposia.approvals.policies import NOT_YOUR_STEP
from symposia.approvals.queries import waiting_for
from symposia.audit.models import Entry
from symposia.notifications.models import Delivery
from symposia.shared.actors import SYSTEM
from symposia.shared.refusals import Refused
from tests.factories.accounts import member
from tests.factories.approvals import access, sign, submitted

STEPS = (
    Step("Compliance", "compliance_officer", False, "compliance", hours=24),
    Step("Finance", "finance_officer", False, "budget", hours=48, escalates_to="publisher"),
)


@pytest.fixture
def asked(organisation):
    publish_route(RouteFacts("meeting", "Meeting", STEPS), by=SYSTEM)
    return submitted(organisation)


def overdue_mails():
    return Delivery.objects.filter(template_code="approvals.overdue")


def chase(asked, hours):
    return chase_overdue(at=asked.waiting_since + timedelta(hours=hours), by=SYSTEM)


def test_a_step_has_its_deadline_from_when_it_begins_to_wait(organisation, asked):
    assert asked.due_at == asked.waiting_since + timedelta(hours=24)

    sign(asked, member(organisation, "compliance_officer"), organisation)

    asked.refresh_from_db()
    assert asked.due_at == asked.waiting_since + timedelta(hours=48)


def test_whoever_should_have_signed_is_reminded_once_a_day(organisation, asked):
    officer = member(organisation, "compliance_officer")

    chased = [chase(asked, hours) for hours in (23, 24, 30, 48)]

    assert chased == [0, 1, 0, 1]
    assert [mail.to_address for mail in overdue_mails()] == [officer.email] * 2


def test_whoever_prepared_it_is_not_reminded(organisation, asked):
    officer = member(organisation, "compliance_officer")
    asked.involved = [officer.pk]
    asked.save()

    chase(asked, 25)

    assert not overdue_mails().exists()


def test_once_overdue_the_role_above_may_sign(organisation, asked):
    above = member(organisation, "publisher")
    sign(asked, member(organisation, "compliance_officer"), organisation)
    asked.refresh_from_db()
    with pytest.raises(Refused) as refused:
        sign(asked, above, organisation)

    chase(asked, 49)

    asked.refresh_from_db()
    waits = waiting_for(access(above, organisation))
    decision = sign(asked, above, organisation)
    assert refused.value.objection.code == NOT_YOUR_STEP.code
    assert waits == 1
    assert (decision.step_name, decision.role) == ("Finance", "publisher")
    assert ApprovalRequest.objects.get(pk=asked.pk).state == "approved"
    assert Entry.objects.filter(action="approval.escalated").count() == 1


def test_an_escalation_stays_with_its_step_when_the_route_is_laid_out_anew(organisation, asked):
    """The place of a step changes with the steps before it; whoever may sign must not."""
    sign(asked, member(organisation, "compliance_officer"), organisation)
    chase(asked, 49)
    asked.refresh_from_db()
    assert asked.escalated == ["Finance"]

    asked.steps = [step for step in asked.steps if step["name"] == "Finance"]
    other = {**asked.steps[0], "name": "Money", "role": "brand_manager"}
    asked.steps = [other, asked.steps[0]]

    assert asked.roles_at(0) == ["brand_manager"]
    assert asked.roles_at(1) == ["finance_officer", "publisher"]


def test_what_is_decided_is_not_chased(organisation, asked):
    sign(asked, member(organisation, "compliance_officer"), organisation, "refuse")

    assert chase_overdue(at=now() + timedelta(days=9), by=SYSTEM) == 0


def test_the_job_looks_at_every_organisation(organisation, asked):
    member(organisation, "compliance_officer")
    asked.due_at = now() - timedelta(hours=1)
    asked.waiting_since = now() - timedelta(hours=25)
    asked.save()

    tasks.chase()

    assert overdue_mails().count() == 1
