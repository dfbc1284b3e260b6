import uuid

import pytest
from django.utils.timezone import now

from symposia.accounts.actions import make_personal_token
from symposia.accounts.queries import access_of
from symposia.attendance.models import PresenceEvidence
from symposia.registrations.models import Registration
from symposia.registrations.tickets import ticket_text
from symposia.shared.actors import SYSTEM
from tests.factories.accounts import member
from tests.factories.activities import ActivityFactory
from tests.factories.directory import ClinicianFactory
from tests.factories.registrations import RegistrationFactory


@pytest.fixture
def token(organisation):
    user = member(organisation, "coordinator")
    access = access_of(user, organisation, at=now())
    _made, secret = make_personal_token(
        user,
        access,
        name="Test",
        permissions=[
            "manage_registrations",
            "check_in",
            "view_people_of_activity",
            "view_attendance",
            "view_directory",
        ],
        by=SYSTEM,
    )
    return {"authorization": f"Bearer {secret}"}


def post(client, path, headers, body):
    return client.post(f"/api/v1{path}", body, content_type="application/json", headers=headers)


def test_a_clinician_is_registered_once_for_one_key(client, token):
    activity, clinician = ActivityFactory(state="open"), ClinicianFactory()
    body = {"activity": str(activity.pk), "clinician": str(clinician.pk)}
    headers = token | {"idempotency-key": str(uuid.uuid4())}

    first = post(client, "/registrations", headers, body)
    again = post(client, "/registrations", headers, body)

    assert (first.status_code, again.status_code) == (201, 201)
    assert first.json() == again.json()
    assert first.json()["state"] == "confirmed"
    assert Registration.objects.count() == 1


def test_a_refusal_is_a_problem_with_its_code(client, token):
    taken = RegistrationFactory()
    body = {"activity": str(taken.activity_id), "clinician": str(taken.clinician_id)}

    answer = post(client, "/registrations", token, body)

    assert answer.status_code == 409
    assert answer.json()["code"] == "already_registered"


def test_a_place_is_given_up(client, token):
    taken = RegistrationFactory()

    answer = post(client, f"/registrations/{taken.pk}/cancellation", token, {"reason": "Ill"})

    assert answer.json()["state"] == "cancelled"


def test_the_lists_answer(client, token):
    RegistrationFactory(clinician__full_name="Radhika Iyer")

    for path in ("/registrations", "/checkins"):
        answer = client.get(f"/api/v1{path}", headers=token)
        assert [row["name"] for row in answer.json()["items"]] == ["Radhika Iyer"]


def test_a_device_of_ones_own_checks_in(client, token, organisation):
    taken = RegistrationFactory()
    body = {
        "event_uuid": str(uuid.uuid4()),
        "activity": str(taken.activity_id),
        "code": ticket_text(organisation.code, taken.pk),
    }

    outcomes = [post(client, "/checkins", token, body).json()["outcome"] for _ in range(2)]

    assert outcomes == ["in", "in"]
    assert PresenceEvidence.objects.count() == 1


def test_without_a_token_nothing_is_answered(client, organisation):
    assert client.get("/api/v1/registrations").status_code == 401
