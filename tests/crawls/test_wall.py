"""No word from behind the wall reaches a role that it keeps out (A5): pages, files, feeds, API.

Every walled column of each mode carries a token of its own. Whatever somebody with every role can
open is asked for by each role that the table walls, in the organisation that has such activities.
"""

import re
from itertools import count, product

import pytest
from django.test import Client
from django.utils.timezone import now

from symposia.accounts.actions import make_personal_token
from symposia.accounts.permissions import Permission
from symposia.accounts.queries import access_of
from symposia.activities.models import Activity, Mode
from symposia.activities.wall import WALL, Level, Subject, level_of
from symposia.api.root import api
from symposia.shared.guards import tenant_models
from symposia.shared.tenancy import acting_in
from symposia.web.office.activity_tabs import TABS
from symposia.web.routes import routes
from tests.crawls.world import LINK, MIGHTY, content_of, crawl, route_of

CANARY = re.compile("zw[0-9a-f]{3}x", re.IGNORECASE)
PLACES = ("/", "/today/", "/activities/", "/insights/", "/money/", "/content/", "/disclosures/")
# Column → how its row leads to an activity `a`, and what it tells of it.
_FORM = (
    "SELECT f.activity_id FROM assessment_question q JOIN assessment_evaluationform f "
    "ON f.id = q.form_id WHERE q.id = t.question_id"
)
_ITEM = (
    "SELECT i.activity_id FROM activities_contentversion v JOIN activities_contentitem i "
    "ON i.id = v.item_id WHERE v.id = t.version_id"
)
_LINE = "SELECT l.activity_id FROM finance_budgetline l WHERE l.id = t.line_id"
WALLED = (
    (Subject.LEARNERS, "outreach_invitation", "address", "t.activity_id"),
    (Subject.LEARNERS, "credits_certificate", "number", "t.activity_id"),
    (Subject.LEARNERS, "attendance_presenceevidence", "reason", "t.activity_id"),
    (Subject.ANSWERS, "assessment_answer", "text", f"({_FORM})"),
    (Subject.CONTENT, "activities_contentitem", "title", "t.activity_id"),
    (Subject.CONTENT, "activities_slidecomment", "text", f"({_ITEM})"),
    (Subject.CONTENT, "activities_contentreview", "note", f"({_ITEM})"),
    (Subject.CONTENT, "activities_relevancedecision", "company", "t.activity_id"),
    (Subject.MONEY, "finance_budgetline", "description", "t.activity_id"),
    (Subject.MONEY, "finance_posting", "evidence", f"({_LINE})"),
)
TOKENS = {}
# Ticket codes are their own canaries: they are short, and no two are alike.
TICKET = re.compile(r"\b[A-Z0-9]{8}\b")
TICKETS = {}


def mark(server):
    """Give each walled column a token per mode; every role may do everything its wall leaves."""
    numbers = (f"zw{number:03x}x" for number in count(1))
    for (subject, table, column, way), mode in product(WALLED, Mode.values):
        found = server.execute(
            "SELECT character_maximum_length FROM information_schema.columns "
            "WHERE table_name = %s AND column_name = %s",
            [table, column],
        ).fetchone()
        assert found, f"{table} has no {column}"
        token = next(numbers)
        marked = server.execute(
            f'UPDATE "{table}" t SET "{column}" = left(%s || t."{column}", %s) '
            f"FROM activities_activity a WHERE a.id = {way} AND a.mode = %s "
            f"AND t.\"{column}\" <> ''",
            [token, found[0] or 4_000, mode],
        )
        if marked.rowcount:
            TOKENS[token] = (mode, subject, table, column)
    TICKETS.update(
        server.execute(
            "SELECT r.ticket_code, a.mode FROM registrations_registration r "
            "JOIN activities_activity a ON a.id = r.activity_id"
        ).fetchall()
    )
    server.execute("UPDATE accounts_role SET permissions = %s", [[str(p) for p in Permission]])


@pytest.fixture(scope="module")
def prepared():
    return mark


def closed_to(role):
    """(mode, subject) of which a role is shown no row."""
    return {
        (mode, subject)
        for mode, subject in product(Mode.values, Subject)
        if level_of(mode, role, subject) < Level.SEES
    }


def leaks(role, content):
    """Tokens in an answer that the role should not have got."""
    closed = closed_to(role)
    found = [TOKENS.get(token.lower()) for token in CANARY.findall(content)]
    tickets = {TICKETS.get(code) for code in TICKET.findall(content)}
    found += [(mode, Subject.LEARNERS, "a ticket", "") for mode in tickets if mode]
    return sorted({each for each in found if each and each[:2] in closed})


