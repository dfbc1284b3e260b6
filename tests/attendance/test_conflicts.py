from datetime import timedelta

import pytest
import time_machine

from symposia.activities.actions.lifecycle import close_activity, hold_activity, reconcile_activity
from symposia.attendance.actions.batches import Stranger
from symposia.attendance.actions.conflicts import (
    Decision,
    accept_proposals,
    decide_conflict,
    find_conflicts,
    reopen_conflict,
)
from symposia.attendance.actions.people import note_person
from symposia.attendance.actions.signing import sign_attendance
from symposia.attendance.models import (
    Conflict,
    PersonState,
    PresenceRule,
    Reconciliation,
)
from symposia.attendance.policies import (
    BOOKS_CLOSED,
    NOT_A_CHOICE,
    NOT_OVER,
    SAY_WHY,
    SETTLED,
    TO_DECIDE,
)
from symposia.attendance.queries import minutes_of
from symposia.audit.models import Entry
from symposia.registrations.models import Registration
from symposia.shared.actors import SYSTEM
from symposia.shared.refusals import Refused
from tests.factories.activities import ActivityFactory, SessionFactory
from tests.factories.attendance import EvidenceFactory
from tests.factories.registrations import RegistrationFactory

WHY = "Asked the person"


@pytest.fixture
def activity(organisation):
    made = ActivityFactory(state="held")
    SessionFactory(activity=made)
    return made


def placed(activity, **facts):
    facts.setdefault("requested_at", activity.starts_at - timedelta(days=9))
    return RegistrationFactory(activity=activity, **facts)


def seen(registration, minute=0, kind="in", **facts):
    at = registration.activity.starts_at + timedelta(minutes=minute)
    return EvidenceFactory(registration=registration, kind=kind, occurred_at=at, **facts)


def online(registration, begins, ends):
    until = registration.activity.starts_at + timedelta(minutes=ends)
    return seen(registration, begins, "span", source="virtual", ends_at=until)


def found(activity):
    find_conflicts(activity, by=SYSTEM)
    return list(Conflict.objects.of(activity).open().order_by("pk"))


def decide(conflict, choice, **facts):
    return decide_conflict(conflict, Decision(choice, WHY, **facts), by=SYSTEM)


def desk_decides(activity, no_leave="desk"):
    PresenceRule.objects.create(
        type=activity.type,
        no_leave=no_leave,
        valid_from=activity.wall_starts.date(),
        reason="Our policy",
        decided_by_name="Somebody",
    )


def test_an_evening_where_all_fits_has_no_conflict(activity):
    one = placed(activity)
    seen(one)
    seen(one, 90, "out")

    assert found(activity) == []


def test_in_the_room_and_online_at_once_counts_once_and_is_asked(activity):
    one = placed(activity)
    seen(one)
    seen(one, 90, "out")
    online(one, 30, 60)

    (conflict,) = found(activity)

    assert (conflict.kind, conflict.proposal, conflict.because) == (
        "both_places",
        "once",
        "counts_once",
    )
    decide(conflict, "once")
    assert found(activity) == []
    assert minutes_of(one).creditable == 90


def test_of_two_ways_at_once_one_can_be_taken_back_and_put_back(activity):
    one = placed(activity)
    seen(one)
    seen(one, 30, "out")
    online(one, 0, 90)
    conflict = decide(found(activity)[0], "room")
    assert minutes_of(one).creditable == 30

    reopen_conflict(conflict, reason="It was right", by=SYSTEM)

    assert minutes_of(one).creditable == 90
    assert [c.kind for c in found(activity)] == ["both_places"]


@pytest.mark.parametrize(
    ("choice", "counts"), [("to_the_end", 80), ("last_seen", 0), ("nothing", 0)]
)
def test_a_missing_check_out_is_decided_by_the_desk(activity, choice, counts):
    desk_decides(activity)
    one = placed(activity)
    seen(one, 10)
    (conflict,) = found(activity)
    assert (conflict.kind, conflict.proposal) == ("no_check_out", "to_the_end")
    assert minutes_of(one).creditable == 0

    decide(conflict, choice)

    assert minutes_of(one).creditable == counts
    assert found(activity) == []


