import uuid
from collections import defaultdict
from datetime import datetime

from django.db import transaction
from django.utils.timezone import now

from symposia.accounts.models import User
from symposia.accounts.queries import local_day, person_behind, this_organisation
from symposia.activities.actions.rules import recheck_rules
from symposia.activities.facts import read_facts
from symposia.activities.models import Activity
from symposia.activities.owing import Owed, owed_by
from symposia.insights.letters import write_open_points
from symposia.insights.models import ActivityFigures, Credited, OpenPoint, Sight, Touched
from symposia.insights.queries import busy_doors, figures_of, touched
from symposia.shared.actors import Actor
from symposia.shared.planned import insert
from symposia.shared.refusals import Written


@transaction.atomic
def count_figures(activity_id: uuid.UUID, *, by: Actor) -> ActivityFigures | None:  # noqa: ARG001
    """Count an activity again; nothing for one that is gone.

    A roll-up: what it counts is journalled where it happened, so this is not."""
    activity = Activity.objects.filter(pk=activity_id).first()
    if activity is None:
        return None
    at = now()
    counted = figures_of(activity, this_organisation().currency)
    figures, _made = ActivityFigures.objects.update_or_create(
        activity=activity,
        defaults={
            "invited": counted.invited,
            "accepted": counted.accepted,
            "registered": counted.registered,
            "attended": counted.attended,
            "evaluated": counted.evaluated,
            "credited": counted.credited,
            "minutes": counted.minutes,
            "estimate_minor": counted.estimate.minor,
            "committed_minor": counted.committed.minor,
            "actual_minor": counted.actual.minor,
            "counted_at": at,
        },
    )
    note_open_points(activity)
    Credited.objects.filter(figures=figures).delete()
    Credited.objects.bulk_create(
        Credited(figures=figures, system=c.system, amount=c.amount, people=c.people)
        for c in counted.credits
    )
    return figures


@transaction.atomic(savepoint=False)  # part of whatever moved the figure
def touch_figures(activity_id: uuid.UUID) -> None:
    """Note that an activity's figures are old; costs one small row and waits for nobody."""
    insert(Touched(activity_id=activity_id))


@transaction.atomic
def count_stale_figures(*, by: Actor) -> int:
    """Count again whatever was touched, and where the door has been busy; the rules, which decide
    on the same numbers, look again at what was touched."""
    marks = touched()
    stale = {*marks.values(), *busy_doors()}
    for activity_id in stale:
        count_figures(activity_id, by=by)
    for activity_id in set(marks.values()):
        recheck_rules(activity_id, by=by)
    Touched.objects.filter(pk__in=list(marks)).delete()
    return len(stale)


@transaction.atomic(savepoint=False)  # part of the page that shows it
def note_sight(activity: Activity, page: str, *, by: Actor) -> None:
    """Keep that somebody was shown names or answers of an activity; again today changes nothing.

    It is a record of its own, so the journal holds no line of it."""
    person = person_behind(by)
    if person is None:
        return
    seen = Sight(
        activity=activity,
        person_id=person,
        person_name=by.name,
        page=page,
        on_day=local_day(),
    )
    Sight.objects.bulk_create([seen], ignore_conflicts=True)


@transaction.atomic
def note_open_points(activity: Activity) -> list[OpenPoint]:
    """Keep what an activity lacks now in place of what it lacked; a roll-up, so not journalled."""
    found = [_open_point(activity, each) for each in owed_by(activity, read_facts(activity))]
    known = {p.fact: p for p in OpenPoint.objects.filter(activity=activity)}
    for point in found:
        before = known.pop(point.fact, None)
        if before is not None:
            point.reminded_at = before.reminded_at
    OpenPoint.objects.filter(activity=activity).delete()
    return OpenPoint.objects.bulk_create(found)


def _open_point(activity: Activity, owed: Owed) -> OpenPoint:
    url_name, keys = owed.link or ("activity", [activity.pk])
    written = Written.of(owed.why)
    return OpenPoint(
        activity=activity,
        fact=owed.fact,
        sentence=written.sentence,
        several=written.several,
        counts=written.counts,
        facts=written.facts,
        stage=owed.stage,
        due_at=owed.due_at,
        owner_id=owed.owner_id,
        owner_name=str(owed.owner)[:200],
        url_name=url_name,
        url_key=str(keys[0]) if keys else "",
    )


@transaction.atomic
def remind_of_open_points(at: datetime, *, by: Actor) -> int:
    """Write to everybody who owes something soon or late, one message each; how many."""
    waiting = OpenPoint.objects.to_remind_of(at).select_for_update(of=("self",))
    owed: dict[User, list[OpenPoint]] = defaultdict(list)
    for point in waiting.for_list().order_by("due_at", "pk"):
        if point.owner is not None and point.owner.is_active:
            owed[point.owner].append(point)
    for person, points in owed.items():
        write_open_points(person, points, at=at, by=by)
        OpenPoint.objects.filter(pk__in=[p.pk for p in points]).update(reminded_at=at)
    return len(owed)
