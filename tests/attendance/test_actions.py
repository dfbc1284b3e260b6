import threading
import uuid
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
import time_machine
from django.db import connection

from symposia.accounts.models import Grant
from symposia.attendance.actions import (
    Scan,
    admit_walk_in,
    mark_present,
    record_scan,
    undo_scan,
)
from symposia.attendance.actions.batches import Batch, Reading, record_batch
from symposia.attendance.models import PresenceEvidence, Standing
from symposia.attendance.policies import (
    ALREADY_INSIDE,
    ALREADY_UNDONE,
    DOOR_NOT_YET,
    IS_CANCELLED,
    IS_QUEUED,
    NOT_INSIDE,
    NOT_ON_DUTY,
    OTHER_ACTIVITY,
    OTHER_READING,
    UNKNOWN_TICKET,
    WAS_THERE,
)
from symposia.attendance.queries import (
    door_counts,
    minutes_of,
    never_seen_at,
    people_present,
    presence_by_registration,
    room_counts,
)
from symposia.audit.hashing import row_hash
from symposia.audit.models import Entry
from symposia.registrations.actions.places import cancel_registration
from symposia.registrations.models import Registration
from symposia.shared.actors import SYSTEM
from symposia.shared.refusals import Refused
from symposia.shared.tenancy import acting_in
from tests.factories.accounts import OrganisationFactory, member
from tests.factories.activities import ActivityFactory, SessionFactory
from tests.factories.attendance import EvidenceFactory
from tests.factories.directory import ClinicianFactory
from tests.factories.registrations import RegistrationFactory

pytestmark = pytest.mark.usefixtures("door_is_open")


def scan(registration, kind="in", activity=None, **facts):
    return Scan(
        event_uuid=facts.pop("event_uuid", None) or uuid.uuid4(),
        activity_id=(activity or registration.activity).pk,
        registration_id=registration.pk,
        kind=kind,
        **facts,
    )


def see(registration, kind="in", **facts):
    return record_scan(scan(registration, kind, **facts), by=SYSTEM)


def test_a_good_ticket_lets_its_person_in_by_name(organisation):
    registration = RegistrationFactory(clinician__full_name="Radhika Iyer")

    verdict = see(registration)

    assert verdict.outcome == "in"
    assert (verdict.name, verdict.credential) == ("Radhika Iyer", "MD")
    assert Standing.objects.get().is_inside


def test_a_scan_is_journalled_with_the_hash_of_its_row(organisation):
    see(RegistrationFactory(), device="Door B", sequence=7)

    evidence = PresenceEvidence.objects.get()
    entry = Entry.objects.get(subject_id=evidence.pk)
    assert entry.action == "presence.in"
    assert entry.row_hash == row_hash(evidence)
    assert (evidence.device, evidence.sequence) == ("Door B", 7)


def test_a_second_scan_never_succeeds_and_says_where_the_first_was(organisation):
    registration = RegistrationFactory()
    see(registration, device="Door B")

    verdict = see(registration)

    assert verdict.outcome == "again"
    assert verdict.objection == ALREADY_INSIDE
    assert verdict.before.device == "Door B"
    assert PresenceEvidence.objects.count() == 2


def test_a_scan_sent_again_is_kept_once_and_answered_as_before(organisation):
    registration = RegistrationFactory()
    once, later = scan(registration), scan(registration)

    first = record_scan(once, by=SYSTEM)
    record_scan(later, by=SYSTEM)
    again = record_scan(once, by=SYSTEM)
    refused_again = record_scan(later, by=SYSTEM)

    assert first == again
    assert (again.outcome, refused_again.outcome) == ("in", "again")
    assert PresenceEvidence.objects.count() == 2
    assert Entry.objects.filter(action="presence.in").count() == 2


def test_an_old_check_in_that_arrives_again_does_not_bring_anybody_back(organisation):
    registration = RegistrationFactory()
    once = scan(registration)
    record_scan(once, by=SYSTEM)
    see(registration, "out")

    record_scan(once, by=SYSTEM)

    assert not Standing.objects.get().is_inside


