import threading
import uuid
from datetime import timedelta

import pytest
import time_machine
from django.db import connection
from django.utils.timezone import now

from symposia.attendance.actions.rules import RuleFacts, set_presence_rule
from symposia.attendance.actions.self_check_in import (
    Screen,
    check_in_by_letters,
    check_in_oneself,
    claim_session,
    end_room_code,
    end_session_code,
    make_session_codes,
    open_room_code,
)
from symposia.attendance.codes import (
    age_of_letters,
    letters_of,
    make_reading,
    read_reading,
    read_room_text,
    room_text,
    step_at,
)
from symposia.attendance.explaining import explain_presence
from symposia.attendance.models import PresenceEvidence, RoomCode, SessionCode, Standing
from symposia.attendance.policies import DOOR_CLOSED, IS_QUEUED, OTHER_ACTIVITY
from symposia.attendance.queries import minutes_of
from symposia.attendance.rooms import room_now
from symposia.attendance.rules import claim_days_of
from symposia.attendance.self_check_in import (
    CLAIM_DAYS,
    CLAIM_EARLY,
    CLAIM_ENDED,
    CLAIM_LATE,
    CLAIM_UNKNOWN,
    CLAIMED_ALREADY,
    CODE_ENDED,
    CODES_THERE,
    END_WHY,
    NO_SESSIONS,
    OTHER_SESSION,
    PACE,
    READING_USED,
    ROOM_CODE_OLD,
    ROOM_CODE_UNKNOWN,
    ROOM_ENDED,
    ROOM_NOT_YET,
    ROOM_OVER,
    WINDOW,
)
from symposia.audit.models import Entry
from symposia.shared.actors import SYSTEM
from symposia.shared.refusals import Refused
from symposia.shared.tenancy import acting_in
from tests.factories.accounts import OrganisationFactory
from tests.factories.activities import ActivityFactory, SessionFactory
from tests.factories.attendance import RoomCodeFactory, SessionCodeFactory
from tests.factories.registrations import RegistrationFactory


def refusal(run, *args, **facts):
    with pytest.raises(Refused) as refused:
        run(*args, **facts)
    return refused.value.objection


@pytest.fixture
def room(organisation):
    return RoomCodeFactory()


@pytest.fixture
def place(room):
    return RegistrationFactory(activity=room.activity)


@pytest.fixture
def begins(room):
    with time_machine.travel(room.activity.starts_at, tick=False):
        yield room.activity.starts_at


def come(room, place, seen=None):
    return check_in_oneself(room.pk, place, event_uuid=seen or uuid.uuid4(), by=SYSTEM)


# the code on the screen


def test_the_code_changes_and_the_one_just_gone_still_counts(room, begins):
    step = step_at(room, begins)
    codes = {letters_of(room, step - age) for age in range(40)}

    assert len(codes) == 40
    assert age_of_letters(room, letters_of(room, step).lower(), begins) == 0
    assert age_of_letters(room, letters_of(room, step - 1), begins) == 1
    assert age_of_letters(room, letters_of(room, step + 1), begins) is None


def test_the_picture_says_its_room_and_nobody_else_can_write_one(organisation, room, begins):
    text = room_text(room, step_at(room, begins), organisation.code)

    assert read_room_text(text).room_id == room.pk
    assert room_now(read_room_text(text), at=begins).pk == room.pk
    for forged in (text[:-1], text.replace(".", "x", 1), "", "a.b.c", "ü.b.c.d"):
        assert read_room_text(forged) is None
    stepped = text.split(".")
    stepped[2] = str(int(stepped[2]) + 1)
    assert read_room_text(".".join(stepped)) is None


@pytest.mark.parametrize(
    ("ago", "objection"), [(0, None), (1, None), (2, ROOM_CODE_OLD), (900, ROOM_CODE_OLD)]
)
def test_an_old_picture_is_refused_in_words(organisation, room, begins, ago, objection):
    text = read_room_text(room_text(room, step_at(room, begins) - ago, organisation.code))

    if objection is None:
        assert room_now(text, at=begins).pk == room.pk
    else:
        assert refusal(room_now, text, at=begins) == objection


def test_a_code_of_the_future_is_no_code(organisation, room, begins):
    text = read_room_text(room_text(room, step_at(room, begins) + 9, organisation.code))

    assert refusal(room_now, text, at=begins) == ROOM_CODE_UNKNOWN


def test_what_was_scanned_is_good_for_minutes(organisation, room, begins):
    text = make_reading(read_room_text(room_text(room, 1, organisation.code)))

    assert read_reading(text).room_id == room.pk
    assert read_reading(f"{text}x") is None
    with time_machine.travel(begins + timedelta(minutes=6), tick=False):
        assert read_reading(text) is None


# checking in


