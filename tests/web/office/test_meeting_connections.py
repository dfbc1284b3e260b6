import re
import uuid

import pytest
import time_machine
from django.urls import reverse

from symposia.attendance.actions.connections import Meeting, connect_meeting
from symposia.attendance.models import MeetingConnection, PresenceEvidence
from symposia.shared.actors import SYSTEM
from symposia.shared.tenancy import acting_in
from tests.attendance.test_connections import ZOOM_SECRET, zoom_body, zoom_message
from tests.factories.accounts import OrganisationFactory, member
from tests.factories.activities import ActivityFactory


@pytest.fixture
def coordinator(client, organisation):
    client.force_login(member(organisation, "coordinator"))


@pytest.fixture
def activity(organisation):
    return ActivityFactory(state="running")


def listed(activity):
    return reverse("meeting_connections", kwargs={"activity_pk": activity.pk})


def connect(client, activity, **values):
    body = {"vendor": "webex", "meeting": "870f51ff", "session": "", "secret": ""} | values
    address = reverse("meeting_connection_new", args=[activity.pk])
    return client.post(address, {**body, "idempotency_key": uuid.uuid4()})


def test_a_meeting_is_connected_and_the_secret_that_was_made_is_shown_once(
    client, coordinator, activity
):
    page = connect(client, activity)

    made = MeetingConnection.objects.get()
    secret = re.search(r'id="secret"><bdi>([^<]+)', page.text)[1]
    assert f"/{made.pk}/messages/" in page.text
    again = client.get(reverse("meeting_connection", args=[activity.pk, made.pk]))
    assert secret not in again.text
    assert "870f51ff" in client.get(listed(activity)).text


def test_whoever_sends_the_same_again_is_led_to_the_list_and_sees_no_secret(
    client, coordinator, activity
):
    body = {"vendor": "webex", "meeting": "870f51ff", "idempotency_key": uuid.uuid4()}
    address = reverse("meeting_connection_new", args=[activity.pk])
    client.post(address, body)

    again = client.post(address, body)

    assert (again.status_code, again["Location"]) == (302, listed(activity))
    assert MeetingConnection.objects.count() == 1


def test_the_secret_of_zoom_is_never_shown(client, coordinator, activity):
    page = connect(client, activity, vendor="zoom", meeting="861", secret=ZOOM_SECRET)

    assert page.status_code == 200
    assert ZOOM_SECRET not in page.text


def test_zoom_without_its_secret_is_asked_for_it_and_keeps_the_rest(client, coordinator, activity):
    page = connect(client, activity, vendor="zoom", meeting="861")

    assert page.status_code == 422
    assert "secret token" in page.text
    assert 'value="861"' in page.text


def test_a_connection_is_ended(client, coordinator, activity):
    connect(client, activity)
    made = MeetingConnection.objects.get()

    page = client.post(
        reverse("meeting_connection_end", args=[activity.pk, made.pk]),
        {"idempotency_key": uuid.uuid4()},
        follow=True,
    )

    made.refresh_from_db()
    assert made.ended_at
    assert "Ended" in page.text


def test_a_connection_of_another_organisation_does_not_exist(client, coordinator):
    other = OrganisationFactory()
    with acting_in(other.pk):
        foreign = ActivityFactory(state="running")
        made, _secret = connect_meeting(foreign, Meeting("webex", "870f51ff"), by=SYSTEM)

    page = client.get(reverse("meeting_connection", args=[foreign.pk, made.pk]))

    assert page.status_code == 404


def send(client, organisation, row, message):
    address = reverse("meeting_messages", args=[organisation.code, row.pk])
    return client.post(address, message.body, "application/json", headers=message.headers)


def test_a_vendor_is_heard_at_its_address_and_seen_on_the_page(
    client, coordinator, organisation, activity
):
    with time_machine.travel(activity.starts_at, tick=False):
        row, _secret = connect_meeting(
            activity, Meeting("zoom", "86123456789", secret=ZOOM_SECRET), by=SYSTEM
        )
        message = zoom_message(activity, zoom_body(activity, 10, user_name="Jill Chill"))

        answer = send(client, organisation, row, message)

        assert answer.status_code == 202
        assert PresenceEvidence.objects.count() == 1
        client.force_login(member(organisation, "coordinator"))
        page = client.get(reverse("meeting_connection", args=[activity.pk, row.pk])).text
        assert "Jill Chill" in page
        assert "to be matched" in page


def test_a_stranger_is_turned_away_without_a_word_and_the_page_says_so(
    client, coordinator, organisation, activity
):
    with time_machine.travel(activity.starts_at, tick=False):
        row, _secret = connect_meeting(
            activity, Meeting("zoom", "86123456789", secret=ZOOM_SECRET), by=SYSTEM
        )
        message = zoom_message(activity, zoom_body(activity, 10), secret="guessed-it")

        answer = send(client, organisation, row, message)

        assert (answer.status_code, answer.content) == (403, b"")
        client.force_login(member(organisation, "coordinator"))
        page = client.get(reverse("meeting_connection", args=[activity.pk, row.pk])).text
        assert "not signed with the secret" in page


def test_a_graph_subscription_is_validated_as_plain_text(client, organisation, activity):
    row, _secret = connect_meeting(activity, Meeting("teams", "19:m@thread.v2"), by=SYSTEM)
    address = reverse("meeting_messages", args=[organisation.code, row.pk])

    answer = client.post(f"{address}?validationToken=Hello%3Cb%3E", "", "text/plain")

    assert answer.status_code == 200
    assert answer["Content-Type"] == "text/plain; charset=utf-8"
    assert answer.content == b"Hello<b>"


def test_a_connection_that_is_not_there_and_one_too_large_are_turned_away(
    client, organisation, activity
):
    row, _secret = connect_meeting(activity, Meeting("webex", "870f51ff"), by=SYSTEM)
    address = reverse("meeting_messages", args=[organisation.code, row.pk])
    unknown = reverse("meeting_messages", args=[organisation.code, uuid.uuid4()])

    assert client.post(unknown, "{}", "application/json").status_code == 404
    assert client.post(address, "x" * 1_000_001, "application/json").status_code == 413


def test_too_many_messages_of_one_connection_wait(client, organisation, activity, settings):
    settings.ACCOUNT_RATE_LIMITS = {
        **settings.ACCOUNT_RATE_LIMITS,
        "meeting_messages": "1/m/key",
    }
    row, _secret = connect_meeting(activity, Meeting("webex", "870f51ff"), by=SYSTEM)
    address = reverse("meeting_messages", args=[organisation.code, row.pk])

    answers = [client.post(address, "{}", "application/json").status_code for _again in range(2)]

    assert answers == [403, 429]