@pytest.mark.parametrize(
    ("choice", "counts"), [("to_the_end", 80), ("last_seen", 6), ("nothing", 0)]
)
def test_a_ticket_read_twice_on_the_way_in_says_nothing_of_leaving(activity, choice, counts):
    desk_decides(activity, "next_evidence")
    one = placed(activity)
    seen(one, 10)
    seen(one, 16)
    (conflict,) = found(activity)
    assert (conflict.kind, len(conflict.evidence)) == ("no_check_out", 2)

    decide(conflict, choice)

    assert minutes_of(one).creditable == counts
    assert found(activity) == []


def test_whoever_was_last_seen_elsewhere_counts_until_then_and_nobody_is_asked(activity):
    desk_decides(activity, "next_evidence")
    one = placed(activity)
    seen(one, 10)
    online(one, 50, 60)
    (conflict,) = found(activity)

    assert conflict.kind == "both_places"


def test_going_on_to_another_session_is_leaving_the_first(activity):
    desk_decides(activity, "next_evidence")
    other = SessionFactory(activity=activity, after=90, minutes=60)
    one = placed(activity)
    seen(one, 10, session=activity.sessions.first())
    seen(one, 70, session=other)
    seen(one, 150, "out", session=other)

    assert found(activity) == []


def test_where_the_others_were_checked_out_less_is_proposed(activity):
    desk_decides(activity)
    for _ in range(3):
        leaver = placed(activity)
        seen(leaver)
        seen(leaver, 90, "out")
    seen(placed(activity))

    assert found(activity)[0].proposal == "last_seen"


def test_a_clock_that_was_wrong_is_asked_about(activity):
    one = placed(activity)
    early = seen(one, -60, clock_offset=400, server_time=activity.starts_at)
    (conflict,) = found(activity)
    assert (conflict.kind, conflict.seconds) == ("clock", 400)

    decide(conflict, "server_time")

    assert found(activity) == []
    assert minutes_of(one).stays[0].starts_at == early.server_time


def test_seen_before_there_was_a_place(activity):
    one = placed(activity, requested_at=activity.ends_at)
    seen(one)
    (conflict,) = found(activity)
    assert conflict.kind == "before_place"

    decide(conflict, "take_back")

    assert not minutes_of(one).was_there
    assert found(activity) == []


def test_whoever_was_seen_without_a_place_is_given_one(activity):
    gone = placed(activity, state="cancelled")
    seen(gone)
    (conflict,) = found(activity)
    assert conflict.kind == "no_place"

    decide(conflict, "give_place")

    now_placed = Registration.objects.of(activity).confirmed().get()
    assert now_placed.clinician_id == gone.clinician_id
    assert minutes_of(now_placed).creditable == 90
    assert not minutes_of(gone).was_there
    assert found(activity) == []


def test_one_person_with_two_places_counts_on_the_first(activity):
    first = placed(activity, clinician__email="rao@example.net")
    twin = placed(activity, clinician__email="Rao@example.net", requested_at=activity.starts_at)
    seen(twin)
    (conflict,) = found(activity)
    assert (conflict.kind, conflict.registration, conflict.other) == ("two_tickets", first, twin)

    decide(conflict, "one_person")

    assert minutes_of(first).creditable == 90
    assert not minutes_of(twin).was_there


def stranger_seen(activity, name="Meera Rao", email=""):
    told = Stranger(name, email, "physician")
    person = note_person(told, activity, seen_at=activity.starts_at, by=SYSTEM)
    EvidenceFactory(
        registration=None,
        person=person,
        activity=activity,
        occurred_at=activity.starts_at,
        kind="span",
        source="virtual",
        ends_at=activity.starts_at + timedelta(minutes=40),
    )
    return person


def test_a_stranger_is_matched_with_who_is_proposed_and_it_can_be_taken_back(activity):
    place = placed(activity, clinician__full_name="Meera Rao")
    person = stranger_seen(activity)
    (conflict,) = found(activity)
    assert (conflict.candidate, conflict.because) == (place, "same_name")

    decided = decide(conflict, "match")
    assert minutes_of(place).creditable == 40

    reopen_conflict(decided, reason="Another Rao", by=SYSTEM)
    person.refresh_from_db()
    assert (minutes_of(place).creditable, person.state) == (0, PersonState.OPEN)
    assert [c.kind for c in found(activity)] == ["unmatched"]