def test_out_and_in_again(organisation):
    registration = RegistrationFactory()

    outcomes = [see(registration, kind).outcome for kind in ("in", "out", "out", "in")]

    assert outcomes == ["in", "out", "again", "in"]


def test_whoever_never_came_in_is_not_checked_out(organisation):
    verdict = see(RegistrationFactory(), "out")

    assert (verdict.outcome, verdict.objection) == ("again", NOT_INSIDE)
    assert not Standing.objects.exists()


@pytest.mark.parametrize(
    ("state", "objection"),
    [("cancelled", IS_CANCELLED), ("queued", IS_QUEUED)],
    ids=["given up", "on the waitlist"],
)
def test_whoever_has_no_place_sees_the_desk_and_no_evidence_is_made(organisation, state, objection):
    verdict = see(RegistrationFactory(state=state))

    assert (verdict.outcome, verdict.objection) == ("desk", objection)
    assert not PresenceEvidence.objects.exists()


def test_a_ticket_for_another_activity_tells_the_door_nothing(organisation):
    registration = RegistrationFactory()

    verdict = see(registration, activity=ActivityFactory(state="open"))

    assert (verdict.outcome, verdict.objection) == ("desk", OTHER_ACTIVITY)
    assert verdict.name == ""


def test_an_unknown_ticket_and_one_of_another_organisation_are_the_same(organisation):
    other = OrganisationFactory()
    with acting_in(other.pk):
        foreign = RegistrationFactory()
    activity = ActivityFactory(state="open")

    verdicts = [see(foreign, activity=activity), see(Registration(), activity=activity)]

    assert {v.objection for v in verdicts} == {UNKNOWN_TICKET}
    assert {v.name for v in verdicts} == {""}


def test_whoever_lost_the_right_to_check_in_is_refused_with_the_next_scan(organisation):
    registration = RegistrationFactory()
    door = member(organisation, "door_staff")
    assert record_scan(scan(registration), on_duty=door.pk, by=door.actor()).outcome == "in"
    Grant.objects.filter(membership__user=door).delete()

    with pytest.raises(Refused) as refused, acting_in(organisation.pk):
        record_scan(scan(registration, "out"), on_duty=door.pk, by=door.actor())

    assert refused.value.objection == NOT_ON_DUTY
    assert PresenceEvidence.objects.count() == 1


def test_door_staff_of_one_activity_cannot_check_in_at_another(organisation):
    registration = RegistrationFactory()
    door = member(organisation, "door_staff", scope_kind="activity", scope_id=ActivityFactory().pk)

    with pytest.raises(Refused):
        record_scan(scan(registration), on_duty=door.pk, by=door.actor())


def test_a_wrong_scan_is_taken_back_and_stays_in_the_evidence(organisation):
    registration = RegistrationFactory()
    see(registration)
    evidence = PresenceEvidence.objects.get()

    undo_scan(evidence, new_uuid=uuid.uuid4(), by=SYSTEM)

    assert not Standing.objects.get().is_inside
    assert PresenceEvidence.objects.count() == 2
    assert see(registration).outcome == "in"


def test_what_brought_somebody_in_is_what_the_door_reads_after_any_change(organisation):
    registration = RegistrationFactory()
    came, left = scan(registration, device="Door B"), scan(registration, "out")
    record_scan(came, by=SYSTEM)
    see(registration)  # a second reading changes nothing
    record_scan(left, by=SYSTEM)
    assert Standing.objects.get().event_uuid == left.event_uuid

    undo_scan(
        PresenceEvidence.objects.get(event_uuid=left.event_uuid), new_uuid=uuid.uuid4(), by=SYSTEM
    )

    standing = Standing.objects.get()
    assert (standing.is_inside, standing.event_uuid) == (True, came.event_uuid)
    assert standing.at == PresenceEvidence.objects.get(event_uuid=came.event_uuid).occurred_at


def test_somebody_marked_present_was_seen_and_is_checked_out_by_a_scan_in_and_out(organisation):
    registration = RegistrationFactory(activity__state="running")

    mark_present(registration, session=None, reason="Was there", by=SYSTEM)

    counts = room_counts(registration.activity)
    assert (counts.inside, counts.missing, counts.were_there) == (0, 0, 1)
    assert [see(registration).outcome, see(registration, "out").outcome] == ["in", "out"]


