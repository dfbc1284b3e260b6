import pytest

from symposia.accounts.models import Role
from symposia.approvals import parts
from symposia.approvals.actions import (
    DEFAULT_STEPS,
    RouteFacts,
    end_route,
    publish_route,
    rate_request,
    set_route,
)
from symposia.approvals.conditions import Condition, conditions_in, fact_at, holds, paths_in
from symposia.approvals.events import RequestApproved, RequestOpened
from symposia.approvals.laying import stages
from symposia.approvals.models import ApprovalRequest, Decision, Route, Step
from symposia.approvals.parts import must_be_answered_for
from symposia.approvals.policies import (
    NEEDS_STANDARD,
    NO_SURE_STEP,
    NOBODY_ANSWERS,
    RESTS_ON_NOTHING,
    SAME_NAME,
)
from symposia.approvals.queries import waiting_for
from symposia.audit.models import Entry
from symposia.shared import events
from symposia.shared.actors import SYSTEM
from symposia.shared.refusals import Refused
from tests.factories.accounts import member
from tests.factories.approvals import access, sign, submitted

FACTS = {
    "mode": "scientific",
    "place": {"country": "IN"},
    "budget": {"total": "310000.00", "currency": "INR"},
    "sessions": [{"id": "a"}, {"id": "b"}],
}


def step(name, role="compliance_officer", **more):
    return Step(name, role, needs_factor=False, meaning="review", **more)


def conditions(text):
    return tuple(conditions_in(text))


def route(*steps, **more):
    facts = {"applies_to": "meeting", "name": "Meeting", "steps": steps} | more
    return publish_route(RouteFacts(**facts), by=SYSTEM)


@pytest.fixture
def rated():
    """Rates every request that opens, as the rules do."""
    risk = {"value": "1"}

    def rate(event):
        if isinstance(event, RequestOpened):
            rate_request(event.request_id, risk=risk["value"], note="", by=SYSTEM)

    events._listeners[RequestOpened].append(rate)
    yield risk
    events._listeners[RequestOpened].remove(rate)


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("mode is scientific", True),
        ("mode is Scientific", True),
        ("mode is promotional", False),
        ("mode is not promotional", True),
        ("place.country one of LK, IN", True),
        ("place.country one of LK, NP", False),
        ("budget.total above 310000", False),
        ("budget.total above 309999.99", True),
        ("budget.total at most 310000", True),
        ("budget.total above 100 INR", True),
        ("budget.total above 100 USD", None),
        ("sessions above 1", True),
        ("place.city is Pune", None),
        ("mode above 3", None),
    ],
)
def test_what_a_condition_says_of_frozen_facts(line, expected):
    [condition] = conditions_in(line)

    assert holds(Condition(**condition), FACTS) is expected


@pytest.mark.parametrize("line", ["budget.total", "mode like x", "budget.total above much"])
def test_what_is_no_condition_is_said_with_the_line(line):
    with pytest.raises(Refused) as refused:
        conditions_in(line)

    assert line in str(refused.value)


def test_the_facts_one_may_name_are_those_of_the_subject():
    assert "budget.total" in paths_in(FACTS)
    assert fact_at(FACTS, "sessions") == 2
    assert fact_at(FACTS, "mode.deeper") is None


def test_steps_beside_each_other_share_their_stage():
    steps = [step("A"), step("B", beside=True), step("C"), step("D", beside=True)]

    assert stages(steps) == [0, 0, 1, 1]


@pytest.mark.parametrize(
    ("steps", "more", "expected"),
    [
        ([], {}, NO_SURE_STEP),
        ([step("A", only_if=conditions("mode is x"))], {}, NO_SURE_STEP),
        ([step("A"), step("A")], {}, SAME_NAME),
        ([step("A", rests_on=("B",)), step("B")], {}, RESTS_ON_NOTHING),
        ([step("A")], {"code": "abroad", "taken_if": conditions("mode is x")}, NEEDS_STANDARD),
    ],
    ids=["no step", "only conditional ones", "the same name", "on a later one", "no standard"],
)
def test_what_makes_no_route(organisation, steps, more, expected):
    with pytest.raises(Refused) as refused:
        route(*steps, **more)

    assert refused.value.objection.code == expected.code


def test_a_route_has_versions_and_one_is_in_force(organisation):
    route(step("A"))
    second = route(step("A"), step("B", "finance_officer"))

    assert [each.number for each in Route.objects.versions_of(second)] == [2, 1]
    assert list(Route.objects.in_force("meeting")) == [second]


def test_the_special_route_takes_what_meets_its_conditions(organisation):
    route(step("Compliance"))
    abroad = route(
        step("Global", "publisher"),
        code="abroad",
        rank=1,
        taken_if=conditions("place.country is not IN"),
    )

    home = submitted(organisation, frozen={"place": {"country": "IN"}})
    away = submitted(organisation, frozen={"place": {"country": "AE"}})
    unknown = submitted(organisation, frozen={"place": {"country": ""}})

    assert [each.step.name for each in (home, away, unknown)] == [
        "Compliance",
        "Global",
        "Compliance",
    ]
    with pytest.raises(Refused):
        end_route(Route.objects.current("meeting"), by=SYSTEM)
    assert end_route(abroad, by=SYSTEM).ended_at


