"""What a phone wrote without a network: once, each for itself, refused in words."""

import base64
import uuid
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils.timezone import now

from symposia.attendance.models import PresenceEvidence, UnmatchedPerson
from symposia.attendance.policies import NO_PERSON
from symposia.finance.models import Expense
from symposia.outreach.models import Wave
from tests.factories.accounts import member
from tests.factories.activities import ActivityFactory
from tests.factories.directory import ClinicianFactory, TerritoryFactory
from tests.factories.finance import receipt_photo, spent_at
from tests.factories.registrations import RegistrationFactory
from tests.outreach.test_candidates import says_no
from tests.web.field.test_inviting import Field
from tests.work.pictures import photo


@pytest.fixture
def field(organisation, client):
    made = Field(organisation)
    client.force_login(made.user)
    return made


def entry(field, kind, **facts):
    return {
        "event_uuid": str(uuid.uuid4()),
        "kind": kind,
        "at": (now() - timedelta(hours=2)).isoformat(),
        "activity": str(field.activity.pk),
        **facts,
    }


def send(client, *entries):
    body = {"sent_at": now().isoformat(), "entries": entries}
    answer = client.post(reverse("field_outbox"), body, content_type="application/json")
    assert answer.status_code == 200, answer.text
    return answer.json()["answers"]


def test_a_phone_learns_who_is_signed_in_and_gets_a_token(client, field, organisation):
    said = client.get(reverse("field_outbox")).json()

    assert said["person"] == f"{field.user.pk}.{organisation.pk}"
    assert said["token"]


def test_invitations_are_sent_once_to_whoever_may_still_be_asked(client, field):
    says_no(field.doctors[0])
    one = entry(field, "invite", clinicians=[str(each.pk) for each in field.doctors])

    first, again = send(client, one), send(client, one)

    assert first == again
    assert first[0]["done"]
    assert "2 of 3 invitations leave in a minute." in first[0]["said"]
    assert f"{field.doctors[0].called}: said no to" in first[0]["said"]
    assert first[0]["href"] == field.page("field_event")
    assert Wave.objects.count() == 1


def test_one_refused_keeps_nothing_else_back(client, field):
    other = ClinicianFactory(territory=TerritoryFactory())
    place = RegistrationFactory(activity=field.activity, clinician=field.doctors[0])

    answers = send(
        client,
        entry(field, "invite", clinicians=[str(other.pk)]),
        entry(field, "remind"),
        {"event_uuid": "nonsense", "kind": "dance"},
        entry(field, "check_in", registration=str(place.pk)),
    )

    assert [each["done"] for each in answers] == [False, False, False, True]
    assert answers[0]["said"] == "Nobody is left to write to: everybody is skipped."
    assert answers[2]["said"] == "This cannot be read; write it anew."


def test_who_was_checked_in_came_when_the_phone_says(client, field):
    place = RegistrationFactory(activity=field.activity, clinician=field.doctors[0])
    one = entry(field, "check_in", registration=str(place.pk))

    send(client, one, one)

    kept = PresenceEvidence.objects.get()
    assert now() - kept.occurred_at > timedelta(hours=1, minutes=59)
    assert (kept.device, kept.by_id) == ("field", field.user.pk)


def test_a_walk_in_is_kept_as_they_said_it(client, field):
    [answer] = send(client, entry(field, "walk_in", name="Nilima Rao", profession="physician"))

    assert "Nilima Rao is noted as a walk-in" in answer["said"]
    assert UnmatchedPerson.objects.get().name == "Nilima Rao"


def test_a_walk_in_without_a_name_is_not_kept(client, field):
    [answer] = send(client, entry(field, "walk_in", name=" ", profession="physician"))

    assert (answer["done"], answer["said"]) == (False, str(NO_PERSON))
    assert not UnmatchedPerson.objects.exists()


