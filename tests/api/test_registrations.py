import uuid

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.timezone import now

from symposia.accounts.actions import make_personal_token
from symposia.accounts.queries import access_of
from symposia.attendance.models import PresenceEvidence
from symposia.registrations.actions.admission import request_place
from symposia.registrations.actions.keys import change_ticket_key
from symposia.registrations.models import Registration
from symposia.registrations.tickets import public_key, ticket_text
from symposia.shared.actors import SYSTEM
from tests.factories.accounts import key_of, member
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


def statements(client, headers, activity):
    """What one more registration asks the database for, savepoints left out."""
    body = {"activity": str(activity.pk), "clinician": str(ClinicianFactory().pk)}
    headers = headers | {"idempotency-key": str(uuid.uuid4())}
    with CaptureQueriesContext(connection) as asked:
        assert post(client, "/registrations", headers, body).status_code == 201
    return [one["sql"] for one in asked if "SAVEPOINT" not in one["sql"]]


def test_a_registration_asks_little_and_after_the_count_is_held_almost_nothing(client, token):
    """Everybody who wants a place waits for whoever holds the count."""
    activity = ActivityFactory(state="open", capacity=None)
    asked = statements(client, token, activity)
    later = statements(client, token, activity)

    held = next(n for n, sql in enumerate(asked) if "registrations_places" in sql)
    assert len(asked) == len(later) <= 9, "\n".join(asked)
    # Journal, job and figures; the answer; what tells the database that it is over.
    assert len(asked[held + 1 :]) <= 3, "\n".join(asked[held + 1 :])


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


def test_the_waitlist_explains_itself_and_moves_by_terms(client, token):
    activity = ActivityFactory(state="open", capacity=1)
    taken = RegistrationFactory(activity=activity)
    waiting = RegistrationFactory(activity=activity, state="queued")

    terms = client.put(
        f"/api/v1/registrations/waitlist-terms/{activity.pk}",
        {"offer_hours": 24},
        content_type="application/json",
        headers=token,
    )
    why = client.get(f"/api/v1/registrations/{waiting.pk}", headers=token).json()
    line = client.get("/api/v1/registrations/waitlist", headers=token).json()["items"]
    post(client, f"/registrations/{taken.pk}/cancellation", token, {})
    offered = client.get(f"/api/v1/registrations/{waiting.pk}", headers=token).json()
    accepted = post(client, f"/registrations/{waiting.pk}/acceptance", token, {})

    assert terms.json() == {"offer_hours": 24, "passes_over": False}
    assert (why["position"], why["why"]) == (1, "All places are taken.")
    assert [row["position"] for row in line] == ["1"]
    assert offered["state"] == "offered"
    assert offered["offered_until"]
    assert accepted.json()["state"] == "confirmed"


def test_devices_get_the_public_halves_of_the_keys(client, token, organisation):
    change_ticket_key(organisation, reason="Once a year", by=SYSTEM)

    keys = client.get("/api/v1/ticket-keys", headers=token).json()
    forbidden = post(client, "/ticket-keys", token, {"reason": "I may not"})

    assert [key["number"] for key in keys] == [1, 2]
    assert keys[1]["public_key"] == public_key(organisation.code, 2)
    assert forbidden.status_code == 403


def test_somebody_else_comes_instead(client, token):
    taken, colleague = RegistrationFactory(), ClinicianFactory()

    answer = post(
        client, f"/registrations/{taken.pk}/substitution", token, {"clinician": str(colleague.pk)}
    )

    taken.refresh_from_db()
    assert answer.json()["clinician"] == str(colleague.pk)
    assert (answer.json()["state"], taken.state) == ("confirmed", "cancelled")


def test_a_request_is_answered_and_admission_settled(client, token):
    activity = ActivityFactory(state="open", capacity=2)
    answer = client.put(
        f"/api/v1/registrations/admissions/{activity.pk}",
        {"kind": "moderated"},
        content_type="application/json",
        headers=token,
    )
    first, second = (request_place(ClinicianFactory(), activity, by=SYSTEM) for _ in range(2))

    listed = client.get("/api/v1/registrations/requests", headers=token).json()["items"]
    yes = post(client, f"/registrations/{first.pk}/approval", token, {})
    no = post(client, f"/registrations/{second.pk}/refusal", token, {"reason": "For nurses"})

    assert answer.json() == {"kind": "moderated"}
    assert len(listed) == 2
    assert (yes.json()["state"], no.json()["state"]) == ("confirmed", "declined")


def test_requests_are_answered_together_and_each_is_named(client, token):
    activity = ActivityFactory(state="open", capacity=1)
    asked = [request_place(ClinicianFactory(), activity, by=SYSTEM) for _ in range(2)]

    done = post(client, "/registrations/approvals", token, {"activity": str(activity.pk)}).json()

    assert (done["confirmed"], done["waiting"]) == (1, 1)
    assert [each["clinician"] for each in done["people"]] == [str(a.clinician_id) for a in asked]
    states = [each["registration"]["state"] for each in done["people"]]
    assert states == ["confirmed", "queued"]


def test_colleagues_are_registered_together(client, token):
    activity, people = ActivityFactory(state="open", capacity=2), ClinicianFactory.create_batch(2)
    body = {
        "activity": str(activity.pk),
        "name": "Cardiology",
        "clinicians": [str(each.pk) for each in people],
    }

    made = post(client, "/registrations/parties", token, body)
    unknown = post(
        client,
        "/registrations/parties",
        token,
        body | {"clinicians": [str(people[0].pk), str(uuid.uuid4())]},
    )

    assert [row["state"] for row in made.json()] == ["confirmed", "confirmed"]
    assert unknown.status_code == 404


def test_places_are_counted_apart_and_a_guest_gets_one(client, token):
    activity, guest = ActivityFactory(state="open", capacity=1), ClinicianFactory()
    body = {"activity": str(activity.pk), "name": "Guests", "capacity": 1}

    nameless = post(client, "/places", token, {"activity": body["activity"], "capacity": 2})
    assert nameless.json()["code"] == "group_unnamed"
    made = post(client, "/places", token, body)
    wish = {"activity": str(activity.pk), "clinician": str(guest.pk), "group": made.json()["id"]}
    got = post(client, "/registrations", token, wish).json()
    fewer = post(client, f"/places/{made.json()['id']}/resizing", token, {"capacity": 0})
    listed = client.get("/api/v1/places", headers=token).json()["items"]

    assert (made.status_code, got["state"]) == (201, "confirmed")
    assert (fewer.status_code, fewer.json()["code"]) == (409, "share_below_taken")
    assert [(row["name"], row["taken"], row["left"]) for row in listed] == [("Guests", "1", "0")]


def test_without_a_token_nothing_is_answered(client, organisation):
    assert client.get("/api/v1/registrations").status_code == 401


def test_half_a_sign_in_an_answer_is_refused_as_no_text(client, organisation):
    token = key_of(member(organisation, "coordinator"), organisation, ["manage_registrations"])
    place = RegistrationFactory()
    path = f"/api/v1/registration-questions/registrations/{place.pk}"
    body = f'[{{"question": "{place.pk}", "values": ["Vegan \\ud83d"]}}]'

    answer = client.put(path, body, content_type="application/json", headers=token)

    assert answer.status_code == 400
