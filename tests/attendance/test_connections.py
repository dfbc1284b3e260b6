"""What Zoom, Teams and Webex tell of a meeting, as their messages are shaped."""

import hashlib
import hmac
import json
from datetime import UTC, timedelta
from types import SimpleNamespace

import pytest
import time_machine

from symposia.attendance.actions.conflicts import find_conflicts, reopen_conflict
from symposia.attendance.actions.connections import (
    Meeting,
    connect_meeting,
    end_connection,
    hear_meeting,
)
from symposia.attendance.connection_lists import latest_heard
from symposia.attendance.models import (
    ConnectionReport,
    MeetingConnection,
    PresenceEvidence,
    UnmatchedPerson,
)
from symposia.attendance.queries import minutes_of
from symposia.attendance.webhooks.port import Message
from symposia.audit.models import Entry
from symposia.shared.actors import SYSTEM
from symposia.shared.refusals import Refused
from tests.attendance.test_conflicts import decide, placed
from tests.factories.activities import ActivityFactory, SessionFactory

ZOOM_SECRET = "a-token-of-zoom"
WEBEX_MEETING = "870f51ff287b41be8648412901e0402f"
THREAD = "19:meeting_ZmYwZTEy@thread.v2"
JOIN_LINK = f"https://teams.microsoft.com/l/meetup-join/{THREAD.replace(':', '%3a')}/0?context=x"


@pytest.fixture
def activity(organisation):
    made = ActivityFactory(state="running")
    SessionFactory(activity=made, starts_at=made.starts_at, ends_at=made.starts_at + 90 * MINUTE)
    with time_machine.travel(made.starts_at, tick=False):
        yield made


MINUTE = timedelta(minutes=1)


def connected(activity, vendor="zoom", meeting="861 2345 6789", **more):
    secret = {"secret": ZOOM_SECRET} if vendor == "zoom" else {}
    made, secret = connect_meeting(activity, Meeting(vendor, meeting, **secret, **more), by=SYSTEM)
    return SimpleNamespace(row=made, secret=secret)


def told_at(activity, minute):
    at = (activity.starts_at + minute * MINUTE).astimezone(UTC)
    return at.strftime("%Y-%m-%dT%H:%M:%SZ")


def zoom_body(activity, minute, kind="joined", **person):
    time = {"join_time" if kind == "joined" else "leave_time": told_at(activity, minute)}
    known = {"user_id": "16778240", "participant_uuid": "55555AAAiAAAAAiAiAiiAii", "id": "k1"}
    document = {
        "event": f"meeting.participant_{kind}",
        "event_ts": 1626230691572,
        "payload": {
            "account_id": "AAAAAABBBB",
            "object": {
                "id": "86123456789",
                "uuid": "4444AAAiAAAAAiAiAiiAii==",
                "host_id": "x1yCzABCDEfg23HiJKl4mN",
                "topic": "Sepsis",
                "type": 2,
                "participant": {**known, **time, **person},
            },
        },
    }
    return json.dumps(document).encode()


def zoom_message(activity, body, secret=ZOOM_SECRET, late=0):
    at = str(int(activity.starts_at.timestamp()) - late)
    digest = hmac.new(secret.encode(), f"v0:{at}:".encode() + body, hashlib.sha256).hexdigest()
    return Message(body, {"x-zm-request-timestamp": at, "x-zm-signature": f"v0={digest}"})


def zoom(activity, connection, minute, kind="joined", **person):
    message = zoom_message(activity, zoom_body(activity, minute, kind, **person))
    return hear_meeting(connection.row, message, by=SYSTEM)


def webex_message(connection, event, data, created):
    body = json.dumps(
        {
            "id": "Y2lzY29zcGFyazovL3VzL1dFQkhPT0sv",
            "name": "attendance",
            "resource": "meetingParticipants",
            "event": event,
            "orgId": "Y2lzY29zcGFyazovL3VzL09SR0FOSVpBVElPTi8",
            "created": created,
            "data": data,
        }
    ).encode()
    signature = hmac.new(connection.secret.encode(), body, hashlib.sha1).hexdigest()
    return Message(body, {"x-spark-signature": signature})


