"""What happens in the product is told to the store of statements, once, by one listener."""

import json
from dataclasses import asdict, fields
from datetime import datetime, timedelta

import pytest
import time_machine
from django.conf import settings
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.timezone import now
from procrastinate.contrib.django.models import ProcrastinateJob

from symposia.assessment.events import AttemptFinished
from symposia.assessment.models import Attempt, AttemptResult, KnowledgeTest
from symposia.attendance.events import AttendanceSigned
from symposia.attendance.models import PresenceEvidence
from symposia.credits.events import CertificateIssued, CreditAwarded
from symposia.learning.events import ContentCompleted, LessonCompleted, StudyBegun
from symposia.registrations.events import PlaceConfirmed
from symposia.reporting.tasks import tell
from symposia.reporting.telling import EVENTS
from symposia.shared.events import announce
from symposia.shared.ids import uuid7
from symposia.statements.models import Statement, Voiding
from tests.factories.attendance import EvidenceFactory
from tests.factories.credits import CertificateFactory, CreditEntryFactory, attended
from tests.factories.learning import course_with, text
from tests.factories.registrations import RegistrationFactory


def told_by(*events):
    """The statements that these events leave, as the queue has them written."""
    for event in events:
        announce(event)
    jobs = ProcrastinateJob.objects.filter(task_name="reporting.tell").order_by("pk")
    for job in jobs:
        args = {name: job.args[name] for name in ("kind", "ids", "at")}
        tell.work(**args)
        tell.work(**args)  # a job may run twice
    rows = Statement.objects.living().order_by("stored_at", "id")
    return [json.loads(row.body) for row in rows]


@pytest.fixture
def place(organisation):
    return RegistrationFactory()


def test_a_place_is_told_without_a_name(place):
    (statement,) = told_by(PlaceConfirmed(place.pk, place.activity_id))

    assert statement["actor"]["account"] == {
        "homePage": settings.ORIGIN,
        "name": str(place.clinician_id),
    }
    assert place.clinician.full_name not in json.dumps(statement)
    assert statement["verb"]["id"].endswith("/registered")
    assert statement["object"]["definition"]["name"] == {"en": place.activity.title}
    assert statement["context"]["registration"] == str(place.pk)
    assert datetime.fromisoformat(statement["timestamp"]).tzinfo
    row = Statement.objects.get()
    assert (row.activity_id, row.sent_by_id) == (place.activity_id, None)


def test_lessons_are_told_as_parts_of_their_activity(organisation):
    _course, (lesson,) = course_with(text())
    place = RegistrationFactory(activity=lesson.activity)
    ids = (place.pk, place.activity_id)

    told = told_by(StudyBegun(*ids), LessonCompleted(lesson.pk, *ids), ContentCompleted(*ids))

    verbs = [each["verb"]["id"].rpartition("/")[2] for each in told]
    assert verbs == ["initialized", "completed", "completed"]
    assert told[1]["object"]["id"].endswith(f"/xapi/id/lessons/{lesson.pk}")
    parent = told[1]["context"]["contextActivities"]["parent"]
    assert parent[0]["id"] == told[0]["object"]["id"]


@pytest.mark.parametrize(
    ("passed", "verb"), [(True, "passed"), (False, "failed"), (None, "completed")]
)
def test_a_test_is_told_with_its_score(place, passed, verb):
    test = KnowledgeTest.objects.create(activity=place.activity, purpose="post")
    facts = {"activity": place.activity, "test": test, "registration": place}
    attempt = Attempt.objects.create(number=1, seed=1, **facts)
    AttemptResult.objects.create(
        activity=place.activity, attempt=attempt, points=4, out_of=5, percent=80, passed=passed
    )

    (statement,) = told_by(AttemptFinished(place.pk, place.activity_id, "post", passed, attempt.pk))

    assert statement["verb"]["id"].endswith(f"/{verb}")
    assert statement["result"]["score"] == {"scaled": 0.8}


