import pytest

from symposia.approvals.actions import RouteFacts, publish_route, revise_request
from symposia.approvals.events import RequestApproved
from symposia.approvals.models import ApprovalRequest, RequestVersion, Step, Voiding
from symposia.approvals.queries import signatures_of, standing_of
from symposia.audit.models import Entry
from symposia.notifications.models import Delivery
from symposia.shared import events
from symposia.shared.actors import SYSTEM
from tests.factories.accounts import member
from tests.factories.approvals import sign, submitted

PLAN = {"venue": "Hotel Raigad View", "budget": {"total": "310000", "lines": []}, "doctors": 12}
STEPS = (
    Step("Compliance", "compliance_officer", False, "compliance", covers=["venue", "doctors"]),
    Step("Finance", "finance_officer", False, "budget", covers=["budget"]),
    Step("Publish", "publisher", False, "publication", covers=["title"], rests_on=["Compliance"]),
)


@pytest.fixture
def people(organisation):
    publish_route(RouteFacts("meeting", "Meeting", STEPS), by=SYSTEM)
    roles = ("compliance_officer", "finance_officer", "publisher")
    return {role: member(organisation, role) for role in roles}


@pytest.fixture
def told():
    heard, kinds = [], (RequestApproved,)
    for kind in kinds:
        events._listeners[kind].append(heard.append)
    yield heard
    for kind in kinds:
        events._listeners[kind].remove(heard.append)


def walk(asked, people, organisation, until=3):
    for step in STEPS[:until]:
        sign(asked, people[step.role], organisation)
        asked.refresh_from_db()
    return asked


def change(asked, **facts):
    frozen = {**PLAN, **facts}
    asked = revise_request(asked.subject_type, asked.subject_id, frozen=frozen, by=SYSTEM)
    return ApprovalRequest.objects.get(pk=asked.pk)


def names(asked):
    return [asked.step_at(place).name for place in standing_of(asked)]


def test_a_change_reopens_the_step_that_covers_it_and_no_other(organisation, people, told):
    asked = walk(submitted(organisation, frozen=PLAN), people, organisation)

    changed = change(asked, budget={"total": "350000", "lines": []})

    assert (changed.state, changed.version, changed.number) == ("open", 2, asked.number)
    assert names(changed) == ["Compliance", "Publish"]
    assert [step.name for step in changed.waits_for] == ["Finance"]
    assert [type(event).__name__ for event in told] == ["RequestApproved"]


def test_who_signs_again_and_who_had_asked_are_written_to(organisation, people):
    coordinator, changer = member(organisation, "coordinator"), member(organisation, "coordinator")
    asked = submitted(organisation, frozen=PLAN, by=coordinator.actor())
    walk(asked, people, organisation)
    facts = PLAN | {"budget": {"total": "350000", "lines": []}}

    revise_request("meeting", asked.subject_id, frozen=facts, by=changer.actor())

    told = Delivery.objects.filter(template_code="approvals.reopened")
    assert {each.to_address for each in told} == {
        people["finance_officer"].email,
        coordinator.email,
    }
    assert "Finance" in told[0].text


def test_a_change_takes_later_signatures_that_rest_on_the_touched_one(organisation, people):
    asked = walk(submitted(organisation, frozen=PLAN), people, organisation)

    changed = change(asked, venue="Hotel Sinhagad Court")

    assert names(changed) == ["Finance"]
    fallen = {v.decision.step_name: (v.because, v.changed) for v in Voiding.objects.all()}
    assert fallen == {"Compliance": ("changed", ["venue"]), "Publish": ("rested", [])}
    assert Entry.objects.filter(action="approval.voided").count() == 2


def test_a_voided_signature_is_shown_as_such(organisation, people):
    asked = walk(submitted(organisation, frozen=PLAN), people, organisation)

    changed = change(asked, venue="Hotel Sinhagad Court")

    faults = {s.decision.step_name: str(s.fault) if s.fault else "" for s in signatures_of(changed)}
    assert faults["Finance"] == ""
    assert "since version 2: What it covers changed" in faults["Compliance"]


def test_once_signed_again_nobody_acts_upon_the_approval_a_second_time(organisation, people, told):
    asked = walk(submitted(organisation, frozen=PLAN), people, organisation)
    changed = change(asked, budget={"total": "350000", "lines": []})

    sign(changed, people["finance_officer"], organisation)

    changed.refresh_from_db()
    assert changed.state == "approved"
    assert [type(event).__name__ for event in told] == ["RequestApproved"]


def test_a_change_nobody_signs_for_leaves_the_approval(organisation, people):
    asked = walk(submitted(organisation, frozen=PLAN), people, organisation)

    changed = change(asked, number="ACT-1")

    assert (changed.state, changed.version) == ("approved", 2)
    assert RequestVersion.objects.filter(request=changed).count() == 2


def test_the_same_facts_are_no_change(organisation, people):
    asked = walk(submitted(organisation, frozen=PLAN), people, organisation)

    assert revise_request("meeting", asked.subject_id, frozen=PLAN, by=SYSTEM) is None
    assert RequestVersion.objects.filter(request=asked).count() == 1


def test_a_change_and_its_undoing_do_not_bring_a_signature_back(organisation, people):
    asked = walk(submitted(organisation, frozen=PLAN), people, organisation)
    change(asked, venue="Hotel Sinhagad Court")

    undone = change(asked)

    assert undone.frozen["venue"] == PLAN["venue"]
    assert names(undone) == ["Finance"]


def test_a_returned_request_keeps_what_its_change_does_not_touch(organisation, people):
    asked = walk(submitted(organisation, frozen=PLAN), people, organisation, until=1)
    sign(asked, people["finance_officer"], organisation, "return", reason="Too dear.")

    again = submitted(
        organisation,
        subject_id=asked.subject_id,
        frozen=PLAN | {"budget": {"total": "200000", "lines": []}},
    )

    assert names(again) == ["Compliance"]
    assert [step.name for step in again.waits_for] == ["Finance"]


def test_whoever_prepares_the_next_version_loses_their_own_signature(organisation, people):
    asked = walk(submitted(organisation, frozen=PLAN), people, organisation, until=2)
    compliance = people["compliance_officer"]

    revise_request(
        "meeting",
        asked.subject_id,
        frozen=PLAN | {"budget": {"total": "1", "lines": []}},
        by=compliance.actor(),
    )

    assert {v.because for v in Voiding.objects.all()} == {"changed", "involved"}
    asked.refresh_from_db()
    assert names(asked) == []
    assert compliance.pk in asked.involved


def test_what_nobody_asked_for_is_not_revised(organisation, people):
    asked = submitted(organisation, frozen=PLAN)
    sign(asked, people["compliance_officer"], organisation, "refuse")

    assert revise_request("meeting", asked.subject_id, frozen={"venue": "x"}, by=SYSTEM) is None
