from datetime import date, timedelta

import pytest
from django.utils.timezone import now

from symposia.accounts.actions import make_personal_token
from symposia.accounts.permissions import Permission
from symposia.accounts.queries import access_of
from symposia.activities.actions.rules import check_rules
from symposia.compliance.models import (
    Override,
    OwnPack,
    OwnParameter,
    Restriction,
    ValueProposal,
)
from symposia.compliance.queries import findings_of
from symposia.shared.actors import SYSTEM
from symposia.shared.tenancy import acting_in
from symposia.shared.times import day_at
from tests.factories.accounts import OrganisationFactory, day_here, member
from tests.factories.activities import ActivityFactory

API = "/api/v1/rules"
NOTHING = {"gifts": False, "guests": False}
FIRST = (day_here() + timedelta(days=10)).isoformat()


@pytest.fixture
def company(db):
    made = OrganisationFactory(kind="company", country="IN", currency="INR", zone="Asia/Kolkata")
    with acting_in(made.pk):
        yield made


@pytest.fixture
def asking(client, company):
    """Makes a caller of the API for somebody of a role."""

    def of(role):
        user = member(company, role)
        access = access_of(user, company, at=now())
        wanted = [p for p in Permission if access.holds(p)]
        _made, secret = make_personal_token(user, access, name="T", permissions=wanted, by=SYSTEM)
        headers = {"authorization": f"Bearer {secret}"}

        def call(method, path, body=None):
            more = {"data": body, "content_type": "application/json"} if body is not None else {}
            return getattr(client, method)(f"{API}{path}", headers=headers, **more)

        return call

    return of


@pytest.fixture
def officer(asking):
    return asking("compliance_officer")


def table(**facts):
    return ActivityFactory(mode="scientific", country="IN", **facts)


def crowded(officer):
    OwnParameter.objects.create(
        pack_code="organisation-policy",
        name="most_people",
        value="10",
        effective_from=date(2020, 1, 1),
        reason="Policy 7",
        set_by_name="Meera",
    )
    return table(expected_attendance=40)


def test_own_values_are_proposed_and_those_of_a_body_are_not(officer, company):
    today = day_at(now(), company.zone).isoformat()
    value = {"value": "2500", "effective_from": today, "reason": "Policy 7"}

    made = officer("put", "/packs/in-ucpmp/values/meal_cap", value)
    refused = officer("put", "/packs/in-ucpmp/values/item_cap", value)

    proposal = ValueProposal.objects.get()
    assert made.json()["id"] == str(proposal.pk)
    alone = officer("post", f"/values/{proposal.pk}/agreement")
    assert (alone.status_code, alone.json()["code"]) == (409, "own_value_proposal")
    assert [each["value"] for each in officer("get", "/values").json()["items"]] == ["2500"]
    assert officer("post", f"/values/{proposal.pk}/withdrawal").status_code == 200
    assert not OwnParameter.objects.exists()
    assert (refused.status_code, refused.json()["code"]) == (409, "not_yours_to_set")
    assert officer("put", "/packs/nothing/values/item_cap", value).status_code == 404


def test_a_plan_is_judged_and_what_is_asked_is_answered(asking):
    planner, activity = asking("medical_affairs"), table()

    before = planner("get", f"/activities/{activity.pk}").json()
    after = planner("put", f"/activities/{activity.pk}/facts", {"facts": NOTHING})
    wrong = planner("put", f"/activities/{activity.pk}/facts", {"facts": {"gifts": "perhaps"}})

    assert {q["name"] for q in before["questions"]} >= {"gifts", "guests", "delegate_travel"}
    finding = next(f for f in after.json()["findings"] if f["rule"] == "IN-5")
    assert (finding["result"], finding["facts"]) == ("pass", NOTHING)
    assert (wrong.status_code, wrong.json()["code"]) == (409, "not_an_answer")


def test_an_exception_is_made_listed_and_ended(officer):
    evaluation = check_rules(crowded(officer), by=SYSTEM)
    blocks = next(f for f in findings_of(evaluation) if f.result == "block")
    until = (day_here() + timedelta(days=30)).isoformat()

    given = {"finding": str(blocks.pk), "reason": "A congress", "expires_on": until}
    made = officer("post", "/exceptions", given).json()
    listed = officer("get", "/exceptions").json()
    ended = officer("post", f"/exceptions/{made['id']}/ending", {"reason": "Fewer came"})

    assert [(row["rule"], row["reason"]) for row in listed["items"]] == [("OP-11", "A congress")]
    assert ended.status_code == 200
    assert Override.objects.get().ended_reason == "Fewer came"
    assert officer("get", "/findings?result=block").json()["items"][0]["rule"] == "OP-11"


