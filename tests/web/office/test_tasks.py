from datetime import timedelta

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils.timezone import now

from symposia.activities.actions.duties import add_document, add_milestone
from symposia.activities.models import DocumentVersion, Milestone
from symposia.shared.actors import SYSTEM
from symposia.shared.tenancy import acting_in
from tests.factories.accounts import OrganisationFactory, member
from tests.factories.activities import ActivityFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def coordinator(client, organisation):
    user = member(organisation, "coordinator")
    client.force_login(user)
    return user


@pytest.fixture
def activity(organisation):
    return ActivityFactory()


def test_a_milestone_is_added_owned_ticked_and_taken_back(client, coordinator, activity):
    here = reverse("activity_tasks", args=[activity.pk])
    add = reverse("activity_milestone_new", args=[activity.pk])
    client.post(add, {"title": "Call the hotel", "days": "-20"})
    milestone = Milestone.objects.get()
    args = [activity.pk, milestone.pk]

    client.post(reverse("activity_milestone_owner", args=args), {"owner": str(coordinator.pk)})
    client.post(reverse("activity_milestone_tick", args=args))

    page = client.get(here).content.decode()
    assert "Call the hotel" in page
    assert "19 Feb 2027" in page
    milestone.refresh_from_db()
    assert milestone.owner == coordinator
    assert milestone.is_done
    client.post(reverse("activity_milestone_tick", args=args), {"undo": "1"})
    assert not Milestone.objects.get().is_done


def test_the_same_milestone_twice_is_refused_in_words(client, coordinator, activity):
    add_milestone(activity, title="Call", days=-3, by=SYSTEM)

    add = reverse("activity_milestone_new", args=[activity.pk])
    response = client.post(add, {"title": "Call", "days": "1"})

    assert "“Call” is on the list already." in response.content.decode()


def test_a_document_is_asked_handed_in_and_fetched_from_its_own_origin(
    client, coordinator, activity
):
    ask = reverse("activity_document_new", args=[activity.pk])
    client.post(ask, {"title": "Agenda", "days": "-30"})
    slot = activity.documents.get()
    file = SimpleUploadedFile("agenda.pdf", b"%PDF-1.7")

    there = client.post(reverse("document_handing_in", args=[slot.pk]), {"file": file}).url

    page = client.get(there).content.decode()
    assert "agenda.pdf" in page
    stored = DocumentVersion.objects.get().file
    assert "/f/" in client.get(reverse("file", args=[stored.pk])).url


def test_a_file_that_is_not_what_it_says_is_not_kept(client, coordinator, activity):
    slot = add_document(activity, title="Agenda", days=-3, by=SYSTEM)
    file = SimpleUploadedFile("agenda.pdf", b"<script>alert(1)</script>")

    response = client.post(reverse("document_handing_in", args=[slot.pk]), {"file": file})

    assert "not what its name says" in response.content.decode()
    assert not DocumentVersion.objects.exists()


def test_a_document_that_is_not_needed_says_why(client, coordinator, activity):
    slot = add_document(activity, title="Flyer", days=-3, by=SYSTEM)

    client.post(reverse("document_waiver", args=[slot.pk]), {"reason": "Invited by hand."})

    page = client.get(reverse("document", args=[slot.pk])).content.decode()
    assert "Invited by hand." in page


def test_the_lists_show_what_is_overdue(client, coordinator):
    with time_machine.travel(now() - timedelta(days=30)):
        activity = ActivityFactory()
        add_milestone(activity, title="Long ago", days=-900, by=SYSTEM)
        add_milestone(activity, title="Far away", days=900, by=SYSTEM)
        add_document(activity, title="Old paper", days=-900, by=SYSTEM)

    page = client.get(reverse("milestones") + "?state=overdue").content.decode()

    assert "Long ago" in page
    assert "Far away" not in page
    assert "Old paper" in client.get(reverse("documents") + "?state=overdue").content.decode()


def test_the_documents_of_others_are_not_found(client, coordinator):
    with acting_in(OrganisationFactory().pk):
        slot = add_document(ActivityFactory(), title="Agenda", days=-3, by=SYSTEM)

    assert client.get(reverse("document", args=[slot.pk])).status_code == 404


def test_who_only_looks_hands_nothing_in(client, organisation, activity):
    client.force_login(member(organisation, "finance_officer"))
    slot = add_document(activity, title="Agenda", days=-3, by=SYSTEM)

    assert client.post(reverse("document_handing_in", args=[slot.pk])).status_code == 403
