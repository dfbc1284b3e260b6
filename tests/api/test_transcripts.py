"""Transcripts and licences by program: the same gates and words as the pages."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils.timezone import now

from symposia.accounts.actions import add_member, make_personal_token
from symposia.accounts.models import Role
from symposia.accounts.permissions import Permission
from symposia.accounts.queries import access_of
from symposia.credits.models import ActivitySubject
from symposia.directory.actions.merging import merge_clinicians
from symposia.shared.actors import SYSTEM
from tests.api.test_money_rules_approvals import API, JSON, key
from tests.factories.accounts import day_here, member
from tests.factories.activities import ActivityFactory
from tests.factories.credits import (
    PDF,
    CreditOfferFactory,
    ExternalCreditFactory,
    LicenceFactory,
    ama,
)
from tests.factories.directory import ClinicianFactory

TODAY = day_here()


@pytest.fixture
def office(organisation):
    return key(organisation, "coordinator")


@pytest.fixture
def learner(organisation):
    """A clinician who also works at the office, so that they may have a token."""
    user = member(organisation, "coordinator")
    add_member(user, Role.objects.get(code="learner"), by=SYSTEM)
    reach = access_of(user, organisation, at=now())
    wanted = [p for p in Permission if reach.holds(p)]
    _token, secret = make_personal_token(
        user, reach, name="tests", permissions=wanted, by=user.actor()
    )
    clinician = ClinicianFactory(user=user)
    return clinician, {"authorization": f"Bearer {secret}"}


def test_a_learner_enters_credit_and_another_decides(client, learner, office):
    clinician, mine = learner
    sent = {
        "system": ama().pk,
        "title": "Stroke update",
        "provider": "Elsewhere",
        "earned_on": TODAY.isoformat(),
        "amount": "2.50",
        "file": SimpleUploadedFile("proof.pdf", PDF, content_type="application/pdf"),
    }
    made = client.post(f"{API}/external-credits", sent, headers=mine)
    assert made.status_code == 201
    address = f"{API}/external-credits/{made.json()['id']}"

    own = client.post(f"{address}/acceptance", headers=mine)
    assert own.status_code == 409
    assert client.post(f"{address}/acceptance", headers=office).json()["state"] == "accepted"

    lines = client.get(f"{API}/transcripts/own", headers=mine).json()["lines"]
    assert [(line["title"], line["amount"]) for line in lines] == [("Stroke update", "2.50")]
    theirs = client.get(f"{API}/transcripts/{clinician.pk}", headers=office).json()
    assert theirs["totals"][0]["year"] == TODAY.year
    later = {"from_on": (TODAY + timedelta(days=1)).isoformat()}
    assert client.get(f"{API}/transcripts/own", later, headers=mine).json()["lines"] == []


def test_a_record_that_was_merged_leads_to_the_one_kept(client, organisation, office):
    kept, merged = ClinicianFactory(), ClinicianFactory(npi=False)
    ExternalCreditFactory(clinician=merged, state="accepted", decided_at=now())
    merge_clinicians(kept, merged, by=SYSTEM)

    found = client.get(f"{API}/transcripts/{merged.pk}", headers=office).json()

    assert found["clinician_id"] == str(kept.pk)
    assert len(found["lines"]) == 1


def test_credit_is_sent_back_or_taken_back_by_program(client, learner, office):
    clinician, mine = learner
    first, second = (ExternalCreditFactory(clinician=clinician) for _ in range(2))

    back = client.post(
        f"{API}/external-credits/{first.pk}/returning", {"reason": "No name"}, JSON, headers=office
    )
    taken = client.post(f"{API}/external-credits/{second.pk}/withdrawal", headers=mine)

    assert (back.json()["state"], taken.json()["state"]) == ("returned", "withdrawn")
    states = client.get(f"{API}/external-credits", headers=office).json()["items"]
    assert len(states) == 2


def test_a_share_gives_its_address_and_ends(client, learner):
    _clinician, mine = learner
    body = {"board": "Board", "expires_on": (TODAY + timedelta(days=9)).isoformat()}
    made = client.post(f"{API}/transcripts/shares", body, JSON, headers=mine)
    path = made.json()["url"].partition("/c/")[2]
    assert client.get(f"/c/{path}").status_code == 200

    pk = made.json()["id"]
    client.post(f"{API}/transcripts/shares/{pk}/revocation", headers=mine)

    assert client.get(f"/c/{path}").status_code == 410


def test_a_licence_says_what_is_left(client, learner, office):
    _clinician, mine = learner
    body = {
        "requirement": "us_al:2025-10-01",
        "number": "MD.7",
        "cycle_starts_on": (TODAY - timedelta(days=100)).isoformat(),
        "cycle_ends_on": (TODAY + timedelta(days=200)).isoformat(),
    }
    made = client.post(f"{API}/licences", body, JSON, headers=mine)
    assert made.status_code == 201
    needs = {need["subject"]: Decimal(need["left"]) for need in made.json()["needs"]}
    assert needs[""] == 25

    pk = made.json()["licence"]
    assert client.get(f"{API}/licences/own", headers=mine).json()[0]["licence"] == pk
    offer = CreditOfferFactory(designated_at=now())
    (helps,) = client.get(f"{API}/licences/own/suggestions", headers=mine).json()
    assert (helps["licence"], helps["number"]) == (pk, offer.activity.number)
    assert (Decimal(helps["credit"]), helps["is_planned"]) == (Decimal("1.50"), False)
    assert client.get(f"{API}/licences/{pk}", headers=office).json()["standing"] == "on_the_way"
    assert client.post(f"{API}/licences/{pk}/ending", headers=mine).status_code == 200
    assert client.get(f"{API}/licences/own", headers=mine).json() == []
    unknown = body | {"requirement": "none"}
    assert client.post(f"{API}/licences", unknown, JSON, headers=mine).status_code == 404


def test_systems_requirements_and_subjects_are_read_and_said(client, organisation, office):
    activity = ActivityFactory(state="draft")
    LicenceFactory()

    systems = client.get(f"{API}/credits/systems", headers=office).json()
    packs = client.get(f"{API}/requirements", headers=office).json()
    body = {"activity": str(activity.pk), "hours": {"medical_ethics": "1.50"}}
    said = client.post(f"{API}/requirements/subjects", body, JSON, headers=office)

    assert {"ama_pra_1", "acpe_application"} <= {each["code"] for each in systems}
    assert len(packs) > 80
    assert said.status_code == 204
    assert ActivitySubject.objects.get().hours == Decimal("1.5")