def test_whoever_holds_a_place_checks_in(room, place, begins):
    verdict = come(room, place)

    evidence = PresenceEvidence.objects.get()
    assert verdict.outcome == "in"
    assert (evidence.source, evidence.device, evidence.kind) == ("self", "Hall A", "in")
    assert Standing.objects.get().is_inside
    assert Entry.objects.filter(action="presence.in").count() == 1


def test_the_code_of_a_room_opens_in_its_own_window_not_at_the_hour_of_the_door(organisation):
    activity = ActivityFactory(state="open")
    SessionFactory(activity=activity)
    opens_at = activity.starts_at - timedelta(hours=5)
    wall = RoomCodeFactory(activity=activity, opens_at=opens_at)
    place = RegistrationFactory(activity=activity)
    with time_machine.travel(opens_at, tick=False):
        assert come(wall, place).outcome == "in"

    assert Standing.objects.get().is_inside
    assert minutes_of(place).minutes == 90


def test_one_scan_is_good_for_one_person(room, place, begins):
    seen, other = uuid.uuid4(), RegistrationFactory(activity=room.activity)
    come(room, place, seen)

    assert come(room, place, seen).outcome == "in"
    assert refusal(come, room, other, seen) == READING_USED
    assert PresenceEvidence.objects.count() == 1


def test_a_second_check_in_says_since_when(room, place, begins):
    come(room, place)

    again = come(room, place)

    assert again.outcome == "again"
    assert again.before.device == "Hall A"


@pytest.mark.parametrize(
    ("state", "objection"), [("queued", IS_QUEUED)], ids=["whoever waits sees the desk"]
)
def test_without_a_place_nobody_checks_in(room, begins, state, objection):
    waits = RegistrationFactory(activity=room.activity, state=state)

    verdict = come(room, waits)

    assert (verdict.outcome, verdict.objection) == ("desk", objection)
    assert not PresenceEvidence.objects.exists()


def test_a_place_at_another_activity_is_none_here(room, begins):
    verdict = come(room, RegistrationFactory())

    assert verdict.objection == OTHER_ACTIVITY
    assert verdict.name == ""


def test_only_within_the_window_and_until_it_is_ended(room, place, begins):
    with time_machine.travel(room.opens_at - timedelta(seconds=1), tick=False):
        early = refusal(come, room, place)
    with time_machine.travel(room.closes_at, tick=False):
        late = refusal(come, room, place)
    end_room_code(room, by=SYSTEM)

    assert early == ROOM_NOT_YET
    assert "18:00" in str(early)
    assert late == ROOM_OVER
    assert refusal(come, room, place) == ROOM_OVER
    assert refusal(end_room_code, room, by=SYSTEM) == ROOM_ENDED
    assert refusal(check_in_oneself, uuid.uuid4(), place, event_uuid=uuid.uuid4(), by=SYSTEM) == (
        ROOM_CODE_UNKNOWN
    )


def test_letters_are_typed_by_whoever_has_the_ticket(room, place, begins):
    step = step_at(room, begins)

    first = check_in_by_letters(place, letters_of(room, step), by=SYSTEM)
    same = check_in_by_letters(place, f" {letters_of(room, step).lower()} ", by=SYSTEM)

    assert (first.outcome, same.outcome) == ("in", "in")
    assert PresenceEvidence.objects.count() == 1
    assert refusal(check_in_by_letters, place, letters_of(room, step - 5), by=SYSTEM) == (
        ROOM_CODE_OLD
    )
    assert refusal(check_in_by_letters, place, "AAAAAA", by=SYSTEM) == ROOM_CODE_UNKNOWN


def test_the_letters_of_another_activity_do_not_count_here(room, begins):
    elsewhere = RegistrationFactory()

    typed = letters_of(room, step_at(room, begins))

    assert refusal(check_in_by_letters, elsewhere, typed, by=SYSTEM) == ROOM_CODE_UNKNOWN


@pytest.mark.parametrize(
    ("changes", "objection"),
    [
        ({"seconds": 29}, PACE),
        ({"seconds": 61}, PACE),
        ({"minutes": 0}, WINDOW),
        ({"elsewhere": True}, OTHER_SESSION),
        ({"state": "draft"}, DOOR_CLOSED),
    ],
)
def test_a_screen_must_make_sense(organisation, changes, objection):
    activity = ActivityFactory(state=changes.get("state", "open"))
    session = SessionFactory() if changes.get("elsewhere") else None
    closes = activity.starts_at + timedelta(minutes=changes.get("minutes", 30))
    screen = Screen("Hall A", activity.starts_at, closes, changes.get("seconds", 45), session)

    assert refusal(open_room_code, activity, screen, by=SYSTEM) == objection
    assert not RoomCode.objects.exists()


# the code of a session


@pytest.fixture
def code(organisation):
    return SessionCodeFactory()


@pytest.fixture
def listener(code):
    return RegistrationFactory(activity=code.activity)


@pytest.fixture
def ends(code):
    with time_machine.travel(code.session.ends_at, tick=False):
        yield code.session.ends_at


