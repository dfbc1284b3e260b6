import pytest
from django.urls import reverse

from symposia.audit.models import Entry
from symposia.directory.actions.duplicates import put_side_by_side
from symposia.directory.models import Clinician, Merge, PossibleDuplicate
from symposia.shared.actors import SYSTEM
from symposia.shared.tenancy import acting_in
from symposia.work.models import Job
from tests.api.test_clinicians import bearer, send
from tests.crawls.test_pages import STATEMENTS, statements
from tests.factories.accounts import OrganisationFactory, key_of, member
from tests.factories.directory import ClinicianFactory, TerritoryFactory
from tests.factories.outreach import InvitationFactory

API = "/api/v1/duplicates"


@pytest.fixture
def steward(client, organisation):
    user = member(organisation, "coordinator")
    client.force_login(user)
    return user


def a_pair(**facts):
    one = ClinicianFactory(full_name="Asha Kulkarni", phone="")
    other = ClinicianFactory(full_name="A. Kulkarni", phone="+91 98", npi=False, **facts)
    pair = put_side_by_side(one, other, by=SYSTEM)
    PossibleDuplicate.objects.filter(pk=pair.pk).update(
        probability=0.97, reasons=["name:short", "phone:different"]
    )
    return pair


def decide(client, pair, **said):
    return client.post(reverse("duplicate_decision", args=[pair.pk]), {"keep": "first"} | said)


def choices(pair, **chosen):
    same = ("full_name", "email", "phone")
    return dict.fromkeys(same, "kept") | chosen


def test_two_records_stand_side_by_side_with_what_would_move(client, steward):
    pair = a_pair()
    InvitationFactory(clinician=pair.second)

    assert reverse("duplicate", args=[pair.pk]) in client.get(reverse("duplicates")).text
    page = client.get(reverse("duplicate", args=[pair.pk])).text

    assert "1 invitation" in page
    assert "97.0%" in page
    assert "name with initials or fewer words" in page
    assert "other telephone" in page
    turned = client.get(reverse("duplicate", args=[pair.pk]), {"keep": "second"}).text
    assert "Nothing hangs on" not in page
    assert "1 number" in turned


def test_the_page_of_a_pair_asks_few_statements(client, steward):
    pair = a_pair()
    InvitationFactory(clinician=pair.second)

    assert len(statements(client, reverse("duplicate", args=[pair.pk]))) <= STATEMENTS


def test_one_person_is_merged_with_the_chosen_facts_and_undone(client, steward):
    pair = a_pair()

    said = choices(pair, phone="merged")
    response = decide(client, pair, verdict="merge", **said)

    merge = Merge.objects.get()
    assert response.url == reverse("merge", args=[merge.pk])
    page = client.get(response.url).text
    assert "It can be undone until" in page
    assert "+91 98" in page
    kept = Clinician.objects.get(pk=pair.first_id)
    assert (kept.phone, kept.full_name) == ("+91 98", "Asha Kulkarni")
    gone = client.get(reverse("clinician", args=[pair.second_id]))
    assert gone.url == reverse("clinician", args=[kept.pk])
    assert (
        "This record was merged"
        in client.get(reverse("clinician_history", args=[pair.second_id])).text
    )
    assert "A. Kulkarni" in client.get(reverse("merges"), {"standing": "standing"}).text

    undone = client.post(reverse("merge_undo", args=[merge.pk]), {"reason": "Sisters"})
    assert undone.url == reverse("merge", args=[merge.pk])
    assert "Sisters" in client.get(undone.url).text
    assert client.get(reverse("clinician", args=[pair.second_id])).status_code == 200
    assert "A. Kulkarni" not in client.get(reverse("merges"), {"standing": "standing"}).text


def test_two_people_need_a_reason_and_are_not_asked_again(client, steward):
    pair = a_pair()

    refused = decide(client, pair, verdict="apart", **choices(pair))
    assert refused.status_code == 422
    assert "Write how you know" in refused.text

    response = decide(client, pair, verdict="apart", reason="Sisters", **choices(pair))
    assert response.url == reverse("duplicates")
    assert client.get(reverse("duplicates"), {"state": "open"}).text.count("A. Kulkarni") == 0
    assert "Sisters" in client.get(reverse("duplicate", args=[pair.pk])).text

    client.post(reverse("duplicate_reopening", args=[pair.pk]))
    pair.refresh_from_db()
    assert pair.is_open
    assert Entry.objects.filter(action="duplicate.reopened").exists()


