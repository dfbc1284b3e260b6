"""The pages of whoever looks after a group, and the wall around it."""

import uuid
from datetime import timedelta

import pytest
import time_machine
from django.urls import reverse
from django.utils.timezone import now

from symposia.directory.actions.staff import end_manager
from symposia.registrations.models import Registration
from symposia.shared.actors import SYSTEM
from symposia.web.learner.staff import ON_A_PAGE
from tests.factories.accounts import day_here, key_of, member
from tests.factories.activities import ActivityFactory
from tests.factories.credits import attended
from tests.factories.directory import ClinicianFactory
from tests.factories.registrations import RegistrationFactory
from tests.factories.staff import Ward

LISTS = ("my_staff", "my_staff_progress", "my_staff_licences")
PAGES = ("my_group", "my_staff_enrolments", *LISTS)


@pytest.fixture
def ward(organisation):
    return Ward(organisation)


@pytest.fixture
def activity(organisation):
    return ActivityFactory(state="open", capacity=2)


@pytest.fixture
def signed_in(client, ward):
    client.force_login(ward.lead)
    return client


def address(name, ward):
    return reverse(name, args=[ward.group.pk])


def test_my_learning_leads_to_the_group_and_the_group_to_its_people(signed_in, ward):
    person = ward.works(full_name="Ines Ward")
    RegistrationFactory(clinician=person)

    assert address("my_group", ward) in signed_in.get(reverse("learning")).content.decode()
    assert signed_in.get(reverse("my_groups")).url == address("my_group", ward)
    overview = signed_in.get(address("my_group", ward)).content.decode()
    assert "Ines Ward" in overview
    assert "To come" in overview


def test_people_of_one_name_are_all_shown_across_pages(signed_in, ward):
    made = {ward.works(full_name="Ines Ward").pk for _ in range(ON_A_PAGE + 1)}

    first = signed_in.get(address("my_group", ward))
    second = signed_in.get(first.context["next_href"])

    lines = [*first.context["matrix"].lines, *second.context["matrix"].lines]
    assert len(lines) == len(made)
    assert {person.pk for person, _cells in lines} == made


def test_who_looks_after_no_group_reads_so(client, organisation):
    client.force_login(member(organisation, "learner"))

    assert "You look after no group" in client.get(reverse("my_groups")).content.decode()


def test_first_what_each_would_get_then_the_places_then_the_way_back(signed_in, ward, activity):
    ines, jon, kit = (ward.works(full_name=name) for name in ("Ines A", "Jon B", "Kit C"))
    said = {"activity": activity.pk, "people": [ines.pk, jon.pk, kit.pk]}
    to = address("my_staff_enrolments", ward)

    looked = signed_in.post(to, said)
    assert Registration.objects.count() == 0
    assert "On the waitlist" in looked.content.decode()
    done = signed_in.post(to, said | {"confirmed": "1"})

    places = Registration.objects.filter(activity=activity)
    assert sorted(places.values_list("state", flat=True)) == ["confirmed", "confirmed", "queued"]
    assert "Undo" in done.content.decode()
    ids = [str(pk) for pk in places.values_list("pk", flat=True)]
    signed_in.post(address("my_staff_withdrawals", ward), {"registration": ids})
    assert set(places.values_list("state", flat=True)) == {"cancelled"}


def test_nobody_outside_the_group_can_be_chosen(signed_in, ward, activity):
    ward.works()
    stranger = ClinicianFactory()
    said = {"activity": activity.pk, "people": [stranger.pk], "confirmed": "1"}

    assert signed_in.post(address("my_staff_enrolments", ward), said).status_code == 422
    assert Registration.objects.count() == 0


def test_guessed_ids_of_places_outside_the_group_do_nothing(signed_in, ward):
    stranger = RegistrationFactory(source="group")
    owing = attended(answered=False)

    for name in ("my_staff_withdrawals", "my_staff_reminders"):
        said = {"registration": [stranger.pk, owing.pk, "x", uuid.uuid4()]}
        answer = signed_in.post(address(name, ward), said, follow=True)
        assert "Choose at least one person" in answer.content.decode()
    stranger.refresh_from_db()
    assert stranger.state == "confirmed"


