import pytest
from django.urls import reverse

from symposia.accounts.models import User
from symposia.directory.actions.changes import propose_change
from symposia.directory.changing import ChangeFacts
from symposia.directory.letters import own_page_token
from symposia.directory.models import ChangeRequest
from symposia.shared.actors import SYSTEM
from symposia.shared.tenancy import acting_in
from tests.api.test_clinicians import bearer, send
from tests.factories.accounts import OrganisationFactory, member
from tests.factories.directory import ClinicianFactory, TerritoryFactory

API = "/api/v1/changes"


@pytest.fixture
def steward(client, organisation):
    user = member(organisation, "coordinator")
    client.force_login(user)
    return user


def asked(now="Pune", **more):
    one = ClinicianFactory(full_name="Avery Asked", city="Boston", **more)
    return propose_change(one, ChangeFacts("city", now, evidence="Told me"), by=SYSTEM)


def test_a_representative_asks_and_does_not_decide(client, organisation):
    mine = TerritoryFactory()
    one = ClinicianFactory(territory=mine, city="Boston")
    scope = {"scope_kind": "territory", "scope_id": mine.pk}
    client.force_login(member(organisation, "field_representative", **scope))

    said = {"field": "city", "now": "Pune", "evidence": "Told me"}
    response = client.post(reverse("clinician_change_proposal", args=[one.pk]), said)

    assert response.url == reverse("clinician_requests", args=[one.pk])
    assert "Pune" in client.get(response.url).text
    change = ChangeRequest.objects.get()
    page = client.get(reverse("change_request", args=[change.pk])).text
    assert "Somebody else decides this" in page
    decision = reverse("change_request_decision", args=[change.pk])
    assert client.post(decision, {"verdict": "accept"}).status_code == 403
    client.post(reverse("change_request_withdrawal", args=[change.pk]))
    change.refresh_from_db()
    assert change.state == "withdrawn"


def test_a_steward_decides_one_after_the_other(client, steward):
    first, second = asked(), asked("Surat")
    assert reverse("change_request", args=[first.pk]) in client.get(reverse("change_requests")).text
    page = client.get(reverse("change_request", args=[first.pk])).text
    assert 'data-key="a"' in page
    assert "Told me" in page

    decision = reverse("change_request_decision", args=[first.pk])
    response = client.post(decision, {"verdict": "accept"})
    assert response.url == reverse("change_request", args=[second.pk])

    decision = reverse("change_request_decision", args=[second.pk])
    refused = client.post(decision, {"verdict": "refuse", "reason": ""})
    assert refused.status_code == 422
    assert "Write why not; whoever asked is told." in refused.text
    response = client.post(decision, {"verdict": "refuse", "reason": "Not so"})
    assert response.url == reverse("change_requests")
    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.state, second.state) == ("accepted", "refused")


def test_what_i_asked_for_is_not_mine_to_decide(client, steward):
    one = ClinicianFactory()
    client.post(
        reverse("clinician_change_proposal", args=[one.pk]), {"field": "city", "now": "Pune"}
    )
    change = ChangeRequest.objects.get()

    answer = client.post(
        reverse("change_request_decision", args=[change.pk]), {"verdict": "accept"}
    )

    assert answer.status_code == 422
    change.refresh_from_db()
    assert change.is_waiting


def test_the_list_filters_and_another_organisation_does_not_exist(client, steward):
    asked()
    with acting_in(OrganisationFactory().pk):
        foreign = asked()

    assert "Avery Asked" in client.get(reverse("change_requests"), {"state": "waiting"}).text
    assert "Avery Asked" not in client.get(reverse("change_requests"), {"field": "email"}).text
    assert client.get(reverse("change_request", args=[foreign.pk])).status_code == 404


def test_the_doctor_asks_from_the_own_page_and_reads_the_answer(client, organisation, steward):
    one = ClinicianFactory(city="Boston")
    token = own_page_token(one, organisation.code)
    form = reverse("own_change_link", args=[token])
    assert client.get(form).status_code == 200
    assert not ChangeRequest.objects.exists()

    told = {"field": "city", "now": "Pune", "evidence": "I moved"}
    assert client.post(form, told).url == reverse("own_data_link", args=[token])
    change = ChangeRequest.objects.get()
    assert (change.proposed_by_id, change.answer_to) == (one.pk, one.email)
    again = client.post(form, told)
    assert again.status_code == 422
    assert "it waits for a decision" in again.text

    decision = reverse("change_request_decision", args=[change.pk])
    client.post(decision, {"verdict": "refuse", "reason": "Which Pune?"})
    assert "Which Pune?" in client.get(reverse("own_data_link", args=[token])).text


def test_the_api_asks_and_decides(client, organisation):
    one = ClinicianFactory(city="Boston")
    caller = bearer(organisation, "view_directory", "steward_directory")
    body = {"clinician": str(one.pk), "field": "city", "now": "Pune"}

    made = send(client, "post", API, caller, body)
    assert made.status_code == 201
    path = f"{API}/{made.json()['id']}"
    own = send(client, "post", f"{path}/decision", caller, {"accepted": True})
    assert (own.status_code, own.json()["code"]) == (409, "own_change")

    asker = User.objects.get(pk=ChangeRequest.objects.get().proposed_by_id)
    client.force_login(asker)
    page = reverse("change_request_decision", args=[made.json()["id"]])
    assert client.post(page, {"verdict": "accept"}).status_code == 422

    second = bearer(organisation, "view_directory", "steward_directory")
    decided = send(client, "post", f"{path}/decision", second, {"accepted": True})
    assert decided.json()["state"] == "accepted"
    assert client.get(API, headers=caller).json()["items"][0]["now"] == "Pune"
    reader = bearer(organisation, "view_directory")
    assert send(client, "post", f"{path}/decision", reader, {"accepted": True}).status_code == 403
    late = send(client, "post", f"{path}/withdrawal", caller, {})
    assert late.json()["code"] == "change_was_decided"
