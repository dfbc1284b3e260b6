import uuid
from datetime import timedelta

import pytest
from django.utils.timezone import now

from symposia.attendance.actions.batches import Reading
from symposia.attendance.actions.devices import revoke_device
from symposia.attendance.actions.hearing import Heard, hear_device
from symposia.attendance.models import PresenceEvidence, Standing, UnmatchedPerson
from symposia.attendance.policies import DOOR_CLOSED, KEY_REVOKED, NO_SESSION, UNKNOWN_TICKET
from symposia.attendance.posts import device_actor
from symposia.attendance.queries import door_counts
from symposia.attendance.strangers import Stranger
from symposia.audit.hashing import row_hash
from symposia.audit.models import Entry
from symposia.registrations.tickets import ticket_text
from symposia.shared.actors import SYSTEM
from symposia.shared.refusals import Refused
from tests.factories.activities import SessionFactory
from tests.factories.attendance import DeviceFactory
from tests.factories.registrations import RegistrationFactory


@pytest.fixture
def device(organisation):
    return DeviceFactory()


@pytest.fixture
def place(device):
    return RegistrationFactory(activity=device.activity)


def seen(place, kind="in", code="", **facts):
    facts.setdefault("device_time", now() - timedelta(hours=1))
    facts.setdefault("clock_offset", 0)
    key = facts.pop("event_uuid", None) or uuid.uuid4()
    registration_id = place.pk if place else None
    return Reading(key, kind, registration_id=registration_id, code=code, **facts)


def hear(device, *items, **facts):
    heard = Heard(items, facts.pop("sent_at", None) or now(), **facts)
    return hear_device(device, heard, by=device_actor(device))


def said(answers):
    return [answer.objection for answer in answers]


def test_what_the_phone_saw_is_kept_with_both_clocks_and_its_holder(device, place):
    one = seen(place, clock_offset=30, sequence=7)

    answers = hear(device, one)

    row = PresenceEvidence.objects.get()
    assert said(answers) == [None]
    assert row.occurred_at == one.device_time + timedelta(seconds=30)
    assert (row.device, row.by_name, row.sequence) == ("Hall A", "Kiran", 7)
    assert Standing.objects.get().is_inside
    entry = Entry.objects.get(action="presence.in")
    assert (entry.row_hash, entry.actor_kind) == (row_hash(row), "device")


def test_what_is_sent_twice_gets_the_same_answer_and_is_kept_once(device, place):
    batch = [seen(place), seen(place), seen(None, code="NOT-A-TICKET")]

    first, second = hear(device, *batch), hear(device, *batch)

    assert first == second
    assert said(first) == [None, None, UNKNOWN_TICKET]
    assert PresenceEvidence.objects.count() == 2


def test_one_that_is_refused_keeps_none_of_the_others_back(device, place):
    elsewhere = SessionFactory()

    answers = hear(
        device, seen(RegistrationFactory()), seen(place, session_id=elsewhere.pk), seen(place)
    )

    assert said(answers) == [UNKNOWN_TICKET, NO_SESSION, None]
    assert PresenceEvidence.objects.count() == 1


def test_a_ticket_newer_than_the_list_is_found_by_what_was_read(device, place, organisation):
    answers = hear(device, seen(None, code=ticket_text(organisation.code, place.pk)))

    assert said(answers) == [None]
    assert PresenceEvidence.objects.get().registration_id == place.pk


def test_an_undo_in_the_same_batch_takes_its_check_in_back(device, place):
    one = seen(place)

    hear(device, one, seen(place, "undo", undoes=one.event_uuid))

    assert door_counts(device.activity).inside == 0


def test_a_walk_in_is_kept_until_somebody_knows_who_it_is(device):
    stranger = Stranger("Wei Chen", profession="nurse", institution="Harbour Clinic")

    answers = hear(device, seen(None, "walk_in", stranger=stranger))

    assert said(answers) == [None]
    assert UnmatchedPerson.objects.get().institution == "Harbour Clinic"


def test_a_walk_in_with_a_code_nobody_knows_is_kept_and_taken_back(device):
    stranger = Stranger("Wei Chen")
    came = seen(None, "walk_in", code="NOPE", stranger=stranger)
    undone = seen(None, "undo", code="NOPE", stranger=stranger, undoes=came.event_uuid)

    assert said(hear(device, came, undone)) == said(hear(device, came, undone)) == [None, None]
    assert PresenceEvidence.objects.filter(person=UnmatchedPerson.objects.get()).count() == 2


@pytest.mark.parametrize("days", [-3, 3])
def test_a_wrong_clock_is_corrected_and_stays_beside_it(device, place, days):
    at, wrong = now() - timedelta(minutes=10), timedelta(days=days)
    offset = round(-wrong.total_seconds())

    hear(device, seen(place, device_time=at + wrong, clock_offset=offset), sent_at=now() + wrong)

    row = PresenceEvidence.objects.get()
    assert (row.occurred_at, row.device_time, row.clock_offset) == (at, at + wrong, offset)
    assert abs(device.reports.get().clock_offset - offset) <= 2


def test_a_phone_that_never_heard_our_clock_is_corrected_by_the_time_of_sending(device, place):
    at, wrong = now() - timedelta(minutes=10), timedelta(days=2)

    hear(device, seen(place, device_time=at + wrong, clock_offset=None), sent_at=now() + wrong)

    assert abs(PresenceEvidence.objects.get().occurred_at - at) < timedelta(seconds=5)


def test_nothing_is_seen_in_the_future(device, place):
    hear(device, seen(place, device_time=now() + timedelta(days=9)))

    assert PresenceEvidence.objects.get().occurred_at <= now()


def test_after_the_books_closed_nothing_new_is_taken_and_the_old_is_answered(device, place):
    old = seen(place)
    hear(device, old)
    for state in ("running", "held", "reconciling", "closed"):
        type(device.activity).objects.filter(pk=device.activity_id).update(state=state)

    assert said(hear(device, old, seen(place))) == [None, DOOR_CLOSED]


def test_of_a_revoked_phone_nothing_is_kept(device, place):
    revoke_device(device, by=SYSTEM)

    with pytest.raises(Refused) as refused:
        hear(device, seen(place))

    assert refused.value.objection == KEY_REVOKED
    assert not PresenceEvidence.objects.exists()


def test_a_phone_tells_how_it_is(device):
    hear(device, pending=23, refused=1, people=418, battery=60)

    report = device.reports.get()
    assert (report.pending, report.refused, report.people, report.battery) == (23, 1, 418, 60)
