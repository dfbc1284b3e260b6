"""No word of one organisation reaches the people of another (A2), nor its rows the database (A3).

Every text column of each organisation carries a token of its own; whatever the near one's
people can open, and whatever the far one's people can open, is asked for by the near one's.
"""

import re
from itertools import count

import pytest
from django.db import connection, transaction
from django.test import Client
from django.urls import reverse

from symposia.api.root import api
from symposia.shared.guards import tenant_models
from symposia.shared.tenancy import acting_in
from symposia.web.routes import routes
from tests.crawls.lists import MOUNTED
from tests.crawls.world import (
    LINK,
    MIGHTY,
    NOT_CRAWLED,
    content_of,
    crawl,
    route_of,
    superuser,
    words,
)

TOKEN = re.compile("zq7[0-9a-f]{3}x", re.IGNORECASE)
NEAR_TOKEN = re.compile("zq6[0-9a-f]{3}x", re.IGNORECASE)
TOKENS = {}
RECORD = re.compile(r"(?<=/)[0-9a-f]{8}-[0-9a-f-]{27}(?=[/.])")
HOLE = re.compile(r"<(\w+):\w+>")
LISTS = tuple(f"/{path}" for _name, _listed, path in MOUNTED if "<" not in path)
PLACES = ("/", "/today/", "/style/", "/jobs/", "/account/profile/", "/tokens/", *LISTS)
# Shown to everybody who has the address, by intent: they name their organisation themselves.
OPEN = re.compile("^/(a|e|verify|mailbox|demo|r|t|l|u|q|ask)/")


def mark(server):
    """Give each text column of both organisations its token, people's names too."""
    for slug, start in (("sahyadri", "zq7"), ("harbor", "zq6")):
        found = server.execute("SELECT id FROM accounts_organisation WHERE slug = %s", [slug])
        _mark(server, found.fetchone()[0], (f"{start}{number:03x}x" for number in count(1)))


def _mark(server, organisation, tokens):
    for table, column, length, _is_address in words():
        token = next(tokens)
        TOKENS[token] = (table, column)
        server.execute(
            f'UPDATE "{table}" SET "{column}" = left(%s || "{column}", %s) '
            f"WHERE organisation_id = %s AND \"{column}\" <> ''",
            [token, length, organisation],
        )
    token = next(tokens)
    TOKENS[token] = ("accounts_user", "full_name")
    server.execute(
        "UPDATE accounts_user SET full_name = left(%s || full_name, 200) WHERE id IN "
        "(SELECT user_id FROM accounts_membership WHERE organisation_id = %s)",
        [token, organisation],
    )


@pytest.fixture(scope="module")
def prepared():
    return mark


def leaks(content):
    return sorted({str(TOKENS.get(found.lower())) for found in TOKEN.findall(content)})


def pages_of(client):
    """What a person sees by following links from the places they may go."""
    return crawl(client, list(PLACES), per_route=1)


@pytest.fixture(scope="module")
def near_pages(world):
    """What the mighty one of the near organisation sees."""
    return list(pages_of(world.client(MIGHTY)))


def records(organisation):
    """The table of each record of an organisation, by its id."""
    with acting_in(organisation.pk):
        return {
            str(pk): model._meta.db_table
            for model in tenant_models()
            for pk in model.objects.order_by("-pk").values_list("pk", flat=True)
        }


@pytest.fixture(scope="module")
def borrowed_addresses(world, near_pages):
    """Addresses that our people are offered, one per route, with the ids of the others' records."""
    ours = records(world.near)
    theirs = {table: pk for pk, table in records(world.far).items()}
    found = {}
    for _address, _response, content in near_pages:
        for link in LINK.findall(content):
            ids = RECORD.findall(link)
            if ids and all(ours.get(pk) in theirs for pk in ids) and not OPEN.match(link):
                borrowed = RECORD.sub(lambda pk: theirs[ours[pk[0]]], link)
                found.setdefault(route_of(link), borrowed.replace("&amp;", "&"))
    found.pop(None, None)
    return list(found.values())


@pytest.fixture(scope="module")
def made_addresses(world, far_addresses, borrowed_addresses):
    """Of the routes that no crawl meets: addresses made of the others' records, each in the place
    of the word that speaks of it."""
    met = {route_of(address) for address in [*far_addresses, *borrowed_addresses]}
    known, found = identified(world.far), {}
    for route in routes():
        before = re.findall(r"([\w-]+)/<uuid:\w+>", route.path)
        if route.path in met or " " in route.path or not before:
            continue
        ids = [next((pk for t, pk in known if is_spoken_of(word, t)), None) for word in before]
        if None not in ids and len(before) == len(HOLE.findall(route.path)):
            found[route.path] = "/" + re.sub(r"<uuid:\w+>", "{}", route.path).format(*ids)
    return [address for address in found.values() if not OPEN.match(address)]


