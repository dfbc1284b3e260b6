"""Pages stay light: at most so many statements, at most so many kilobytes."""

from dataclasses import replace
from functools import partial
from itertools import cycle, islice

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from symposia.activities.actions.rules import check_rules
from symposia.activities.models import PLANNING, Activity, Application, Series
from symposia.approvals.models import ApprovalRequest
from symposia.directory.models import Clinician
from symposia.engagement.models import ApprovedMaterial, FollowUp
from symposia.learning.models import Discussion, Practice
from symposia.reporting.models import Binder, TransferOfValue
from symposia.shared.actors import SYSTEM
from symposia.shared.lists import PAGE, page_of
from symposia.shared.tenancy import acting_in
from symposia.web import lists as pages
from tests.crawls.lists import MOUNTED, arguments
from tests.crawls.world import MIGHTY

pytestmark = pytest.mark.usefixtures("undone")
STATEMENTS = 15
# The credit of an activity reads how a missing check-out counts, one statement more.
# Outcomes read every kind of evidence there is, and the wording of what was asked in tests.
HEAVIER = {"activity_credits": 16, "activity_outcomes": 19}
# Beside the navigation: whoever crawls holds every role, and no reader has that many places.
KILOBYTES = 40
# What the transaction of a test adds to that of a page: savepoints, and the way back out.
OF_THE_TEST = ("SAVEPOINT", "RELEASE SAVEPOINT", "SELECT set_config('symposia.organisation'")
WITHOUT_ARGUMENTS = (
    *("today", "activities", "clinicians", "gaps", "approvals", "money", "insights", "rules"),
    *("discussions", "contributions", "practices", "adoptions", "speakers", "medical_questions"),
    *("open_points", "portfolio", "wall", "field_day", "field_doctors"),
    *("due_reports", "submissions", "programme_report", "binders", "binder_guests", "retention"),
    *(
        "outbox",
        "journal",
        "access",
        "organisation",
        "imports",
        "certificates",
        "credit_entries",
        "jobs",
    ),
)
OF_ACTIVITY = (
    *("activity", "activity_agenda", "activity_faculty", "invitations", "activity_people"),
    *("activity_history", "activity_attendance", "activity_insights", "activity_money"),
    *("activity_evaluation", "activity_outcomes", "activity_credits", "live_room"),
    *("activity_reports", "submission", "activity_discussions"),
)


def statements(client, address):
    """What one answer asks of the database, its way in included."""
    client.get(address)
    with CaptureQueriesContext(connection) as asked:
        assert client.get(address).status_code == 200
    return [q["sql"] for q in asked if not q["sql"].strip().startswith(OF_THE_TEST)]


def of_activity(name):
    path = next((path for listed, _list, path in MOUNTED if listed == name), "<uuid:pk>")
    return reverse(name, kwargs=arguments(path))


@pytest.mark.parametrize("name", WITHOUT_ARGUMENTS)
def test_a_page_asks_the_database_few_things(world, name):
    asked = statements(world.client(MIGHTY), reverse(name))

    assert len(asked) <= STATEMENTS, "\n".join(asked)


@pytest.mark.parametrize("name", OF_ACTIVITY)
def test_a_page_of_an_activity_asks_the_database_few_things(world, name):
    with acting_in(world.near.pk):
        address = of_activity(name)

    asked = statements(world.client(MIGHTY), address)

    assert len(asked) <= HEAVIER.get(name, STATEMENTS), "\n".join(asked)


@pytest.mark.parametrize("name", ["activity", "activity_agenda", "activity_tasks"])
def test_a_page_of_a_plan_that_rules_have_seen_compares_all_of_it_and_asks_few_things(world, name):
    with acting_in(world.near.pk):
        plan = Activity.objects.filter(state__in=PLANNING, mode="independent").order_by("pk")[0]
        check_rules(plan, by=SYSTEM)
        address = reverse(name, args=[plan.pk])

    asked = statements(world.client(MIGHTY), address)

    assert len(asked) <= STATEMENTS, "\n".join(asked)


@pytest.mark.parametrize(
    ("name", "model"),
    [
        ("clinician", Clinician),
        ("approval", ApprovalRequest),
        ("series", Series),
        ("application", Application),
        ("binder", Binder),
        ("discussion", Discussion),
        ("practice", Practice),
        ("transfer", TransferOfValue),
        ("clinician_engagement", Clinician),
        ("follow_up", FollowUp),
        ("material", ApprovedMaterial),
    ],
)
def test_a_page_of_one_thing_asks_the_database_few_things(world, name, model):
    with acting_in(world.near.pk):
        address = reverse(name, args=[model.objects.order_by("pk").first().pk])

    asked = statements(world.client(MIGHTY), address)

    assert len(asked) <= STATEMENTS, "\n".join(asked)


def full_page(page_of, *given, **more):
    """The rows that there are, again and again until the page is full."""
    page = page_of(*given, **more)
    if not page.rows:
        return page
    return replace(page, rows=list(islice(cycle(page.rows), PAGE)), next_key=page.rows[-1].pk)


def weight(client, address, monkeypatch):
    monkeypatch.setattr(pages, "page_of", partial(full_page, page_of))
    response = client.get(address)
    assert len(response.context["rows"]) in {0, PAGE}, "neither full nor empty"
    before, _nav, rest = response.content.partition(b"<nav")
    return len(before + rest.partition(b"</nav>")[2]) / 1024


@pytest.mark.parametrize(("name", "path"), [(name, path) for name, _listed, path in MOUNTED])
def test_a_full_page_of_a_list_is_light(world, monkeypatch, name, path):
    with acting_in(world.near.pk):
        address = reverse(name, kwargs=arguments(path))

    assert weight(world.client(MIGHTY), address, monkeypatch) <= KILOBYTES


def test_a_heavy_page_is_found(world, monkeypatch):
    """The negative control: what is written in every row again shows in the weight."""
    made = pages.cells_of
    monkeypatch.setattr(
        pages, "cells_of", lambda *given: [f"{row}{'x' * 600}" for row in made(*given)]
    )

    assert weight(world.client(MIGHTY), reverse("clinicians"), monkeypatch) > KILOBYTES
