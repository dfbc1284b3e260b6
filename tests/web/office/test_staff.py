"""The office keeps groups of staff: page, file, program."""

from datetime import timedelta

import pytest
from django.urls import reverse

from symposia.directory.models import GroupManager, StaffGroup, StaffMember
from tests.factories.accounts import day_here, key_of, member
from tests.factories.directory import ClinicianFactory, InstitutionFactory
from tests.factories.staff import Ward


@pytest.fixture
def desk(client, organisation):
    client.force_login(member(organisation, "coordinator"))
    return client


def test_the_office_begins_a_group_and_puts_it_into_somebodys_hands(desk, organisation):
    house, lead = InstitutionFactory(name="Riverside"), member(organisation, "learner")
    said = {"name": "Stroke unit", "institution": "riverside", "department": "Neurology"}

    made = desk.post(reverse("staff_group_new"), said)
    group = StaffGroup.objects.get()
    to = reverse("group_manager_new", args=[group.pk])
    desk.post(to, {"email": lead.email, "from_on": day_here(), "sees_licences": "on"})

    assert made.url == reverse("staff_group", args=[group.pk])
    assert group.institution == house
    page = desk.get(made.url).content.decode()
    assert lead.full_name in page
    assert "Reads them" in page
    assert lead.full_name in desk.get(reverse("staff_groups")).content.decode()
    manager = GroupManager.objects.get()
    desk.post(reverse("group_manager_end", args=[manager.pk]), {"reason": "Another post"})
    manager.refresh_from_db()
    assert manager.ended_at


def test_what_cannot_be_is_said_in_words(desk, organisation):
    ward = Ward(organisation)
    no_house = desk.post(reverse("staff_group_new"), {"name": "X", "institution": "Nowhere"})
    to = reverse("group_manager_new", args=[ward.group.pk])
    nobody = desk.post(to, {"email": "nobody@example.org", "from_on": day_here()})

    assert no_house.status_code == nobody.status_code == 422
    assert "No institution of the directory is called so" in no_house.content.decode()
    assert "Nobody who works here" in nobody.content.decode()


def test_people_are_put_on_the_list_by_hand_and_by_a_file_with_a_dry_run(desk, organisation):
    ward, one, two = Ward(organisation), ClinicianFactory(), ClinicianFactory()
    hand = reverse("staff_listing_new", args=[ward.group.pk])
    file = reverse("staff_many", args=[ward.group.pk])

    desk.post(hand, {"person": one.email, "from_on": day_here()})
    lines = {"lines": f"E-mail\n{two.email}\nnobody@example.org"}
    looked = desk.post(file, lines).content.decode()
    assert StaffMember.objects.get().clinician == one
    assert "Would be put on the list" in looked
    desk.post(file, lines | {"take": "1"})

    assert set(StaffMember.objects.values_list("clinician", flat=True)) == {one.pk, two.pk}
    leaves = StaffMember.objects.get(clinician=one)
    desk.post(reverse("staff_listing_end", args=[leaves.pk]), {"on": day_here()})
    leaves.refresh_from_db()
    assert leaves.until_on == day_here()


def test_a_group_is_called_otherwise_and_retired_with_a_reason(desk, organisation):
    ward = Ward(organisation)
    desk.post(reverse("staff_group_edit", args=[ward.group.pk]), {"name": "Heart ward"})
    ward.group.refresh_from_db()
    assert ward.group.name == "Heart ward"

    desk.post(reverse("staff_group_retirement", args=[ward.group.pk]), {"reason": "Closed"})
    assert desk.get(reverse("staff_group", args=[ward.group.pk])).status_code == 404


def test_a_program_keeps_groups_as_the_page_does(client, organisation):
    user = member(organisation, "coordinator")
    headers = key_of(user, organisation, ["manage_registrations", "view_directory", "view_credits"])
    lead, person = member(organisation, "faculty"), ClinicianFactory()

    def post(path, body, status=201):
        answer = client.post(f"/api/v1/groups{path}", body, "application/json", headers=headers)
        assert answer.status_code == status, answer.content
        return answer.json()

    group = post("", {"name": "Stroke unit"})["id"]
    hands = {"user": str(lead.pk), "from_on": str(day_here()), "sees_licences": True}
    manager = post(f"/{group}/managers", hands)["id"]
    listing = {"clinician": str(person.pk), "from_on": str(day_here())}
    member_ = post(f"/{group}/members", listing)["id"]
    form = {"group": group, "lines": f"E-mail\n{ClinicianFactory().email}", "dry_run": "false"}
    taken = client.post("/api/v1/groups/imports", form, headers=headers).json()
    tomorrow = str(day_here() + timedelta(days=1))

    assert taken["taken"] == 1
    assert post(f"/members/{member_}/ending", {"on": tomorrow}, 200)["until_on"] == tomorrow
    assert post(f"/managers/{manager}/ending", {"reason": "Moved"}, 200)["until_on"]
    post(f"/{group}/retirement", {"reason": "Closed"}, 200)
    assert client.get("/api/v1/groups", headers=headers).json()["count"] == 0
