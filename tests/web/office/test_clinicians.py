import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.timezone import now

from symposia.accounts.actions.members import add_member
from symposia.accounts.models import Role
from symposia.directory.models import ChangeRequest, Clinician, Identifier, Institution
from symposia.shared.actors import SYSTEM
from symposia.shared.tenancy import acting_in
from tests.factories.accounts import OrganisationFactory, key_of, member
from tests.factories.directory import ClinicianFactory, TerritoryFactory

NEW = {
    "full_name": "María García",
    "profession": "physician",
    "credential": "MD",
    "email": "Maria@Example.org",
    "institution": "Harbour Hospital",
    "city": "Boston",
    "country": "us",
    "scheme": "npi",
    "number": "1234567893",
}


@pytest.fixture
def coordinator(client, organisation):
    user = member(organisation, "coordinator")
    client.force_login(user)
    return user


def test_a_person_is_added_with_number_and_institution(client, organisation, coordinator):
    response = client.post(reverse("clinician_add"), NEW)

    one = Clinician.objects.get()
    assert response.url == reverse("clinician", args=[one.pk])
    assert (one.email, one.country, one.institution.name) == (
        "maria@example.org",
        "US",
        "Harbour Hospital",
    )
    assert one.identifiers.get().value == "1234567893"
    assert "1234567893" in client.get(response.url).content.decode()


def test_a_wrong_number_comes_back_in_words_and_adds_nobody(client, organisation, coordinator):
    response = client.post(reverse("clinician_add"), NEW | {"number": "1234567890"})

    assert response.status_code == 422
    assert "check digit does not hold" in response.content.decode()
    assert not Clinician.objects.exists()
    assert not Identifier.objects.exists()
    assert not Institution.objects.exists()


def test_an_address_longer_than_is_kept_comes_back_in_words(client, organisation, coordinator):
    response = client.post(reverse("clinician_add"), NEW | {"email": f"{'a' * 250}@example.org"})

    assert response.status_code == 422
    assert not Clinician.objects.exists()


def test_a_record_that_was_merged_is_listed_for_whoever_asks_for_it(client, coordinator):
    kept = ClinicianFactory(full_name="Asha Rao")
    gone = ClinicianFactory(full_name="Twice Rao", merged_into=kept, deactivated_at=now())
    ClinicianFactory(full_name="Retired Rao", deactivated_at=now())

    def named(**asked):
        page = client.get(reverse("clinicians"), asked).text
        return [name for name in ("Asha Rao", "Retired Rao", gone.full_name) if name in page]

    assert named() == ["Asha Rao", "Retired Rao"]
    assert named(standing="deactivated") == ["Retired Rao"]
    assert named(standing="merged") == ["Twice Rao"]
    assert named(standing=["active", "merged"]) == ["Asha Rao", "Twice Rao"]


def test_a_number_belongs_to_one_person(client, organisation, coordinator):
    ClinicianFactory(full_name="Somebody Else", npi="1234567893")

    response = client.post(reverse("clinician_add"), NEW)

    assert response.status_code == 422
    assert "already belongs to Somebody Else" in response.content.decode()


def test_a_correction_is_kept_and_told_in_the_history(client, organisation, coordinator):
    one = ClinicianFactory(full_name="Avery Example", specialty="Cardiology before")
    page = client.get(reverse("clinician_edit", args=[one.pk])).content.decode()
    assert "Cardiology before" in page

    response = client.post(
        reverse("clinician_change", args=[one.pk]),
        {
            "full_name": one.full_name,
            "profession": "physician",
            "email": one.email,
            "specialty": "Neurology",
        },
    )

    assert response.status_code == 302
    one.refresh_from_db()
    assert one.specialty == "Neurology"
    history = client.get(reverse("clinician_history", args=[one.pk])).content.decode()
    assert "Cardiology before" in history
    assert str(coordinator) in history


def test_a_name_that_stands_is_changed_by_two(client, organisation, coordinator):
    one = ClinicianFactory(full_name="Avery Before")
    said = {"full_name": "Avery After", "profession": "physician", "email": one.email}
    change = reverse("clinician_change", args=[one.pk])

    refused = client.post(change, said)
    assert refused.status_code == 422
    assert "a second person will look at it" in refused.text
    assert "Avery After" in refused.text

    answer = client.post(change, said | {"evidence": "Licence of May"}, follow=True)
    assert "A second person decides on: Name as on the licence." in answer.text
    one.refresh_from_db()
    assert one.full_name == "Avery Before"
    assert ChangeRequest.objects.get().now == "Avery After"


def test_the_same_institution_is_not_added_twice(client, organisation, coordinator):
    client.post(reverse("clinician_add"), NEW)
    client.post(reverse("clinician_add"), NEW | {"number": "", "institution": "harbour hospital"})

    assert Institution.objects.count() == 1
    assert Clinician.objects.count() == 2


def test_deactivating_needs_a_reason_and_can_be_undone(client, organisation, coordinator):
    one = ClinicianFactory()
    client.post(reverse("clinician_deactivation", args=[one.pk]), {"reason": ""})
    one.refresh_from_db()
    assert one.is_active

    client.post(reverse("clinician_deactivation", args=[one.pk]), {"reason": "retired"})
    one.refresh_from_db()
    assert not one.is_active

    client.post(reverse("clinician_reactivation", args=[one.pk]))
    one.refresh_from_db()
    assert one.is_active


