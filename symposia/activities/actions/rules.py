import uuid

from django.db import transaction

from symposia.activities.declared import activities_controlled_by
from symposia.activities.models import PAST, Activity, Contributor
from symposia.activities.queries import rule_facts_of, rule_subject_of
from symposia.activities.reading import one_reading
from symposia.compliance.actions.evaluating import (
    evaluate_again,
    evaluate_subject,
    release_people,
)
from symposia.compliance.models import Evaluation
from symposia.shared.actors import Actor


@transaction.atomic
def check_rules(activity: Activity, *, by: Actor, commits: bool = False) -> Evaluation:
    """Let the rules of the day it takes place look at an activity, and keep what they say."""
    with one_reading():
        subject, facts = rule_subject_of(activity), rule_facts_of(activity)
        return evaluate_subject(subject, facts=facts, by=by, commits=commits)


@transaction.atomic
def recheck_rules(activity_id: uuid.UUID, *, by: Actor) -> Evaluation | None:
    """Look once more at an activity that the rules have looked at, because something changed."""
    activity = Activity.objects.get(pk=activity_id)
    if activity.is_past:  # what happened is not judged once more
        return None
    with one_reading():
        return evaluate_again(rule_subject_of(activity), facts=rule_facts_of(activity), by=by)


@transaction.atomic
def recheck_rules_for(contributor: Contributor, *, by: Actor) -> int:
    """Look once more at every activity to come in which a person controls content."""
    coming = activities_controlled_by(contributor).exclude(state__in=PAST)
    ids = list(coming.order_by("starts_at", "pk").values_list("pk", flat=True))
    for activity_id in ids:
        recheck_rules(activity_id, by=by)
    return len(ids)


@transaction.atomic
def release_faculty(activity_id: uuid.UUID, *, by: Actor) -> None:
    """Whoever was to teach at an activity that will not take place as asked is free again."""
    release_people("activity", activity_id, by=by)
