"""Every form: what it changes is journalled (G1), and sent twice it is done once (D2).

The forms are found by following links, filled in with the least they ask for, and sent.
"""

from dataclasses import dataclass

import pytest
from django.db import connection

from symposia.audit.models import Entry, RowChange
from symposia.directory.models import Clinician
from symposia.shared.guards import tenant_models
from symposia.shared.tenancy import acting_in
from tests.crawls.forms import forms_of
from tests.crawls.world import MIGHTY, crawl, route_of

PLACES = ("/", "/today/", "/jobs/", "/tokens/", "/outbox/words/", "/certificates/")
# What the product keeps about its own work: answers given, jobs, numbers, figures, the journal.
OWN_WORK = ("audit_", "work_answeredrequest", "work_job", "accounts_counter", "insights_")
# Choices of one browser change no record; a second click on "make" shows a token's secret too.
NO_KEY = {
    *("appearance/", "calendar/feeds/<uuid:pk>/rotation/", "calendar/feeds/new/", "tokens/new/"),
    *("access/scim/key/", "access/statements/keys/new/"),
    "activities/<uuid:activity_pk>/phones/codes/",
    # Looking for doctors and at what would be sent writes nothing.
    "field/activities/<uuid:pk>/review/",
}
# What is sent here is kept nowhere beside whoever sent it; everybody has one response (ADR 0027).
ANONYMOUS = {"l/<str:token>/evaluation/"}
# Forms whose least answer changes a record of the world; what else is sent is refused in words or
# says what is said already.
CHANGES = {
    *("access/members/<uuid:pk>/grants/new/", "access/grants/<uuid:pk>/removal/"),
    "activities/<uuid:pk>/cancellation/",
    *("certificates/<uuid:pk>/replacement/", "clinicians/add/"),
    *("clinicians/<uuid:pk>/deactivation/", "clinicians/<uuid:pk>/numbers/<uuid:number>/removal/"),
    *("gaps/<uuid:pk>/closing/", "gaps/<uuid:pk>/rating/", "gaps/new/", "guidelines/new/"),
    *("outbox/<uuid:pk>/cancellation/", "outbox/test/"),
    *("outbox/words/<str:code>/<str:language>/", "surveys/new/", "u/<str:token>/"),
}
LAST = {
    *("removal", "cancel", "withdrawal", "revocation", "deactivation", "closing", "postponement"),
    "end",
}


@dataclass
class Sent:
    """A form that was sent twice: what came back and what it did."""

    route: str
    first: object
    second: object
    changed: dict
    changed_again: dict
    entries: list
    history: list


def rows(world):
    """Each business row of the organisation, by table and id, as a hash."""
    tables = [model._meta.db_table for model in tenant_models()]
    each = [
        f"SELECT '{table}', id::text, hashtextextended(r::text, 0) FROM \"{table}\" r"
        for table in tables
        if not table.startswith(OWN_WORK)
    ]
    with acting_in(world.near.pk), connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(each))
        return {(table, pk): hashed for table, pk, hashed in cursor.fetchall()}


def difference(before, after):
    return dict(before.items() ^ after.items())


def somebody(world):
    """The page of a person who has a number and is nobody else by now."""
    with acting_in(world.near.pk):
        people = Clinician.objects.active().filter(merged_into=None, identifiers__isnull=False)
        return f"/clinicians/{people.order_by('pk').first().pk}/"


def found_forms(world, client):
    """One form per route, the ones that end something last."""
    starts = [somebody(world), *PLACES, *world.personal_links(world.near)]
    found = {}
    for address, _response, content in crawl(client, starts, per_route=1):
        for form in forms_of(content):
            action = form.action or address
            route = route_of(action)
            if route and not form.wants_a_file:
                found.setdefault(route, (action, form))
    return sorted(found.items(), key=lambda item: (item[0].split("/")[-2] in LAST, item[0]))


