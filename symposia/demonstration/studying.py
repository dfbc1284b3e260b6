"""Enduring material that is studied: a course of three lessons, reviewed, offered, and learners."""

import struct
import uuid
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import time_machine
from django.utils.timezone import now

from symposia.activities.actions.content_reviews import ReviewFacts, Upload
from symposia.activities.actions.enduring import set_term
from symposia.activities.actions.lifecycle import open_activity
from symposia.activities.actions.planning import ActivityFacts, create_activity
from symposia.activities.actions.session_objectives import choose_session_objectives
from symposia.activities.actions.sessions import SessionFacts, add_session, assign_faculty
from symposia.activities.lasting import Term
from symposia.activities.models import Activity, Verdict
from symposia.activities.standards.reading import review_questions
from symposia.credits.actions.offers import offer_credit
from symposia.credits.models import CreditSystem
from symposia.curriculum.models import Objective, Plan
from symposia.demonstration.days import working_day
from symposia.demonstration.disclosing import disclose_all, review_all
from symposia.demonstration.packages import package
from symposia.demonstration.planning import under
from symposia.demonstration.rules import state_what_is_known
from symposia.demonstration.thread import Cast, approve
from symposia.directory.models import Clinician
from symposia.finance.actions.budgets import EstimateLine, set_estimate
from symposia.learning.actions.attempts import (
    Committed,
    begin_package_attempt,
    keep_commits,
)
from symposia.learning.actions.courses import CourseFacts, add_module, change_course
from symposia.learning.actions.lesson_reviews import review_lesson
from symposia.learning.actions.lessons import LessonFacts, add_lesson
from symposia.learning.actions.studying import (
    Told,
    complete_lesson,
    confirm_start,
    keep_studying,
)
from symposia.learning.digests import digest_of
from symposia.learning.models import Course, Lesson, LessonKind
from symposia.learning.notice import notice_of
from symposia.registrations.actions.replies import register_with_sessions
from symposia.registrations.models import Registration, Source
from symposia.shared.actors import Actor
from symposia.shared.money import Money

# Made for the demonstration: 48 seconds, without sound.
FILM = Path(__file__).with_name("wake_up_stroke.webm")
SECONDS = 48
CUES = (
    "Wake-up stroke: who can still be treated?",
    "The clock is unknown. Last seen well is not the onset.",
    "Ask the tissue: perfusion shows what can be saved.",
    "A small core and a large mismatch speak for treatment.",
    "Decide together: benefit, bleeding, and the patient's wish.",
    "In short: image, select, explain, treat.",
)
TEXT = """# Reading a perfusion map

Begin with the *core*, then look at what surrounds it. **A mismatch is tissue that can be saved.**

- Compare both hemispheres at the same level.
- Look for artefacts before you measure.
- Say the time since last seen well with every number.

# Explaining the risk

Speak of ten people like the patient in front of you: how many walk, how many bleed.
"""
SOURCES = """Invented trial of imaging selection, 2024 (demonstration data)
Stroke registry of the hospital, last four quarters (demonstration data)"""


@dataclass(frozen=True)
class Material:
    """What is studied, under which title, and how long it takes."""

    title: str
    session: str
    minutes: int
    summary: str
    address: str
    author: str


STROKE = Material(
    "Wake-up stroke: choosing by image",
    "Choosing by image",
    45,
    "Three lessons on whom to treat when nobody knows the onset.",
    "https://learn.example/wake-up-stroke",
    "Ingrid Halvorsen",
)


@dataclass(frozen=True)
class Offered:
    """Under which plan the material is made, for which objectives, and who studies it."""

    part: Plan
    objectives: Sequence[Objective]
    people: Sequence[Clinician]


def tell_studying(cast: Cast, told: Offered, today: datetime) -> None:
    """Planned a month ago, offered since two weeks, studied by some to the end and by some not."""
    with time_machine.travel(cast.at_work(today, 20), tick=True):
        activity = under(told.part, planned(cast, told.objectives, STROKE, today), cast)
        _write_lessons(activity, told.objectives, cast)
        approve(activity, cast)
        open_activity(Activity.objects.get(pk=activity.pk), by=cast.actor("coordinator"))
    mine = Clinician.objects.get(user=cast.team["learner"])
    with time_machine.travel(cast.at_work(today, 5), tick=True):
        for person, done in zip([mine, *told.people[:5]], (0, 1, 2, 3, 0, 3), strict=True):
            _study(registered(person, activity, cast), done=done)


def planned(
    cast: Cast, objectives: Sequence[Objective], material: Material, today: datetime
) -> Activity:
    """A draft of something to study, with everything that its approvers ask for."""
    by, organisation = cast.actor(cast.planner), cast.organisation
    released = working_day((today - timedelta(days=16)).date())
    starts = datetime.combine(released, time())
    facts = ActivityFacts(
        title=material.title,
        type="internet_enduring",
        wall_starts=starts,
        wall_ends=starts + timedelta(days=365),
        zone=organisation.zone,
        delivery="online",
        summary=material.summary,
        country="US",
        online_address=material.address,
    )
    owner = cast.team[cast.planner]
    made = create_activity(facts, mode="independent", by=by, objectives=objectives, owner=owner)
    minutes = material.minutes
    session = add_session(made, SessionFacts(material.session, starts, minutes, minutes), by=by)
    choose_session_objectives(session, objectives[:1], by=by)
    assign_faculty(session, clinician=None, name=material.author, by=by)
    money = Money(Decimal(900), organisation.currency)
    set_estimate(made, [EstimateLine("faculty", "Author's honorarium", money)], by=by)
    state_what_is_known(made, by=by)
    term = Term(released, released + timedelta(days=330), released + timedelta(days=700))
    set_term(made, term, by=by)
    offer_credit(made, CreditSystem.objects.get(code="ama_pra_1"), by=cast.actor("coordinator"))
    disclose_all(made, owner)
    review_all(made, owner, cast.team["compliance_officer"])
    return Activity.objects.get(pk=made.pk)


