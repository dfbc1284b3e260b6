"""The pages of the store of statements: keys, what was told, files of it."""

import json
from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest
from django.urls import reverse
from django.utils.timezone import localdate, now

from symposia.audit.models import Entry
from symposia.shared.actors import SYSTEM
from symposia.shared.tenancy import acting_in
from symposia.statements.actions.storing import Sender as Telling
from symposia.statements.actions.storing import store_statements
from symposia.statements.authorities import OURSELVES
from symposia.statements.models import ProviderKey, Scope
from tests.factories.accounts import OrganisationFactory, key_of, member
from tests.factories.activities import ActivityFactory
from tests.statements.sent import Sender, told


@pytest.fixture
def administrator(client, organisation):
    made = member(organisation, "administrator")
    client.force_login(made)
    return made


def secret_on(page):
    return page.text.split('id="secret"><bdi>')[1].split("</bdi>")[0]


def test_a_key_is_shown_once_opens_the_store_and_ends(client, administrator):
    asked = {"name": "Quiz tool", "scope": "all", "days": "30"}

    page = client.post(reverse("provider_key_new"), asked)

    secret, key = secret_on(page), ProviderKey.objects.get()
    assert secret not in client.get(reverse("statement_store")).text
    assert secret not in str(ProviderKey.objects.values())
    sender = Sender.__new__(Sender)
    sender.key, sender.secret, sender.client, sender.version = key, secret, client, "2.0.0"
    assert sender.found() == []

    revocation = reverse("provider_key_revocation", args=[key.pk])
    client.post(revocation)
    again = client.post(revocation, follow=True)

    assert sender.send("get", "statements").status_code == 401
    assert "This key opens nothing any more." in again.text
    actions = Entry.objects.filter(action__startswith="provider_key").values_list(
        "action", flat=True
    )
    assert sorted(actions) == ["provider_key.made", "provider_key.revoked"]


@pytest.mark.parametrize("asked", [{}, {"name": "x", "scope": "all", "days": "9999"}])
def test_a_key_that_is_asked_wrongly_is_not_made(client, administrator, asked):
    assert client.post(reverse("provider_key_new"), asked).status_code == 422
    assert not ProviderKey.objects.exists()


def test_statements_are_listed_read_and_taken_home(client, administrator):
    sender = Sender(client, name="Quiz tool")
    one, other = told(), told(verb={"id": "https://example.org/verbs/tried"})
    sender.post(one, other)

    page = client.get(reverse("statements"), {"verb": "tried"})
    shown = client.get(reverse("statement", args=[one["id"]])).text
    file = client.get(reverse("statements_csv"))
    content = b"".join(file.streaming_content).decode() if file.streaming else file.text

    assert other["id"] in page.text
    assert one["id"] not in page.text
    assert "Quiz tool" in shown
    assert one["id"] in content
    assert (
        client.get(reverse("statements"), {"from": "2999-01-01", "until": "no day"}).text.count(
            one["id"]
        )
        == 0
    )


def test_statements_of_a_day_are_listed_by_the_clock_of_the_reader(
    client, organisation, administrator
):
    sent = told()
    Sender(client).post(sent)
    today = localdate(timezone=ZoneInfo(organisation.zone))
    before, after = today - timedelta(days=1), today + timedelta(days=1)

    def is_listed(**given):
        return sent["id"] in client.get(reverse("statements"), given).text

    assert is_listed(**{"from": today, "until": today})
    assert is_listed(until="9999-12-31")
    assert not is_listed(**{"from": after})
    assert not is_listed(until=before)


def test_another_organisation_s_are_not_there(client, administrator):
    with acting_in(OrganisationFactory().pk):
        theirs = Sender(client)
        sent = told()
        theirs.post(sent)

    assert client.get(reverse("statement", args=[sent["id"]])).status_code == 404
    revocation = reverse("provider_key_revocation", args=[theirs.key.pk])
    assert client.post(revocation).status_code == 404


def test_a_key_that_reads_everything_sees_no_more_than_whoever_made_it(organisation, client):
    sender, held = Sender(client), ActivityFactory(mode="independent")
    ours = Telling(OURSELVES, now())
    store_statements([told()], {}, sender=ours, version="1.0.3", by=SYSTEM, activity_id=held.pk)
    sender.key.wall = ",learners:independent,"
    sender.key.save()

    assert sender.found() == []
    sender.key.wall = ""
    sender.key.save()
    assert len(sender.found()) == 1


def test_by_program_a_secret_is_told_once(client, organisation):
    user = member(organisation, "administrator")
    headers = key_of(user, organisation, ["manage_access"])
    once = headers | {"Idempotency-Key": "once"}
    body = json.dumps({"name": "Quiz", "scope": Scope.CONTENT})

    made, again = (
        client.post("/api/v1/provider-keys", body, "application/json", headers=once)
        for _each in range(2)
    )

    assert made.status_code == 201
    assert made.json()["secret"] not in again.text
    assert (again.status_code, again["Location"]) == (303, "/api/v1/provider-keys")
    pk = made.json()["id"]
    sent = told()
    Sender(client).post(sent)
    listed = client.get("/api/v1/statements", headers=headers).json()
    assert listed["items"][0]["id"] == sent["id"]
    one = client.get(f"/api/v1/statements/{sent['id']}", headers=headers).json()
    assert one["statement"]["actor"] == sent["actor"]
    ended = client.post(f"/api/v1/provider-keys/{pk}/revocation", headers=headers)
    assert ended.json()["revoked_at"]