def send_twice(world, client, before, route, action, form):
    """What it did to the rows as they were `before`, and the rows as they are now."""
    with acting_in(world.near.pk):
        last = Entry.objects.order_by("pk").last().pk
        change = RowChange.objects.order_by("pk").last().pk
    first = client.post(action, form.values)
    between = rows(world)
    with acting_in(world.near.pk):
        entries = list(Entry.objects.filter(pk__gt=last))
        history = list(RowChange.objects.filter(pk__gt=change).values_list("xid", "table_name"))
    second = client.post(action, form.values)
    after = rows(world)
    changed, again = difference(before, between), difference(between, after)
    return Sent(route, first, second, changed, again, entries, history), after


@pytest.fixture(scope="module")
def offered(world):
    return found_forms(world, world.client(MIGHTY))


@pytest.fixture(scope="module")
def sent(world, offered):
    client, found, as_they_are = world.client(MIGHTY), [], rows(world)
    for route, (action, form) in offered:
        if form.key:
            one, as_they_are = send_twice(world, client, as_they_are, route, action, form)
            found.append(one)
    return found


def test_every_form_that_changes_a_record_carries_a_key(offered):
    without = {route for route, (_action, form) in offered if not form.key}

    assert without - ANONYMOUS == NO_KEY


@pytest.mark.parametrize("headers", [{}, {"Idempotency-Key": "mine"}], ids=["person", "program"])
def test_the_secret_of_a_key_is_kept_nowhere(world, headers):
    """An answer that can be repeated is an answer that is kept: not this one."""
    client = world.client(MIGHTY)
    forms = forms_of(client.get("/tokens/").content.decode())
    form = next(form for form in forms if form.action == "/tokens/new/")

    secret = client.post(form.action, form.values, headers=headers).context["secret"]

    assert len(secret) > 40
    with acting_in(world.near.pk), connection.cursor() as cursor:
        for model in tenant_models():
            table = model._meta.db_table
            cursor.execute(
                f'SELECT count(*) FROM "{table}" r WHERE position(%s in r::text) > 0', [secret]
            )
            assert cursor.fetchone() == (0,), table


def test_many_forms_are_sent_and_none_breaks(sent):
    assert [(s.route, s.first.status_code) for s in sent if s.first.status_code >= 500] == []
    assert sorted(CHANGES - {s.route for s in sent if s.changed}) == []


def test_no_record_changes_without_an_entry_in_the_same_transaction(sent):
    silent = []
    for one in sent:
        transactions = {entry.xid for entry in one.entries}
        strangers = {t for xid, t in one.history if xid not in transactions}
        strangers = {t for t in strangers if not t.startswith(OWN_WORK)}
        if (one.changed and not one.entries) or strangers:
            silent.append((one.route, sorted({t for t, _pk in one.changed}), strangers))

    assert silent == []


def test_a_form_sent_twice_is_done_once(sent):
    twice = []
    for one in sent:
        done = one.first.status_code < 400
        repeated = one.second.get("Idempotency-Replayed") == "true"
        if one.changed_again or (done and not repeated):
            twice.append((one.route, one.first.status_code, sorted(one.changed_again)[:2]))
        if repeated and one.second.status_code != one.first.status_code:
            twice.append((one.route, one.first.status_code, one.second.status_code))

    assert twice == []


def test_the_same_key_with_other_content_is_refused(world):
    client = world.client(MIGHTY)
    values = {"title": "A", "idempotency_key": "the-same-key"}
    client.post("/gaps/new/", values)
    before = rows(world)

    answer = client.post("/gaps/new/", values | {"title": "B"})

    assert answer.status_code == 422
    assert rows(world) == before


def test_a_change_without_an_entry_is_found(world):
    """The negative control: a row changed past the actions has history but no entry."""
    before = rows(world)
    with acting_in(world.near.pk):
        last = Entry.objects.order_by("pk").last().pk
        with connection.cursor() as cursor:
            cursor.execute("UPDATE curriculum_gap SET title = title || '!'")
    with acting_in(world.near.pk):
        entries = Entry.objects.filter(pk__gt=last).count()

    assert difference(before, rows(world))
    assert entries == 0
