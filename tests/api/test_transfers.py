"""Transfers of value over the API: the same gates and the same words as the pages."""

import uuid

import pytest

from symposia.reporting.actions.attributing import attribute_costs
from symposia.reporting.actions.disputes import dispute_transfer
from symposia.reporting.actions.years import reckon_years
from symposia.reporting.models import TransferOfValue, YearlyDue
from symposia.shared.actors import SYSTEM
from tests.factories.accounts import key_of, member
from tests.factories.reporting import BodyAccountFactory
from tests.reporting.valued import company, meeting, paid


@pytest.fixture
def ask(client, organisation, files):
    company(organisation)
    user = member(organisation, "finance_officer")
    key = key_of(user, organisation, ["view_money", "post_money"])

    def send(method, path, body=None):
        headers = key | {"idempotency-key": str(uuid.uuid4())}
        address = f"/api/v1/transfers{path}"
        if method == "get":
            return client.get(address, headers=headers)
        return getattr(client, method)(
            address, body, content_type="application/json", headers=headers
        )

    return send


def test_costs_are_divided_and_who_had_them_is_said(ask):
    activity = meeting()
    posting = paid(activity)
    assert ask("post", f"/activities/{activity.pk}/division").json() == {"changed": 4}

    items = ask("get", "").json()["items"]
    assert {each["amount"] for each in items} == {"25.00"}
    assert items[0]["why"] == "USD 25.00 is at least USD 13.82."
    one = TransferOfValue.objects.earliest("pk")
    to = f"/activities/{activity.pk}/costs/{posting.pk}"
    said = {"clinicians": [str(one.clinician_id)], "staff": 1}
    assert ask("put", to, said).json() == {"rows": 2}
    stranger = ask("put", to, {"clinicians": [str(uuid.uuid4())]})
    assert (stranger.status_code, stranger.json()["code"]) == (409, "sharer_not_there")
    nowhere = ask("put", to, {"organisation": "Nowhere"})
    assert nowhere.json()["code"] == "sharer_no_organisation"


def test_objections_facts_and_years_go_their_way(ask):
    activity = meeting()
    paid(activity)
    attribute_costs(activity, by=SYSTEM)
    reckon_years(by=SYSTEM)
    one, due = TransferOfValue.objects.earliest("pk"), YearlyDue.objects.get()
    dispute = dispute_transfer(one, one.clinician, "No", by=SYSTEM)

    assert ask("get", "/objections").json()["items"][0]["words"] == "No"
    answer = {"state": "upheld", "answer": "Signed."}
    assert ask("post", f"/objections/{dispute.pk}/answers", answer).json()["state"] == "upheld"
    kept = ask("put", f"/{one.pk}/recipient", {"street": "1 Quay"}).json()
    assert kept["street"] == "1 Quay"
    assert (
        ask("put", f"/yearly-dues/{due.pk}/waiver", {"reason": "Parent"}).json()["state"]
        == "waived"
    )
    assert ask("delete", f"/yearly-dues/{due.pk}/waiver").json()["state"] == "open"


def test_a_file_is_begun_held_and_let_go(ask):
    activity = meeting()
    paid(activity)
    attribute_costs(activity, by=SYSTEM)
    wanted = {"kind": "open_payments", "year": 2026}
    assert ask("post", "/files", wanted).json()["code"] == "no_body_account"
    BodyAccountFactory(body="cms")

    made = ask("post", "/files", wanted).json()

    held = ask("post", f"/files/{made['id']}/checking").json()
    assert held["code"] == "submission_nothing_ready"
    assert ask("post", f"/files/{made['id']}/sending").json()["code"] == "submission_not_checked"
    declared = ask("post", f"/files/{made['id']}/declaration", {"position": "Head"}).json()
    assert declared["code"] == "not_declarable"
    assert len(ask("get", "/records").json()["items"]) == 4
    assert ask("post", f"/files/{made['id']}/discarding").json()["state"] == "discarded"
