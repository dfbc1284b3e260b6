"""The two statements behind a place: one reads what is asked for, one takes the place.

Everyone who wants a place at a popular activity meets at one row. What is read and judged comes
before it; taking the place and writing it down is one statement, so that nobody waits for long.
"""

import uuid
from dataclasses import dataclass
from datetime import datetime

from symposia.activities.models import Activity
from symposia.registrations.models import Registration, State
from symposia.registrations.policies import state_of
from symposia.shared.ids import uuid7
from symposia.shared.planned import columns_of, fetch_joined, planned, values_of
from symposia.shared.tenancy import current_organisation_id

# The index that allows one current registration answers both.
_ASKED = """,
  EXISTS (SELECT 1 FROM registrations_share s
    WHERE s.organisation_id = a.organisation_id AND s.activity_id = a.id)
FROM activities_activity a
LEFT JOIN registrations_registration r ON r.organisation_id = a.organisation_id
  AND r.activity_id = a.id AND r.clinician_id = %(clinician)s
  AND r.state IN ('requested', 'confirmed', 'queued', 'offered')
WHERE a.organisation_id = %(organisation)s AND a.id = %(activity)s
FOR KEY SHARE OF a
"""


def as_asked(
    activity_id: uuid.UUID, clinician_id: uuid.UUID
) -> tuple[Activity, Registration | None, bool]:
    """The activity now, which nobody changes until this transaction ends; the place that the
    clinician has or waits for there; whether some of its places are counted apart."""
    values = {
        "organisation": current_organisation_id(),
        "activity": activity_id,
        "clinician": clinician_id,
    }
    tables = {"a": Activity, "r": Registration}
    activity, current, has_shares = fetch_joined(tables, _ASKED, **values)[0]
    return activity, current, bool(has_shares)


# Counts, locks, decides and writes: whoever finds nobody waiting and a free place takes it,
# everybody else waits. Afterwards nobody waits if and only if a place was taken. Nothing is made
# where somebody was faster with the same wish; the caller then takes all of it back. Whoever waits
# although a place is free (maybe kept for a group) is told so, for the line to say who gets it.
_PLACE = """
WITH taken AS (
  INSERT INTO registrations_places AS p
    (id, organisation_id, activity_id, capacity, taken, waiting, beyond, kept)
  VALUES (%(count)s::uuid, %(r_organisation_id)s::uuid, %(r_activity_id)s::uuid,
    %(capacity)s::int, 1, 0, 0, 0)
  ON CONFLICT (organisation_id, activity_id) DO UPDATE SET
    capacity = EXCLUDED.capacity,
    taken = p.taken + CASE WHEN p.waiting = 0 AND %(straight)s
      AND (EXCLUDED.capacity IS NULL OR p.taken + p.kept < EXCLUDED.capacity) THEN 1 ELSE 0 END,
    waiting = p.waiting + CASE WHEN p.waiting = 0 AND %(straight)s
      AND (EXCLUDED.capacity IS NULL OR p.taken + p.kept < EXCLUDED.capacity) THEN 0 ELSE 1 END
  RETURNING waiting, capacity IS NULL OR taken < capacity AS is_room
), made AS (
  INSERT INTO registrations_registration ({columns}, state, confirmed_at)
  SELECT {values}, CASE WHEN waiting = 0 THEN %(first)s ELSE %(late)s END,
    CASE WHEN waiting = 0 THEN %(at)s::timestamptz END
  FROM taken
  ON CONFLICT (organisation_id, activity_id, clinician_id)
    WHERE state IN ('requested', 'confirmed', 'queued', 'offered') DO NOTHING
  RETURNING 1
)
SELECT waiting, waiting > 0 AND is_room, EXISTS (SELECT 1 FROM made) FROM taken
"""
_DECIDED = ("state", "confirmed_at")


@dataclass(frozen=True)
class Taken:
    """Whether the registration was written, and whether it waits although a place is free."""

    made: bool
    waits_beside_room: bool


def take_place(
    registration: Registration, capacity: int | None, *, straight: bool, at: datetime
) -> Taken:
    """Write a registration with the place or the spot in the queue that it takes; holds the count.
    Nothing is made where the clinician has got another one meanwhile. Not `straight`: everybody
    goes to the line, which knows of the shares."""
    values = {
        "count": uuid7(),
        "capacity": capacity,
        "straight": straight,
        "first": str(state_of(0)),
        "late": str(state_of(1)),
        "at": at,
    }
    values |= values_of(registration, "r_", without=_DECIDED)
    waiting, beside_room, made = planned(_TEXT, values)[0]
    registration.state = state_of(waiting)
    registration.confirmed_at = at if registration.state == State.CONFIRMED else None
    registration._state.adding = False  # noqa: SLF001  # as `save` leaves it
    return Taken(bool(made), bool(beside_room))


def _written() -> str:
    columns, values = columns_of(Registration, "r_", without=_DECIDED)
    return _PLACE.format(columns=columns, values=values)


_TEXT = _written()
