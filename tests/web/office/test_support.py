"""Support looks and changes nothing: attacked from every address of the product."""

from datetime import timedelta

import pytest
import time_machine
from django.db import connection
from django.urls import reverse
from django.utils.timezone import now

from symposia.accounts.actions import SupportFacts, start_support, stop_support
from symposia.accounts.models import Membership, SupportView
from symposia.audit.models import Entry
from symposia.notifications.models import Delivery
from symposia.shared.refusals import Refused
from symposia.web.office import support as pages
from symposia.web.routes import routes
from symposia.web.support import KEY
from tests.factories.accounts import member
from tests.factories.activities import ActivityFactory

FACTS = SupportFacts("She cannot find her activity", 30)


@pytest.fixture
def administrator(organisation):
    return member(organisation, "administrator")


@pytest.fixture
def officer(organisation):
    return member(organisation, "compliance_officer")


def membership(user):
    return Membership.objects.get(user=user)


def begun(client, viewer, person, facts=FACTS):
    view = start_support(viewer, membership(person), facts, factor="totp", by=viewer.actor())
    client.force_login(viewer)
    session = client.session
    session[KEY] = str(view.pk)
    session.save()
    return view


def code_of(act):
    with pytest.raises(Refused) as refused:
        act()
    return refused.value.objection.code


def test_it_needs_a_reason_a_factor_an_end_and_somebody_else(administrator, officer):
    def start(person=officer, reason="Help", minutes=15, factor="totp"):
        facts = SupportFacts(reason, minutes)
        by = administrator.actor()
        return start_support(administrator, membership(person), facts, factor=factor, by=by)

    assert code_of(lambda: start(reason="  ")) == "why_support"
    assert code_of(lambda: start(factor="")) == "support_needs_factor"
    assert code_of(lambda: start(minutes=61)) == "support_too_long"
    assert code_of(lambda: start(minutes=0)) == "support_too_long"
    assert code_of(lambda: start(person=administrator)) == "own_view"
    assert start().ends_at <= now() + timedelta(minutes=15)


def test_the_person_is_told_and_the_journal_says_when_it_began_and_stopped(administrator, officer):
    view = start_support(
        administrator, membership(officer), FACTS, factor="totp", by=administrator.actor()
    )
    stop_support(view, by=administrator.actor())
    stop_support(view, by=administrator.actor())

    told = Delivery.objects.get(template_code="accounts.support_view")
    assert told.to_address == officer.email
    said = list(
        Entry.objects.filter(action__startswith="support.").values_list("action", flat=True)
    )
    assert sorted(said) == ["support.started", "support.stopped"]


def test_without_a_fresh_factor_nothing_begins(client, administrator, officer):
    client.force_login(administrator)
    address = reverse("support_begin", args=[membership(officer).pk])

    answer = client.post(address, {"reason": "Help", "minutes": "15"})

    assert answer.status_code == 302
    assert not SupportView.objects.exists()


def test_with_one_the_screens_are_the_other_persons(client, administrator, officer, monkeypatch):
    monkeypatch.setattr(pages, "fresh_factor", lambda _request: "totp")
    client.force_login(administrator)
    address = reverse("support_begin", args=[membership(officer).pk])

    client.post(address, {"reason": "Help", "minutes": "15"})
    page = client.get(reverse("approvals"))

    assert page.status_code == 200
    assert f"You look as {officer}" in page.text
    seen = Entry.objects.get(action="support.page_seen")
    assert seen.details["page"] == f"GET {reverse('approvals')}"
    assert (seen.actor_name, seen.on_behalf_of) == (str(administrator), str(officer))


def test_only_whoever_may_look_as_others_begins(client, officer, administrator):
    client.force_login(officer)

    assert (
        client.get(reverse("support_begin", args=[membership(administrator).pk])).status_code == 403
    )


def _addresses():
    """Every address of the product with an id in each place where one is asked for."""
    some = "0199f7c4-0000-7000-8000-000000000000"
    for route in routes():
        if " " in route.path or route.path.startswith("api/"):
            continue
        path = route.path.replace("^", "").replace("$", "")
        for kind in ("uuid", "str", "slug", "int", "path"):
            while f"<{kind}:" in path:
                start = path.index(f"<{kind}:")
                end = path.index(">", start)
                path = path[:start] + (some if kind != "int" else "1") + path[end + 1 :]
        if "(" not in path and "<" not in path:
            yield route, f"/{path}"