def test_evidence_that_came_without_a_standing_is_taken_back_all_the_same(organisation):
    evidence = EvidenceFactory(source="sheet")

    undo_scan(evidence, new_uuid=uuid.uuid4(), by=SYSTEM)

    assert not Standing.objects.get().is_inside
    assert not minutes_of(evidence.registration).was_there


def test_an_online_joining_is_not_what_the_door_met_before(organisation):
    registration = RegistrationFactory()
    see(registration, device="Door B")
    EvidenceFactory(registration=registration, source="virtual", device="Z 1")

    assert see(registration).before.device == "Door B"


def test_a_walk_in_under_the_number_of_another_reading_is_refused_whole(organisation):
    activity, taken = ActivityFactory(state="running"), EvidenceFactory()

    with pytest.raises(Refused) as refused:
        admit_walk_in(ClinicianFactory(), activity, event_uuid=taken.event_uuid, by=SYSTEM)

    assert refused.value.objection == OTHER_READING
    assert not Registration.objects.of(activity).exists()


def test_undo_sent_twice_is_one_undo_and_another_one_is_refused(organisation):
    see(RegistrationFactory())
    evidence, key = PresenceEvidence.objects.get(), uuid.uuid4()
    undo_scan(evidence, new_uuid=key, by=SYSTEM)

    undo_scan(evidence, new_uuid=key, by=SYSTEM)
    with pytest.raises(Refused) as refused:
        undo_scan(evidence, new_uuid=uuid.uuid4(), by=SYSTEM)

    assert refused.value.objection == ALREADY_UNDONE
    assert PresenceEvidence.objects.filter(kind="undo").count() == 1


def test_a_walk_in_is_registered_and_inside_at_once(organisation):
    activity = ActivityFactory(state="running")

    registration = admit_walk_in(ClinicianFactory(), activity, event_uuid=uuid.uuid4(), by=SYSTEM)

    assert (registration.state, registration.source) == ("confirmed", "walk_in")
    assert see(registration).outcome == "again"
    assert door_counts(activity).inside == 1
    assert Standing.objects.get().event_uuid == PresenceEvidence.objects.earliest("pk").event_uuid


def test_a_mark_of_the_office_counts_and_carries_its_reason(organisation):
    registration = RegistrationFactory()
    session = SessionFactory(activity=registration.activity)

    mark_present(registration, session=session, reason="Signed the paper list", by=SYSTEM)

    assert minutes_of(registration).creditable == 90
    assert PresenceEvidence.objects.get().reason == "Signed the paper list"


def test_whoever_gave_up_the_place_is_not_marked_present(organisation):
    registration = RegistrationFactory()
    cancel_registration(registration, by=SYSTEM)

    with pytest.raises(Refused):
        mark_present(registration, session=None, reason="Mistake", by=SYSTEM)


def test_it_is_known_who_was_there_and_for_how_long(organisation):
    there = RegistrationFactory()
    RegistrationFactory(activity=there.activity)
    SessionFactory(activity=there.activity)
    EvidenceFactory(registration=there)

    presence = presence_by_registration(there.activity)

    assert {key: each.minutes for key, each in presence.items()} == {there.pk: 90}
    assert people_present(there.activity) == 1


@pytest.mark.django_db(transaction=True)
def test_two_doors_that_scan_one_ticket_at_once_let_one_person_in():
    organisation = OrganisationFactory()
    with acting_in(organisation.pk):
        registration = RegistrationFactory()
    start = threading.Barrier(8)

    def door(_number):
        try:
            start.wait()
            with acting_in(organisation.pk):
                return see(registration).outcome
        finally:
            connection.close()

    for _round in range(3):
        with ThreadPoolExecutor(8) as pool:
            outcomes = sorted(pool.map(door, range(8)))
        assert outcomes == ["again"] * 7 + ["in"]
        with acting_in(organisation.pk):
            assert see(registration, "out").outcome == "out"


