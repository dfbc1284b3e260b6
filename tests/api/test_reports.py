"""Reports to bodies over the API: what is owed, files, answers, accounts."""

import uuid

import pytest

from tests.factories.accounts import key_of, member
from tests.factories.activities import ActivityFactory
from tests.factories.credits import CreditOfferFactory
from tests.factories.directory import ClinicianFactory
from tests.factories.reporting import DueReportFactory

RIGHTS = ["view_credits", "award_credits"]


@pytest.fixture
def ask(client, organisation):
    user = member(organisation, "coordinator")
    key = key_of(user, organisation, RIGHTS)

    def send(method, path, body=None):
        headers = key | {"idempotency-key": str(uuid.uuid4())}
        address = f"/api/v1/{path}"
        if method == "get":
            return client.get(address, headers=headers)
        return getattr(client, method)(
            address, body, content_type="application/json", headers=headers
        )

    return send


def test_what_is_owed_is_listed_taken_and_set_aside(ask, organisation):
    due = DueReportFactory()

    assert ask("get", "reports").json()["items"][0]["kind"] == "PARS: activities"
    assert ask("post", f"reports/{due.pk}/taking").json()["owner_id"]
    waived = ask("post", f"reports/{due.pk}/waiver", {"reason": "Another provider does."}).json()
    assert waived["state"] == "waived"
    assert ask("post", f"reports/{due.pk}/waiver", {"reason": "Again"}).status_code == 409
    assert ask("delete", f"reports/{due.pk}/waiver").json()["state"] == "open"


def test_a_file_goes_its_way(ask, organisation):
    activity = ActivityFactory(state="held", city="Boston", country="US")
    CreditOfferFactory(activity=activity)
    wanted = {"kind": "pars_activities", "year": activity.wall_ends.year}
    assert ask("post", "submissions", wanted).json()["code"] == "no_body_account"
    account = ask("put", "submissions/accounts/pars", {"provider_number": "0004567"}).json()
    assert account == {
        "body": "pars",
        "provider_number": "0004567",
        "address": "",
        "has_service": False,
    }
    facts = {"region": "ma", "has_support": True}
    assert ask("put", f"reports/activities/{activity.pk}/facts", facts).json()["region"] == "MA"
    gift = {"source": "Invented Pharma", "amount": "500"}
    noted = ask("post", f"reports/activities/{activity.pk}/supports", gift).json()
    assert noted["amount_minor"] == 50_000

    made = ask("post", "submissions", wanted).json()
    path = f"submissions/{made['id']}"
    assert ask("post", f"{path}/checking").json()["state"] == "validated"
    assert ask("post", f"{path}/sending", {"channel": "service"}).json()["code"] == (
        "no_body_service"
    )
    assert ask("post", f"{path}/sending", {"channel": "upload"}).json()["state"] == "sent"
    content = f"record,status,message\n{activity.number},rejected,Wrong state\n"
    assert ask("post", f"{path}/answers", {"content": content}).json() == {"rejected": 1}
    assert ask("get", "submissions/rejected-records").json()["count"] == 1
    again = ask("post", f"{path}/correction").json()
    assert again["state"] == "draft"
    assert ask("post", f"submissions/{again['id']}/discarding").json()["state"] == "discarded"
    assert ask("delete", f"reports/supports/{noted['id']}").status_code == 200
    assert ask("get", "reports/programme").json()["items"][0]["number"] == activity.number


def test_as_whom_bodies_know_a_learner(ask, organisation):
    clinician = ClinicianFactory()
    said = {"given": "Avery", "family": "Example", "born": "1970-03-31"}

    kept = ask("put", f"submissions/identities/{clinician.pk}", said).json()

    assert (kept["family_name"], kept["born"]) == ("Example", "1970-03-31")
    wrong = ask("put", f"submissions/identities/{clinician.pk}", said | {"born": "31.3."})
    assert wrong.json()["code"] == "bad_birthday"
    assert ask("put", f"submissions/identities/{uuid.uuid4()}", said).status_code == 404
