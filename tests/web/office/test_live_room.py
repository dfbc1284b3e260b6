from datetime import timedelta

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.timezone import now

from symposia.accounts.models import Grant
from symposia.attendance.actions import Scan, record_scan
from symposia.attendance.actions.people import note_person
from symposia.attendance.actions.writing import keep_evidence
from symposia.attendance.live import LATE_SHOWN, CameIn, live_room_of, version_of_room
from symposia.attendance.models import DeviceReport
from symposia.attendance.strangers import Stranger
from symposia.shared.actors import SYSTEM
from tests.factories.accounts import member
from tests.factories.activities import ActivityFactory, SessionFactory
from tests.factories.attendance import DeviceFactory, EvidenceFactory
from tests.factories.registrations import RegistrationFactory

pytestmark = pytest.mark.usefixtures("door_is_open")


@pytest.fixture
def activity(organisation):
    return ActivityFactory(title="Stroke update", state="running", capacity=3)


@pytest.fixture
def place(activity):
    return RegistrationFactory(activity=activity, clinician__full_name="Radhika Iyer")


@pytest.fixture
def coordinator(client, organisation):
    user = member(organisation, "coordinator")
    client.force_login(user)
    return user


def scanned(place, kind="in", session=None, device="Hall A"):
    event = EvidenceFactory.build(registration=place).event_uuid
    facts = {"session_id": session and session.pk, "device": device}
    record_scan(Scan(event, place.activity_id, place.pk, kind, **facts), by=SYSTEM)


# what is in it


def test_it_says_who_is_in_which_session_and_through_which_door(activity, place):
    first = SessionFactory(activity=activity, title="Who benefits?")
    second = SessionFactory(activity=activity, title="Who does not?", after=90)
    others = [RegistrationFactory(activity=activity) for _ in range(2)]
    scanned(place, session=first)
    scanned(place, session=second, device="Hall B")
    scanned(others[0], session=first)
    scanned(others[1])
    scanned(others[1], "out")

    live = live_room_of(activity)

    assert [(str(h.session), h.inside) for h in live.halls] == [
        ("Who benefits?", 1),
        ("Who does not?", 1),
    ]
    assert dict(live.doors) == {CameIn("Hall A"): 1, CameIn("Hall B"): 1}
    assert (live.counts.inside, live.counts.expected) == (2, 3)


@pytest.mark.parametrize(
    ("device", "source", "said"),
    [
        ("Hall A", "scan", "Hall A"),
        ("Door 7e13", "scan", "Ticket scanned, Kiran Rao"),
        ("", "desk", "Found by name at the door, Kiran Rao"),
        ("field", "desk", "Kiran Rao, from the field"),
        ("Tablet", "sheet", "Signed on the list, Kiran Rao"),
    ],
)
def test_a_phone_without_a_name_is_told_by_how_and_by_whom(
    client, coordinator, place, device, source, said
):
    row = EvidenceFactory.build(
        registration=place, device=device, source=source, by_name="Kiran Rao"
    )
    keep_evidence([row], by=SYSTEM)

    page = client.get(reverse("live_room", args=[place.activity_id])).content.decode()

    assert f"<b>{said}</b>" in page


def test_who_is_late_is_named_and_the_rest_counted(activity, place):
    came = RegistrationFactory(activity=activity)
    scanned(came)

    live = live_room_of(activity)

    assert [each.pk for each in live.late] == [place.pk]
    assert (live.late_count, live.late_unnamed) == (1, 0)


def test_where_nobody_is_expected_nobody_has_been_seen(client, coordinator, activity):
    page = client.get(reverse("live_room", args=[activity.pk])).text

    assert "Nobody is expected yet." in page
    assert "Everybody expected has been seen." not in page


def test_whoever_left_is_not_late(activity, place):
    scanned(place)
    scanned(place, "out")

    live = live_room_of(activity)

    assert (live.late, live.late_count, live.counts.missing) == ([], 0, 0)


def test_more_are_late_than_a_screen_names(organisation):
    crowded = ActivityFactory(state="running")
    for _ in range(LATE_SHOWN + 2):
        RegistrationFactory(activity=crowded)

    live = live_room_of(crowded)

    assert (len(live.late), live.late_unnamed) == (LATE_SHOWN, 2)


