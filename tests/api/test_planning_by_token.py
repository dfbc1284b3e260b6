"""Venues, papers and marketing by a program: the same gates and the same answers as the pages."""

from datetime import timedelta

import pytest
from django.utils.timezone import now

from symposia.accounts.actions import make_personal_token
from symposia.accounts.permissions import Permission
from symposia.accounts.queries import access_of
from symposia.activities.actions.duties import HandedIn, add_document, hand_in_document
from symposia.activities.actions.venues import VenueFacts, add_venue
from symposia.activities.models import Activity, Session
from symposia.audit.models import Entry
from symposia.shared.actors import SYSTEM
from tests.factories.accounts import member
from tests.factories.activities import ActivityFactory


@pytest.fixture
def asking(client, organisation):
    """Makes a caller of the API for somebody of a role."""

    def of(role):
        user = member(organisation, role)
        access = access_of(user, organisation, at=now())
        wanted = [p for p in Permission if access.holds(p)]
        _made, secret = make_personal_token(user, access, name="T", permissions=wanted, by=SYSTEM)
        headers = {"authorization": f"Bearer {secret}"}

        def call(method, path, body=None):
            more = {"data": body, "content_type": "application/json"} if body is not None else {}
            return getattr(client, method)(f"/api/v1{path}", headers=headers, **more)

        return call

    return of


def test_a_venue_is_compared_and_chosen(asking, organisation):
    activity = ActivityFactory()
    hill = add_venue(VenueFacts("Hill House", "Boston", "US", kind="centre"), by=SYSTEM)
    coordinator = asking("coordinator")

    (found,) = coordinator("get", f"/venues/choices/{activity.pk}").json()
    given = {"venue": str(hill.pk), "seen_version": activity.version}
    made = coordinator("post", f"/venues/choices/{activity.pk}", given).json()

    assert (found["name"], found["result"], found["is_too_small"]) == ("Hill House", "pass", False)
    assert (made["venue_name"], made["version"]) == ("Hill House", activity.version + 1)
    assert Activity.objects.get().venue_name == "Hill House"


def test_a_venue_is_entered_with_what_it_is(asking, organisation):
    facts = {"name": "Hill House", "city": "Boston", "country": "US", "kind": "hotel", "stars": 4}

    made = asking("coordinator")("post", "/venues", facts | {"is_renowned": False}).json()

    assert (made["kind"], made["stars"], made["is_renowned"]) == ("hotel", 4, False)
    wrong = asking("coordinator")("post", "/venues", facts | {"name": "B", "stars": 9})
    assert wrong.status_code == 422


def test_the_papers_are_named_with_their_hashes_and_noted(asking, organisation):
    activity = ActivityFactory()
    slot = add_document(activity, title="Agenda", days=-3, by=SYSTEM)
    version = hand_in_document(slot, HandedIn(b"%PDF-1.7", "agenda.pdf", ""), by=SYSTEM)

    answer = asking("coordinator")("get", f"/duties/activities/{activity.pk}/papers").json()

    assert "/z/" in answer["href"]
    (file,) = answer["files"]
    assert (file["path"], file["sha256"]) == (
        "documents/Agenda/v1 agenda.pdf",
        version.file.sha256,
    )
    assert Entry.objects.filter(action="list.exported", subject_id=activity.pk).count() == 1
    refused = asking("publisher")("get", f"/duties/activities/{activity.pk}/papers")
    assert refused.status_code in {401, 403}


def test_marketing_on_an_agenda_counts_nothing(asking, organisation):
    activity = ActivityFactory()
    at = (activity.wall_starts + timedelta(minutes=10)).isoformat()
    given = {"title": "Exhibition", "wall_starts": at, "minutes": 15, "is_marketing": True}
    coordinator = asking("coordinator")

    wrong = coordinator(
        "post", f"/activities/{activity.pk}/sessions", given | {"creditable_minutes": 15}
    )
    made = coordinator(
        "post", f"/activities/{activity.pk}/sessions", given | {"creditable_minutes": 0}
    )

    assert (wrong.status_code, wrong.json()["code"]) == (409, "marketing_counts_nothing")
    assert made.status_code == 201
    assert Session.objects.get().is_marketing