def teams_message(connection, activity, minute, *, came=(), left=(), state=None):
    roster = {
        "@odata.type": "#Microsoft.Graph.onlineMeeting",
        "id": f"communications/onlineMeetings?$filter=joinWebUrl+eq+'{JOIN_LINK}'",
        "eventType": "Microsoft.Communication.CallRosterUpdate",
        "eventDateTime": told_at(activity, minute).replace("Z", ".0000000Z"),
        "state": "active",
        "activeParticipants@delta": list(came),
        "activeParticipants@remove": list(left),
    }
    notification = {
        "subscriptionId": "7f105c7d-2dc5-4530-97cd-4e7ae6534c07",
        "clientState": connection.secret if state is None else state,
        "changeType": "updated",
        "resource": "communications/onlineMeetings",
        "resourceData": roster,
    }
    return Message(json.dumps({"value": [notification]}).encode())


def teams_person(name, role="attendee"):
    user = {"Id": f"id of {name}", "DisplayName": name, "TenantId": "t"}
    return {"Identity": {"User": user}, "Role": role}


def test_a_join_and_a_leave_at_zoom_are_minutes_of_the_person_with_that_address(activity):
    place = placed(activity, clinician__email="jill@example.net", clinician__full_name="Jill Chill")
    connection = connected(activity)
    person = {"user_name": "Jill Chill", "email": "jill@example.net"}

    zoom(activity, connection, 10, **person)
    zoom(activity, connection, 70, "left", **person)

    assert minutes_of(place).minutes == 60
    assert {e.source for e in PresenceEvidence.objects.all()} == {"virtual"}
    report = ConnectionReport.objects.get()
    assert (report.kept, report.refused) == (2, 0)
    assert Entry.objects.filter(action="presence.heard").count() == 2


def test_a_message_that_is_told_twice_adds_nothing(activity):
    connection = connected(activity)

    for _again in range(3):
        zoom(activity, connection, 10, user_name="Jill Chill", email="")

    assert PresenceEvidence.objects.count() == 1
    report = ConnectionReport.objects.get()
    assert (report.kept, report.passed_over) == (1, 2)


def test_a_connection_that_was_made_again_does_not_count_twice(activity):
    first = connected(activity)
    zoom(activity, first, 10, user_name="Jill Chill", email="")
    end_connection(first.row, by=SYSTEM)
    second = connected(activity)

    zoom(activity, second, 10, user_name="Jill Chill", email="")

    assert PresenceEvidence.objects.count() == 1


def test_somebody_nobody_knows_is_kept_as_they_said_and_becomes_a_conflict(activity):
    connection = connected(activity)

    zoom(activity, connection, 10, user_name="iPhone of Bob", email="")

    stranger = UnmatchedPerson.objects.get()
    assert stranger.name == "iPhone of Bob"
    assert PresenceEvidence.objects.get().person == stranger
    assert [c.kind for c in find_conflicts(activity, by=SYSTEM).new] == ["unmatched"]


def test_the_device_that_leaves_first_does_not_end_the_stay_on_the_other(activity):
    place = placed(activity, clinician__email="jill@example.net", clinician__full_name="Jill Chill")
    connection = connected(activity)
    person = {"user_name": "Jill Chill", "email": "jill@example.net"}
    laptop, phone = {**person, "participant_uuid": "A"}, {**person, "participant_uuid": "B"}

    zoom(activity, connection, 0, **laptop)
    zoom(activity, connection, 5, **phone)
    zoom(activity, connection, 20, "left", **laptop)
    zoom(activity, connection, 60, "left", **phone)

    assert minutes_of(place).minutes == 60


@pytest.mark.parametrize(
    ("person", "minute"),
    [
        ({"user_name": "Host", "id": "x1yCzABCDEfg23HiJKl4mN"}, 10),
        ({"user_name": "Jill", "email": "jill@example.net"}, 60 * 24 * 7),
        ({"user_name": "", "email": ""}, 10),
    ],
)
def test_a_host_another_day_and_nobody_are_passed_over(activity, person, minute):
    connection = connected(activity)

    zoom(activity, connection, minute, **person)

    assert not PresenceEvidence.objects.exists()
    assert ConnectionReport.objects.get().passed_over == 1


def test_another_meeting_of_the_same_app_is_passed_over(activity):
    connection = connected(activity, meeting="https://zoom.example/j/999?pwd=x")

    zoom(activity, connection, 10, user_name="Jill")

    assert connection.row.meeting == "999"
    assert not PresenceEvidence.objects.exists()