@pytest.mark.django_db(transaction=True)
def test_one_scan_sent_many_times_at_once_is_kept_once():
    organisation = OrganisationFactory()
    with acting_in(organisation.pk):
        once = scan(RegistrationFactory())
    start = threading.Barrier(8)

    def send(_number):
        try:
            start.wait()
            with acting_in(organisation.pk):
                return record_scan(once, by=SYSTEM).outcome
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as pool:
        outcomes = set(pool.map(send, range(8)))

    assert outcomes == {"in"}
    with acting_in(organisation.pk):
        assert PresenceEvidence.objects.count() == 1
        assert Entry.objects.filter(action="presence.in").count() == 1


def test_whoever_was_checked_in_keeps_the_place_until_that_is_taken_back(organisation):
    registration = RegistrationFactory()
    see(registration)

    with pytest.raises(Refused) as refused:
        cancel_registration(registration, by=SYSTEM)
    undo_scan(PresenceEvidence.objects.get(), new_uuid=uuid.uuid4(), by=SYSTEM)

    assert refused.value.objection == WAS_THERE
    assert Registration.objects.get().is_confirmed
    assert cancel_registration(registration, by=SYSTEM).state == "cancelled"


def test_a_scan_before_the_door_opens_is_a_trial(organisation):
    registration = RegistrationFactory()
    session = SessionFactory(activity=registration.activity)
    opens_at = session.starts_at - timedelta(hours=2)
    with time_machine.travel(opens_at - timedelta(days=10), tick=False):
        verdict = see(registration)
        assert (verdict.outcome, verdict.objection) == ("desk", DOOR_NOT_YET)
        assert verdict.opens_at == opens_at
        with pytest.raises(Refused) as refused:
            admit_walk_in(
                ClinicianFactory(), registration.activity, event_uuid=uuid.uuid4(), by=SYSTEM
            )
    assert refused.value.objection == DOOR_NOT_YET
    assert not PresenceEvidence.objects.exists()
    assert Registration.objects.get() == registration

    with time_machine.travel(opens_at, tick=False):
        assert see(registration).outcome == "in"
    assert minutes_of(registration).minutes == 90


def test_a_trial_of_a_phone_without_a_network_brings_nobody_in_and_holds_no_place(organisation):
    registration = RegistrationFactory()
    SessionFactory(activity=registration.activity)
    at = registration.activity.starts_at - timedelta(days=10)
    trial = Reading(uuid.uuid4(), "in", registration.pk, device_time=at)
    with time_machine.travel(at + timedelta(hours=1), tick=False):
        record_batch(Batch(registration.activity_id, [trial], "Hall A"), by=SYSTEM)
        assert door_counts(registration.activity).inside == 0
        cancel_registration(registration, by=SYSTEM)

    assert PresenceEvidence.objects.count() == 1
    assert not minutes_of(registration).was_there


def test_an_undo_under_the_number_of_a_reading_is_refused(organisation):
    registration = RegistrationFactory()
    see(registration)
    evidence = PresenceEvidence.objects.get()

    with pytest.raises(Refused) as refused:
        undo_scan(evidence, new_uuid=evidence.event_uuid, by=SYSTEM)

    assert refused.value.objection == OTHER_READING


def test_whoever_left_again_is_not_missing(organisation):
    activity = ActivityFactory(state="running")
    left, _never = RegistrationFactory.create_batch(2, activity=activity)
    see(left)
    see(left, "out")

    counts = room_counts(activity)

    assert (counts.inside, counts.expected, counts.missing, counts.were_there) == (0, 2, 1, 1)


def test_whoever_was_checked_in_by_mistake_is_missing_again(organisation):
    mistaken, left = RegistrationFactory.create_batch(2, activity=ActivityFactory(state="running"))
    by = member(organisation, "door_staff").actor()
    record_scan(scan(mistaken), by=by)
    see(left)
    see(left, "out")
    assert room_counts(left.activity).missing == 0

    read = PresenceEvidence.objects.get(registration=mistaken)
    undo_scan(read, new_uuid=uuid.uuid4(), by=by)

    assert list(never_seen_at(left.activity)) == [mistaken]
    assert room_counts(left.activity).missing == 1
