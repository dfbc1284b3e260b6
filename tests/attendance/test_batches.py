import threading
import uuid
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.db import OperationalError, connection
from django.utils.timezone import now

from symposia.activities.models import Activity
from symposia.attendance.actions.batches import Batch, Reading, Stranger, record_batch
from symposia.attendance.actions.marks import mark_present
from symposia.attendance.actions.people import leave_person_out
from symposia.attendance.actions.writing import take_back
from symposia.attendance.models import PresenceEvidence, Standing, UnmatchedPerson
from symposia.attendance.policies import (
    DOOR_CLOSED,
    NO_PERSON,
    NO_SESSION,
    NOTHING_UNDONE,
    OTHER_READING,
    UNKNOWN_TICKET,
)
from symposia.attendance.queries import minutes_of
from symposia.audit.hashing import row_hash
from symposia.audit.models import Entry
from symposia.registrations.queries import activity_as_it_is
from symposia.shared.actors import SYSTEM, Actor
from symposia.shared.refusals import Refused
from symposia.shared.tenancy import acting_in
from tests.attendance.test_actions import see
from tests.attendance.test_folding import is_inside
from tests.factories.accounts import OrganisationFactory
from tests.factories.activities import ActivityFactory, SessionFactory
from tests.factories.registrations import RegistrationFactory

pytestmark = pytest.mark.usefixtures("door_is_open")


@pytest.fixture
def registration(organisation):
    made = RegistrationFactory(clinician__full_name="Radhika Iyer")
    SessionFactory(activity=made.activity)
    return made


def reading(registration=None, kind="in", **facts):
    return Reading(
        facts.pop("event_uuid", None) or uuid.uuid4(),
        kind,
        registration_id=registration.pk if registration else None,
        **facts,
    )


def bring(activity, *readings, **facts):
    return record_batch(Batch(activity.pk, readings, "Door 1", **facts), by=SYSTEM)


def test_what_a_device_saw_alone_is_kept_with_its_two_clocks(registration):
    activity = registration.activity
    seen_at = activity.starts_at
    with time_machine.travel(activity.ends_at, tick=False):
        bring(activity, reading(registration, device_time=seen_at, sequence=4), clock_offset=90)

    evidence = PresenceEvidence.objects.get()
    assert evidence.occurred_at == seen_at + timedelta(seconds=90)
    assert (evidence.clock_offset, evidence.sequence) == (90, 4)
    entry = Entry.objects.get(action="presence.in")
    assert entry.row_hash == row_hash(evidence)


def test_a_reading_sent_again_is_one_reading_with_the_same_answer(registration):
    first = reading(registration)
    with time_machine.travel(registration.activity.starts_at, tick=False):
        before = bring(registration.activity, first, first)
        after = bring(registration.activity, first)

    assert [one.is_kept for one in before + after] == [True] * 3
    assert PresenceEvidence.objects.count() == 1
    assert Entry.objects.filter(action="presence.in").count() == 1


def test_each_reading_is_answered_for_itself(registration):
    taken = uuid.uuid4()
    see(registration, event_uuid=taken)
    elsewhere = RegistrationFactory()

    answers = bring(
        registration.activity,
        reading(registration, "out"),
        reading(elsewhere),
        reading(registration, "out", event_uuid=taken),
        reading(registration, session_id=uuid.uuid4()),
        reading(),
        reading(registration, "undo"),
    )

    said = [one.objection for one in answers]
    assert said == [None, UNKNOWN_TICKET, OTHER_READING, NO_SESSION, NO_PERSON, NOTHING_UNDONE]
    assert PresenceEvidence.objects.count() == 2


def test_a_place_given_up_since_does_not_refuse_what_happened(organisation):
    gone = RegistrationFactory(state="cancelled")

    assert bring(gone.activity, reading(gone))[0].is_kept


def test_an_undo_counts_though_it_comes_before_what_it_takes_back(registration):
    wrong = reading(registration, "in")
    bring(registration.activity, reading(registration, "undo", undoes=wrong.event_uuid))
    bring(registration.activity, wrong)

    assert not minutes_of(registration).was_there
    assert not Standing.objects.get().is_inside


def test_who_is_inside_follows_the_evidence_whatever_came_first(registration):
    activity = registration.activity
    with time_machine.travel(activity.ends_at, tick=False):
        bring(activity, reading(registration, "out", device_time=now() - timedelta(minutes=5)))
        bring(activity, reading(registration, "in", device_time=now() - timedelta(minutes=30)))

    assert not Standing.objects.get().is_inside
    assert not is_inside(PresenceEvidence.objects.all())


def test_a_stranger_at_the_door_is_kept_without_an_entry_in_the_directory(registration):
    walk_in = Stranger("Wei Chen", "wei@example.net", "physician", "Harbour Clinic", "12345")
    for _again in range(2):
        bring(registration.activity, reading(kind="walk_in", stranger=walk_in))

    person = UnmatchedPerson.objects.get()
    assert (person.name, person.institution, person.number) == (
        "Wei Chen",
        "Harbour Clinic",
        "12345",
    )
    assert PresenceEvidence.objects.of_person(person).count() == 2


def test_a_batch_takes_as_many_statements_for_fifty_readings_as_for_ten(
    registration, django_assert_num_queries
):
    several = [RegistrationFactory(activity=registration.activity) for _ in range(10)]
    few = [reading(several[n % 10]) for n in range(10)]
    many = [reading(several[n % 10], "out") for n in range(50)]
    with django_assert_num_queries(9) as first:
        bring(registration.activity, *few)

    with django_assert_num_queries(len(first)):
        bring(registration.activity, *many)