def test_a_merge_that_may_not_be_is_refused_in_words_and_loses_nothing(client, steward):
    pair = a_pair()
    Clinician.objects.filter(pk=pair.first_id).update(deactivated_at="2026-01-01T00:00:00Z")

    refused = decide(client, pair, verdict="merge", reason="I know them", **choices(pair))

    assert refused.status_code == 422
    assert "keep the active record" in refused.text
    assert "I know them" in refused.text
    assert not Merge.objects.exists()


def test_the_other_record_is_found_by_hand(client, steward):
    one, other = (
        ClinicianFactory(full_name="Noor Abernathy"),
        ClinicianFactory(full_name="Noor Abernathi"),
    )
    address = reverse("clinician_same", args=[one.pk])

    assert "Noor Abernathi" in client.get(address).text
    assert "Noor Abernathi" in client.get(address, {"q": "Noor"}).text
    assert "Nobody found" in client.get(address, {"q": "Zx"}).text
    assert client.post(address, {"other": one.pk}).url == address
    response = client.post(address, {"other": other.pk})

    pair = PossibleDuplicate.objects.get()
    assert response.url == reverse("duplicate", args=[pair.pk])
    assert "Noor Abernathi" in client.get(reverse("clinician", args=[one.pk])).text


def test_everybody_is_compared_by_a_job(client, steward):
    assert client.post(reverse("duplicates_comparison")).url == reverse("duplicates")

    assert Job.objects.get().kind == "duplicates"


def test_whoever_does_not_look_after_the_directory_reads_and_decides_nothing(client, organisation):
    pair = a_pair()
    mine = TerritoryFactory()
    Clinician.objects.update(territory=mine)
    scope = {"scope_kind": "territory", "scope_id": mine.pk}
    client.force_login(member(organisation, "field_representative", **scope))

    page = client.get(reverse("duplicate", args=[pair.pk])).text

    assert "Somebody who looks after the directory decides this." in page
    assert decide(client, pair, verdict="merge").status_code == 403
    with acting_in(OrganisationFactory().pk):
        foreign = a_pair()
    assert client.get(reverse("duplicate", args=[foreign.pk])).status_code == 404


def test_the_api_previews_merges_and_undoes(client, organisation):
    pair = a_pair()
    InvitationFactory(clinician=pair.second)
    token = bearer(organisation, "view_directory", "steward_directory")
    both = {"kept": str(pair.first_id), "merged": str(pair.second_id)}

    told = send(client, "post", "/api/v1/merges/previews", token, both)
    assert {"label": "outreach.Invitation", "moves": 1, "stays": 0, "follows": 0} in told.json()[
        "parts"
    ]
    made = send(client, "post", "/api/v1/merges", token, both | {"take": ["phone"]})
    assert made.status_code == 201
    twice = send(client, "post", "/api/v1/merges", token, both)
    assert twice.status_code == 409
    undone = send(
        client, "post", f"/api/v1/merges/{made.json()['id']}/reversal", token, {"reason": "No"}
    )
    assert undone.json()["undone_at"]
    apart = f"/api/v1/duplicates/{pair.pk}/distinction"
    assert send(client, "post", apart, token, {"reason": "Sisters"}).json()["state"] == "distinct"
    again = send(client, "post", f"/api/v1/duplicates/{pair.pk}/reopening", token, {})
    assert again.json()["state"] == "open"


def test_everybody_is_compared_for_whoever_sees_everybody_alone(client, organisation):
    held = ("view_directory", "steward_directory")
    assert send(
        client, "post", f"{API}/comparisons", bearer(organisation, *held), {}
    ).status_code == (202)
    assert Job.objects.count() == 1

    scope = {"scope_kind": "territory", "scope_id": TerritoryFactory().pk}
    near = member(organisation, "coordinator", **scope)
    client.force_login(near)
    page = client.post(reverse("duplicates_comparison"), follow=True)
    no = send(client, "post", f"{API}/comparisons", key_of(near, organisation, held), {})

    assert (no.status_code, no.json()["code"]) == (409, "not_everybody")
    assert no.json()["detail"] in page.text
    assert Job.objects.count() == 1
