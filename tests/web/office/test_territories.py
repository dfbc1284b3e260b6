from datetime import UTC, date, datetime

import pytest
import time_machine
from django.urls import reverse

from symposia.accounts.models import Grant, Membership, Role
from symposia.directory.models import Assignment
from symposia.shared.tenancy import acting_in
from tests.factories.accounts import OrganisationFactory, key_of, member
from tests.factories.directory import ClinicianFactory, TerritoryFactory

NOON = datetime(2026, 6, 10, 16, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(NOON, tick=False) as traveller:
        yield traveller


@pytest.fixture
def keeper(client, organisation):
    """Somebody who says who may do what, and sees the directory."""
    user = member(organisation, "administrator")
    with acting_in(organisation.pk):
        Role.objects.filter(code="administrator").update(
            permissions=[*Role.objects.get(code="administrator").permissions, "view_directory"]
        )
    client.force_login(user)
    return user


def said(organisation, **changes):
    ravi = Membership.objects.get(user=member(organisation, "executive"))
    role = Role.objects.get(code="field_representative")
    return {"person": str(ravi.pk), "role": str(role.pk), "from_on": "2026-06-10", **changes}


def test_a_territory_is_given_shown_and_let_go(client, organisation, keeper):
    pune = TerritoryFactory(name="Pune", code="pune")
    page = reverse("territory_assignment", args=[pune.pk])
    assert "Whoever holds it until then" in client.get(page).text
    given = client.post(page, said(organisation), follow=True)
    made = Assignment.objects.with_people().get()

    assert str(made.membership.user) in given.text
    assert "Holds it" in given.text
    assert Grant.objects.filter(scope_id=pune.pk).count() == 1
    listed = client.get(reverse("territories")).text
    assert str(made.membership.user) in listed
    ended = client.post(
        reverse("assignment_end", args=[made.pk]), {"on": "2026-06-12", "reason": "Moves."}
    )
    assert ended.status_code == 302
    made.refresh_from_db()
    assert made.until_on == date(2026, 6, 12)
    history = reverse("territory", kwargs={"pk": pune.pk})
    then, before = (client.get(f"{history}?on={day}").text for day in ("2026-06-12", "2026-01-01"))
    assert then.count(str(made.membership.user)) > before.count(str(made.membership.user))


def test_what_is_not_given_says_why_and_keeps_the_words(client, organisation, keeper):
    pune = TerritoryFactory(name="Pune", code="pune")
    page = reverse("territory_assignment", args=[pune.pk])
    answer = client.post(page, said(organisation, from_on="2026-06-01"))

    assert answer.status_code == 422
    assert "from today on, or later" in answer.text
    assert 'value="2026-06-01"' in answer.text


def test_who_looks_after_a_doctor_is_told_for_a_day(client, organisation, keeper):
    pune = TerritoryFactory(name="Pune", code="pune")
    doctor = ClinicianFactory(territory=pune)
    client.post(reverse("territory_assignment", args=[pune.pk]), said(organisation))
    page = reverse("clinician_holders", args=[doctor.pk])
    holder = str(Assignment.objects.with_people().get().membership.user)

    assert holder in client.get(page).text
    assert "Nobody held the territory" in client.get(f"{page}?on=2026-06-09").text
    assert client.get(f"{page}?on=yesterday").status_code == 422
    assert page in client.get(reverse("clinician", args=[doctor.pk])).text


def test_a_representative_sees_the_own_territory_and_gives_none(client, organisation, keeper):
    mine, other = TerritoryFactory(name="Pune", code="pune"), TerritoryFactory(code="goa")
    user = member(organisation, "field_representative", scope_kind="territory", scope_id=mine.pk)
    client.force_login(user)

    assert client.get(reverse("territory", kwargs={"pk": mine.pk})).status_code == 200
    assert client.get(reverse("territory", kwargs={"pk": other.pk})).status_code == 404
    assert client.get(reverse("territory_assignment", args=[mine.pk])).status_code == 403


def test_a_territory_of_another_organisation_does_not_exist_here(client, organisation, keeper):
    elsewhere = OrganisationFactory()
    with acting_in(elsewhere.pk):
        theirs = TerritoryFactory(code="theirs")

    assert client.get(reverse("territory_assignment", args=[theirs.pk])).status_code == 404


def test_a_program_gives_reads_and_ends(client, organisation, keeper):
    pune = TerritoryFactory(name="Pune", code="pune")
    doctor = ClinicianFactory(territory=pune)
    ravi = Membership.objects.get(user=member(organisation, "executive"))
    headers = key_of(keeper, organisation, ["manage_access", "view_directory", "use_api"])
    address = f"/api/v1/territories/{pune.pk}/assignments"
    body = {"member": str(ravi.pk), "role": "field_representative", "from_on": "2026-06-10"}
    send = {"content_type": "application/json", "headers": headers}
    made = client.post(address, body, **send)

    assert made.status_code == 201
    assert client.get(address, headers=headers).json() == [made.json()]
    holders = f"/api/v1/territories/holders/{doctor.pk}?on=2026-06-10"
    assert [each["member"] for each in client.get(holders, headers=headers).json()] == [
        str(ravi.pk)
    ]
    ending = f"/api/v1/territories/assignments/{made.json()['id']}/ending"
    assert client.post(ending, {"on": "2026-06-10", "reason": "x"}, **send).status_code == 204
    lost = client.post(address, {**body, "role": "president"}, **send)
    assert lost.status_code == 404
