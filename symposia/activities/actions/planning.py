from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils.timezone import now

from symposia.accounts.actions import next_numbers
from symposia.accounts.models import User
from symposia.accounts.queries import this_organisation
from symposia.activities.actions.amending import note_preparer
from symposia.activities.actions.keeping import keep_for_sessions
from symposia.activities.changes import instant
from symposia.activities.events import ActivityChanged, ActivityCreated
from symposia.activities.models import (
    Activity,
    ActivityObjective,
    ActivityStep,
    Session,
    SessionObjective,
    State,
)
from symposia.activities.policies import (
    objection_to_agenda,
    objection_to_changing,
    objection_to_mode,
    objection_to_product,
    objection_to_timing,
    objection_to_type_in_mode,
)
from symposia.activities.queries import objectives_of
from symposia.activities.types import shipped_types
from symposia.approvals.preparing import with_preparer
from symposia.audit.actions import record
from symposia.curriculum.models import Objective
from symposia.curriculum.policies.gaps import objection_to_changing_gap
from symposia.directory.models import Territory
from symposia.shared.actors import Actor
from symposia.shared.changing import objection_to_overwriting, put_values
from symposia.shared.events import announce
from symposia.shared.refusals import refuse_if


@dataclass(frozen=True)
class ActivityFacts:
    """What somebody says about an activity; the mode is chosen once, beside it."""

    title: str
    type: str
    wall_starts: datetime
    wall_ends: datetime
    zone: str
    delivery: str
    summary: str = ""
    venue_name: str = ""
    venue_address: str = ""
    city: str = ""
    country: str = ""
    online_address: str = ""
    capacity: int | None = None
    expected_attendance: int = 0
    product: str = ""

    def values(self) -> dict[str, Any]:
        return {each.name: getattr(self, each.name) for each in fields(self)}


@transaction.atomic
def create_activity(
    facts: ActivityFacts,
    *,
    mode: str,
    by: Actor,
    objectives: Sequence[Objective] = (),
    owner: User | None = None,
    territory: Territory | None = None,
) -> Activity:
    """Begin an activity as a draft; its mode decides from now on who may touch it."""
    starts_at, ends_at = (
        instant(facts.wall_starts, facts.zone),
        instant(facts.wall_ends, facts.zone),
    )
    at = now()
    kind = shipped_types()[facts.type]

    refuse_if(objection_to_mode(mode, this_organisation()))
    refuse_if(objection_to_type_in_mode(mode, kind))
    refuse_if(objection_to_product(mode, facts.product))
    refuse_if(objection_to_timing(starts_at, ends_at, kind.longest))

    activity = Activity.objects.create(
        number=next_numbers("ACT", year=facts.wall_starts.year)[0],
        mode=mode,
        starts_at=starts_at,
        ends_at=ends_at,
        owner=owner,
        territory=territory,
        created_at=at,
        changed_at=at,
        prepared_by=with_preparer([], by),
        **facts.values(),
    )
    _take_on(activity, objectives)
    ActivityStep.objects.create(
        activity=activity, to_state=State.DRAFT, at=at, by_id=by.id, by_name=by.name
    )
    record(by, "activity.created", activity)
    announce(ActivityCreated(activity.pk))
    return activity


@transaction.atomic
def change_activity(
    activity: Activity, facts: ActivityFacts, *, seen_version: int, by: Actor
) -> Activity:
    """Change the facts of a plan, unless somebody else did so meanwhile; sessions move along."""
    activity = Activity.objects.locked(activity.pk)
    starts_at, ends_at = (
        instant(facts.wall_starts, facts.zone),
        instant(facts.wall_ends, facts.zone),
    )
    kind = shipped_types()[facts.type]

    refuse_if(objection_to_changing(activity))
    refuse_if(objection_to_overwriting(seen_version=seen_version, version=activity.version))
    refuse_if(objection_to_type_in_mode(activity.mode, kind))
    refuse_if(objection_to_product(activity.mode, facts.product))
    refuse_if(objection_to_timing(starts_at, ends_at, kind.longest))

    moved = facts.wall_starts - activity.wall_starts
    changes = put_values(activity, facts.values())
    if not changes:
        return activity
    activity.starts_at, activity.ends_at = starts_at, ends_at
    activity.changed_at = now()
    activity.save()
    move_sessions(activity, moved, by=by)
    note_preparer(activity, by=by)
    record(by, "activity.changed", activity, details={"changes": changes})
    announce(ActivityChanged(activity.pk, tuple(c["field"] for c in changes)))
    return activity


@transaction.atomic
def choose_objectives(
    activity: Activity, objectives: Sequence[Objective], *, by: Actor
) -> Activity:
    """Take on promises of gaps: what this activity is to change."""
    activity = Activity.objects.locked(activity.pk)

    refuse_if(objection_to_changing(activity))
    for objective in objectives:
        refuse_if(objection_to_changing_gap(objective.gap))

    was, chosen = objectives_of(activity), list(dict.fromkeys(objectives))
    if [o.pk for o in was] == [o.pk for o in chosen]:
        return activity
    ActivityObjective.objects.filter(activity=activity).delete()
    _take_on(activity, chosen)
    note_preparer(activity, by=by)
    SessionObjective.objects.of(activity).exclude(objective__in=chosen).delete()
    change = {
        "field": "objectives",
        "was": [o.text for o in was],
        "now": [o.text for o in chosen],
    }
    record(by, "activity.objectives_chosen", activity, details={"changes": [change]})
    announce(ActivityChanged(activity.pk, ("objectives",)))
    return activity


@transaction.atomic
def move_sessions(activity: Activity, moved: timedelta, *, by: Actor) -> None:
    """Keep the sessions where they were inside the activity, on the clock of its venue."""
    sessions = list(Session.objects.select_for_update().of(activity))

    for session in sessions:
        session.wall_starts += moved
        session.starts_at = instant(session.wall_starts, activity.zone)
        session.ends_at = session.starts_at + session.length
    refuse_if(objection_to_agenda(sessions, activity))

    Session.objects.bulk_update(sessions, ["wall_starts", "starts_at", "ends_at"])
    keep_for_sessions(sessions)
    if moved and sessions:
        details = {"sessions": len(sessions), "minutes": moved // timedelta(minutes=1)}
        record(by, "activity.sessions_moved", activity, details=details)


def _take_on(activity: Activity, objectives: Sequence[Objective]) -> None:
    ActivityObjective.objects.bulk_create(
        ActivityObjective(activity=activity, objective=objective, position=place)
        for place, objective in enumerate(objectives)
    )
