"""The code of a session by text message: from a known number, once, answered in words."""

import pytest
import time_machine
from django.core.cache import cache
from django.urls import reverse

from symposia.attendance.models import PresenceEvidence
from symposia.audit.models import Entry
from symposia.web.learner.incoming_texts import incoming_address
from tests.factories.accounts import OrganisationFactory, member
from tests.factories.attendance import SessionCodeFactory
from tests.factories.directory import ClinicianFactory
from tests.factories.registrations import RegistrationFactory

NUMBER = "+91 98765-43210"


@pytest.fixture
def code(organisation):
    cache.clear()
    made = SessionCodeFactory()
    with time_machine.travel(made.session.ends_at, tick=False):
        yield made


@pytest.fixture
def listener(code):
    return RegistrationFactory(activity=code.activity, clinician=ClinicianFactory(phone=NUMBER))


@pytest.fixture
def send(client, organisation):
    def post(text, number="+919876543210", to=organisation):
        address = incoming_address(to).removeprefix("http://localhost:8000")
        said = {"from": number, "text": text}
        return client.post(address, said, content_type="application/json")

    return post


def test_a_code_from_a_known_number_is_claimed_once(code, listener, send):
    answer = send(f"Code {code.code.lower()}").json()

    assert answer["counted"]
    assert answer["reply"] == f"{listener.clinician.called}, you were counted in: {code.session}."
    claim = PresenceEvidence.objects.get()
    assert claim.registration_id == listener.pk
    assert Entry.objects.get(action="presence.claimed").actor_name == listener.clinician.called
    again = send(code.code).json()
    assert (again["counted"], again["reply"]) == (
        False,
        "You have claimed this session already; it counts once.",
    )
    assert PresenceEvidence.objects.count() == 1


@pytest.mark.parametrize("written", ["0091 98765 43210", "+91 (98765) 43210", " +919876543210 "])
def test_a_number_is_known_however_it_is_written(code, send, written):
    RegistrationFactory(activity=code.activity, clinician=ClinicianFactory(phone=written))

    assert send(f"CODE: {code.code}").json()["counted"]


def test_what_does_not_count_is_said_in_words(code, listener, send):
    assert "No session here has this code." in send("CODE 23456789").json()["reply"]
    assert "No session here has this code." in send("").json()["reply"]
    assert "Nobody with this number" in send(code.code, "+919876543211").json()["reply"]
    assert "Nobody with this number" in send(code.code, "+19876543210").json()["reply"]
    RegistrationFactory(activity=code.activity, clinician=ClinicianFactory(phone=NUMBER))
    assert "Several people here have this number." in send(code.code).json()["reply"]
    assert not PresenceEvidence.objects.exists()


def test_a_number_tries_ten_times_in_ten_minutes(code, listener, send):
    for _try in range(10):
        send("23456789")

    assert "Too many tries." in send(code.code).json()["reply"]
    assert send("23456789", "+12025550142").json()["reply"].startswith("No session here")


def test_what_is_no_message_of_a_gateway_is_refused(code, send, client):
    assert send(code.code, "98765").status_code == 400
    assert send(["a"]).status_code == 400
    assert client.get(reverse("incoming_text", args=["x.y.z"])).status_code == 405
    assert client.post(reverse("incoming_text", args=["x.y.z"])).status_code == 404


def test_another_organisations_address_knows_neither_code_nor_number(code, listener, send):
    assert not send(code.code, to=OrganisationFactory()).json()["counted"]
    assert not PresenceEvidence.objects.exists()


def test_the_office_says_where_the_gateway_posts(code, organisation, client):
    client.force_login(member(organisation, "administrator"))

    assert incoming_address(organisation) in client.get(reverse("text_sender")).text


def test_a_nul_in_a_text_is_no_error(code, listener, client, organisation):
    address = incoming_address(organisation).removeprefix("http://localhost:8000")
    said = {"from": "+91\0 9876543210", "text": f"{code.code[:3]}\0{code.code[3:]}"}

    answer = client.post(address, said, content_type="application/json")

    assert answer.json()["counted"]


@pytest.mark.parametrize("body", ["[" * 9000, '{"from": ["+919876543210"], "text": {"a": 1}}'])
def test_what_is_nested_without_end_or_of_another_shape_is_refused(
    code, client, organisation, body
):
    address = incoming_address(organisation).removeprefix("http://localhost:8000")

    assert client.post(address, body, content_type="application/json").status_code == 400


def test_a_text_that_was_cut_within_a_sign_is_read_without_it(code, listener, send):
    assert send(f"Code {code.code} \ud83d").json()["counted"]
