import uuid

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from symposia.attendance.models import PresenceEvidence, PresenceFile
from symposia.attendance.queries import minutes_of
from symposia.work.models import StoredFile
from tests.attendance.test_conflicts import placed
from tests.attendance.test_logs import OWN, WEBEX
from tests.factories.accounts import OrganisationFactory, member
from tests.factories.activities import ActivityFactory, SessionFactory


@pytest.fixture
def coordinator(client, organisation):
    client.force_login(member(organisation, "coordinator"))


@pytest.fixture
def activity(organisation):
    made = ActivityFactory(state="held")
    SessionFactory(activity=made)
    return made


def hand_in(client, activity, content, **more):
    body = {
        "file": SimpleUploadedFile("report.csv", content.encode()),
        "way": "online",
        "zone": activity.zone,
        "session": "",
        "idempotency_key": uuid.uuid4(),
        **more,
    }
    return client.post(reverse("presence_file_new", args=[activity.pk]), body, follow=True)


def post(client, page, pk, **values):
    body = {"idempotency_key": uuid.uuid4(), **values}
    return client.post(reverse(page, args=[pk]), body, follow=True)


def test_a_log_is_handed_in_looked_through_and_brought_in(client, coordinator, activity):
    radhika = placed(activity, clinician__email="radhika@example.net")

    looked = hand_in(client, activity, WEBEX).content.decode()
    assert "Webex, attendees of a meeting" in looked
    assert "runs the meeting, and is no learner" in looked
    assert not PresenceEvidence.objects.exists()
    file = PresenceFile.objects.get()
    done = post(client, "presence_file_import", file.pk).content.decode()

    assert "The rows are kept as evidence." in done
    assert minutes_of(radhika).creditable in {0, 45}
    listed = client.get(reverse("presence_files", kwargs={"activity_pk": activity.pk}))
    assert b"report.csv" in listed.content


def test_columns_of_ones_own_are_said_on_the_page(client, coordinator, activity):
    page = hand_in(client, activity, OWN, way="room").content.decode()
    assert "What the columns mean" in page
    file = PresenceFile.objects.get()

    refused = post(client, "presence_file_columns", file.pk, institution="1")
    assert "Say which column has the name" in refused.content.decode()
    said = post(client, "presence_file_columns", file.pk, name="0", joined="2", left="3")

    assert "Radhika Iyer" in said.content.decode()


def test_what_is_no_table_is_said_beside_the_field(client, coordinator, activity):
    page = hand_in(client, activity, "\x00\x01")

    assert page.status_code == 422
    assert b"This is not a table of text." in page.content


def test_a_file_of_another_organisation_is_nobodys(client, coordinator, activity):
    hand_in(client, activity, WEBEX)
    client.force_login(member(OrganisationFactory(), "coordinator"))

    page = client.get(reverse("presence_rows", kwargs={"pk": PresenceFile.objects.get().pk}))

    assert page.status_code == 404


def test_whoever_may_only_look_hands_in_nothing(client, organisation, activity):
    client.force_login(member(organisation, "education_lead"))

    assert client.get(reverse("presence_file_new", args=[activity.pk])).status_code == 403


def test_a_log_is_fetched_by_whoever_enters_attendance_of_its_activity(
    client, organisation, coordinator, activity
):
    hand_in(client, activity, WEBEX)
    address = reverse("file", args=[StoredFile.objects.get().pk])
    assert client.get(address).status_code == 302

    answers = []
    for one in (activity, ActivityFactory(state="held")):
        scope = {"scope_kind": "activity", "scope_id": one.pk}
        client.force_login(member(organisation, "coordinator", **scope))
        answers.append(client.get(address).status_code)
    assert answers == [302, 404]
