"""Whoever changes what is signed reads before whose signature falls."""

import ast
from pathlib import Path

import pytest
from django.urls import reverse

from symposia.activities.actions.content_reviews import expect_content
from symposia.activities.actions.duties import add_document
from symposia.activities.actions.lifecycle import submit_activity
from symposia.activities.signed import CHANGES
from symposia.approvals.actions import RouteFacts, publish_route
from symposia.approvals.models import Step
from symposia.approvals.queries import latest_of
from symposia.shared.actors import SYSTEM
from symposia.web import office
from tests.factories.accounts import member
from tests.factories.activities import (
    ActivityFactory,
    ActivityObjectiveFactory,
    SessionFactory,
    SessionFacultyFactory,
)
from tests.factories.approvals import sign
from tests.factories.team import ContributorFactory, TeamMemberFactory

AGAIN = "This was approved. After a change it waits again for: Publish."
PAGES = Path(office.__file__).parent


@pytest.fixture
def approved(organisation, client):
    """A company's meeting whose one approver answers for everything, shown to its coordinator."""
    step = Step("Publish", "publisher", False, "publication")
    publish_route(RouteFacts("activity", "Meeting", (step,)), by=SYSTEM)
    found = ActivityFactory(mode="scientific", type="symposium")
    ActivityObjectiveFactory(activity=found)
    SessionFacultyFactory(session=SessionFactory(activity=found))
    coordinator = member(organisation, "coordinator")
    submit_activity(found, by=coordinator.actor())
    sign(latest_of("activity", found.pk), member(organisation, "publisher"), organisation)
    found.refresh_from_db()
    client.force_login(coordinator)
    return found


def test_another_date_says_whose_signature_falls(client, approved):
    page = client.get(reverse("activity_new_date", args=[approved.pk])).text

    assert approved.state == "approved"
    assert AGAIN in page


def test_the_team_says_it_before_somebody_is_taken_off(client, approved):
    TeamMemberFactory(activity=approved, role="author")

    assert AGAIN in client.get(reverse("activity_disclosures", args=[approved.pk])).text


def test_a_file_of_content_says_it_and_a_document_for_afterwards_does_not(client, approved):
    item = expect_content(approved, ContributorFactory(), "Slides on lysis", by=SYSTEM)
    flyer = add_document(approved, title="Flyer", days=-10, by=SYSTEM)
    photos = add_document(approved, title="Photos", days=3, by=SYSTEM)

    assert AGAIN in client.get(reverse("content_handing_in", args=[item.pk])).text
    assert AGAIN in client.get(reverse("document_handing_in", args=[flyer.pk])).text
    assert AGAIN not in client.get(reverse("document_handing_in", args=[photos.pk])).text


def test_every_change_that_is_signed_again_has_a_page_that_says_so():
    calls = [
        node
        for path in PAGES.glob("*.py")
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.Call) and ast.unparse(node.func) == "asked_again_by"
    ]

    assert {node.args[1].value for node in calls} == set(CHANGES)
