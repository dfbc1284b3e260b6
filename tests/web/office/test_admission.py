import uuid

import pytest
from django.urls import reverse

from symposia.registrations.actions.admission import request_place, settle_admission
from symposia.registrations.actions.places import register_clinician
from symposia.registrations.models import Admission
from symposia.shared.actors import SYSTEM
from tests.factories.accounts import member
from tests.factories.activities import ActivityFactory
from tests.factories.directory import ClinicianFactory
from tests.registrations.test_attendee_cap import cap


@pytest.fixture
def activity(client, organisation):
    client.force_login(member(organisation, "coordinator"))
    return ActivityFactory(state="open", capacity=1)


def request(activity, name):
    return request_place(ClinicianFactory(full_name=name), activity, by=SYSTEM)


def get(client, name, *args):
    return client.get(reverse(name, args=args))


def post(client, name, *args, **values):
    values = {"idempotency_key": uuid.uuid4(), **values}
    return client.post(reverse(name, args=args), values, follow=True)


def test_who_may_come_is_settled(client, activity):
    page = post(client, "admission", activity.pk, kind="moderated").content.decode()

    assert Admission.objects.get().is_moderated
    assert "Whoever the office says yes to" in page


def test_requests_are_listed_and_answered(client, activity):
    first, second = request(activity, "Asha Menon"), request(activity, "Bina Rao")

    listed = get(client, "activity_requests", activity.pk).content.decode()
    yes = post(client, "request_approval", first.pk).content.decode()
    again = post(client, "request_approval", first.pk).content.decode()
    empty = post(client, "request_refusal", second.pk, reason=" ")
    post(client, "request_refusal", second.pk, reason="For nurses")

    first.refresh_from_db()
    second.refresh_from_db()
    assert "Asha Menon" in listed
    assert "Place confirmed" in yes
    assert "This request was answered already." in again
    assert empty.status_code == 422
    assert (first.state, second.state) == ("confirmed", "declined")
    assert second.declined_because == "For nurses"


def test_everybody_is_let_in_with_one_press(client, activity):
    request(activity, "Asha Menon")
    request(activity, "Bina Rao")

    page = post(client, "requests_approval", activity.pk).content.decode()

    assert "1 person has a place; waiting: 1." in page


def test_the_registration_of_a_request_offers_both_answers(client, activity):
    asked = request(activity, "Asha Menon")

    page = get(client, "registration", asked.pk).content.decode()

    assert "Say yes" in page
    assert "Say no" in page


def test_what_is_over_is_said_and_settles_nothing(client, activity):
    over = ActivityFactory(state="held")

    page = post(client, "admission", over.pk, kind="invited").content.decode()

    assert "This activity is over." in page


@pytest.mark.parametrize(
    "name", ["activity_requests", "admission", "request_refusal", "request_approval"]
)
def test_the_requests_of_another_organisation_do_not_exist(client, activity, name):
    assert client.post(reverse(name, args=[uuid.uuid4()])).status_code in {404, 405}
    settle_admission(activity, "open", by=SYSTEM)


def test_everybody_gets_an_answer_by_name(client, activity):
    capped = ActivityFactory(state="open", mode="scientific", capacity=9)
    tired, _rested = request(capped, "Asha Menon"), request(capped, "Bina Rao")
    elsewhere = ActivityFactory(state="open", mode="scientific")
    register_clinician(tired.clinician, elsewhere, source="office", by=SYSTEM)
    cap("1")

    page = post(client, "requests_approval", capped.pk).content.decode()

    assert "Asha Menon: This would be meeting 2 of the year" in page
    assert "1 person has a place; waiting: 0." in page
    assert "Place confirmed: Bina Rao" in page
