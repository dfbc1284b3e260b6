import uuid

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from symposia.attendance.actions.badges import Look, design_badges, queue_badge
from symposia.attendance.badges import HAS_BADGE, NO_LOGO, NOTHING_WAITS
from symposia.attendance.models import Badge, BadgeDesign
from symposia.shared.actors import SYSTEM
from tests.api.test_self_check_in import post, token_of
from tests.factories.accounts import member
from tests.factories.activities import ActivityFactory
from tests.factories.registrations import RegistrationFactory


@pytest.fixture
def coordinator(client, organisation):
    user = member(organisation, "coordinator")
    client.force_login(user)
    return user


@pytest.fixture
def activity(organisation):
    return ActivityFactory(state="open")


@pytest.fixture
def place(activity):
    return RegistrationFactory(activity=activity, clinician__full_name="Radhika Iyer")


@pytest.fixture
def designed(activity):
    return design_badges(activity, Look("card", ["credential"]), by=SYSTEM)


def test_badges_are_designed(client, coordinator, activity):
    values = {"size": "a6", "line_1": "institution", "line_3": "number", "band": "Participant"}
    address = reverse("badge_design", args=[activity.pk])

    wrong = client.post(address, values | {"logo": SimpleUploadedFile("x.png", b"no picture")})
    client.post(address, values)

    assert wrong.status_code == 422
    assert str(NO_LOGO) in wrong.text
    assert 'value="Participant"' in wrong.text
    design = BadgeDesign.objects.get()
    assert (design.size, design.shows) == ("a6", ["institution", "number"])
    assert not design.has_code


def test_the_queue_is_printed_and_its_paper_can_be_had_again(
    client, coordinator, activity, place, designed
):
    client.post(reverse("badge_all", args=[activity.pk]))
    assert "Radhika Iyer" in client.get(reverse("badges", args=[activity.pk])).text

    answer = client.post(reverse("badge_printing", args=[activity.pk]))

    badge = Badge.objects.get()
    assert answer.url == reverse("badge_run", args=[badge.run])
    assert client.get(answer.url).content.startswith(b"%PDF")
    nothing = client.post(reverse("badge_printing", args=[activity.pk]), follow=True)
    assert str(NOTHING_WAITS) in nothing.text
    no_run = client.get(reverse("badge_run", args=[uuid.uuid4()]))
    assert no_run.status_code == 404


def test_a_reprint_asks_why(client, coordinator, activity, place, designed):
    queue_badge(place, by=SYSTEM)
    client.post(reverse("badge_printing", args=[activity.pk]))
    address = reverse("badge_new", args=[place.pk])

    refused = client.post(address, {"reason": ""}, follow=True)
    client.post(address, {"reason": "Name was wrong"})

    assert str(HAS_BADGE) in refused.text
    assert Badge.objects.waiting().get().reason == "Name was wrong"


def test_a_badge_is_taken_out_of_the_queue(client, coordinator, activity, place, designed):
    badge = queue_badge(place, by=SYSTEM)
    assert str(badge.pk) in client.get(reverse("badges", args=[activity.pk])).text

    client.post(reverse("badge_dropping", args=[activity.pk]), {"badge": [str(badge.pk), "x"]})

    badge.refresh_from_db()
    assert badge.state == "dropped"


def test_a_test_page_is_there_once_there_is_a_design(client, coordinator, activity):
    address = reverse("badge_test", args=[activity.pk])
    assert client.get(address).status_code == 404

    design_badges(activity, Look("roll", ["city"], band="Guest"), by=SYSTEM)

    assert client.get(address).content.startswith(b"%PDF")


def test_whoever_only_looks_prints_nothing(client, organisation, activity, place, designed):
    client.force_login(member(organisation, "education_lead"))

    assert client.get(reverse("badges", args=[activity.pk])).status_code == 200
    assert client.post(reverse("badge_all", args=[activity.pk])).status_code == 403
    assert client.post(reverse("badge_new", args=[place.pk])).status_code == 403
    assert not Badge.objects.exists()


def test_the_api_designs_queues_prints_and_drops(client, organisation, activity, place):
    rights = ["manage_registrations", "check_in", "view_attendance"]
    token = token_of(organisation, rights)
    look = client.put(
        f"/api/v1/badges/activities/{activity.pk}/design",
        {"size": "card", "shows": ["credential"]},
        content_type="application/json",
        headers=token,
    )

    queued = post(client, "/badges", token, {"registration": str(place.pk)})
    printed = post(client, f"/badges/activities/{activity.pk}/printing", token)
    again = post(client, "/badges", token, {"registration": str(place.pk), "reason": "Lost"})
    dropped = post(client, f"/badges/{again.json()['id']}/dropping", token)

    assert look.json()["shows"] == ["credential"]
    assert queued.status_code == 201
    assert uuid.UUID(printed.json()["run"])
    assert dropped.json()["state"] == "dropped"


def test_the_api_queues_everybody_without_a_badge(client, organisation, activity, place, designed):
    token = token_of(organisation, ["check_in"])

    queued = post(client, f"/badges/activities/{activity.pk}/badges", token)
    again = post(client, f"/badges/activities/{activity.pk}/badges", token)

    assert (queued.status_code, queued.json()) == (201, {"queued": 1})
    assert again.status_code == 409
    assert Badge.objects.get().registration == place


def test_a_band_of_a_role_is_designed_and_shown_again(client, coordinator, activity):
    address = reverse("badge_design", args=[activity.pk])
    values = {"size": "a6", "word_nurse": "Nurse", "colour_nurse": "teal"}

    wrong = client.post(address, {"size": "a6", "word_nurse": "Nurse"})
    client.post(address, values)

    assert wrong.status_code == 422
    assert "not all see colours" in wrong.text
    assert 'value="Nurse"' in client.get(address).text
    assert client.get(reverse("badge_test", args=[activity.pk])).content.startswith(b"%PDF")