def test_a_stranger_can_get_a_place_or_be_left_out(activity):
    guest, host = stranger_seen(activity, "Wei Chen"), stranger_seen(activity, "Studio 2")
    by_person = {c.person_id: c for c in found(activity)}

    decide(by_person[guest.pk], "walk_in")
    decide(by_person[host.pk], "leave_out")

    placed_now = Registration.objects.of(activity).get()
    assert (placed_now.clinician.full_name, placed_now.source) == ("Wei Chen", "walk_in")
    assert minutes_of(placed_now).creditable == 40
    assert found(activity) == []


def test_whoever_said_a_profession_at_the_door_is_proposed_a_place(activity):
    walk_in = stranger_seen(activity, "Wei Chen")
    host = note_person(Stranger("Studio 2"), activity, seen_at=activity.starts_at, by=SYSTEM)

    proposed = {c.person_id: (c.proposal, c.because) for c in found(activity)}

    assert proposed == {
        walk_in.pk: ("walk_in", "said_who"),
        host.pk: ("leave_out", "nobody"),
    }


def test_a_stranger_can_be_somebody_else_than_proposed(activity):
    placed(activity, clinician__full_name="Meera Rao")
    other = placed(activity, clinician__full_name="Mira Rau")
    stranger_seen(activity)

    decide(found(activity)[0], "match", registration=other)

    assert minutes_of(other).creditable == 40


def test_the_proposal_is_accepted_for_all_that_are_alike(activity):
    desk_decides(activity)
    people = [placed(activity) for _ in range(3)]
    for one in people:
        seen(one)
    first = found(activity)[0]

    assert accept_proposals(first, reason="As proposed", by=SYSTEM) == 3

    assert [minutes_of(one).creditable for one in people] == [90] * 3
    assert Entry.objects.filter(action="conflict.decided").count() == 3


def test_a_decision_says_why_is_one_of_the_ways_and_is_taken_once(activity):
    seen(placed(activity, requested_at=activity.ends_at))
    (conflict,) = found(activity)

    for decision, objection in (
        (Decision("accept", " "), SAY_WHY),
        (Decision("room", WHY), NOT_A_CHOICE),
    ):
        with pytest.raises(Refused) as refused:
            decide_conflict(conflict, decision, by=SYSTEM)
        assert refused.value.objection == objection
    decide(conflict, "accept")
    with pytest.raises(Refused) as refused:
        decide(conflict, "accept")
    assert refused.value.objection == SETTLED


def test_looking_again_finds_nothing_twice_and_drops_what_is_no_longer_so(activity):
    one = placed(activity)
    seen(one)
    wrong = online(one, 0, 30)
    assert len(found(activity)) == len(found(activity)) == 1

    EvidenceFactory(
        registration=one, kind="undo", undoes=wrong.event_uuid, occurred_at=activity.ends_at
    )

    assert found(activity) == []
    assert Conflict.objects.get().state == "gone"


def test_holding_an_activity_looks_for_conflicts(organisation):
    activity = ActivityFactory(state="running")
    SessionFactory(activity=activity)
    stranger_seen(activity)

    hold_activity(activity, by=SYSTEM)

    assert Conflict.objects.of(activity).open().count() == 1


def test_nothing_closes_with_people_who_are_not_reconciled(activity):
    one = placed(activity)
    seen(one)
    stranger_seen(activity, "Studio 2")
    reconcile_activity(activity, by=SYSTEM)

    def refusal(action, *args, **facts):
        with pytest.raises(Refused) as refused:
            action(*args, by=SYSTEM, **facts)
        return refused.value.objection.code

    find_conflicts(activity, by=SYSTEM)
    assert refusal(close_activity, activity) == TO_DECIDE.code
    assert refusal(sign_attendance, activity, statement="All right") == TO_DECIDE.code
    decide(Conflict.objects.of(activity).open().get(), "leave_out")
    assert refusal(close_activity, activity) == "attendance_not_signed"

    signed = sign_attendance(activity, statement="All right", by=SYSTEM)
    assert (signed.people, signed.minutes, signed.decisions) == (1, 90, 1)
    seen(one, 90, "out")
    assert refusal(close_activity, activity) == "attendance_not_signed"
    again = sign_attendance(activity, statement="All right", by=SYSTEM)
    assert again.minutes_hash != signed.minutes_hash
    close_activity(activity, by=SYSTEM)
    assert Reconciliation.objects.count() == 2
    assert refusal(sign_attendance, activity, statement="Once more") == BOOKS_CLOSED.code


