import uuid

from django.db import transaction
from django.utils.timezone import localdate, now

from symposia.accounts.queries import person_behind, this_organisation
from symposia.activities.models import Activity
from symposia.insights.models import ActivityFigures, Credited, Sight, Touched
from symposia.insights.queries import busy_doors, figures_of, touched
from symposia.shared.actors import Actor
from symposia.shared.planned import insert


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
    """Count again whatever was touched, and where the door has been busy."""
    marks = touched()
    stale = {*marks.values(), *busy_doors()}
    for activity_id in stale:
        count_figures(activity_id, by=by)
    Touched.objects.filter(pk__in=list(marks)).delete()
    return len(stale)


@transaction.atomic(savepoint=False)  # part of the page that shows it
def note_sight(activity: Activity, page: str, *, by: Actor) -> None:
    """Keep that somebody was shown names or answers of an activity; again today changes nothing.

    It is a record of its own, so the journal holds no line of it."""
    seen = Sight(
        activity=activity,
        person_id=person_behind(by),
        person_name=by.name[:200],
        page=page,
        on_day=localdate(),
    )
    Sight.objects.bulk_create([seen], ignore_conflicts=True)
