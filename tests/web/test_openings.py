"""No link of a page leads to a refusal: whoever may not open a page is not sent there."""

import re
import uuid

import pytest
from django.urls import reverse

from symposia.accounts.permissions import Access, Granted, Permission
from symposia.web.openings import link_to
from tests.factories.accounts import member
from tests.factories.activities import ActivityFactory, SessionFactory
from tests.factories.curriculum import ObjectiveFactory

SOME = uuid.UUID("01a14bde-7573-77c3-bf1c-d7c1b140ff2c")
HREF = re.compile(r'href="(/[^"#]*)')


def held(*permissions, role="coordinator"):
    return Access(SOME, SOME, (Granted(role, frozenset(permissions)),))


def test_a_link_is_shown_to_whoever_passes_its_gate():
    planner = held(Permission.PLAN_ACTIVITIES)

    assert link_to(planner, "activity_edit", [SOME]) == f"/activities/{SOME}/edit/"
    assert link_to(held(Permission.VIEW_ACTIVITIES), "activity_edit", [SOME]) == ""
    assert link_to(None, "activity_edit", [SOME]) == ""


def test_a_page_for_everybody_signed_in_needs_no_permission():
    assert link_to(held(), "file", [SOME]) == f"/files/{SOME}/"


def test_a_page_that_is_not_there_has_no_link():
    assert link_to(held(Permission.PLAN_ACTIVITIES), "no_such_page", [SOME]) == ""


def test_the_wall_counts_where_the_mode_is_known():
    brand = held(Permission.PLAN_ACTIVITIES, role="brand_manager")

    assert link_to(brand, "activity_edit", [SOME], mode="promotional")
    assert not link_to(brand, "activity_edit", [SOME], mode="scientific")


def test_content_is_asked_for_as_content_not_as_people():
    area = held(Permission.VIEW_PEOPLE_OF_ACTIVITY, role="area_manager")

    assert link_to(area, "activity_people", [SOME], mode="scientific")
    assert not link_to(area, "activity_content", [SOME], mode="scientific")


@pytest.mark.django_db
@pytest.mark.parametrize(
    "role", ["coordinator", "compliance_officer", "executive", "finance_officer"]
)
def test_every_link_of_a_workspace_opens_for_whoever_sees_it(client, organisation, role):
    activity = ActivityFactory()
    SessionFactory(activity=activity)
    activity.objective_links.create(objective=ObjectiveFactory())
    client.force_login(member(organisation, role))

    found = {"/"}
    for page in ("activity", "activity_tasks", "activity_insights"):
        answer = client.get(reverse(page, args=[activity.pk]))
        assert answer.status_code == 200, page
        found |= set(HREF.findall(answer.content.decode()))

    pages = sorted(href for href in found if not href.startswith(("/static/", "/account/")))
    refused = [href for href in pages if client.get(href).status_code >= 400]
    assert not refused
    assert any(str(activity.pk) in href for href in pages)


@pytest.mark.django_db
def test_the_rail_leads_a_planner_to_what_it_names(client, organisation):
    activity = ActivityFactory()
    client.force_login(member(organisation, "coordinator"))

    page = client.get(reverse("activity", args=[activity.pk])).content.decode()

    assert reverse("activity_objectives", args=[activity.pk]) in page