def test_numbers_are_added_and_removed(client, organisation, coordinator):
    one = ClinicianFactory(npi=False)
    numbers = reverse("clinician_numbers", args=[one.pk])
    refused = client.post(numbers, {"scheme": "npi", "number": "1234567890"})
    assert refused.status_code == 422

    client.post(numbers, {"scheme": "smc", "number": "MH/2001-123", "issuer": "Maharashtra"})
    number = one.identifiers.get()
    assert (number.value, number.written) == ("MH2001123", "MH/2001-123")

    removal = reverse("clinician_number_removal", args=[one.pk, number.pk])
    assert client.get(removal).status_code == 200
    client.post(removal, {"reason": "Left the register"})
    client.post(numbers, {"scheme": "npi", "number": "1234567893", "evidence": "Register"})
    waiting = ChangeRequest.objects.order_by("pk")
    assert [(each.was, each.now) for each in waiting] == [("MH/2001-123", ""), ("", "1234567893")]
    assert one.identifiers.get() == number


def test_a_representative_finds_nobody_of_another_territory(client, organisation):
    mine, other = TerritoryFactory(), TerritoryFactory()
    seen = ClinicianFactory(full_name="Seen Person", territory=mine)
    hidden = ClinicianFactory(full_name="Hidden Person", territory=other)
    scope = {"scope_kind": "territory", "scope_id": mine.pk}
    client.force_login(member(organisation, "field_representative", **scope))

    listed = client.get(reverse("clinicians")).content.decode()
    assert "Seen Person" in listed
    assert "Hidden Person" not in listed
    assert client.get(reverse("clinician", args=[seen.pk])).status_code == 200
    assert client.get(reverse("clinician", args=[hidden.pk])).status_code == 404
    assert "Hidden Person" not in client.get(reverse("search"), {"q": "hidden"}).content.decode()


def test_a_representative_changes_nobody(client, organisation):
    one = ClinicianFactory()
    client.force_login(member(organisation, "field_representative"))

    assert client.post(reverse("clinician_change", args=[one.pk]), NEW).status_code == 403


def test_people_of_another_organisation_do_not_exist(client, organisation, coordinator):
    other = OrganisationFactory()
    with acting_in(other.pk):
        foreign = ClinicianFactory(full_name="Foreign Person")

    assert client.get(reverse("clinician", args=[foreign.pk])).status_code == 404
    assert "Foreign Person" not in client.get(reverse("clinicians")).content.decode()


def test_the_list_asks_as_often_for_three_people_as_for_one(client, organisation, coordinator):
    ClinicianFactory()
    client.get(reverse("clinicians"))
    with CaptureQueriesContext(connection) as one:
        client.get(reverse("clinicians"))
    ClinicianFactory.create_batch(2)
    with CaptureQueriesContext(connection) as three:
        client.get(reverse("clinicians"))

    assert len(three) == len(one)


def test_the_search_box_jumps_to_a_number_or_an_address(client, organisation, coordinator):
    one = ClinicianFactory(npi="1234567893", email="one@example.org")
    for text in ("1234567893", "ONE@example.org"):
        response = client.get(reverse("search"), {"q": text})
        assert response.url == reverse("clinician", args=[one.pk])


def test_the_search_box_lists_names_and_forgives_an_error(client, organisation, coordinator):
    ClinicianFactory(full_name="Katherine Johnson")
    ClinicianFactory(full_name="Bertram Quill")
    for text in ("kath joh", "katherin jonson"):
        page = client.get(reverse("search"), {"q": text}).content.decode()
        assert "Katherine Johnson" in page
        assert "Bertram Quill" not in page
    assert "Nothing found" in client.get(reverse("search"), {"q": "zzzz"}).content.decode()


def test_people_stand_as_one_looks_them_up_whatever_their_capitals(client, organisation):
    client.force_login(member(organisation, "coordinator"))
    names = ["Zo\u00eb Adams", "anna de Vries", "\u00c9mile Roux", "Anna De Vos", "Bo Lind"]
    for name in names:
        ClinicianFactory(full_name=name)

    page = client.get(reverse("clinicians")).text
    found = sorted(names, key=page.index)

    assert found == ["Anna De Vos", "anna de Vries", "Bo Lind", "\u00c9mile Roux", "Zo\u00eb Adams"]


def test_a_right_over_a_territory_changes_nobody_elsewhere(client, organisation):
    """One role sees everybody, the other manages a part: managing reaches that part alone."""
    mine, other = TerritoryFactory(), TerritoryFactory()
    near = ClinicianFactory(city="Pune", territory=mine)
    far = ClinicianFactory(city="Pune", territory=other, npi="1234567893")
    user = member(organisation, "education_lead")
    coordinator = Role.objects.get(code="coordinator")
    scope = {"scope_kind": "territory", "scope_id": mine.pk}
    add_member(user, coordinator, by=SYSTEM, **scope)
    client.force_login(user)

    shown = [client.get(reverse("clinician", args=[each.pk])) for each in (near, far)]
    assert [page.status_code for page in shown] == [200, 200]
    assert [page.context["may_manage"] for page in shown] == [True, False]
    number = far.identifiers.get().pk
    told = {"reason": "Gone", "number": "7", "scheme": "own", "field": ["city"]} | NEW
    assert client.get(reverse("clinician_edit", args=[far.pk])).status_code == 404
    for name in ("change", "numbers", "deactivation", "reactivation", "registry_fill"):
        assert client.post(reverse(f"clinician_{name}", args=[far.pk]), told).status_code == 404
    taking = reverse("clinician_number_removal", args=[far.pk, number])
    assert client.post(taking, told).status_code == 404
    caller = key_of(user, organisation, ["view_directory", "manage_directory"])
    answers = [
        client.patch(
            f"/api/v1/clinicians/{each.pk}",
            {"city": "Nashik"},
            content_type="application/json",
            headers=caller,
        ).status_code
        for each in (near, far)
    ]
    assert answers == [200, 404]
    far.refresh_from_db()
    assert (far.city, far.deactivated_at) == ("Pune", None)