def test_the_door_of_a_draft_takes_nothing(organisation):
    activity = ActivityFactory(state="draft")

    with pytest.raises(Refused) as refused:
        bring(activity, reading())

    assert refused.value.objection == DOOR_CLOSED


def test_a_device_takes_back_what_it_read_and_nothing_else(registration):
    activity = registration.activity
    mark = mark_present(registration, session=None, reason="Was there", by=SYSTEM)
    phone, other = Actor("device", uuid.uuid4(), "Kiran"), Actor("device", uuid.uuid4(), "Meera")
    undo = reading(registration, "undo", undoes=mark.event_uuid)
    record_batch(Batch(activity.pk, [undo], "Hall A"), by=phone)
    assert minutes_of(registration).minutes == 90

    came = reading(registration, device_time=activity.starts_at)
    theirs, own = (reading(registration, "undo", undoes=came.event_uuid) for _each in range(2))
    with time_machine.travel(activity.ends_at):
        record_batch(Batch(activity.pk, [theirs], "Hall B"), by=other)
        record_batch(Batch(activity.pk, [came], "Hall A"), by=phone)
        assert Standing.objects.get().is_inside
        record_batch(Batch(activity.pk, [own], "Hall A"), by=phone)
    assert not Standing.objects.get().is_inside
    assert minutes_of(registration).minutes == 90


def test_the_office_takes_back_also_what_a_device_tried_to(registration):
    mark = mark_present(registration, session=None, reason="Was there", by=SYSTEM)
    undo = reading(registration, "undo", undoes=mark.event_uuid)
    phone = Actor("device", uuid.uuid4(), "Kiran")
    record_batch(Batch(registration.activity_id, [undo], "Hall A"), by=phone)

    take_back([mark], reason="Asked", by=SYSTEM)

    assert not minutes_of(registration).was_there


def test_two_walk_ins_of_one_name_are_two_people_unless_a_number_or_address_says(registration):
    activity = registration.activity
    for number, email in (("", ""), ("", ""), ("MMC-1", ""), ("mmc-1", ""), ("", "r@example.org")):
        told = Stranger("Rajesh Kumar", email, "physician", "", number)
        bring(activity, reading(kind="walk_in", stranger=told))

    assert UnmatchedPerson.objects.count() == 4


def test_who_walks_in_after_a_namesake_was_settled_is_a_question_anew(registration):
    activity = registration.activity
    told = Stranger("Rajesh Kumar", "", "physician", "", "MMC-1")
    first = reading(kind="walk_in", stranger=told)
    bring(activity, first)
    leave_person_out(UnmatchedPerson.objects.get(), reason="Technician", by=SYSTEM)

    bring(activity, first)
    assert not UnmatchedPerson.objects.open().exists()
    bring(activity, reading(kind="walk_in", stranger=told))

    assert UnmatchedPerson.objects.open().count() == 1


def test_the_undo_of_a_walk_in_is_of_the_same_person(registration):
    told = Stranger("Rajesh Kumar")
    came = reading(kind="walk_in", stranger=told)
    undo = reading(kind="undo", stranger=told, undoes=came.event_uuid)
    bring(registration.activity, undo)
    bring(registration.activity, came)

    assert UnmatchedPerson.objects.count() == 1


def test_two_people_under_one_number_are_not_both_kept(registration):
    other, key = RegistrationFactory(activity=registration.activity), uuid.uuid4()

    answers = bring(
        registration.activity,
        reading(registration, event_uuid=key),
        reading(other, event_uuid=key),
    )

    assert [one.objection for one in answers] == [None, OTHER_READING]


def test_a_wild_clock_is_kept_at_the_time_it_was_told(registration):
    wild = datetime(9999, 12, 29, tzinfo=UTC)
    told = reading(registration, device_time=wild, clock_offset=2_000_000_000)
    with time_machine.travel(registration.activity.starts_at, tick=False):
        bring(registration.activity, told)
        assert PresenceEvidence.objects.get().occurred_at == now()


def both_late(then):
    """Two phones hold an activity that is over, and each goes on only then; what they were told."""
    organisation, both = OrganisationFactory(), threading.Barrier(2)
    with acting_in(organisation.pk):
        activity = ActivityFactory(state="held")
        SessionFactory(activity=activity)
        places = [RegistrationFactory(activity=activity) for _phone in range(2)]

    def phone(place):
        try:
            with acting_in(organisation.pk):
                activity_as_it_is(activity.pk)
                both.wait()
                then(activity, place)
        except OperationalError as error:
            return str(error)
        finally:
            connection.close()
        return ""

    with ThreadPoolExecutor(2) as pool:
        said = list(pool.map(phone, places))
    with acting_in(organisation.pk):
        return said, PresenceEvidence.objects.of(activity).count()


@pytest.mark.django_db(transaction=True)
def test_two_phones_that_tell_late_at_once_are_both_heard():
    at = now()
    said, kept = both_late(lambda activity, place: bring(activity, reading(place, device_time=at)))

    assert (said, kept) == (["", ""], 2)


@pytest.mark.django_db(transaction=True)
def test_two_that_hold_an_activity_and_then_want_it_alone_wait_for_each_other():
    """The negative control: the stronger lock keeps out those who hold the weaker one."""
    said, _kept = both_late(lambda activity, _place: Activity.objects.locked(activity.pk))

    assert sorted("deadlock" in one for one in said) == [False, True]