@pytest.fixture(scope="module")
def addresses(world):
    """Of each organisation, what somebody with every role meets, a few of each route."""
    found = {}
    for organisation in (world.near, world.far):
        known, visits, seen = [], {}, set()
        starts = [*PLACES, *_activities(organisation)]
        for address, _response, content in crawl(
            world.client(MIGHTY, organisation), starts, per_route=4, most=900
        ):
            known.append(address)
            seen |= {token.lower() for token in CANARY.findall(content)}
            for written in LINK.findall(content):
                link, route = written.replace("&amp;", "&"), route_of(written)
                if route and visits.setdefault(route, 0) < 8:
                    visits[route] += 1
                    known.append(link)
        found[organisation.pk] = list(dict.fromkeys(known))
        assert len(seen) > 4, "whoever may see everything sees the tokens"
    return found


def _activities(organisation):
    """Every tab, and every file of it, of one activity of each mode."""
    with acting_in(organisation.pk):
        held = [
            Activity.objects.filter(mode=mode).exclude(state="draft").order_by("starts_at").first()
            for mode in Mode.values
        ]
    names = {tab.url_name for tab in TABS}
    paths = [r.path for r in routes() if " " not in r.path and r.name.removesuffix("_csv") in names]
    return [
        "/" + re.sub(r"<uuid:\w+>", str(activity.pk), path)
        for activity in held
        if activity
        for path in paths
    ]


WALLED_ROLES = sorted({role for roles in WALL.values() for role in roles})


def asked(world, organisation, role, addresses):
    client, found = world.client(role, organisation), {}
    for address in addresses:
        response = client.get(address)
        content = content_of(response)
        if response.status_code >= 500 or leaks(role, content):
            found[address] = (response.status_code, leaks(role, content))
    return found


@pytest.mark.parametrize("role", ["supporter", "brand_manager", "field_representative"])
def test_no_page_or_file_of_an_activity_shows_what_is_behind_the_wall(world, role):
    for organisation in (world.near, world.far):
        assert asked(world, organisation, role, [*PLACES, *_activities(organisation)]) == {}


@pytest.mark.nightly
@pytest.mark.parametrize("role", WALLED_ROLES)
def test_nothing_at_all_shows_what_is_behind_the_wall(world, addresses, role):
    for organisation in (world.near, world.far):
        assert asked(world, organisation, role, addresses[organisation.pk]) == {}


def token_of(world, organisation, role):
    user = world.person(role, organisation)
    with acting_in(organisation.pk):
        access = access_of(user, organisation, at=now())
        held = [p for p in Permission if access.holds(p)]
        _token, secret = make_personal_token(
            user, access, name="wall", permissions=held, by=user.actor()
        )
    return {"Authorization": f"Bearer {secret}"}


def through_the_api(world, organisation, role, most):
    """Every readable route, with the ids of the organisation's own records."""
    headers, found, seen = token_of(world, organisation, role), {}, 0
    client = Client()
    with acting_in(organisation.pk):
        ids = [
            str(pk)
            for model in tenant_models()
            if model.__name__
            in {"Activity", "Registration", "Invitation", "Certificate", "ContentItem"}
            for pk in model.objects.order_by("pk").values_list("pk", flat=True)[:most]
        ]
    for path, methods in api.get_openapi_schema()["paths"].items():
        if "get" not in methods:
            continue
        holes = re.findall(r"\{\w+\}", path)
        for address in [path] if not holes else [path.replace(holes[0], pk) for pk in ids]:
            content = content_of(client.get(address, headers=headers))
            seen += bool(CANARY.search(content))
            if leaks(role, content):
                found[address] = leaks(role, content)
    return found, seen


def test_no_route_of_the_api_shows_what_is_behind_the_wall(world):
    found, _seen = through_the_api(world, world.near, "supporter", 1)
    assert found == {}


@pytest.mark.nightly
@pytest.mark.parametrize("role", WALLED_ROLES)
def test_no_route_of_the_api_shows_anything_to_any_walled_role(world, role):
    for organisation in (world.near, world.far):
        found, _seen = through_the_api(world, organisation, role, 12)
        assert found == {}


def test_the_api_shows_the_tokens_to_who_may_see_them(world):
    """The negative control of the API."""
    _found, seen = through_the_api(world, world.near, "coordinator", 1)
    assert seen > 3


def test_search_finds_nothing_behind_the_wall(world):
    client = world.client("supporter")
    for token, (mode, *_rest) in TOKENS.items():
        content = content_of(client.get("/search/", {"q": token}))
        assert not CANARY.search(content.replace(token, "")), mode


def test_without_the_table_the_tokens_are_on_the_screen(world, monkeypatch):
    """The negative control: a role that the table does not name sees all of it."""
    for roles in WALL.values():
        monkeypatch.delitem(roles, "supporter", raising=True)
    shown = set()
    client = world.client("supporter", world.far)
    for address in _activities(world.far):
        shown |= {t.lower() for t in CANARY.findall(content_of(client.get(address)))}

    assert {TOKENS[t][1] for t in shown} >= {Subject.LEARNERS, Subject.MONEY}