def test_zoom_is_answered_its_challenge_with_the_digest_of_its_token(activity):
    connection = connected(activity)
    body = json.dumps(
        {"event": "endpoint.url_validation", "payload": {"plainToken": "qgg8vlvZRS6UYooatFL8Aw"}}
    ).encode()

    answer = hear_meeting(connection.row, zoom_message(activity, body), by=SYSTEM)

    wanted = hmac.new(ZOOM_SECRET.encode(), b"qgg8vlvZRS6UYooatFL8Aw", hashlib.sha256).hexdigest()
    assert json.loads(answer.challenge.body)["encryptedToken"] == wanted


def test_nobody_learns_a_signature_by_asking_for_a_challenge(activity):
    connection = connected(activity)
    body = json.dumps(
        {"event": "endpoint.url_validation", "payload": {"plainToken": "v0:1:forged"}}
    ).encode()

    answer = hear_meeting(connection.row, Message(body), by=SYSTEM)

    assert answer.challenge is None
    assert answer.objection.code == "connection_not_genuine"


@pytest.mark.parametrize("wrong", [{"secret": "another-token"}, {"late": 301}, {"late": -301}])
def test_a_message_with_a_wrong_or_an_old_signature_is_refused_and_counted(activity, wrong):
    connection = connected(activity)
    message = zoom_message(activity, zoom_body(activity, 10, user_name="Jill"), **wrong)

    answer = hear_meeting(connection.row, message, by=SYSTEM)

    assert answer.objection.code == "connection_not_genuine"
    assert not PresenceEvidence.objects.exists()
    assert ConnectionReport.objects.get().refused == 1


@pytest.mark.parametrize("body", [b"", b"[]", b"{", b'{"event": "meeting.participant_joined"}'])
def test_what_is_signed_and_not_understood_is_refused_in_words(activity, body):
    connection = connected(activity)

    answer = hear_meeting(connection.row, zoom_message(activity, body), by=SYSTEM)

    assert answer.objection.code == "connection_not_understood"


def test_after_the_books_are_closed_nothing_is_kept(activity):
    connection = connected(activity)
    for state in ("held", "reconciling", "closed"):
        type(activity).objects.filter(pk=activity.pk).update(state=state)

    answer = zoom(activity, connection, 10, user_name="Jill")

    assert answer.objection.code == "connection_door_closed"
    assert not PresenceEvidence.objects.exists()


def test_webex_tells_who_joined_and_left_and_its_hosts_are_passed_over(activity):
    place = placed(activity, clinician__email="jill@example.net", clinician__full_name="Jill Chill")
    connection = connected(activity, "webex", WEBEX_MEETING)
    person = {
        "id": f"{WEBEX_MEETING}_I_1234_jill",
        "meetingId": f"{WEBEX_MEETING}_I_1234",
        "host": False,
        "email": "jill@example.net",
        "displayName": "Jill Chill",
    }
    host = {**person, "id": "h", "host": True, "displayName": "Host"}
    for event, data, minute in (
        ("joined", {**person, "joinedTime": told_at(activity, 0)}, 0),
        ("joined", host, 0),
        ("left", {**person, "leftTime": told_at(activity, 45)}, 45),
    ):
        message = webex_message(connection, event, data, told_at(activity, minute))
        hear_meeting(connection.row, message, by=SYSTEM)

    assert minutes_of(place).minutes == 45
    assert PresenceEvidence.objects.count() == 2


def test_webex_without_its_signature_is_refused(activity):
    connection = connected(activity, "webex", WEBEX_MEETING)
    message = webex_message(connection, "joined", {}, told_at(activity, 0))

    answer = hear_meeting(connection.row, Message(message.body, {}), by=SYSTEM)

    assert answer.objection.code == "connection_not_genuine"


def test_teams_names_whoever_joined_and_left_in_one_message(activity):
    place = placed(activity, clinician__full_name="Jill Chill", clinician__email="")
    connection = connected(activity, "teams", JOIN_LINK)
    jill, host = teams_person("Jill Chill"), teams_person("Office", "organizer")

    for minute, lists in ((5, {"came": [jill, host]}), (35, {"left": [jill, host]})):
        message = teams_message(connection, activity, minute, **lists)
        hear_meeting(connection.row, message, by=SYSTEM)

    kept = PresenceEvidence.objects.order_by("occurred_at")
    assert [e.kind for e in kept] == ["in", "out"]
    # A name alone is a proposal, never sure.
    assert UnmatchedPerson.objects.get().name == "Jill Chill"
    assert not PresenceEvidence.objects.of_registration(place).exists()