def test_strangers_and_silent_phones_are_to_be_cleared_up(activity):
    note_person(Stranger("Wei Chen", "", "", "", ""), activity, seen_at=now(), by=SYSTEM)
    device = DeviceFactory(activity=activity)
    DeviceReport.objects.create(device=device, seen_at=now() - timedelta(minutes=6), pending=4)

    live = live_room_of(activity)

    assert (live.unmatched, live.silent) == (1, 1)


# has anything changed


def test_the_version_stays_until_something_happens(activity, place):
    before = version_of_room(activity.pk)
    assert version_of_room(activity.pk) == before
    scanned(RegistrationFactory())
    assert version_of_room(activity.pk) == before

    scanned(place)
    in_now = version_of_room(activity.pk)
    note_person(Stranger("Wei Chen", "", "", "", ""), activity, seen_at=now(), by=SYSTEM)

    assert len({before, in_now, version_of_room(activity.pk)}) == 3


def test_a_phone_that_falls_silent_changes_it(activity):
    device = DeviceFactory(activity=activity)
    DeviceReport.objects.create(device=device, seen_at=now())
    before = version_of_room(activity.pk)

    with time_machine.travel(now() + timedelta(minutes=6)):
        assert version_of_room(activity.pk) != before


# the page that stays open


def opened(client, activity):
    page = client.get(reverse("live_room", args=[activity.pk]))
    return page, page.context["live_pass"], page.context["version"]


def ask(client, live_pass, version=""):
    headers = {"authorization": f"Live {live_pass}", "if-none-match": f'"{version}"'}
    return client.get(reverse("live_room_changes"), headers=headers)


def test_the_page_shows_the_room_without_script(client, coordinator, activity, place):
    scanned(place)

    page, _pass, _version = opened(client, activity)

    assert "Radhika Iyer" in page.text
    assert "1 inside" not in page.text
    assert "Look again" in page.text


def test_nothing_new_is_one_statement_and_no_content(client, coordinator, activity, place):
    _page, live_pass, version = opened(client, activity)
    asked = []

    def note(execute, sql, *others):
        asked.append(sql)
        return execute(sql, *others)

    with connection.execute_wrapper(note):
        answer = ask(client, live_pass, version)

    assert (answer.status_code, answer.content) == (304, b"")
    assert answer["ETag"] == f'"{version}"'
    ours = [sql for sql in asked if "attendance_presenceevidence" in sql]
    assert len(ours) == 1
    assert not [s for s in asked if "django_session" in s or 'FROM "accounts_user"' in s], asked


def test_what_is_new_comes_with_the_next_question(client, coordinator, activity, place):
    _page, live_pass, version = opened(client, activity)
    scanned(place)

    answer = ask(client, live_pass, version)

    assert answer.status_code == 200
    assert "Radhika Iyer" in answer.text
    assert "<html" not in answer.text
    assert ask(client, live_pass, answer["ETag"].strip('"')).status_code == 304


def test_a_pass_ends_with_the_right_and_with_its_hour(client, coordinator, activity):
    _page, live_pass, version = opened(client, activity)

    with time_machine.travel(now() + timedelta(minutes=61)):
        assert ask(client, live_pass, version).status_code == 401
    assert ask(client, "made up").status_code == 401
    assert client.get(reverse("live_room_changes")).status_code == 401
    Grant.objects.filter(membership__user=coordinator).update(valid_until=now())
    assert ask(client, live_pass, version).status_code == 403


def test_the_room_of_another_organisation_is_not_there(client, coordinator):
    page = client.get(reverse("live_room", args=["01a216e8-8cc6-7a9b-834a-ab93c3476347"]))

    assert page.status_code == 404


def test_who_may_not_see_attendance_is_told_so(client, organisation, activity):
    client.force_login(member(organisation, "finance_officer"))

    assert client.get(reverse("live_room", args=[activity.pk])).status_code == 403


def test_the_page_asks_as_much_for_one_as_for_three(client, coordinator, activity):
    def asked():
        client.get(reverse("live_room", args=[activity.pk]))
        with CaptureQueriesContext(connection) as queries:
            client.get(reverse("live_room", args=[activity.pk]))
        return len(queries)

    scanned(RegistrationFactory(activity=activity))
    DeviceFactory(activity=activity)
    of_one = asked()
    for _ in range(2):
        scanned(RegistrationFactory(activity=activity))
        DeviceFactory(activity=activity)

    assert asked() == of_one