def test_attendance_is_signed_once_it_is_over(organisation):
    with pytest.raises(Refused) as refused:
        sign_attendance(ActivityFactory(state="open"), statement="All right", by=SYSTEM)

    assert refused.value.objection == NOT_OVER


def test_the_same_person_in_two_logs_is_one_stranger(activity):
    assert stranger_seen(activity).pk == stranger_seen(activity, "Rao, Meera").pk


def test_what_the_field_tells_days_later_is_a_question_and_a_door_phones_word_is_taken(activity):
    late, honest = placed(activity), placed(activity)
    after = activity.ends_at + timedelta(days=3)
    seen(late, device="field", server_time=after)
    seen(honest, device="Hall A", server_time=after)
    soon = placed(activity)
    seen(soon, device="field", server_time=activity.ends_at)

    find_conflicts(activity, by=SYSTEM)

    found = Conflict.objects.get(kind="told_late")
    assert found.registration == late
    assert Conflict.objects.open().count() == 1
    decide_conflict(found, Decision("take_back", WHY), by=SYSTEM)
    assert not minutes_of(late).was_there
    assert not Conflict.objects.open().exists()


def test_a_late_word_that_the_desk_believes_counts(activity):
    late = placed(activity)
    seen(late, device="field", server_time=activity.ends_at + timedelta(days=3))
    find_conflicts(activity, by=SYSTEM)

    decide_conflict(Conflict.objects.get(), Decision("accept", WHY), by=SYSTEM)

    assert minutes_of(late).minutes == 90
    assert not Conflict.objects.open().exists()


def told_in_time(place, **facts):
    return seen(place, device="field", server_time=place.activity.starts_at, **facts)


def kinds_open(activity):
    return {one.kind for one in Conflict.objects.of(activity).open()}


def test_what_the_desk_repeats_much_later_was_not_told_late_by_that(activity):
    first = placed(activity, clinician__email="rao@example.net")
    twin = placed(activity, clinician__email="Rao@example.net", requested_at=activity.starts_at)
    gone = placed(activity, state="cancelled")
    told_in_time(twin)
    told_in_time(gone)
    with time_machine.travel(activity.ends_at + timedelta(days=4), tick=False):
        by_kind = {one.kind: one for one in found(activity)}
        decide(by_kind["two_tickets"], "one_person")
        given = decide(by_kind["no_place"], "give_place")
        assert kinds_open(activity) == set()
        assert minutes_of(first).creditable == 90

        reopen_conflict(given, reason="It was another", by=SYSTEM)
        assert kinds_open(activity) == {"no_place"}


@pytest.mark.parametrize("told_after", [timedelta(), timedelta(days=3)])
def test_what_counts_from_when_it_was_told_was_not_told_late(activity, told_after):
    one = placed(activity)
    told = seen(
        one, 10, device="field", clock_offset=400, server_time=activity.starts_at + told_after
    )
    with time_machine.travel(activity.ends_at + timedelta(days=4), tick=False):
        by_kind = {each.kind: each for each in found(activity)}
        decide(by_kind["clock"], "server_time")

    assert kinds_open(activity) == set()
    assert minutes_of(one).stays[0].starts_at == told.server_time


def test_what_was_told_late_stays_a_question_under_another_place(activity):
    placed(activity, clinician__email="rao@example.net")
    twin = placed(activity, clinician__email="Rao@example.net", requested_at=activity.starts_at)
    seen(twin, device="field", server_time=activity.ends_at + timedelta(days=3))
    with time_machine.travel(activity.ends_at + timedelta(days=4), tick=False):
        by_kind = {one.kind: one for one in found(activity)}
        decide(by_kind["two_tickets"], "one_person")

    assert kinds_open(activity) == {"told_late"}
