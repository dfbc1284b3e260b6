"""All papers of an activity at once: noted, from the origin of files, and nothing more than one
may fetch."""

import io
import zipfile
from urllib.parse import urlsplit

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from django.utils.timezone import now

from symposia.accounts.models import Grant
from symposia.activities.actions.duties import HandedIn, add_document, hand_in_document
from symposia.audit.models import Entry
from symposia.shared.actors import SYSTEM
from tests.factories.accounts import member
from tests.factories.activities import ActivityFactory

PDF = b"%PDF-1.7 agenda"


@pytest.fixture
def activity(organisation):
    made = ActivityFactory()
    slot = add_document(made, title="Agenda", days=-3, by=SYSTEM)
    hand_in_document(slot, HandedIn(PDF, "agenda.pdf", ""), by=SYSTEM)
    return made


@pytest.fixture
def coordinator(client, organisation):
    user = member(organisation, "coordinator")
    client.force_login(user)
    return user


def fetched(url, settings):
    settings.ROOT_URLCONF = "config.urls_content"
    return Client().get(urlsplit(url).path)


def test_the_archive_comes_from_the_origin_of_files_and_is_noted(
    client, coordinator, activity, settings
):
    page = client.get(reverse("activity_tasks", args=[activity.pk])).text
    assert reverse("activity_papers", args=[activity.pk]) in page

    sent = client.get(reverse("activity_papers", args=[activity.pk]))

    assert sent.url.startswith(settings.CONTENT_ORIGIN)
    entry = Entry.objects.get(action="list.exported", subject_id=activity.pk)
    assert (entry.details["files"], entry.details["kept_back"]) == (1, 0)
    answer = fetched(sent.url, settings)
    assert answer["Content-Type"] == "application/zip"
    assert f"{activity.number}-documents.zip" in answer["Content-Disposition"]
    assert answer["Content-Security-Policy"] == "sandbox; default-src 'none'"
    content = zipfile.ZipFile(io.BytesIO(b"".join(answer.streaming_content)))
    assert content.read("documents/Agenda/v1 agenda.pdf") == PDF


def test_the_address_is_good_for_a_minute(client, coordinator, activity, settings):
    sent = client.get(reverse("activity_papers", args=[activity.pk]))

    with time_machine.travel(now().timestamp() + 61):
        assert fetched(sent.url, settings).status_code == 404


def test_access_is_looked_at_again_where_the_bytes_are(client, coordinator, activity, settings):
    sent = client.get(reverse("activity_papers", args=[activity.pk]))
    Grant.objects.filter(membership__user=coordinator).delete()

    assert fetched(sent.url, settings).status_code == 404


def test_an_address_that_nobody_signed_opens_nothing(settings):
    assert fetched(f"{settings.CONTENT_ORIGIN}/z/abc:def/", settings).status_code == 404


def test_whoever_takes_nothing_home_is_refused(client, organisation, activity):
    client.force_login(member(organisation, "publisher"))

    assert client.get(reverse("activity_papers", args=[activity.pk])).status_code == 403


def test_without_papers_there_is_nothing_to_take(client, coordinator, organisation):
    bare = ActivityFactory()

    answer = client.get(reverse("activity_papers", args=[bare.pk]), follow=True)

    assert "Nothing was handed in yet" in answer.text
    assert not Entry.objects.filter(action="list.exported").exists()


def test_another_organisations_activity_is_not_found(client, coordinator, activity):
    missing = activity.organisation_id

    assert client.get(reverse("activity_papers", args=[missing])).status_code == 404
