"""How an evaluation is built and kept, what learners want to change, and what a register counts."""

from datetime import datetime, timedelta

import time_machine
from django.utils.timezone import now

from symposia.accounts.queries import access_of
from symposia.activities.models import Activity
from symposia.activities.queries import objectives_of
from symposia.assessment.actions import add_block
from symposia.assessment.actions.commitments import Wish, commit_to_change
from symposia.assessment.actions.library import keep_in_library
from symposia.assessment.actions.measures import check_measures, import_measures
from symposia.assessment.measure_rows import FIELDS, KIND
from symposia.assessment.models import Response
from symposia.curriculum.models import Gap
from symposia.demonstration.thread import Cast
from symposia.shared.actors import Actor
from symposia.work.files import store_file
from symposia.work.imports.kept import copy_of_kept

WISHES = (
    "I draw a lactate with the first bloods of everybody I suspect of sepsis.",
    "I give the first antibiotic before the patient leaves the emergency room.",
    "I say 'sepsis?' aloud when I hand over.",
    "I keep the bundle card in my pocket and tick it.",
)
MEASURE = "Antibiotics within one hour of recognition"
# How many of how many, in the quarter before and since; invented.
COUNTS = (("before", 118, 246, 120, 31), ("after", 31, 46, 7, 1))
TODAY_ONLY = (("after", 29, 44, 6, 1),)


def build_evaluation(activity: Activity, cast: Cast) -> Activity:
    """Ask about bias in the words of the standards, and about each session."""
    by = cast.actor(cast.planner)
    for code in ("bias", "session"):
        add_block(activity, code, by=by)
    return activity


def tell_evaluating(cast: Cast, held: Activity, today: datetime) -> None:
    """Forms go to the library, learners say what they will change, a register's figures come in."""
    by = cast.actor("coordinator")
    with time_machine.travel(held.ends_at + timedelta(hours=2), tick=True):
        _commit(held)
    with time_machine.travel(cast.at_work(today, 1), tick=True):
        keep_in_library(held, "Rounds, with each session", activity_type=held.type, by=by)
        draft = Activity.objects.filter(state="draft").order_by("starts_at", "pk").first()
        if draft:
            keep_in_library(draft, "The six questions", by=by)
        gap = _gap_of(held)
        _hand_in(cast, held, gap, COUNTS, by)
        _hand_in(cast, held, gap, TODAY_ONLY, by)


def _commit(held: Activity) -> None:
    answered = Response.objects.of(held).order_by("answered_at", "pk")
    places = answered.select_related("registration__clinician", "registration__activity")
    for number, each in enumerate(places[:7]):
        place = each.registration
        wish = Wish(WISHES[number % len(WISHES)])
        learner = Actor("link", place.pk, place.clinician.called)
        commit_to_change(place, [wish], by=learner)


def _gap_of(held: Activity) -> Gap:
    return objectives_of(held)[0].gap


def _hand_in(
    cast: Cast,
    held: Activity,
    gap: Gap,
    counts: tuple[tuple[str, int, int, int, int], ...],
    by: Actor,
) -> None:
    """A table as the quality office sends it: looked at, then brought in."""
    day = held.starts_at.date()
    lines = [",".join(str(field.label) for field in FIELDS)]
    for phase, numerator, denominator, first, last in counts:
        way = -1 if phase == "before" else 1
        days = sorted(day + timedelta(days=way * each) for each in (first, last))
        lines.append(
            f"{held.number},performance,{MEASURE},{phase},{numerator},{denominator},"
            f"{days[0]},{days[1]},Sepsis register of the hospital,{gap.number}"
        )
    text = "\n".join(lines).encode()
    kept = store_file(text, name="register.csv", content_type="text/csv", purpose=KIND, by=by)
    access = access_of(cast.team["coordinator"], cast.organisation, at=now())
    if access is None:
        raise LookupError("coordinator")
    with copy_of_kept(kept.storage_name) as path:
        made = check_measures(
            path, name=kept.name, access=access, storage_name=kept.storage_name, by=by
        )
    import_measures(made, access=access, by=by)
