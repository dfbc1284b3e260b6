"""What is told once: whoever asks again with the same key is led to what was made, and is told
nothing of it."""

from datetime import timedelta

import pytest
from django.http import HttpResponse
from django.utils.timezone import now

from symposia.accounts.actions import add_member, make_personal_token
from symposia.accounts.models import Role
from symposia.accounts.permissions import Permission
from symposia.accounts.queries import access_of
from symposia.activities.actions.calendar import make_feed
from symposia.shared.actors import SYSTEM
from symposia.web.middleware.tenancy import _kept
from symposia.work.models import AnsweredRequest
from symposia.work.once import Answer
from tests.factories.accounts import day_here, member
from tests.factories.activities import ActivityFactory
from tests.factories.directory import ClinicianFactory


@pytest.fixture
def user(organisation):
    """Somebody who may do all of it."""
    made = member(organisation, "coordinator")
    for role in ("learner", "administrator"):
        add_member(made, Role.objects.get(code=role), by=SYSTEM)
    return made


@pytest.fixture
def twice(client, organisation, user):
    """Sends the same request twice under one key."""
    access = access_of(user, organisation, at=now())
    wanted = [each for each in Permission if access.holds(each)]
    _made, token = make_personal_token(user, access, name="T", permissions=wanted, by=SYSTEM)
    headers = {"authorization": f"Bearer {token}", "idempotency-key": "once"}

    def ask(path, body):
        return [
            client.post(f"/api/v1{path}", body, "application/json", headers=headers)
            for _each in range(2)
        ]

    return ask


def provider_key(_user):
    return "/provider-keys", {"name": "Quiz", "scope": "content"}


def feed(_user):
    return "/calendars/feeds", {"name": "My phone"}


def rotated_feed(user):
    made, _secret = make_feed(user, name="My phone", filters="", by=SYSTEM)
    return f"/calendars/feeds/{made.pk}/rotations", {}


def pairing_code(_user):
    activity = ActivityFactory(state="open")
    return "/door-devices", {"activity": str(activity.pk), "door": "Hall A", "holder": "Kiran"}


def handover(_user):
    activity, clinician = ActivityFactory(state="open", mode="scientific"), ClinicianFactory()
    body = {"activity": str(activity.pk), "clinician": str(clinician.pk), "channel": "chat"}
    return "/invitations/handovers", body


def transcript_share(user):
    ClinicianFactory(user=user)
    last = day_here() + timedelta(days=9)
    return "/transcripts/shares", {"board": "Board", "expires_on": last.isoformat()}


@pytest.mark.parametrize(
    ("asked", "names", "where"),
    [
        (provider_key, ["secret"], "/provider-keys"),
        (feed, ["address"], "/calendars/feeds"),
        (rotated_feed, ["address"], "/calendars/feeds"),
        (pairing_code, ["code"], "/door-devices/{id}"),
        (handover, ["text", "href"], "/invitations"),
        (transcript_share, ["url"], "/transcripts/own"),
    ],
    ids=lambda each: getattr(each, "__name__", None),
)
def test_a_secret_is_told_once_and_kept_nowhere(client, user, twice, asked, names, where):
    first, again = twice(*asked(user))

    told = first.json()
    assert first.status_code in {200, 201}
    assert all(told[name] for name in names)
    address = f"/api/v1{where.format_map(told)}"
    assert (again.status_code, again["Location"], again.content) == (303, address, b"")
    assert again["Idempotency-Replayed"] == "true"
    kept = AnsweredRequest.objects.get()
    assert (kept.body, kept.headers) == ("", {"Location": address})
    there = client.get(address, headers={"authorization": first.request["HTTP_AUTHORIZATION"]})
    assert there.status_code == 200
    assert not any(told[name] in there.text for name in names)


def test_a_secret_that_leads_nowhere_is_not_kept_either():
    response = HttpResponse("secret", status=201, headers={"Cache-Control": "no-store"})

    assert _kept(response, "") == Answer(201, "")