@pytest.fixture(scope="module")
def far_addresses(world):
    """Every address, one per route, that the far organisation's people can reach."""
    found, seen = {}, set()
    for address, response, content in pages_of(world.client(MIGHTY, world.far)):
        if response.status_code == 200 and not OPEN.match(address):
            found[address] = route_of(address)
        seen |= set(TOKEN.findall(content))
        for link in LINK.findall(content):
            route = route_of(link)
            if route and route not in found.values() and not OPEN.match(link):
                found[link.replace("&amp;", "&")] = route
    assert len(found) > 60
    assert len({token.lower() for token in seen}) > 40, "the far people see their own words"
    return list(found)


def test_every_column_of_words_carries_a_token(world):
    assert len(TOKENS) > 80
    with acting_in(world.far.pk), connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM directory_clinician WHERE full_name LIKE 'zq7%'")
        assert cursor.fetchone()[0] >= 200


@pytest.mark.parametrize("role", [MIGHTY, "administrator"])
def test_no_page_that_one_can_reach_shows_another_organisation(world, near_pages, role):
    visited, found = 0, {}
    pages = near_pages if role == MIGHTY else pages_of(world.client(role))
    for address, _response, content in pages:
        visited += 1
        if leaks(content):
            found[address] = leaks(content)

    assert found == {}
    assert visited > (60 if role == MIGHTY else 20)


def ask_for_foreign(world, addresses, roles):
    """What the near organisation's people get at the far one's addresses."""
    found = {}
    for role in roles:
        client = world.client(role)
        for address in addresses:
            response = client.get(address)
            if response.status_code == 405 and RECORD.search(address):
                response = client.post(address)
            content = content_of(response)
            for asked in TOKEN.finditer(address):  # what was asked for is repeated
                content = content.replace(asked[0], "")
            if leaks(content) or response.status_code >= 500:
                found[role, address] = (response.status_code, leaks(content))
    return found


def test_no_address_of_another_organisation_opens(world, far_addresses):
    assert ask_for_foreign(world, far_addresses, [MIGHTY, "learner"]) == {}


def test_no_address_of_ours_opens_with_the_ids_of_others(world, borrowed_addresses, made_addresses):
    """Also what the far people were not offered: no record of theirs was in that state."""
    assert ask_for_foreign(world, [*borrowed_addresses, *made_addresses], [MIGHTY]) == {}


@pytest.mark.nightly
def test_no_address_of_another_organisation_opens_to_any_role(world, far_addresses):
    assert ask_for_foreign(world, far_addresses, world.roles()) == {}


def test_a_table_without_row_security_is_found(world):
    """The negative control: with the row policy off, foreign rows are on the screen."""
    with superuser(world.database) as server:
        server.execute("ALTER TABLE directory_clinician DISABLE ROW LEVEL SECURITY")
    try:
        content = content_of(world.client(MIGHTY).get("/clinicians/?sort=-name"))
    finally:
        with superuser(world.database) as server:
            server.execute("ALTER TABLE directory_clinician ENABLE ROW LEVEL SECURITY")

    assert leaks(content)


@pytest.mark.parametrize("token", ["zq7", "zq7001x", "sahyadri"])
def test_a_search_for_foreign_words_finds_nothing(world, token):
    client = world.client(MIGHTY)
    for listed in ["clinicians", "activities", "outbox", "journal", "gaps", "approvals"]:
        content = content_of(client.get(reverse(listed), {"q": token}))
        # What was asked for is repeated in the box.
        assert not TOKEN.search(content.replace(token, ""))
    assert not TOKEN.search(content_of(client.get("/search/", {"q": token})).replace(token, ""))


def identified(organisation):
    """(table, id) of one record of each kind of an organisation."""
    with acting_in(organisation.pk):
        found = [
            (m._meta.db_table, m.objects.order_by("pk").values_list("pk", flat=True)[:1])
            for m in tenant_models()
        ]
        return [(table, str(pk)) for table, pks in found for pk in pks]


def is_spoken_of(path, table):
    """Whether an address names a kind of record: `/clinicians/{pk}` that of directory_clinician."""
    words = [word.rstrip("s") for word in re.findall(r"[a-z]{3,}", path.split("{")[0])]
    return any(word in table for word in words)


def read_foreign(world, chosen):
    """What a program of the near organisation reads by ids of the far one, and how much it asked.
    Which of the records are asked for at an address, `chosen` says."""
    client, headers = Client(), {"Authorization": f"Bearer {world.token()}"}
    foreign, found, asked = identified(world.far), {}, 0
    for path, methods in api.get_openapi_schema()["paths"].items():
        if "get" not in methods:
            continue
        holes = re.findall(r"\{\w+\}", path)
        ids = [pk for place, (table, pk) in enumerate(foreign) if chosen(path, table, place)]
        addresses = [path] if not holes else [path.replace(holes[0], pk) for pk in ids]
        for address in addresses:
            content = content_of(client.get(address, headers=headers))
            asked += 1
            if leaks(content):
                found[address] = leaks(content)
    return found, asked


def test_no_foreign_record_is_read_through_the_api(world):
    """At each address the records it speaks of, and a tenth of all others."""
    found, asked = read_foreign(
        world, lambda path, table, place: is_spoken_of(path, table) or place % 10 == len(path) % 10
    )

    assert found == {}
    assert asked > 1_200


