"""Who is inside, counted for many people at once: two statements that are planned once.

`folding.last_change` says the rule for one person; a test holds what the database counts to it.
"""

import uuid
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from symposia.attendance.folding import COMES, CONNECTED
from symposia.attendance.presence import AT_DOORS, OPENS_BEFORE
from symposia.shared.ids import uuid7
from symposia.shared.planned import planned
from symposia.shared.tenancy import current_organisation_id


@dataclass(frozen=True)
class FirstSeen:
    """An observation from which the standing of somebody begins."""

    activity_id: uuid.UUID
    event_uuid: uuid.UUID
    at: datetime


# A row that is there is written as it is: so it is locked, and read as it is by then.
_HELD = """
INSERT INTO attendance_standing AS s
  (id, organisation_id, activity_id, registration_id, is_inside, event_uuid, at)
SELECT n.id, %(organisation)s::uuid, n.activity, n.registration, false, n.event, n.at
FROM unnest(%(ids)s::uuid[], %(activities)s::uuid[], %(registrations)s::uuid[],
  %(events)s::uuid[], %(ats)s::timestamptz[]) AS n(id, activity, registration, event, at)
ORDER BY n.registration
ON CONFLICT (organisation_id, registration_id) DO UPDATE SET is_inside = s.is_inside
RETURNING registration_id, is_inside
"""
_COUNTED = """
WITH seen AS (
  SELECT e.registration_id, e.event_uuid, e.occurred_at, e.kind <> 'out' AS comes,
    lag(e.kind <> 'out', 1, false) OVER (
      PARTITION BY e.registration_id ORDER BY e.occurred_at, e.event_uuid) AS was_inside
  FROM attendance_presenceevidence e
  WHERE e.organisation_id = %(organisation)s::uuid
    AND e.registration_id = ANY (%(registrations)s::uuid[])
    AND e.kind = ANY ({passes}) AND e.source <> ALL ({connected})
    AND (e.source <> ALL ({doors}) OR e.occurred_at >= coalesce(
      (SELECT min(starts_at) FROM activities_session WHERE organisation_id = e.organisation_id
        AND activity_id = e.activity_id) - %(opens_before)s::interval, e.occurred_at))
    AND NOT EXISTS (SELECT 1 FROM attendance_presenceevidence u
      WHERE u.organisation_id = e.organisation_id AND u.registration_id = e.registration_id
        AND u.undoes = e.event_uuid
        AND (u.source = 'manual' OR u.by_id IS NOT DISTINCT FROM e.by_id))
), last AS (
  SELECT DISTINCT ON (registration_id) registration_id, comes, event_uuid, occurred_at
  FROM seen WHERE comes <> was_inside ORDER BY registration_id, occurred_at DESC, event_uuid DESC
)
UPDATE attendance_standing s SET is_inside = coalesce(l.comes, false),
  event_uuid = coalesce(l.event_uuid, s.event_uuid), at = coalesce(l.occurred_at, s.at)
FROM unnest(%(registrations)s::uuid[]) AS n(registration)
LEFT JOIN last l ON l.registration_id = n.registration
WHERE s.organisation_id = %(organisation)s::uuid AND s.registration_id = n.registration
  AND (s.is_inside, s.event_uuid, s.at) IS DISTINCT FROM (coalesce(l.comes, false),
    coalesce(l.event_uuid, s.event_uuid), coalesce(l.occurred_at, s.at))
"""


def _written(text: str) -> str:
    named = {
        "passes": [*sorted(COMES), "out"],
        "connected": sorted(CONNECTED),
        "doors": sorted(AT_DOORS),
    }
    return text.format(**{name: f"ARRAY{some}" for name, some in named.items()})


_COUNT = _written(_COUNTED)


def hold(first: Mapping[uuid.UUID, FirstSeen]) -> dict[uuid.UUID, bool]:
    """Whether each is inside, by the place; their rows wait for the end of the transaction."""
    if not first:
        return {}
    values = {
        "organisation": current_organisation_id(),
        "ids": _array(uuid7() for _ in first),
        "activities": _array(one.activity_id for one in first.values()),
        "registrations": _array(first),
        "events": _array(one.event_uuid for one in first.values()),
        "ats": _array(one.at.isoformat() for one in first.values()),
    }
    return dict(planned(_HELD, values))


def count(registrations: Collection[uuid.UUID]) -> None:
    """Count again from the evidence who of some is inside, and what brought them in or out."""
    if registrations:
        values = {
            "organisation": current_organisation_id(),
            "registrations": _array(registrations),
            "opens_before": OPENS_BEFORE,
        }
        planned(_COUNT, values)


def _array(values: Any) -> str:
    """As PostgreSQL reads an array of ids or times; the driver takes longer to write one."""
    return "{" + ",".join(map(str, values)) + "}"
