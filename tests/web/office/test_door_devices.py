import re

import pytest
from django.urls import reverse

from symposia.attendance.actions.devices import revoke_device
from symposia.attendance.models import DeviceReport, DoorDevice
from symposia.shared.actors import SYSTEM
from tests.factories.accounts import member
from tests.factories.activities import ActivityFactory, SessionFactory
from tests.factories.attendance import DeviceFactory


@pytest.fixture
def coordinator(client, organisation):
    user = member(organisation, "coordinator")
    client.force_login(user)
    return user


@pytest.fixture
def activity(organisation):
    return ActivityFactory(title="Stroke update", state="open")


def listed(activity):
    return reverse("door_devices", kwargs={"activity_pk": activity.pk})


def make(client, activity, **values):
    values = {"door": "Hall A", "holder": "Kiran", "direction": "in", "mode": "express"} | values
    return client.post(reverse("door_device_new", args=[activity.pk]), values)


def test_a_code_is_made_and_shown_once_as_a_picture_and_as_letters(client, coordinator, activity):
    session = SessionFactory(activity=activity)

    page = make(client, activity, session=session.pk)

    device = DoorDevice.objects.get()
    assert (device.door, device.session, device.mode) == ("Hall A", session, "express")
    assert device.on_duty_id == coordinator.pk
    assert "qr-code" in page.text
    code = re.search(r'id="secret"><bdi>([^<]+)', page.text)[1]
    assert code not in client.get(listed(activity)).text
    assert page["Cache-Control"].startswith("max-age=0")


def test_a_post_without_its_door_is_asked_for_it_and_keeps_the_rest(client, coordinator, activity):
    page = make(client, activity, door="")

    assert page.status_code == 422
    assert 'value="Kiran"' in page.text
    assert not DoorDevice.objects.exists()


def test_a_closed_door_is_refused_in_words(client, coordinator, organisation):
    draft = ActivityFactory(state="draft")

    page = make(client, draft)

    assert page.status_code == 302
    assert "not open" in client.get(page["Location"]).text


def test_the_list_says_where_each_phone_stands(client, coordinator, activity):
    device = DeviceFactory(activity=activity, door="Hall B")
    DeviceReport.objects.create(device=device, pending=23, people=418)

    page = client.get(listed(activity)).text

    assert "Hall B" in page
    assert "In contact" in page
    assert "418" in page


def test_one_phone_shows_what_it_told_and_is_ended(client, coordinator, activity):
    device = DeviceFactory(activity=activity)
    address = reverse("door_device", args=[activity.pk, device.pk])
    assert "End this phone" in client.get(address).text

    client.post(reverse("door_device_revocation", args=[activity.pk, device.pk]))

    page = client.get(address).text
    assert DoorDevice.objects.get().revoked_at
    assert "End this phone" not in page
    assert "Ended" in page


def test_a_phone_is_ended_once(client, coordinator, activity):
    device = DeviceFactory(activity=activity)
    revoke_device(device, by=SYSTEM)

    answer = client.post(
        reverse("door_device_revocation", args=[activity.pk, device.pk]), follow=True
    )

    assert "already ended" in answer.text


def test_a_phone_of_another_activity_is_not_found_here(client, coordinator, activity):
    other = DeviceFactory()

    assert client.get(reverse("door_device", args=[activity.pk, other.pk])).status_code == 404


def test_whoever_only_reads_attendance_makes_no_code(client, organisation, activity):
    client.force_login(member(organisation, "education_lead"))

    assert "Make a pairing code" not in client.get(listed(activity)).text
    assert make(client, activity).status_code == 403


def test_the_list_asks_as_much_for_three_phones_as_for_one(
    client, coordinator, activity, django_assert_max_num_queries
):
    DeviceFactory(activity=activity)
    with django_assert_max_num_queries(60) as first:
        client.get(listed(activity))
    for _ in range(2):
        DeviceReport.objects.create(device=DeviceFactory(activity=activity))

    with django_assert_max_num_queries(len(first)):
        client.get(listed(activity))
