import pytest

from symposia.accounts.actions import make_personal_token
from symposia.accounts.permissions import Permission
from symposia.finance.models import BudgetLine, Posting
from tests.factories.accounts import member
from tests.factories.activities import ActivityFactory
from tests.factories.approvals import access, sign, submitted
from tests.factories.compliance import evaluated
from tests.factories.finance import committed

API = "/api/v1"
JSON = "application/json"


def key(organisation, role):
    """A personal token that reaches as far as its owner does."""
    user = member(organisation, role)
    reach = access(user, organisation)
    wanted = [p for p in Permission if reach.holds(p)]
    _token, secret = make_personal_token(
        user, reach, name="tests", permissions=wanted, by=user.actor()
    )
    return {"authorization": f"Bearer {secret}"}


def decision(asked):
    return {
        "verdict": "approve",
        "reason": "Fine.",
        "seen_hash": asked.frozen_hash,
        "seen_step": asked.current_step,
    }


def test_an_approver_reads_and_signs_a_step_that_asks_for_no_factor(client, organisation):
    asked = submitted(organisation)
    sign(asked, member(organisation, "compliance_officer"), organisation)
    asked.refresh_from_db()
    headers = key(organisation, "finance_officer")

    listed = client.get(f"{API}/approvals", headers=headers).json()
    answer = client.post(
        f"{API}/approvals/{asked.pk}/decisions", decision(asked), JSON, headers=headers
    )

    assert [item["number"] for item in listed["items"]] == [asked.number]
    assert answer.json()["step"] == "Publish"
    assert [d["verdict"] for d in answer.json()["decisions"]] == ["approve", "approve"]


def test_a_token_cannot_sign_a_step_that_asks_for_a_factor(client, organisation):
    asked = submitted(organisation)

    answer = client.post(
        f"{API}/approvals/{asked.pk}/decisions",
        decision(asked),
        JSON,
        headers=key(organisation, "compliance_officer"),
    )

    assert answer.status_code == 409
    assert answer.json()["code"] == "needs_factor"


def test_a_decision_on_another_version_is_refused(client, organisation):
    asked = submitted(organisation)

    answer = client.post(
        f"{API}/approvals/{asked.pk}/decisions",
        decision(asked) | {"seen_hash": "old"},
        JSON,
        headers=key(organisation, "compliance_officer"),
    )

    assert answer.json()["code"] == "changed_while_open"


def test_rules_come_with_their_hash_their_values_and_what_is_to_verify(client, organisation):
    packs = client.get(f"{API}/rules/packs", headers=key(organisation, "coordinator")).json()

    assert (packs[0]["code"], packs[0]["binds"]) == ("accme-sii", True)
    india = next(p for p in packs if p["code"] == "in-ucpmp")
    assert len(india["sha256"]) == 64
    assert any(value["to_verify"] for value in india["values"])


def test_money_is_estimated_spent_and_taken_back(client, organisation):
    activity = ActivityFactory(state="draft")
    headers = key(organisation, "finance_officer")
    wanted = [{"category": "venue", "description": "Hall", "amount": "1800.00"}]

    budget = client.put(
        f"{API}/budgets/{activity.pk}/estimate", wanted, JSON, headers=headers
    ).json()

    assert (budget["currency"], budget["estimate"]) == ("USD", "1800.00")
    spending = committed()
    line = BudgetLine.objects.of(spending).first()
    given = {"line": str(line.pk), "amount": "90.50", "evidence": "INV-1", "reason": "Hall"}
    client.post(f"{API}/budgets/{spending.pk}/actuals", given, JSON, headers=headers)
    posting = Posting.objects.get(kind="actual")
    back = client.post(
        f"{API}/budgets/{spending.pk}/postings/{posting.pk}/reversal",
        {"reason": "Wrong line"},
        JSON,
        headers=headers,
    )
    assert back.json()["actual"] == "0.00"
    rows = client.get(f"{API}/budgets/postings", headers=headers).json()["items"]
    assert {row["kind"] for row in rows} == {"Estimate", "Commitment", "Actual", "Reversal"}


@pytest.mark.parametrize("path", ["approvals", "rules/packs", "budgets", "budgets/postings"])
def test_a_token_without_the_permission_reads_nothing(client, organisation, path):
    answer = client.get(f"{API}/{path}", headers=key(organisation, "door_staff"))

    assert answer.status_code == 403


def test_the_rules_of_a_request_run_again_by_program(client, organisation):
    asked, bare = submitted(organisation), submitted(organisation)
    evaluated(subject_id=asked.subject_id)
    headers = key(organisation, "compliance_officer")

    answer = client.get(f"{API}/approvals/{asked.pk}/rules", headers=headers)

    assert answer.json() == {"same": True}
    assert client.get(f"{API}/approvals/{bare.pk}/rules", headers=headers).status_code == 404
