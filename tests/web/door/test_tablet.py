import pytest
from django.urls import reverse

from symposia.attendance.actions.sheets import print_sheet
from symposia.attendance.models import PresenceEvidence
from symposia.attendance.sheets import NOT_SIGNED_HERE
from symposia.shared.actors import SYSTEM
from tests.factories.accounts import member
from tests.factories.activities import ActivityFactory
from tests.factories.registrations import RegistrationFactory


@pytest.fixture
def sheet(organisation):
    activity = ActivityFactory(state="open")
    for name in ("Radhika Iyer", "Wei Chen"):
        RegistrationFactory(activity=activity, clinician__full_name=name)
    return print_sheet(activity, None, by=SYSTEM)


@pytest.fixture
def door(client, organisation):
    client.force_login(member(organisation, "door_staff"))


def row(sheet, position=1):
    return reverse("sheet_tablet_row", args=[sheet.pk, position])


def test_one_finds_oneself_and_nobody_else(client, door, sheet):
    address = reverse("sheet_tablet", args=[sheet.pk])

    assert "Radhika" not in client.get(address).text
    assert "Radhika" not in client.get(address, {"q": "Ra"}).text
    found = client.get(address, {"q": "Radhika"}).text
    assert row(sheet) in found
    assert "Wei Chen" not in found


def test_a_finger_signs_and_the_next_one_follows(client, door, sheet):
    assert "data-signature" in client.get(row(sheet)).text

    answer = client.post(row(sheet), {"strokes": "[[[1,2,0]]]"})

    assert "Checked in" in answer.text
    assert reverse("sheet_tablet", args=[sheet.pk]) in answer.text
    assert PresenceEvidence.objects.get().source == "sheet"
    again = client.get(reverse("sheet_tablet", args=[sheet.pk]), {"q": "Radhika"})
    assert row(sheet) not in again.text


def test_without_a_signature_it_is_asked_for(client, door, sheet):
    page = client.post(row(sheet), {"strokes": ""})

    assert page.status_code == 422
    assert str(NOT_SIGNED_HERE) in page.text


def test_a_row_or_a_sheet_that_is_not_there_is_not_found(client, door, sheet):
    assert client.get(row(sheet, 9)).status_code == 404
    assert client.get(reverse("sheet_tablet", args=[sheet.activity_id])).status_code == 404


def test_whoever_may_not_check_in_does_not_hold_the_tablet(client, organisation, sheet):
    client.force_login(member(organisation, "education_lead"))

    assert client.get(row(sheet)).status_code == 403
