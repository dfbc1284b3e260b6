import uuid

from django.db import transaction
from django.utils.timezone import now

from symposia.accounts.queries import this_organisation
from symposia.activities.models import Activity
from symposia.insights.models import ActivityFigures, Credited, Touched
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
