"""Pages of a plan that the rules have looked at compare all of it, and still ask few things."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.timezone import now

from symposia.activities.actions.rules import check_rules
from symposia.credits.actions.offers import offer_credit
from symposia.shared.actors import SYSTEM
from tests.factories.accounts import member
from tests.factories.activities import ActivityFactory, SessionFactory, SessionFacultyFactory
from tests.factories.credits import ama
from tests.factories.directory import ClinicianFactory
from tests.factories.outreach import InvitationFactory
from tests.factories.registrations import RegistrationFactory
from tests.factories.team import TeamMemberFactory

OF_THE_TEST = ("SAVEPOINT", "RELEASE SAVEPOINT", "SELECT set_config('symposia.organisation'")

STATEMENTS = 15
PAGES = ("activity", "activity_agenda", "activity_tasks")


@pytest.fixture
def plan(organisation):
    activity = ActivityFactory()
    TeamMemberFactory(activity=activity, role="planner")
    for _ in range(2):
        session = SessionFactory(activity=activity, creditable_minutes=30)
        speaker = ClinicianFactory()
        SessionFacultyFactory(session=session, clinician=speaker, name=speaker.called)
    offer_credit(activity, ama(), by=SYSTEM)
    RegistrationFactory(activity=activity)
    InvitationFactory(activity=activity, sent_at=now())
    check_rules(activity, by=SYSTEM)
    return activity


@pytest.mark.parametrize("name", PAGES)
def test_a_page_of_a_plan_asks_the_database_few_things(client, organisation, plan, name):
    client.force_login(member(organisation, "education_lead"))
    address = reverse(name, args=[plan.pk])
    assert "Changed since" not in client.get(address).content.decode()

    with CaptureQueriesContext(connection) as asked:
        client.get(address)

    said = [q["sql"] for q in asked if not q["sql"].strip().startswith(OF_THE_TEST)]
    assert len(said) <= STATEMENTS, "\n".join(said)
