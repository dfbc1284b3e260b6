"""Lists of people are registered, and requests answered together, as on the screen."""

import pytest

from symposia.registrations.actions.admission import settle_admission
from symposia.registrations.actions.places import register_clinician
from symposia.registrations.actions.replies import ask_for_a_place
from symposia.registrations.models import AdmissionKind, Registration, Source
from symposia.registrations.policies import Applicant
from symposia.shared.actors import SYSTEM
from tests.api.test_clinicians import bearer, send
from tests.factories.activities import ActivityFactory
from tests.factories.directory import ClinicianFactory

API = "/api/v1/registrations"


@pytest.fixture
def post(client, organisation):
    headers = bearer(
        *(organisation, "view_directory", "manage_registrations", "view_people_of_activity")
    )
    return lambda path, body: send(client, "post", f"{API}{path}", headers, body)


def test_a_list_says_who_each_line_is_and_then_registers_them(post, organisation):
    activity = ActivityFactory(state="open", capacity=1)
    emails = [f"{each}@example.org" for each in ("asha", "ben")]
    for email in emails:
        ClinicianFactory(email=email)
    body = {"activity": str(activity.pk), "people": "\n".join([*emails, "no@example.org"])}

    looked = post("/name-lists", body).json()
    assert [each["code"] for each in looked["lines"]] == ["", "", "nobody_of_this_line"]
    assert not Registration.objects.exists()

    done = post("/name-lists", body | {"dry_run": False}).json()
    states = [each["registration"] and each["registration"]["state"] for each in done["lines"]]
    assert states == ["confirmed", "queued", None]
    again = post("/name-lists", body | {"dry_run": False})
    assert (again.status_code, again.json()["code"]) == (409, "nobody_to_register")


def test_those_who_come_together_wait_together(post, organisation):
    activity = ActivityFactory(state="open", capacity=3)
    register_clinician(ClinicianFactory(), activity, source=Source.OFFICE, by=SYSTEM)
    emails = [ClinicianFactory().email for _time in range(3)]
    body = {"activity": str(activity.pk), "people": "\n".join(emails), "party": "Ward 3"}

    done = post("/name-lists", body | {"dry_run": False}).json()

    assert {each["registration"]["state"] for each in done["lines"]} == {"queued"}
    assert {str(each.party) for each in Registration.objects.filter(state="queued")} == {"Ward 3"}


def test_everybody_who_asks_is_said_yes_to_in_order(post, organisation):
    activity = ActivityFactory(state="open", capacity=1)
    settle_admission(activity, AdmissionKind.MODERATED, by=SYSTEM)
    for name in ("meera", "asha"):
        applicant = Applicant("Meera Nair", f"{name}@example.org", "physician")
        ask_for_a_place(applicant, activity, organisation=organisation, by=SYSTEM)

    answer = post("/approvals", {"activity": str(activity.pk)}).json()

    people = answer.pop("people")
    assert answer == {"confirmed": 1, "waiting": 1}
    assert [(each["name"], each["code"]) for each in people] == [("Meera Nair", "")] * 2