@pytest.mark.nightly
def test_no_foreign_record_whatever_is_read_through_the_api(world):
    found, asked = read_foreign(world, lambda *_: True)

    assert found == {}
    assert asked > 8_000


def test_a_personal_link_with_another_organisations_id_opens_nothing(world):
    borrowed = [
        link.replace(world.far.code, world.near.code, 1) for link in world.personal_links(world.far)
    ]
    assert borrowed
    for link in borrowed:
        response = Client().get(link)
        assert response.status_code == 404
        assert not leaks(content_of(response))


def test_every_route_that_shows_something_is_asked_for(
    far_addresses, borrowed_addresses, made_addresses
):
    """Routes that nobody's crawl meets, and that no record makes, are few."""
    met = {route_of(a) for a in [*far_addresses, *borrowed_addresses, *made_addresses]}
    readable = {
        r.path
        for r in routes()
        if " " not in r.path and r.permissions and not r.path.endswith(("csv", "xlsx"))
    }
    assert len(readable & met) / len(readable) > 0.72


def counted(model):
    with connection.cursor() as cursor:
        cursor.execute(f'SELECT count(*) FROM "{model._meta.db_table}"')
        return cursor.fetchone()[0]


@pytest.mark.parametrize("model", tenant_models(), ids=lambda m: m._meta.label)
def test_without_an_organisation_there_are_no_rows(world, model):
    table = model._meta.db_table
    assert counted(model) == 0
    with connection.cursor() as cursor:
        with transaction.atomic(), cursor.copy(f'COPY (SELECT * FROM "{table}") TO STDOUT') as out:
            assert list(out) == []
        cursor.execute(f"SELECT query_to_xml('SELECT id FROM \"{table}\"', true, true, '')::text")
        assert "<row" not in cursor.fetchone()[0]


def test_organisations_in_turn_over_one_connection_see_only_their_own(world):
    near, far = world.client(MIGHTY), world.client(MIGHTY, world.far)
    with acting_in(world.far.pk), connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        backend = cursor.fetchone()
    for turn in range(40):
        assert not TOKEN.search(content_of(near.get("/gaps/")))
        assert TOKEN.search(content_of(far.get("/gaps/")))
        if turn % 10 == 0:
            assert counted(tenant_models()[0]) == 0
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        assert cursor.fetchone() == backend


def addresses_by_route(world, organisation):
    """Of each route the address that a crawl meets, or all that one record of each kind makes."""
    known = {}
    for address, response, content in pages_of(world.client(MIGHTY, organisation)):
        if response.status_code == 200:
            known.setdefault(route_of(address), [address])
        for link in LINK.findall(content):
            known.setdefault(route_of(link), [link.replace("&amp;", "&")])
    ids = [pk for _table, pk in identified(organisation)]
    for route in routes():
        path, holes = route.path, HOLE.findall(route.path)
        if path in known or " " in path or f"/{path}".startswith(NOT_CRAWLED):
            continue
        if holes == ["uuid"]:
            known[path] = ["/" + HOLE.sub(pk, path) for pk in ids]
        elif not holes:
            known[path] = [f"/{path}"]
    return known


@pytest.mark.nightly
def test_every_page_in_turn_over_one_connection_shows_only_its_own(world):
    """Each route is asked for by both organisations, one after the other, each its own record."""
    sides = [
        (world.client(MIGHTY), TOKEN, addresses_by_route(world, world.near)),
        (world.client(MIGHTY, world.far), NEAR_TOKEN, addresses_by_route(world, world.far)),
    ]
    with acting_in(world.far.pk), connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        backend = cursor.fetchone()
    wrong, asked, own = {}, 0, [0, 0]
    for route in sorted(set(sides[0][2]) | set(sides[1][2]) - {None}, key=str):
        for side, (client, foreign, addresses) in enumerate(sides):
            for address in (a for a in addresses.get(route, []) if not OPEN.match(a)):
                response = client.get(address)
                content, asked = content_of(response), asked + 1
                if foreign.search(content) or response.status_code >= 500:
                    wrong[address] = (response.status_code, foreign.findall(content)[:3])
                if response.status_code != 404:
                    own[side] += bool((TOKEN, NEAR_TOKEN)[1 - side].search(content))
                    break
        assert counted(tenant_models()[0]) == 0

    assert wrong == {}
    assert asked > 200
    assert min(own) > 40, "each side sees its own words"
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        assert cursor.fetchone() == backend


def test_two_thousand_turns_of_the_setting_leave_nothing_behind(world):
    own = {}
    with connection.cursor() as cursor:
        for turn in range(2_000):
            organisation = (world.near, world.far)[turn % 2]
            with acting_in(organisation.pk):
                cursor.execute("SELECT DISTINCT organisation_id FROM directory_clinician")
                own[organisation.pk] = cursor.fetchall()
            assert own[organisation.pk] == [(organisation.pk,)]
            if turn % 50 == 0:
                cursor.execute("SELECT count(*) FROM directory_clinician")
                assert cursor.fetchone() == (0,)