def test_attendance_is_told_of_whoever_was_there_once_it_is_signed(organisation):
    there = attended(60)
    attended(0, activity=there.activity)

    (first,) = told_by(AttendanceSigned(there.activity_id, uuid7()))
    (second,) = [
        each
        for each in told_by(AttendanceSigned(there.activity_id, uuid7()))
        if each["verb"]["id"].endswith("/attended")
    ]

    assert first["result"]["duration"] == "PT60M"
    assert second["id"] != first["id"]


def attended_by(statements):
    """Of whom it is told that they attended."""
    verb = "/attended"
    told = [each for each in statements if each["verb"]["id"].endswith(verb)]
    return {each["context"]["registration"] for each in told}


def undo_every_reading(place):
    for seen in PresenceEvidence.objects.filter(registration=place):
        EvidenceFactory(registration=place, kind="undo", undoes=seen.event_uuid)


def test_who_turns_out_not_to_have_been_there_is_told_of_no_more(organisation):
    there = attended(60)
    mistaken = attended(60, activity=there.activity)
    first = told_by(AttendanceSigned(there.activity_id, uuid7()))
    undo_every_reading(mistaken)

    again = told_by(AttendanceSigned(there.activity_id, uuid7()))

    assert attended_by(first) == {str(there.pk), str(mistaken.pk)}
    assert attended_by(again) == {str(there.pk)}


def questions_of(event):
    """How many statements of the database it takes to tell of an event."""
    ids = {name: str(value) for name, value in asdict(event).items()}
    with CaptureQueriesContext(connection) as asked:
        tell.work(kind=type(event).__name__, ids=ids, at=now().isoformat())
    return len(asked)


def test_five_people_take_as_many_questions_as_one(organisation):
    one = attended(60).activity
    five = attended(60).activity
    for _another in range(4):
        attended(60, activity=five)
    signed = [
        questions_of(AttendanceSigned(activity.pk, uuid7()))
        for activity in (one, five, one, five)  # the second time, what was told before is voided
    ]

    assert Statement.objects.living().count() == 12
    assert Voiding.objects.count() == 6
    assert signed[0] == signed[1]
    assert signed[2] == signed[3]


def test_what_is_stored_is_stored_by_the_clock_of_the_database(place):
    with time_machine.travel(now() - timedelta(days=40)):
        told_by(PlaceConfirmed(place.pk, place.activity_id))

    assert now() - Statement.objects.get().stored_at < timedelta(days=1)


def test_credit_is_told_as_its_sum_and_what_was_told_before_is_voided(organisation):
    entry = CreditEntryFactory()
    announced = CreditAwarded(entry.pk, entry.activity_id, entry.clinician_id)
    (first,) = told_by(announced)
    less = {"registration": entry.registration, "offer": entry.offer, "reason": "correction"}
    later = CreditEntryFactory(amount="-0.25", explanation="Left early", **less)

    told = told_by(CreditAwarded(later.pk, later.activity_id, later.clinician_id))
    gone = CreditEntryFactory(amount="-1.00", explanation="Not there", **less)
    at_last = told_by(CreditAwarded(gone.pk, gone.activity_id, gone.clinician_id))

    amounts = [
        value
        for each in (first, *told)
        for name, value in each.get("result", {}).get("extensions", {}).items()
        if name.endswith("/ext/credits")
    ]
    assert amounts == [1.25, 1.0]
    assert not [each for each in at_last if each["verb"]["id"].endswith("/earned")]


def test_a_certificate_is_told_as_earned(organisation):
    certificate = CertificateFactory()

    (statement,) = told_by(CertificateIssued(certificate.pk, certificate.activity_id))

    assert statement["object"]["definition"]["name"] == {"en": certificate.number}


def test_what_is_gone_leaves_nothing_to_tell(organisation):
    for kind in EVENTS:
        gone = {each.name: str(uuid7()) for each in fields(kind)}
        tell.work(kind=kind.__name__, ids=gone, at=now().isoformat())

    assert not Statement.objects.exists()
    assert len(EVENTS) == 9