def test_teams_is_answered_its_own_words_when_a_subscription_is_made(activity):
    connection = connected(activity, "teams", JOIN_LINK)

    answer = hear_meeting(
        connection.row, Message(b"", query={"validationToken": "Validation: <b>"}), by=SYSTEM
    )

    assert answer.challenge.body == "Validation: <b>"
    assert answer.challenge.content_type.startswith("text/plain")


@pytest.mark.parametrize("query", [{}, {"validationToken": ""}])
def test_teams_without_the_agreed_words_is_refused(activity, query):
    connection = connected(activity, "teams", JOIN_LINK)
    jill = teams_person("Jill Chill")
    message = teams_message(connection, activity, 5, came=[jill], state="guessed")

    answer = hear_meeting(connection.row, Message(message.body, query=query), by=SYSTEM)

    assert answer.objection.code == "connection_not_genuine"
    assert not PresenceEvidence.objects.exists()


def test_a_secret_lies_sealed_and_one_of_another_installation_is_said(activity, settings):
    connection = connected(activity)
    assert ZOOM_SECRET not in MeetingConnection.objects.get().secret
    settings.SECRET_KEY = "changed" * 10

    answer = zoom(activity, connection, 10, user_name="Jill")

    assert answer.objection.code == "connection_secret_lost"


@pytest.mark.parametrize(
    ("vendor", "meeting", "secret", "code"),
    [
        ("zoom", "861", "", "connection_secret"),
        ("zoom", "861", "short", "connection_secret_length"),
        ("webex", " ", "", "connection_meeting"),
    ],
)
def test_a_connection_that_cannot_work_is_refused(activity, vendor, meeting, secret, code):
    with pytest.raises(Refused) as refused:
        connect_meeting(activity, Meeting(vendor, meeting, secret=secret), by=SYSTEM)

    assert refused.value.objection.code == code
    assert not MeetingConnection.objects.exists()


def test_a_meeting_is_connected_once_and_a_session_of_another_activity_is_refused(activity):
    connected(activity)
    elsewhere = SessionFactory()

    with pytest.raises(Refused) as twice:
        connected(activity)
    with pytest.raises(Refused) as other:
        connected(activity, "webex", WEBEX_MEETING, session=elsewhere)

    assert twice.value.objection.code == "connection_twice"
    assert other.value.objection.code == "connection_session"


def test_an_ended_connection_is_not_ended_again(activity):
    connection = connected(activity)
    end_connection(connection.row, by=SYSTEM)

    with pytest.raises(Refused):
        end_connection(connection.row, by=SYSTEM)


def test_what_is_heard_under_a_wrong_match_counts_once_under_the_right_one(activity):
    wrong, right = placed(activity), placed(activity)
    connection, bob = connected(activity), {"user_name": "iPhone of Bob", "email": ""}
    zoom(activity, connection, 0, **bob)
    type(activity).objects.filter(pk=activity.pk).update(state="held")
    [conflict] = find_conflicts(activity, by=SYSTEM).new
    decided = decide(conflict, "match", registration=wrong)
    zoom(activity, connection, 40, "left", **bob)
    assert (minutes_of(wrong).minutes, minutes_of(right).minutes) == (40, 0)

    reopen_conflict(decided, reason="Another phone", by=SYSTEM)
    decide(conflict, "match", registration=right)
    zoom(activity, connection, 40, "left", **bob)

    assert (minutes_of(wrong).minutes, minutes_of(right).minutes) == (0, 40)
    counted = PresenceEvidence.objects.of_registration(right).order_by("occurred_at")
    assert [one.kind for one in counted] == ["in", "out"]
    assert PresenceEvidence.objects.of_person(UnmatchedPerson.objects.get()).count() == 2
    assert sorted(one.kind for one in latest_heard(connection.row)) == ["in", "out"]


def test_a_name_that_was_cut_within_a_sign_is_kept_without_it(activity):
    connection = connected(activity)

    answer = zoom(activity, connection, 10, user_name="Jill Chill \ud83d")

    assert answer.objection is None
    assert UnmatchedPerson.objects.get().name == "Jill Chill"


def test_half_a_sign_in_the_agreed_words_is_not_genuine(activity):
    connection = connected(activity, "teams", JOIN_LINK)
    message = teams_message(connection, activity, 5, state="\ud800")

    assert hear_meeting(connection.row, message, by=SYSTEM).objection.code == (
        "connection_not_genuine"
    )