@pytest.mark.parametrize(
    ("total", "names"),
    [("500000", ["Compliance"]), ("500000.01", ["Compliance", "Finance"])],
    ids=["at the limit", "above it"],
)
def test_above_an_amount_finance_signs_too(organisation, total, names):
    limit = conditions("budget.total above 500000 INR")
    route(step("Compliance"), step("Finance", "finance_officer", only_if=limit))

    asked = submitted(organisation, frozen={"budget": {"total": total, "currency": "INR"}})

    assert [each.name for each in asked.route_steps] == names


def test_a_fact_that_is_missing_loses_no_signature(organisation):
    limit = conditions("budget.total above 500000 INR")
    route(step("Compliance"), step("Finance", "finance_officer", only_if=limit))

    other_currency = {"budget": {"total": "9", "currency": "USD"}}

    assert len(submitted(organisation, frozen={}).steps) == 2
    assert len(submitted(organisation, frozen=other_currency).steps) == 2


def test_two_roles_sign_side_by_side_in_any_order(organisation):
    route(
        step("Compliance"),
        step("Finance", "finance_officer", beside=True),
        step("Publish", "publisher"),
    )
    compliance, finance = (
        member(organisation, role) for role in ("compliance_officer", "finance_officer")
    )
    asked = submitted(organisation)
    waits = [waiting_for(access(each, organisation)) for each in (compliance, finance)]

    sign(asked, finance, organisation)
    asked.refresh_from_db()
    between = [each.name for each in asked.waits_for]
    sign(asked, compliance, organisation)
    asked.refresh_from_db()

    assert waits == [1, 1]
    assert between == ["Compliance"]
    assert [each.name for each in asked.waits_for] == ["Publish"]


def test_whoever_reads_the_request_signs_beside_somebody_who_just_did(organisation):
    route(step("Compliance"), step("Finance", "finance_officer", beside=True))
    asked = submitted(organisation)
    as_seen = ApprovalRequest.objects.get(pk=asked.pk)
    sign(asked, member(organisation, "finance_officer"), organisation)

    sign(as_seen, member(organisation, "compliance_officer"), organisation)

    assert ApprovalRequest.objects.get(pk=asked.pk).state == "approved"


def small(total="40000"):
    return {"budget": {"total": total, "currency": "INR"}}


def green_route():
    below = conditions("budget.total at most 50000 INR")
    return route(step("Compliance"), approves_itself_if=below)


def test_small_and_green_approves_itself_and_the_journal_says_by_what(organisation, rated):
    green_route()
    told = []
    events._listeners[RequestApproved].append(told.append)
    try:
        asked = submitted(organisation, frozen=small())
    finally:
        events._listeners[RequestApproved].remove(told.append)

    assert asked.state == "approved"
    assert not Decision.objects.exists()
    assert [event.request_id for event in told] == [asked.pk]
    entry = Entry.objects.get(action="approval.approved_itself")
    assert entry.actor_kind == "system"
    assert entry.details["conditions"] == [
        {"fact": "budget.total", "test": "at most", "value": "50000 INR"}
    ]


@pytest.mark.parametrize(
    ("risk", "frozen"),
    [
        ("2", small()),
        ("3", small()),
        ("0", small()),
        ("1", small("50000.01")),
        ("1", {}),
        ("1", {"budget": {"total": "1", "currency": "USD"}}),
    ],
    ids=["a warning", "a block", "not rated", "above", "no amount", "another currency"],
)
def test_nothing_else_approves_itself(organisation, rated, risk, frozen):
    green_route()
    rated["value"] = risk

    assert submitted(organisation, frozen=frozen).state == "open"


def test_a_risky_subject_is_asked_of_more_people(organisation, rated):
    high = conditions("risk is high")
    route(step("Compliance"), step("Medical", "medical_affairs", only_if=high))

    low = submitted(organisation)
    rated["value"] = "3"
    risky = submitted(organisation)

    assert [len(low.steps), len(risky.steps)] == [1, 2]


def test_the_roles_of_the_default_route_exist(organisation):
    set_route("meeting", name="Meeting", steps=DEFAULT_STEPS, by=SYSTEM)

    known = set(Role.objects.values_list("code", flat=True))
    assert {each["role"] for each in DEFAULT_STEPS} <= known


@pytest.fixture
def answered():
    """A kind of subject of which two facts must never change behind the back of who signs."""
    must_be_answered_for("visit", "title", "when")
    yield
    parts._answered.pop("visit")


@pytest.mark.parametrize(
    ("steps", "missing"),
    [
        ([step("Money", covers=["budget"])], "title, when"),
        ([step("Plan", covers=["title"]), step("Day", covers=["when"])], None),
        ([step("Plan", covers=["title"]), step("Day", covers=["when.starts"])], "when"),
        ([step("Money", covers=["budget"]), step("Whole")], None),
        (
            [
                step("Money", covers=["budget"]),
                step("Whole", only_if=conditions("mode is promotional")),
            ],
            "title, when",
        ),
    ],
    ids=["nobody", "shared out", "only a part", "one for all", "only sometimes"],
)
def test_a_route_leaves_no_fact_to_nobody(organisation, answered, steps, missing):
    if missing is None:
        assert route(*steps, applies_to="visit").steps
        return
    with pytest.raises(Refused) as refused:
        route(*steps, applies_to="visit")
    assert refused.value.objection.code == NOBODY_ANSWERS.code
    assert missing in str(refused.value)