def test_what_is_out_of_reach_is_said(client, field):
    foreign = RegistrationFactory(
        activity=field.activity, clinician=ClinicianFactory(territory=TerritoryFactory())
    )
    independent = ActivityFactory(state="open", mode="independent")

    answers = send(
        client,
        entry(field, "check_in", registration=str(foreign.pk)),
        entry(field, "remind", activity=str(independent.pk)),
    )

    assert {each["said"] for each in answers} == {
        "You no longer reach this activity or this person."
    }
    assert not PresenceEvidence.objects.exists()


def test_the_same_id_with_other_content_is_refused(client, field):
    one = entry(field, "walk_in", name="Nilima Rao")
    send(client, one)

    [answer] = send(client, {**one, "name": "Vikram Deshmukh"})

    assert answer["said"] == "This was sent before with other content."
    assert PresenceEvidence.objects.count() == 1


def test_what_cannot_be_read_is_said(client, field):
    answer = client.post(reverse("field_outbox"), {"entries": 3}, content_type="application/json")

    assert answer.status_code == 422
    assert answer.json()["code"] == "unreadable"


def receipt(content, **said):
    facts = {
        "kind": "meals",
        "paid_to": "Bay Hotels",
        "spent_on": "2026-01-05",
        "amount": "90.00",
        "currency": "USD",
        "staff": "1",
    }
    sent = {"said": facts | said, "name": "IMG_1.jpg"}
    return sent | {"content": base64.b64encode(content).decode()}


def test_a_receipt_is_divided_by_whoever_was_checked_in_before_it(client, field):
    place = RegistrationFactory(activity=field.activity, clinician=field.doctors[0])
    came = entry(field, "check_in", registration=str(place.pk))
    paid = entry(field, "receipt", receipt=receipt(receipt_photo()))

    first, again = send(client, came, paid), send(client, paid)

    kept = Expense.objects.get()
    assert (kept.attendees, kept.staff, kept.handed_in_by_id) == (1, 1, field.user.pk)
    assert first[1] == again[0]
    assert first[1]["done"]
    assert first[1]["said"] == f"{kept.number}: USD 90.00, USD 45.00 a person, waits for finance."
    assert first[1]["href"] == field.page("field_receipts")


def test_a_receipt_that_is_not_right_is_refused_in_the_words_of_its_form(client, field):
    answers = send(
        client,
        entry(field, "receipt", receipt=receipt(receipt_photo(), amount="many")),
        entry(field, "receipt", receipt=receipt(b"GIF89a")),
        entry(field, "receipt", receipt=receipt(receipt_photo(), attendees="7")),
        entry(field, "receipt"),
        entry(field, "receipt", receipt=receipt(photo(light=0.3))),
    )

    assert [each["done"] for each in answers] == [False, False, False, False, True]
    assert answers[0]["said"] == "Amount: Enter a number."
    assert answers[1]["said"] == "Hand in a PDF or a picture of the paper (JPEG, PNG)."
    assert "only 0 are recorded as present" in answers[2]["said"]
    assert "It is too dark to read" in answers[4]["said"]
    assert Expense.objects.count() == 1


def test_my_receipts_stand_on_the_page_of_the_meeting(client, field, organisation):
    coordinator = member(organisation, "coordinator")
    other = spent_at(field.activity, by=coordinator.actor(), paid_to="Harbour Taxi")
    page = client.post(
        field.page("field_receipt_new"),
        receipt(b"")["said"]
        | {"file": SimpleUploadedFile("a.jpg", photo(lines=9), content_type="image/jpeg")},
        follow=True,
    ).text

    mine = Expense.objects.get(handed_in_by_id=field.user.pk)
    assert f"{mine.number}: USD 90.00, USD 90.00 a person, waits for finance." in page
    assert "Bay Hotels" in page
    assert other.number not in page
    assert "Harbour Taxi" not in page
    assert field.page("field_receipts") in client.get(field.page("field_event")).text
