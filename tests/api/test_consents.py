import pytest

from symposia.directory.models import ConsentStatement
from tests.api.test_clinicians import bearer, send
from tests.factories.directory import ClinicianFactory, TerritoryFactory

PATH = "/api/v1/consents"


@pytest.fixture
def caller(organisation):
    return bearer(organisation, "view_directory", "invite")


def said(one, **more):
    return {
        "clinician": str(one.pk),
        "purpose": "news",
        "channel": "sms",
        "given": True,
        "source": "form",
        "proof": "Form of the congress",
    } | more


def test_a_statement_is_noted_listed_and_counts(client, organisation, caller):
    one = ClinicianFactory()

    assert send(client, "post", PATH, caller, said(one)).status_code == 201

    item = client.get(PATH, {"purpose": "news"}, headers=caller).json()["items"][0]
    assert (item["said"], item["proof"]) == ("Given", "Form of the congress")
    ways = client.get(f"{PATH}/ways", {"clinician": str(one.pk)}, headers=caller).json()
    found = {(way["purpose"], way["channel"]): way for way in ways}
    assert found["news", "sms"]["may_be_asked"]
    assert found["news", "email"]["reason"] == "has not agreed to educational news by e-mail"


def test_a_statement_without_proof_is_refused_with_its_code(client, organisation, caller):
    answer = send(client, "post", PATH, caller, said(ClinicianFactory(), proof=""))

    assert (answer.status_code, answer.json()["code"]) == (409, "no_proof")
    assert not ConsentStatement.objects.exists()


def test_a_token_that_may_only_look_notes_nothing(client, organisation):
    one, reader = ClinicianFactory(), bearer(organisation, "view_directory")

    assert send(client, "post", PATH, reader, said(one)).status_code == 403


def test_people_of_another_organisation_do_not_exist(client, organisation, caller):
    foreign = {"clinician": str(TerritoryFactory().pk)}

    assert client.get(f"{PATH}/ways", foreign, headers=caller).status_code == 404


@pytest.mark.parametrize("source", ["self", "button", "import"])
def test_a_program_does_not_say_that_the_person_said_it_themselves(
    client, organisation, caller, source
):
    """On the page somebody notes a form, a paper or a voice; a program notes no more."""
    one = ClinicianFactory()
    send(client, "post", PATH, caller, said(one, given=False))

    answer = send(client, "post", PATH, caller, said(one, source=source))

    assert answer.status_code == 422
    assert not ConsentStatement.objects.get().given
    for noted in ("form", "paper", "voice"):
        assert send(client, "post", PATH, caller, said(one, source=noted)).status_code == 201


@pytest.mark.parametrize(
    "at", ["2026-01-01T10:00:00", "0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-14:00"]
)
def test_a_time_without_a_zone_or_that_no_calendar_counts_is_no_time(
    client, organisation, caller, at
):
    answer = send(client, "post", PATH, caller, said(ClinicianFactory(), said_at=at))

    assert (answer.status_code, answer.json()["fields"][0]["field"]) == (422, "body.said_at")
    assert not ConsentStatement.objects.exists()
