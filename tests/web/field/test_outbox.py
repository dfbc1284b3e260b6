"""What a phone wrote without a network: once, each for itself, refused in words."""

import uuid
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils.timezone import now

from symposia.attendance.models import PresenceEvidence, UnmatchedPerson
from symposia.outreach.models import Wave
from tests.factories.activities import ActivityFactory
from tests.factories.directory import ClinicianFactory, TerritoryFactory
from tests.factories.registrations import RegistrationFactory
from tests.outreach.test_candidates import says_no
from tests.web.field.test_inviting import Field


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
