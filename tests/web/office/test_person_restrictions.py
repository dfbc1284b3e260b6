from datetime import timedelta

import pytest
from django.urls import reverse

from symposia.directory.actions.restrictions import RestrictionFacts, restrict_person
from symposia.directory.models import PersonRestriction, RestrictionKind
from symposia.shared.actors import SYSTEM
from symposia.shared.tenancy import acting_in
from tests.api.test_clinicians import bearer, send
from tests.factories.accounts import OrganisationFactory, day_here, member
from tests.factories.directory import ClinicianFactory

API = "/api/v1/personal-restrictions"


@pytest.fixture
def coordinator(client, organisation):
    user = member(organisation, "coordinator")
    client.force_login(user)
    return user


def restricted(kind="government"):
    facts = RestrictionFacts(kind, "Ministry", day_here() - timedelta(days=1))
    return restrict_person(ClinicianFactory(full_name="Avery Barred"), facts, by=SYSTEM)


def test_somebody_is_restricted_allowed_by_a_letter_and_free_again(client, coordinator):
    one = ClinicianFactory()
    page = reverse("clinician_consent", args=[one.pk])
    assert "This person may be asked." in client.get(page).text

    said = {"kind": "government", "source": "Ministry", "from_on": day_here().isoformat()}
    new = reverse("person_restriction_new", args=[one.pk])
    assert client.post(new, said).url == page
    assert "Only with a letter that allows it" in client.get(page).text

    row = PersonRestriction.objects.get()
    client.post(reverse("person_restriction_letter", args=[row.pk]), {"letter": "Letter of May"})
    assert "Allowed by a letter" in client.get(page).text

    client.post(reverse("person_restriction_lifting", args=[row.pk]), {"reason": "Left"})
    assert "Lifted" in client.get(page).text


def test_a_refusal_is_told_in_words_and_loses_nothing(client, coordinator):
    row = restricted()
    said = {"kind": "government", "source": "Ministry of health", "from_on": day_here()}

    response = client.post(reverse("person_restriction_new", args=[row.clinician_id]), said)

    assert response.status_code == 422
    assert "The same already stands since" in response.text
    assert "Ministry of health" in response.text


def test_the_list_shows_who_is_not_asked(client, coordinator):
    restricted()

    assert "Avery Barred" in client.get(reverse("restricted_people")).text
    assert "Avery Barred" in client.get(reverse("restricted_people"), {"holds": "now"}).text
    assert "Avery Barred" not in client.get(reverse("restricted_people"), {"kind": "retired"}).text


def test_a_reason_of_ones_own_is_added_by_whoever_runs_the_organisation(
    client, organisation, coordinator
):
    new, said = reverse("restriction_kind_new"), {"name": "Trial", "effect": "nobody_asks"}
    assert client.post(new, said).status_code == 403

    client.force_login(member(organisation, "administrator"))
    assert client.post(new, said).status_code == 302
    assert RestrictionKind.objects.get().name == "Trial"
    client.force_login(coordinator)
    assert "Trial" in client.get(reverse("restriction_kinds")).text


def test_a_representative_restricts_nobody(client, organisation):
    row = restricted()
    client.force_login(member(organisation, "field_representative"))

    assert client.get(reverse("person_restriction_new", args=[row.clinician_id])).status_code == 403
    assert client.post(reverse("person_restriction_lifting", args=[row.pk])).status_code == 403


def test_what_is_not_mine_does_not_exist(client, coordinator):
    with acting_in(OrganisationFactory().pk):
        row = restricted()

    assert client.get(reverse("person_restriction_letter", args=[row.pk])).status_code == 404


def test_the_api_does_the_same(client, organisation):
    caller = bearer(organisation, "view_directory", "manage_directory")
    one = ClinicianFactory()
    body = {
        "clinician": str(one.pk),
        "kind": "government",
        "source": "Ministry",
        "from_on": day_here().isoformat(),
    }

    made = send(client, "post", API, caller, body)
    assert made.status_code == 201
    path = f"{API}/{made.json()['id']}"
    again = send(client, "post", API, caller, body)
    assert (again.status_code, again.json()["code"]) == (409, "already_restricted")
    allowed = send(client, "post", f"{path}/letters", caller, {"letter": "Letter of May"})
    assert allowed.json()["paper"] == "Letter of May"
    lifted = send(client, "post", f"{path}/lifting", caller, {"reason": "Left"})
    assert lifted.json()["has_ended"]
    assert client.get(API, headers=caller).json()["count"] == 1
    reader = bearer(organisation, "view_directory")
    assert send(client, "post", API, reader, body).status_code == 403