def test_a_product_is_restricted_and_lifted(officer):
    given = {"kind": "product", "words": "Corvalan", "reason": "Not approved"}

    made = officer("post", "/restrictions", given | {"from_on": "2026-01-01"}).json()
    officer("post", f"/restrictions/{made['id']}/lifting", {"reason": "Approved"})

    assert Restriction.objects.get().lifted_reason == "Approved"
    assert officer("get", "/restrictions").json()["count"] == 1


ROWS = [
    {"when": ["number(facts.meal_per_head) > 0"], "result": "warn", "message": "A meal."},
    {"when": [""], "result": "pass", "message": "No meal.", "say": "none"},
]
CASES = [
    {"name": name, "on": FIRST, "facts": {"meal_per_head": meal}, "say": say}
    | {"own": {"meal_cap": "1"}}
    for name, meal, say in (("one", "1", "row_1"), ("nothing", "0", "none"))
]
WORDS = {"title": "Meals", "severity": "warn", "citation": "Policy 8", "confidence": "to_verify"}


def test_a_version_is_drafted_changed_weighed_and_published_by_two(asking, officer):
    begin = {"code": "in-ucpmp", "version": "2027.1", "effective_from": FIRST, "reason": "Why"}
    made = officer("post", "/versions", begin).json()
    at = f"/versions/{made['id']}"
    rule = WORDS | {"rows": ROWS, "cases": CASES, "seen_revision": 1}
    value = {"value": "500", "effective_from": FIRST, "citation": "C", "confidence": "sourced"}

    assert officer("put", f"{at}/rules/IN-2", rule).json()["problems"] == []
    added = officer("post", f"{at}/values/item_cap", value | {"seen_revision": 2})
    assert added.status_code == 200
    head = {"title": "Meals and items", "effective_from": FIRST, "seen_revision": 3}
    text = officer("put", f"{at}/head", head).json()
    assert officer("get", f"{at}/impact").json()["looked_at"] == 0
    assert officer("get", f"{at}/simulation").json()["changes"] == []
    seen = {"seen_sha256": text["sha256"]}
    assert officer("post", f"{at}/proposal", seen).json()["state"] == "proposed"
    assert officer("post", f"{at}/publication", seen).json()["code"] == "same_person"
    assert asking("compliance_officer")("post", f"{at}/publication", seen).status_code == 200
    assert OwnPack.objects.get().state == "published"


def test_a_version_is_given_back_and_given_up(officer):
    begin = {"code": "in-ucpmp", "version": "2027.1", "effective_from": FIRST, "reason": "Why"}
    made = officer("post", "/versions", begin).json()
    at = f"/versions/{made['id']}"

    officer("post", f"{at}/proposal", {"seen_sha256": made["sha256"]})
    officer("post", f"{at}/returning", {"reason": "Cite it"})
    officer("post", f"{at}/withdrawal", {"reason": "Not needed"})

    assert officer("get", at).json()["state"] == "withdrawn"
    assert officer("get", "/versions?state=withdrawn").json()["count"] == 1
    assert officer("post", "/versions", begin | {"code": "nothing"}).status_code == 404
    assert (
        officer("put", f"{at}/rules/IN-99", WORDS | {"rows": [], "cases": []} | SEEN).status_code
        == 404
    )
    assert officer("post", "/versions/files", {"text": "{}", "reason": "Why"}).status_code == 409


SEEN = {"seen_revision": 1}


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("put", "/packs/in-ucpmp/values/meal_cap"),
        ("post", "/exceptions"),
        ("post", "/restrictions"),
        ("get", "/restrictions"),
        ("post", "/versions"),
    ],
)
def test_who_only_reads_rules_changes_none(asking, method, path):
    assert asking("coordinator")(method, path, {} if method != "get" else None).status_code == 403


def test_rules_of_another_organisations_activity_do_not_exist(officer):
    with acting_in(OrganisationFactory(kind="company", country="IN").pk):
        theirs = table()

    assert officer("get", f"/activities/{theirs.pk}").status_code == 404
