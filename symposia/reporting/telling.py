"""What happens in the product, as statements of the store (xAPI): one table of events, and what
each is told as. Learners are accounts without a name, for a statement is never changed."""

import uuid
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cached_property
from typing import Any

from django.conf import settings

from symposia.accounts.queries import this_organisation
from symposia.activities.lasting import is_enduring
from symposia.activities.models import Activity
from symposia.assessment.events import AttemptFinished
from symposia.assessment.models import AttemptResult
from symposia.attendance.events import AttendanceSigned
from symposia.attendance.reconciling import evening_of
from symposia.credits.events import CertificateIssued, CreditAwarded
from symposia.credits.models import Certificate, CreditEntry
from symposia.learning.events import ContentCompleted, LessonCompleted, StudyBegun
from symposia.learning.models import Lesson
from symposia.registrations.events import PlaceConfirmed, PlacePromoted
from symposia.registrations.models import Registration
from symposia.statements.checking.words import written

Part = dict[str, Any]
# Statements are told once however often the work is done: their ids follow from what they say.
_IDS = uuid.UUID("5f1f3a52-7a53-5c1d-9a5e-6f0c1b1e7a10")
_ADL = "http://adlnet.gov/expapi"
_VERBS = {
    "registered": f"{_ADL}/verbs/registered",
    "attended": f"{_ADL}/verbs/attended",
    "initialized": f"{_ADL}/verbs/initialized",
    "completed": f"{_ADL}/verbs/completed",
    "passed": f"{_ADL}/verbs/passed",
    "failed": f"{_ADL}/verbs/failed",
    "earned": "http://id.tincanapi.com/verb/earned",
}


@dataclass(frozen=True)
class Happening:
    """An event as the queue carries it: which it was, its ids, and when."""

    kind: str
    ids: Mapping[str, str]
    at: datetime

    @cached_property
    def language(self) -> str:
        """What titles are written in: read once, of however many people something is told."""
        return this_organisation().language


@dataclass(frozen=True)
class Telling:
    """A statement of the product itself."""

    statement: Part
    activity_id: uuid.UUID
    # Whether it stands in the place of what was told of the same place, verb and thing before,
    # and whether there is still anything to tell of it.
    replaces: bool = False
    counts: bool = True

    @property
    def id(self) -> uuid.UUID:
        return uuid.UUID(self.statement["id"])


def tellings_of(happening: Happening) -> list[Telling]:
    """What is told of an event; nothing where what it was about is gone."""
    return list(TOLD[happening.kind](happening))


def _registered(happening: Happening) -> Iterator[Telling]:
    for place in _places(happening):
        thing = _activity(place.activity, happening.language)
        yield _told("registered", place, thing, happening.at)


def _begun(happening: Happening) -> Iterator[Telling]:
    for place in _places(happening):
        thing = _activity(place.activity, happening.language)
        yield _told("initialized", place, thing, happening.at)


def _lesson_done(happening: Happening) -> Iterator[Telling]:
    lessons = Lesson.objects.filter(pk=happening.ids["lesson_id"])
    for place in _places(happening):
        for lesson in lessons:
            named = {happening.language: lesson.title}
            thing = _thing("lessons", lesson.pk, named, f"{_ADL}/activities/lesson")
            told = _told("completed", place, thing, happening.at, result={"completion": True})
            yield _within(told, _activity(place.activity, happening.language))


def _content_done(happening: Happening) -> Iterator[Telling]:
    for place in _places(happening):
        thing = _activity(place.activity, happening.language)
        yield _told("completed", place, thing, happening.at, result={"completion": True})


def _tested(happening: Happening) -> Iterator[Telling]:
    results = AttemptResult.objects.filter(attempt_id=happening.ids["attempt_id"])
    for found in results.select_related("attempt__test"):
        test = found.attempt.test
        for place in _places(happening):
            kind = f"{_ADL}/activities/assessment"
            named = {happening.language: test.get_purpose_display()}
            thing = _thing("tests", test.pk, named, kind)
            verb = {True: "passed", False: "failed", None: "completed"}[found.passed]
            result: Part = {"score": {"scaled": float(found.percent / 100)}, "completion": True}
            if found.passed is not None:
                result["success"] = found.passed
            told = _told(verb, place, thing, found.finished_at, result=result, of=found.pk)
            yield _within(told, _activity(place.activity, happening.language))