def test_a_claim_counts_the_whole_session_and_says_so(code, listener, ends):
    claim_session(code, listener, by=SYSTEM)

    assert minutes_of(listener).creditable == 90
    told = explain_presence(listener).sentences(lambda at: f"{at:%H:%M}")
    assert told == ["90 min were claimed with the code of the session."]
    assert Entry.objects.filter(action="presence.claimed").count() == 1


def test_a_session_is_claimed_once(code, listener, ends):
    claim_session(code, listener, by=SYSTEM)

    assert refusal(claim_session, code, listener, by=SYSTEM) == CLAIMED_ALREADY
    assert PresenceEvidence.objects.count() == 1


def test_a_claim_has_its_days_and_the_organisation_decides_them(code, listener, ends):
    late = ends + timedelta(days=8)
    with time_machine.travel(code.session.starts_at - timedelta(minutes=1), tick=False):
        assert refusal(claim_session, code, listener, by=SYSTEM) == CLAIM_EARLY
    with time_machine.travel(late, tick=False):
        refused = refusal(claim_session, code, listener, by=SYSTEM)
        assert refused == CLAIM_LATE
        assert "within 7 days" in str(refused)
        _decide(code.activity, 30)
        claim_session(code, listener, by=SYSTEM)

    assert PresenceEvidence.objects.get().source == "code"


def _decide(activity, days):
    on = activity.wall_starts.date()
    facts = RuleFacts(activity.type, "whole_session", on, "As our committee decided", days)
    return set_presence_rule(facts, by=SYSTEM)


def test_the_days_are_those_of_the_type(organisation):
    course, conference = ActivityFactory(), ActivityFactory(type="conference")
    assert (claim_days_of(course), claim_days_of(conference)) == (7, 14)

    _decide(course, 0)
    _decide(conference, None)

    assert (claim_days_of(course), claim_days_of(conference)) == (0, 14)
    _decide(course, None)
    assert claim_days_of(course) == 0, "a decision about check-outs leaves the days as they were"
    assert refusal(_decide, course, 366) == CLAIM_DAYS


def test_a_claim_needs_a_place_here(code, ends):
    elsewhere, waits = (
        RegistrationFactory(),
        RegistrationFactory(activity=code.activity, state="queued"),
    )

    assert refusal(claim_session, code, elsewhere, by=SYSTEM) == OTHER_ACTIVITY
    assert refusal(claim_session, code, waits, by=SYSTEM) == IS_QUEUED
    assert refusal(claim_session, None, waits, by=SYSTEM) == CLAIM_UNKNOWN


def test_an_ended_code_takes_no_claims_and_the_session_gets_another(code, listener, ends):
    assert refusal(end_session_code, code, reason=" ", by=SYSTEM) == END_WHY
    end_session_code(code, reason="It stood in a chat", by=SYSTEM)

    assert refusal(end_session_code, code, reason="Again", by=SYSTEM) == CODE_ENDED
    code.refresh_from_db()
    assert refusal(claim_session, code, listener, by=SYSTEM) == CLAIM_ENDED
    (new,) = make_session_codes(code.activity, by=SYSTEM)
    assert new.session == code.session
    assert refusal(make_session_codes, code.activity, by=SYSTEM) == CODES_THERE


def test_a_session_claimed_by_the_old_code_is_not_claimed_by_the_new(code, listener, ends):
    claim_session(code, listener, by=SYSTEM)
    end_session_code(code, reason="It stood in a chat", by=SYSTEM)
    (new,) = make_session_codes(code.activity, by=SYSTEM)

    assert refusal(claim_session, new, listener, by=SYSTEM) == CLAIMED_ALREADY


def test_breaks_have_no_code(organisation):
    activity = ActivityFactory(state="open")
    SessionFactory(activity=activity, creditable_minutes=0, is_break=True)

    assert refusal(make_session_codes, activity, by=SYSTEM) == NO_SESSIONS
    assert SessionCode.objects.by_text("ab cd-ef gh").exists() is False


@pytest.mark.django_db(transaction=True)
def test_two_claims_at_once_are_one():
    organisation = OrganisationFactory()
    with acting_in(organisation.pk):
        code = SessionCodeFactory()
        place = RegistrationFactory(activity=code.activity)
        moment = now()
        code.session.starts_at = moment - timedelta(hours=2)
        code.session.ends_at = moment - timedelta(minutes=30)
        code.session.save()
    gate, said = threading.Barrier(6), []

    def claim():
        gate.wait()
        try:
            with acting_in(organisation.pk):
                one = SessionCode.objects.select_related("session", "activity").get()
                claim_session(one, place, by=SYSTEM)
                said.append("claimed")
        except Refused as refused:
            said.append(refused.objection.code)
        finally:
            connection.close()

    threads = [threading.Thread(target=claim) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(said) == ["claimed"] + [CLAIMED_ALREADY.code] * 5
    with acting_in(organisation.pk):
        assert PresenceEvidence.objects.count() == 1
