"""How far apart a standard wants marketing and education, and what rules are told of it."""

import uuid
from collections.abc import Mapping
from typing import Any

from symposia.activities.models import Activity
from symposia.activities.queries import activity_known, sessions_of
from symposia.activities.reading import loaded_once
from symposia.activities.separation import Nearness, marketing_in, nearnesses, too_near
from symposia.compliance.facts import knows_facts
from symposia.compliance.packfile import Value
from symposia.compliance.queries.packs import value_in_force

STANDARD, MINUTES = "accme-sii", "minutes_apart"


def asked_apart(activity: Activity) -> Value | None:
    """The minutes that the standard of the activity's day asks for, with their source."""
    return value_in_force(STANDARD, MINUTES, activity.wall_starts.date())


def too_near_in(activity: Activity) -> tuple[list[Nearness], Value | None]:
    """What stands too near in an accredited activity; without marketing nothing is read."""
    sessions = loaded_once(activity, sessions_of)
    if not activity.is_independent or not marketing_in(sessions):
        return [], None
    asked = asked_apart(activity)
    return (too_near(sessions, int(asked.value)), asked) if asked else ([], None)


@knows_facts("activity", "separation")
def facts_of_separation(activity_id: uuid.UUID) -> Mapping[str, Any]:
    """Marketing on the agenda, and its distance; nothing while the agenda holds none."""
    activity = activity_known(activity_id)
    sessions = loaded_once(activity, sessions_of)
    if not activity.is_independent or not marketing_in(sessions):
        return {}
    near = nearnesses(sessions)
    facts: dict[str, Any] = {"marketing_alongside": True, "marketing_shares_space": bool(near)}
    return facts | ({"minutes_from_marketing": near[0].minutes} if near else {})