@pytest.mark.parametrize("name", PAGES)
def test_another_group_does_not_exist(organisation, client, ward, name):
    ward.works(full_name="Ines Ward")
    client.force_login(Ward(organisation, "Surgery ward", sees_licences=True).lead)

    assert client.get(address(name, ward)).status_code == 404


def test_the_files_of_another_group_hold_nobody(organisation, client, ward):
    ward.works(full_name="Ines Ward")
    client.force_login(Ward(organisation, "Surgery ward", sees_licences=True).lead)

    for name in LISTS:
        body = b"".join(client.get(address(f"{name}_csv", ward)).streaming_content)
        assert b"Ines" not in body


def test_after_the_last_day_there_is_no_group(signed_in, ward):
    end_manager(ward.manager, on=day_here() + timedelta(days=1), by=SYSTEM)
    assert signed_in.get(address("my_group", ward)).status_code == 200

    with time_machine.travel(now() + timedelta(days=2)):
        for name in PAGES:
            signed_in.force_login(ward.lead)
            assert signed_in.get(address(name, ward)).status_code == 404
        assert signed_in.post(address("my_staff_withdrawals", ward)).status_code == 404


def test_a_manager_takes_the_lists_home_without_the_right_to_export(signed_in, ward):
    place = RegistrationFactory(clinician=ward.works(full_name="Ines Ward"))

    body = b"".join(signed_in.get(address("my_staff_progress_csv", ward)).streaming_content)
    book = b"".join(signed_in.get(address("my_staff_progress_xlsx", ward)).streaming_content)

    assert b"Ines Ward" in body
    assert place.activity.number.encode() in body
    assert book[:2] == b"PK"


def test_filters_of_the_progress_are_links(signed_in, ward):
    RegistrationFactory(clinician=ward.works(full_name="Ines Ward"))
    page = signed_in.get(address("my_staff_progress", ward)).content.decode()

    assert f'href="{address("my_staff_progress", ward)}?standing=owes"' in page
    owing = signed_in.get(address("my_staff_progress", ward), {"standing": "owes"})
    assert "Ines Ward" not in owing.content.decode()


def test_licences_have_a_page_where_the_office_says_so(organisation, client):
    ward = Ward(organisation, sees_licences=True)
    client.force_login(ward.lead)

    page = client.get(address("my_group", ward)).content.decode()

    assert address("my_staff_licences", ward) in page


def test_a_manager_opens_nothing_of_the_office_nor_of_an_activity(signed_in, ward, activity):
    for name in ("activity", "activity_people", "activity_agenda"):
        assert signed_in.get(reverse(name, args=[activity.pk])).status_code == 403
    assert signed_in.get(reverse("staff_groups")).status_code == 403
    assert signed_in.get(reverse("staff_group", args=[ward.group.pk])).status_code == 403


def test_a_program_does_the_same_as_the_pages(organisation, client, ward, activity):
    person, stranger = ward.works(), ClinicianFactory()
    headers = key_of(ward.lead, organisation, ["own_learning"])
    to = f"/api/v1/my-groups/{ward.group.pk}/"

    def post(path, body, status=200):
        answer = client.post(to + path, body, "application/json", headers=headers)
        assert answer.status_code == status, answer.content
        return answer.json()

    wish = {"activity": str(activity.pk), "clinicians": [str(person.pk)]}
    assert post("enrolments", wish)["people"][0]["state"] == "confirmed"
    assert Registration.objects.count() == 0
    made = post("enrolments", wish | {"dry_run": False})["people"][0]
    listed = client.get("/api/v1/my-groups/progress", headers=headers).json()
    assert [row["id"] for row in listed["items"]] == [made["registration"]]
    post("enrolments", wish | {"clinicians": [str(stranger.pk)]}, 404)
    other = RegistrationFactory(clinician=stranger, source="group")
    post("withdrawals", {"registrations": [str(other.pk)]}, 404)
    refused = post("reminders", {"registrations": [made["registration"]]})
    assert (refused[0]["result"], refused[0]["code"]) == ("refused", "staff_nothing_owed")
    out = post("withdrawals", {"registrations": [made["registration"]], "reason": "Rota"})
    assert out[0]["result"] == "done"

    end_manager(ward.manager, by=SYSTEM)
    post("enrolments", wish, 404)
    assert client.get("/api/v1/my-groups/people", headers=headers).json()["count"] == 0