def counts():
    """How many rows every table of the product has, but for the journal of pages seen."""
    with connection.cursor() as cursor:
        names = [
            name
            for name in connection.introspection.table_names(cursor)
            if name not in {"django_session", "audit_entry"}
            and not name.startswith("procrastinate")
        ]
        found = {}
        for name in names:
            cursor.execute(f'SELECT count(*), max(xmin::text::bigint) FROM "{name}"')
            found[name] = cursor.fetchone()
    return found


def test_nothing_is_posted_from_any_address(client, administrator, officer, organisation):
    ActivityFactory()
    begun(client, administrator, officer)
    before = counts()
    tried = 0

    for number, (route, path) in enumerate(_addresses()):
        # The last are answered past what is for pages; of them the live room is only read.
        if route.name in {"support_end", "door_scan", "door_undo", "live_room_changes"}:
            continue
        answer = (client.delete if number % 5 == 0 else client.post)(path, {"reason": "attack"})
        # The store of statements knows keys of its own: whoever is signed in is nobody there.
        refused = {400, 401} if path.startswith("/xapi/") else {403, 404}
        assert answer.status_code in refused, (path, answer.status_code)
        tried += 1

    assert tried > 300
    assert counts() == before
    others = Entry.objects.exclude(action="support.page_seen").filter(
        actor_name=str(administrator), on_behalf_of__gt=""
    )
    assert not others.exists()


def test_nothing_is_seen_that_the_person_may_not_see(client, administrator, officer, organisation):
    ActivityFactory()
    pages_, wider = [], []
    client.force_login(officer)
    for route, path in _addresses():
        if route.permissions and "0199f7c4" not in path:
            pages_.append((path, client.get(path).status_code))
    begun(client, administrator, officer)

    for path, theirs in pages_:
        seen = client.get(path).status_code
        if seen == 200 and theirs != 200:
            wider.append((path, theirs, seen))

    assert len(pages_) > 40
    assert wider == []


@pytest.mark.parametrize(
    "name",
    ["profile", "tokens", "activities_csv", "journal_csv", "roles", "jobs", "organisation"],
)
def test_settings_files_and_what_decides_stay_closed(client, administrator, officer, name):
    begun(client, administrator, officer)

    assert client.get(reverse(name)).status_code == 403


@pytest.mark.parametrize("name", ["activity_calendar", "activity_programme"])
def test_no_file_of_an_activity_is_taken_home(client, administrator, officer, name):
    activity = ActivityFactory()
    address = reverse(name, args=[activity.pk])
    client.force_login(officer)
    assert client.get(address).has_header("Content-Disposition")

    begun(client, administrator, officer)

    answer = client.get(address)
    assert answer.status_code == 403
    assert not answer.has_header("Content-Disposition")


def test_a_page_that_would_write_is_stopped_by_the_database(
    client, administrator, officer, monkeypatch
):
    begun(client, administrator, officer)
    client.raise_request_exception = False

    def write(_access):
        ActivityFactory()
        return []

    monkeypatch.setattr("symposia.activities.models.Activity.objects.visible_to", write)
    answer = client.get(reverse("activities"))

    assert answer.status_code == 500
    assert not type(ActivityFactory.build()).objects.exists()


def test_it_ends_by_itself(client, administrator, officer):
    view = begun(client, administrator, officer)

    with time_machine.travel(view.ends_at + timedelta(seconds=1)):
        client.force_login(administrator)
        session = client.session
        session[KEY] = str(view.pk)
        session.save()
        page = client.get(reverse("access"))

    assert page.status_code == 200
    assert "You look as" not in page.text


def test_a_strangers_support_view_is_worth_nothing(client, administrator, officer, organisation):
    view = begun(client, administrator, officer)
    other = member(organisation, "administrator")
    client.force_login(other)
    session = client.session
    session[KEY] = str(view.pk)
    session.save()

    page = client.get(reverse("access"))

    assert page.status_code == 200
    assert "You look as" not in page.text


def test_it_ends_when_the_person_leaves(client, administrator, officer):
    begun(client, administrator, officer)
    Membership.objects.filter(user=officer).update(ended_at=now())

    assert "You look as" not in client.get(reverse("access")).text


def test_one_stops_and_sees_ones_own_screens(client, administrator, officer):
    view = begun(client, administrator, officer)

    assert client.post(reverse("support_end")).status_code == 302

    view.refresh_from_db()
    assert view.ended_at
    assert client.get(reverse("access")).status_code == 200
    assert str(officer) in client.get(reverse("support_views")).text


def test_the_banner_stands_on_a_missing_page_too(client, administrator, officer):
    begun(client, administrator, officer)

    page = client.get(reverse("activity", args=["0199f7c4-0000-7000-8000-000000000000"]))

    assert page.status_code == 404
    assert Entry.objects.filter(action="support.page_seen").count() == 1