def _attended(happening: Happening) -> Iterator[Telling]:
    """Of everybody who has a place, so that what was told of somebody who turns out not to have
    been there is voided when the attendance is signed again."""
    of, at = happening.ids["reconciliation_id"], happening.at
    for activity in Activity.objects.filter(pk=happening.ids["activity_id"]):
        thing = _activity(activity, happening.language)
        for seen in evening_of(activity).seen:
            result = {"duration": f"PT{seen.presence.minutes}M"}
            told = _told("attended", seen.registration, thing, at, result=result, of=of)
            yield replace(told, replaces=True, counts=seen.presence.was_there)


def _credited(happening: Happening) -> Iterator[Telling]:
    """The sum of the entries, so that a correction is told as what holds from then on."""
    entries = CreditEntry.objects.filter(pk=happening.ids["entry_id"])
    for entry in entries.select_related("registration__activity", "system"):
        place = entry.registration
        every = CreditEntry.objects.of_registration(place).filter(offer=entry.offer_id)
        total = every.total()
        named = {happening.language: entry.system.name}
        thing = _thing("credits", entry.offer_id, named, _own("types", "credit"))
        result = {
            "extensions": {
                _own("ext", "credits"): float(total),
                _own("ext", "credit-type"): entry.system.code,
            }
        }
        told = _told("earned", place, thing, entry.entered_at, result=result, of=entry.pk)
        told = _within(told, _activity(place.activity, happening.language))
        yield replace(told, replaces=True, counts=total > 0)


def _certified(happening: Happening) -> Iterator[Telling]:
    certificates = Certificate.objects.filter(pk=happening.ids["certificate_id"])
    for found in certificates.select_related("registration__activity"):
        named = {happening.language: found.number}
        thing = _thing("certificates", found.pk, named, _own("types", "certificate"))
        told = _told("earned", found.registration, thing, found.issued_at)
        yield _within(told, _activity(found.registration.activity, happening.language))


# The one table: which events are told, and as what.
EVENTS: dict[type[Any], Callable[[Happening], Iterator[Telling]]] = {
    PlaceConfirmed: _registered,
    PlacePromoted: _registered,
    AttendanceSigned: _attended,
    StudyBegun: _begun,
    LessonCompleted: _lesson_done,
    ContentCompleted: _content_done,
    AttemptFinished: _tested,
    CreditAwarded: _credited,
    CertificateIssued: _certified,
}
TOLD = {kind.__name__: told for kind, told in EVENTS.items()}


def _places(happening: Happening) -> list[Registration]:
    rows = Registration.objects.filter(pk=happening.ids["registration_id"])
    return list(rows.select_related("activity"))


def _told(
    verb: str,
    place: Registration,
    thing: Part,
    at: datetime,
    *,
    result: Part | None = None,
    of: Any = "",
) -> Telling:
    """A statement about a place; `of` tells apart what may happen more than once."""
    said = f"{place.organisation_id} {verb} {place.pk} {thing['id']} {of}"
    account = {"homePage": settings.ORIGIN, "name": str(place.clinician_id)}
    statement: Part = {
        "id": str(uuid.uuid5(_IDS, said)),
        "actor": {"objectType": "Agent", "account": account},
        "verb": {"id": _VERBS[verb], "display": {"en": verb}},
        "object": thing,
        "context": {"registration": str(place.pk), "platform": "Symposia"},
        "timestamp": written(at),
    }
    if result:
        statement["result"] = result
    return Telling(statement, place.activity_id)


def _within(told: Telling, whole: Part) -> Telling:
    """The same, as part of an activity."""
    context = told.statement["context"] | {"contextActivities": {"parent": [whole]}}
    return replace(told, statement=told.statement | {"context": context})


def _activity(activity: Activity, language: str) -> Part:
    kind = "course" if is_enduring(activity) else "meeting"
    named = {language: activity.title}
    return _thing("activities", activity.pk, named, f"{_ADL}/activities/{kind}")


def _thing(kind: str, pk: uuid.UUID, named: Mapping[str, str], its_type: str) -> Part:
    return {
        "objectType": "Activity",
        "id": _own("id", f"{kind}/{pk}"),
        "definition": {"name": named, "type": its_type},
    }


def _own(kind: str, name: str) -> str:
    """An address of ours for something that has none in the vocabularies of others."""
    return f"{settings.ORIGIN}/xapi/{kind}/{name}"