def _write_lessons(activity: Activity, objectives: Sequence[Objective], cast: Cast) -> None:
    """The lead writes, the officer who reviews content releases."""
    by = cast.actor(cast.planner)
    course = Course.objects.get(activity=activity)
    facts = CourseFacts(needs="A phone or computer with a current browser. The film has no sound.")
    change_course(course, facts, seen_version=course.version, by=by)
    watching = add_module(course, "See it", by=by)
    reading = add_module(course, "Understand it", by=by)
    for module, lesson in [
        (watching, _film(objectives)),
        (watching, _image()),
        (reading, LessonFacts("text", "Maps and risks", 15, text=TEXT, sources=SOURCES)),
        (reading, _package()),
    ]:
        accept(add_lesson(module, lesson, by=by), cast)


def accept(lesson: Lesson, cast: Cast) -> None:
    """The officer who reviews content releases a lesson as it is."""
    seen = digest_of(Lesson.objects.with_content().get(pk=lesson.pk))
    checklist = {question.code: "yes" for question in review_questions()}
    accepted = ReviewFacts(Verdict.ACCEPTED, checklist)
    review_lesson(lesson, accepted, seen_digest=seen, by=cast.actor("compliance_officer"))


def _film(objectives: Sequence[Objective]) -> LessonFacts:
    return LessonFacts(
        "video",
        "Who can still be treated?",
        15,
        file=Upload("wake-up-stroke.webm", FILM.read_bytes()),
        captions=Upload("wake-up-stroke.vtt", captions().encode()),
        transcript="\n\n".join(CUES),
        objective=objectives[0],
    )


def captions() -> str:
    """WebVTT, a cue for each picture of the film."""
    length = SECONDS // len(CUES)
    cues = [
        f"00:{n * length:02d}.000 --> 00:{(n + 1) * length:02d}.000\n{words}"
        for n, words in enumerate(CUES)
    ]
    return "WEBVTT\n\n" + "\n\n".join(cues) + "\n"


def _image() -> LessonFacts:
    shows = "Two bars: a core of 20 millilitres beside tissue at risk of 90 millilitres."
    file = Upload("core-and-penumbra.png", picture())
    return LessonFacts("image", "Core and penumbra", 10, file=file, description=shows)


def _package() -> LessonFacts:
    file = Upload("images-before-clocks.zip", package("2004"))
    return LessonFacts("scorm", "Images before clocks", 5, file=file, is_required=False)


def picture(width: int = 320, height: int = 180) -> bytes:
    """A drawing of two bars as a PNG."""
    paper, ink, risk = b"\xf7\xf5\xf0", b"\x0b\x5a\x5e", b"\xd9\xa4\x41"
    rows = bytearray()
    for y in range(height):
        rows += b"\x00"
        for x in range(width):
            is_core, is_risk = 60 <= x < 120 and y >= 120, 200 <= x < 260 and y >= 30
            rows += (ink if is_core else risk if is_risk else paper) if y < 160 else paper
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    chunks = ((b"IHDR", head), (b"IDAT", zlib.compress(bytes(rows), 9)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))
        for name, data in chunks
    )


def registered(person: Clinician, activity: Activity, cast: Cast) -> Registration:
    """A place at what is studied."""
    fresh = Activity.objects.get(pk=activity.pk)
    by = cast.actor("coordinator")
    return register_with_sessions(person, fresh, [], by=by, source=Source.OFFICE)


def _study(place: Registration, *, done: int) -> None:
    """The first lessons are done; of the next one a part."""
    by = Actor("link", place.pk, place.clinician.called)
    confirm_start(place, seen=notice_of(place.activity).sha256, by=by)
    lessons = list(Lesson.objects.of(place.activity).with_content())
    at = now()
    for number, lesson in enumerate(lessons[: done + 1]):
        beats = SECONDS // 12 if number < done else 2
        with time_machine.travel(at + timedelta(minutes=20 * (number + 1)), tick=True):
            told = [_beat(lesson, beat, beats) for beat in range(beats)]
            keep_studying(place, lesson, told, by=by)
            if lesson.kind == LessonKind.SCORM:
                _go_through(place, lesson, by)
            elif number < done:
                complete_lesson(place, lesson, by=by)


def _go_through(place: Registration, lesson: Lesson, by: Actor) -> None:
    """What the package tells: all of it read, two of three questions right."""
    attempt = begin_package_attempt(place, lesson, by=by)
    read: dict[str, Any] = {"completion_status": "completed", "location": "2", "total_time": "PT2M"}
    asked: dict[str, Any] = {
        "completion_status": "completed",
        "score": {"scaled": "0.67", "raw": "67"},
    }
    asked |= {"suspend_data": "[0, 1, 1]", "total_time": "PT3M", "exit": "suspend"}
    told = [(1, "read", read), (2, "ask", asked)]
    ids = [uuid.uuid4() for _each in told]
    commits = [
        Committed(
            ids[number - 1], number, ids[number - 2] if number > 1 else None, item, cmi, now()
        )
        for number, item, cmi in told
    ]
    keep_commits(attempt, commits, by=by)


def _beat(lesson: Lesson, beat: int, beats: int) -> Told:
    at = now() - timedelta(seconds=12 * (beats - beat - 1))
    begins = 12.0 * beat
    played = (begins, begins + 12) if lesson.is_watched else (None, None)
    return Told(uuid.uuid4(), "heard", at, 12, 12 * (beat + 1), *played)
