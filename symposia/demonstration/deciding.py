"""A case that is decided step by step: written, published, reviewed, and gone through by some."""

from datetime import datetime, timedelta
from pathlib import Path

import time_machine
from django.utils.timezone import now

from symposia.activities.actions.lifecycle import open_activity
from symposia.activities.models import Activity
from symposia.demonstration.planning import under
from symposia.demonstration.studying import Material, Offered, accept, planned, registered
from symposia.demonstration.thread import Cast, approve
from symposia.directory.models import Clinician
from symposia.learning.actions.case_runs import ask_for_finding, begin_case_run, decide_in_case
from symposia.learning.actions.cases import publish_case, write_case
from symposia.learning.actions.courses import add_module
from symposia.learning.actions.lessons import LessonFacts, add_lesson
from symposia.learning.actions.studying import confirm_start
from symposia.learning.cases.files import read_case_file
from symposia.learning.cases.reading import case_of
from symposia.learning.models import Course, Lesson
from symposia.learning.notice import notice_of
from symposia.registrations.models import Registration
from symposia.shared.actors import Actor

BEDSIDE = Material(
    "Sepsis at the bedside: decide in time",
    "Deciding in time",
    30,
    "One patient, one hour: ask, examine, decide, and see what comes of it.",
    "https://learn.example/sepsis-at-the-bedside",
    "Ingrid Halvorsen",
)
# An invented patient; decisions after a published guideline, as a file that anybody can bring in.
FILE = Path(__file__).with_name("sepsis.case.json")
INTRODUCTION = """Mr Adler is 71 years old and has been on your ward for two days.

- You are on duty, and the nurse calls you.
- Ask for what you want to know; it takes time, and time counts.
- You hear after each decision how good it was and why.
"""
SOURCES = "Surviving Sepsis Campaign, international guidelines 2021 (Crit Care Med 49:e1063)"
# Who decides how: step and option, one after the other.
WELL = ("s1-o1", "s2-o1", "s3-o1", "s5-o1")
LATE = ("s1-o2", "s2-o1", "s3-o1", "s4-o1")
WAYS = (WELL, WELL, WELL, LATE, LATE, LATE, WELL, WELL[:2])


def tell_deciding(cast: Cast, told: Offered, today: datetime) -> None:
    """Planned three weeks ago, offered since two, gone through by eight."""
    with time_machine.travel(cast.at_work(today, 19), tick=True):
        activity = under(told.part, planned(cast, told.objectives, BEDSIDE, today), cast)
        _write(activity, cast)
        approve(activity, cast)
        open_activity(Activity.objects.get(pk=activity.pk), by=cast.actor("coordinator"))
    mine = Clinician.objects.get(user=cast.team["learner"])
    with time_machine.travel(cast.at_work(today, 4), tick=True):
        people = [*told.people[6:13], mine]
        for person, way in zip(people, WAYS, strict=True):
            _decide(registered(person, activity, cast), way)


def _write(activity: Activity, cast: Cast) -> None:
    by = cast.actor(cast.planner)
    module = add_module(Course.objects.get(activity=activity), "Decide", by=by)
    facts = LessonFacts("case", "Sepsis in the first hour", 30, text=INTRODUCTION, sources=SOURCES)
    lesson = add_lesson(module, facts, by=by)
    case = case_of(lesson)
    document = read_case_file(FILE.read_bytes())
    case = write_case(case, document, seen_version=case.version, by=by)
    publish_case(case, seen_version=case.version, by=by)
    accept(lesson, cast)


def _decide(place: Registration, way: tuple[str, ...]) -> None:
    """Confirm, ask for the blood gas, then decide one thing after the other."""
    by = Actor("link", place.pk, place.clinician.called)
    confirm_start(place, seen=notice_of(place.activity).sha256, by=by)
    lesson = Lesson.objects.of(place.activity).with_content().get()
    begin_case_run(place, lesson, by=by)
    ask_for_finding(place, lesson, "s1", "f3", by=by)
    at = now()
    for number, each in enumerate(way, start=1):
        step, option = each.split("-")
        with time_machine.travel(at + timedelta(minutes=2 * number), tick=True):
            decide_in_case(place, lesson, step, option, by=by)
