import uuid

import pytest

from symposia.accounts.permissions import Access, Granted, Permission
from symposia.approvals import policies as p
from symposia.approvals.models import ApprovalRequest, Decision, Route

ME, OTHER, ORGANISATION = uuid.uuid4(), uuid.uuid4(), uuid.uuid4()
STEPS = [
    {"name": "Compliance", "role": "compliance_officer", "needs_factor": True, "meaning": "review"}
]


def request_of(**facts):
    facts = {"state": "open", "steps": STEPS, "frozen_hash": "a"} | facts
    facts = {"current_step": 0, "waiting_steps": [0]} | facts
    return ApprovalRequest(number="REQ-2026-0001", organisation_id=ORGANISATION, **facts)


def person(role="compliance_officer", *permissions):
    held = frozenset(permissions or {Permission.DECIDE_APPROVALS})
    return Access(ME, ORGANISATION, (Granted(role, held),))


SIGNED_BY_ME = Decision(organisation_id=ORGANISATION, decided_by_id=ME)
SIGNED_BY_OTHER = Decision(organisation_id=ORGANISATION, decided_by_id=OTHER)


@pytest.mark.parametrize(
    ("request_facts", "signed", "access", "expected"),
    [
        ({}, [], person(), None),
        ({}, [SIGNED_BY_OTHER], person(), None),
        ({"state": "returned"}, [], person(), p.NOT_OPEN),
        ({"state": "approved"}, [], person(), p.NOT_OPEN),
        ({}, [], person("finance_officer"), p.NOT_YOUR_STEP),
        ({}, [], person("compliance_officer", Permission.VIEW_APPROVALS), p.NOT_YOUR_STEP),
        ({"involved": [ME]}, [], person(), p.OWN_REQUEST),
        ({}, [SIGNED_BY_ME], person(), p.DECIDED_BEFORE),
    ],
    ids=[
        "the role of the step",
        "somebody else signed before",
        "returned",
        "approved",
        "another role",
        "the role without the permission",
        "prepared it",
        "signed an earlier step",
    ],
)
def test_who_may_sign(request_facts, signed, access, expected):
    request = request_of(**request_facts)

    found = p.objection_to_person(request, signed, access=access, person_id=ME)

    assert (found and found.code) == (expected and expected.code)


def test_the_owner_of_a_token_cannot_sign_what_they_prepared():
    request = request_of(involved=[OTHER])

    assert p.objection_to_person(request, [], access=person(), person_id=OTHER) == p.OWN_REQUEST


@pytest.mark.parametrize(
    ("seen_hash", "seen_step", "expected"),
    [("a", 0, None), ("b", 0, p.CHANGED), ("a", 1, p.CHANGED)],
    ids=["the same", "another version", "another step"],
)
def test_nobody_signs_what_they_have_not_seen(seen_hash, seen_step, expected):
    found = p.objection_to_unseen(request_of(), seen_hash=seen_hash, seen_step=seen_step)

    assert found == expected


@pytest.mark.parametrize(
    ("reason", "factor", "expected"),
    [
        ("Fine.", "totp", None),
        ("  ", "totp", p.NEEDS_REASON),
        ("Fine.", "", p.NEEDS_FACTOR),
    ],
    ids=["whole", "no reason", "no factor"],
)
def test_what_makes_a_signature(reason, factor, expected):
    step = request_of().step

    assert p.objection_to_signature(step, reason=reason, factor=factor) == expected


def test_a_step_without_factor_asks_for_none():
    request = request_of(steps=[STEPS[0] | {"needs_factor": False}])

    assert p.objection_to_signature(request.step, reason="Fine.", factor="") is None


@pytest.mark.parametrize(
    ("route", "living", "new_hash", "expected"),
    [
        (None, None, "a", p.NO_ROUTE),
        ("route", None, "a", None),
        ("route", {"state": "open"}, "b", p.ALREADY_OPEN),
        ("route", {"state": "returned"}, "a", p.NOTHING_CHANGED),
        ("route", {"state": "returned"}, "b", None),
    ],
    ids=["no route", "first time", "waits already", "unchanged", "changed"],
)
def test_when_a_subject_may_ask(route, living, new_hash, expected):
    found = p.objection_to_opening(
        Route(organisation_id=ORGANISATION) if route else None,
        request_of(**living) if living else None,
        new_hash,
    )

    assert (found and found.code) == (expected and expected.code)


@pytest.mark.parametrize(
    ("state", "expected"),
    [("open", None), ("returned", None), ("approved", p.NOT_OPEN), ("refused", p.NOT_OPEN)],
)
def test_what_may_be_withdrawn(state, expected):
    found = p.objection_to_withdrawing(request_of(state=state))

    assert (found and found.code) == (expected and expected.code)


def test_a_role_that_decides_on_one_activity_signs_no_other():
    here, elsewhere = uuid.uuid4(), uuid.uuid4()
    decides, sees = frozenset({Permission.DECIDE_APPROVALS}), frozenset({Permission.VIEW_APPROVALS})
    access = Access(
        ME,
        ORGANISATION,
        (
            Granted("compliance_officer", decides, "activity", here),
            Granted("coordinator", sees),
            Granted("finance_officer", decides),
        ),
    )

    def objection(subject):
        asked = request_of(subject_id=subject)
        return p.objection_to_person(asked, [], access=access, person_id=ME)

    assert objection(here) is None
    assert objection(elsewhere) == p.OUT_OF_REACH
