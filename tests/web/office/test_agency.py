"""What people of an agency see: their own activity, on every page, file and endpoint."""

import re
from datetime import datetime

import pytest
from django.test import Client
from django.urls import reverse

from symposia.accounts.actions import make_personal_token
from symposia.accounts.permissions import Permission
from symposia.accounts.queries import access_of
from symposia.activities.actions.duties import add_milestone
from symposia.activities.actions.externals import ExternalFacts, add_external
from symposia.activities.actions.sessions import SessionFacts, add_session, assign_faculty
from symposia.activities.actions.team import add_team_member, enter_contributor
from symposia.activities.models import Arrangement, Origin, Session
from symposia.shared.actors import SYSTEM
from symposia.web.routes import routes
from tests.factories.accounts import member
from tests.factories.activities import ActivityFactory

CANARY = "Zq7kanarie"
OWN = "Ownfinch"
HOLE = re.compile(r"<(\w+):(\w+)>")


def told(title):
    """An activity with something of everything that a page about it may show."""
    activity = ActivityFactory(
        title=f"{title} evening", summary=f"{title} need", venue_name=f"{title} hall"
    )
    facts = SessionFacts(f"{title} session", datetime.fromisoformat("2027-03-11T18:30"), 30, 30)
    session = add_session(activity, facts, by=SYSTEM)
    assign_faculty(session, name=f"Dr {title}", by=SYSTEM)
    person = enter_contributor(name=f"Planner {title}", by=SYSTEM)
    add_team_member(activity, person, role="planner", by=SYSTEM)
    add_milestone(activity, title=f"{title} milestone", days=-3, by=SYSTEM)
    add_external(activity, ExternalFacts(f"{title} person", f"{title} task"), by=SYSTEM)
    Arrangement.objects.create(
        activity=activity, kind="catering", title=f"{title} dinner", currency="USD"
    )
    activity.refresh_from_db()
    return activity


@pytest.fixture
def mine(organisation):
    return told(OWN)


@pytest.fixture
def theirs(mine):
    """Another activity, planned like their own."""
    other = told(CANARY)
    Origin.objects.create(activity=other, source=mine, kind="clone")
    return other


@pytest.fixture
def agent(organisation, mine):
    return member(organisation, "agency", scope_kind="activity", scope_id=mine.pk)


def ids_of(activity):
    """Everything of an activity that an address may name."""
    rows = [activity, *Session.objects.filter(activity=activity), *activity.team.all()]
    rows += [*activity.milestones.all(), *Arrangement.objects.filter(activity=activity)]
    return [str(row.pk) for row in rows]


def opens(route):
    """Whether the gate alone would let an agency in; the others are shut for the role."""
    is_theirs = not route.permissions or route.permissions <= {Permission.VIEW_ACTIVITIES}
    return is_theirs and not route.is_open


def addresses(activity):
    """Every address that is not shut, its holes filled with whatever of the activity there is."""
    for route in filter(opens, routes()):
        path = route.path.removeprefix("GET ").replace("^", "").replace("$", "")
        if " " in path or "(" in path:
            continue
        kinds = {kind for kind, _name in HOLE.findall(path)}
        if kinds - {"uuid"}:
            continue
        for pk in ids_of(activity) if kinds else [""]:
            yield route, "/" + HOLE.sub(pk, path)


def text_of(answer):
    content = b"".join(answer.streaming_content) if answer.streaming else answer.content
    return content.decode(errors="replace")


def looked_at(client, activity, **headers):
    seen = {}
    for route, path in addresses(activity):
        if path.startswith(("/api/", "/account/logout")) and not headers:
            continue
        answer = client.get(path, headers=headers)
        if answer.status_code == 200:
            seen[path] = (route.name, text_of(answer))
    return seen


def test_nothing_of_another_activity_is_on_any_page_or_file(client, agent, mine, theirs):
    client.force_login(agent)

    seen = looked_at(client, theirs)

    assert [path for path, (_name, text) in seen.items() if CANARY in text] == []
    assert [path for path, (_name, text) in seen.items() if theirs.number in text] == []


def test_their_own_activity_is_there_with_agenda_and_logistics(client, agent, mine):
    client.force_login(agent)
    own = {name for name, text in looked_at(client, mine).values() if OWN in text}

    assert {"activity", "activity_agenda", "activity_logistics", "activities"} <= own
    closed = {"activity_people", "activity_money", "activity_externals", "activity_agreements"}
    assert not closed & own


@pytest.mark.parametrize("name", ["activity_agenda", "activity_logistics", "activity_tasks"])
def test_the_same_pages_of_another_activity_do_not_exist(client, agent, theirs, name):
    client.force_login(agent)

    assert client.get(reverse(name, args=[theirs.pk])).status_code == 404


def test_search_and_filters_find_nothing_else(client, agent, mine, theirs):
    client.force_login(agent)

    for path in ("search", "activities", "calendar"):
        answer = client.get(reverse(path), {"q": CANARY})
        shown = text_of(answer).replace(f'value="{CANARY}"', "")
        assert f"{CANARY} " not in shown, path


def test_the_endpoints_say_no_more_than_the_pages(agent, organisation, mine, theirs):
    access = access_of(agent, organisation, at=agent.created_at)
    _row, token = make_personal_token(
        agent, access, name="Tool", permissions=[Permission.VIEW_ACTIVITIES], by=SYSTEM
    )

    seen = looked_at(Client(), theirs, authorization=f"Bearer {token}")

    assert any(path.startswith("/api/") for path in seen)
    assert [path for path, (_name, text) in seen.items() if CANARY in text] == []


def test_the_crawl_finds_what_a_colleague_sees(client, organisation, theirs):
    client.force_login(member(organisation, "coordinator"))

    assert len([1 for _name, text in looked_at(client, theirs).values() if CANARY in text]) > 10
