"""Whoever decides sees what a step of theirs is in; whoever keeps the rules sees all."""

import pytest

from symposia.activities.models import Activity
from symposia.approvals import parts, places
from symposia.approvals.actions import (
    DelegationFacts,
    RouteFacts,
    delegate_signing,
    publish_route,
)
from symposia.approvals.models import ApprovalRequest, Step
from symposia.approvals.parts import parts_hidden, without_parts
from symposia.approvals.queries import lent_to
from symposia.shared.actors import SYSTEM
from symposia.shared.ids import uuid7
from tests.factories.accounts import day_here, member
from tests.factories.activities import ActivityFactory
from tests.factories.approvals import access, submitted

pytestmark = pytest.mark.django_db
FINANCE = Step("Finance", "finance_officer", False, "budget")
COMPLIANCE = Step("Compliance", "compliance_officer", False, "compliance")


def seen_by(user, organisation, lent=()):
    reach = access(user, organisation)
    return ApprovalRequest.objects.visible_to(reach, lent=lent)


@pytest.fixture
def of_compliance(organisation):
    """A request in which finance has no step."""
    publish_route(RouteFacts("meeting", "Meeting", [COMPLIANCE]), by=SYSTEM)
    return submitted(organisation, by=SYSTEM)


@pytest.mark.parametrize(
    ("role", "sees"),
    [
        ("compliance_officer", True),
        ("finance_officer", False),
        ("publisher", False),
        ("coordinator", True),
        ("medical_affairs", True),
    ],
)
def test_whoever_only_decides_sees_the_requests_with_a_step_of_theirs(
    organisation, of_compliance, role, sees
):
    assert seen_by(member(organisation, role), organisation).exists() is sees


def test_a_step_that_finance_signs_later_is_seen_by_finance_now(organisation):
    publish_route(RouteFacts("meeting", "Meeting", [COMPLIANCE, FINANCE]), by=SYSTEM)
    asked = submitted(organisation, by=SYSTEM)

    assert list(seen_by(member(organisation, "finance_officer"), organisation)) == [asked]


def test_whoever_signs_once_it_is_overdue_sees_it_too(organisation):
    late = Step("Compliance", "compliance_officer", False, "compliance", escalates_to="publisher")
    publish_route(RouteFacts("meeting", "Meeting", [late]), by=SYSTEM)
    submitted(organisation, by=SYSTEM)

    assert seen_by(member(organisation, "publisher"), organisation).exists()


def test_whoever_stands_in_sees_what_they_may_sign(organisation, of_compliance):
    giver, delegate = (
        member(organisation, "compliance_officer"),
        member(organisation, "finance_officer"),
    )
    today = day_here()
    facts = DelegationFacts(delegate.pk, str(delegate), today, today, "On leave")
    delegate_signing(facts, access=access(giver, organisation), by=giver.actor())

    lent = lent_to(access(delegate, organisation), at=delegate.created_at)

    assert not seen_by(delegate, organisation).exists()
    assert seen_by(delegate, organisation, lent=[each.access for each in lent]).exists()


def test_the_wall_keeps_a_request_from_whoever_decides_elsewhere(
    organisation, of_compliance, monkeypatch
):
    """Medical affairs decide, but stand outside: without a step of theirs nothing is theirs."""
    monkeypatch.setitem(
        places._kept, "meeting", lambda held: _subject(of_compliance) if _is_out(held) else None
    )

    assert not seen_by(member(organisation, "medical_affairs"), organisation).exists()
    assert seen_by(member(organisation, "compliance_officer"), organisation).exists()
    step = Step("Medical", "medical_affairs", False, "review")
    publish_route(RouteFacts("meeting", "Meeting", [step]), by=SYSTEM)
    theirs = submitted(organisation, by=SYSTEM, subject_id=uuid7())
    monkeypatch.setitem(
        places._kept, "meeting", lambda held: _subject(theirs) if _is_out(held) else None
    )
    assert theirs in seen_by(member(organisation, "medical_affairs"), organisation)


def _is_out(held):
    return any(each.role == "medical_affairs" for each in held.granted)


def _subject(asked):
    return ApprovalRequest.objects.filter(pk=asked.pk).values("subject_id")


@pytest.mark.parametrize(
    ("role", "mode", "hidden"),
    [
        ("brand_manager", "scientific", {"content"}),
        ("brand_manager", "promotional", set()),
        ("medical_affairs", "independent", {"content"}),
        ("medical_affairs", "scientific", set()),
        ("compliance_officer", "independent", set()),
    ],
)
def test_the_files_of_content_are_kept_from_whom_the_wall_keeps_content(
    organisation, role, mode, hidden
):
    activity = ActivityFactory(mode=mode)
    reach = access(member(organisation, role), organisation)

    assert parts_hidden(reach, "activity", activity.pk) == hidden
    assert Activity.objects.filter(pk=activity.pk).exists()


def test_what_nobody_hides_is_shown_whole(organisation):
    reach = access(member(organisation, "publisher"), organisation)

    assert "meeting" not in parts._hidden
    assert parts_hidden(reach, "meeting", uuid7()) == frozenset()
    assert without_parts({"title": "A", "content": []}, {"content"}) == {"title": "A"}
