"""The one statement behind a scan: who may, whose ticket, who is inside, evidence and journal.

A door scans more often than anything else happens, and two doors may scan one ticket at the same
moment; so all of it is one statement, and the row of `Standing` is where they meet.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.timezone import now

from symposia.accounts.permissions import Permission
from symposia.attendance.duty import on_duty
from symposia.attendance.models import DOOR_STATES, PresenceEvidence
from symposia.attendance.presence import AT_DOORS, OPENS_BEFORE
from symposia.audit.models import Entry
from symposia.shared.ids import uuid7
from symposia.shared.planned import columns_of, planned, values_of

_KNOWN_LATER = ("changed_presence",)


@dataclass(frozen=True)
class Scanned:
    """What the statement found and did."""

    may: bool
    kept: bool
    changed: bool
    state: str | None
    is_here: bool
    activity_state: str
    name: str
    credential: str
    institution: str
    ticket_code: str
    cancelled_at: datetime | None
    # From when the door counts, if that is still to come.
    opens_at: datetime | None
    has_session: bool
    # Whether the session asks for no seat of its own, or the person has one in it; else in which
    # they have one.
    is_seated: bool
    seat: str


_SQL = """
WITH duty AS (
  {on_duty}
), found AS (
  SELECT r.state, r.activity_id = %(activity)s::uuid AS is_here, a.state AS activity_state,
    coalesce(nullif(c.display_name, ''), c.full_name) AS name, c.credential,
    coalesce(i.name, '') AS institution, r.ticket_code, r.cancelled_at
  FROM registrations_registration r
  JOIN activities_activity a ON a.id = r.activity_id
  JOIN directory_clinician c ON c.id = r.clinician_id
  LEFT JOIN directory_institution i ON i.id = c.institution_id
  WHERE r.organisation_id = %(organisation)s::uuid AND r.id = %(registration)s::uuid
), opening AS (
  SELECT min(starts_at) - %(opens_before)s::interval AS opens_at FROM activities_session
  WHERE organisation_id = %(organisation)s::uuid AND activity_id = %(activity)s::uuid
), place AS (
  SELECT 1 WHERE %(session)s::uuid IS NULL OR EXISTS (SELECT 1 FROM activities_session
    WHERE organisation_id = %(organisation)s::uuid AND id = %(session)s::uuid
      AND activity_id = %(activity)s::uuid)
), seated AS (
  SELECT 1 WHERE NOT %(comes_in)s::boolean
    OR NOT EXISTS (SELECT 1 FROM registrations_sessionplaces
      WHERE organisation_id = %(organisation)s::uuid AND session_id = %(session)s::uuid)
    OR EXISTS (SELECT 1 FROM registrations_sessionchoice
      WHERE organisation_id = %(organisation)s::uuid AND session_id = %(session)s::uuid
        AND registration_id = %(registration)s::uuid AND state = 'confirmed')
), good AS (
  SELECT 1 FROM found, duty, place, seated, opening
  WHERE state = 'confirmed' AND is_here AND activity_state = ANY (%(door_states)s::text[])
    AND coalesce(%(at)s::timestamptz >= opening.opens_at, true)
    AND NOT EXISTS (SELECT 1 FROM attendance_presenceevidence
      WHERE organisation_id = %(organisation)s::uuid AND event_uuid = %(event)s::uuid)
), moved AS (
  INSERT INTO attendance_standing AS s
    (id, organisation_id, activity_id, registration_id, is_inside, event_uuid, at)
  SELECT %(standing)s::uuid, %(organisation)s::uuid, %(activity)s::uuid, %(registration)s::uuid,
    %(comes_in)s::boolean, %(event)s::uuid, %(at)s::timestamptz
  FROM good WHERE %(comes_in)s::boolean OR EXISTS (SELECT 1 FROM attendance_standing
    WHERE organisation_id = %(organisation)s::uuid AND registration_id = %(registration)s::uuid)
  ON CONFLICT (organisation_id, registration_id) DO UPDATE
    SET is_inside = EXCLUDED.is_inside, event_uuid = EXCLUDED.event_uuid, at = EXCLUDED.at
    WHERE s.is_inside <> EXCLUDED.is_inside
  RETURNING 1
), kept AS (
  INSERT INTO attendance_presenceevidence ({evidence_columns}, changed_presence)
  SELECT {evidence_values}, EXISTS (SELECT 1 FROM moved) FROM good
  ON CONFLICT (organisation_id, event_uuid) DO NOTHING
  RETURNING 1
), journalled AS (
  INSERT INTO audit_entry ({entry_columns}) SELECT {entry_values} FROM kept
)
SELECT EXISTS (SELECT 1 FROM duty), EXISTS (SELECT 1 FROM kept), EXISTS (SELECT 1 FROM moved),
  f.state, coalesce(f.is_here, false), coalesce(f.activity_state, ''), coalesce(f.name, ''),
  coalesce(f.credential, ''), coalesce(f.institution, ''), coalesce(f.ticket_code, ''),
  f.cancelled_at, (SELECT opens_at FROM opening WHERE opens_at > %(at)s::timestamptz),
  EXISTS (SELECT 1 FROM place), EXISTS (SELECT 1 FROM seated),
  CASE WHEN EXISTS (SELECT 1 FROM seated) THEN '' ELSE coalesce((
    SELECT concat_ws(', ', s.title, nullif(s.room, '')) FROM registrations_sessionchoice c
    JOIN activities_session s ON s.id = c.session_id
    WHERE c.organisation_id = %(organisation)s::uuid
      AND c.registration_id = %(registration)s::uuid AND c.state = 'confirmed'
    ORDER BY s.starts_at, c.id LIMIT 1), '') END
FROM (SELECT 1) AS one LEFT JOIN found f ON true
"""


def keep_scan(evidence: PresenceEvidence, entry: Entry, *, person: Any) -> Scanned:
    """Keep one scan with its line of the journal, if the ticket is good and the person may."""
    values = {
        "person": person,
        "now": now(),
        "organisation": evidence.organisation_id,
        "activity": evidence.activity_id,
        "registration": evidence.registration_id,
        "session": evidence.session_id,
        "event": evidence.event_uuid,
        "comes_in": evidence.kind != "out",
        "at": evidence.occurred_at,
        # A code on a wall has a window of its own.
        "opens_before": OPENS_BEFORE if evidence.source in AT_DOORS else None,
        "standing": uuid7(),
        "door_states": [str(state) for state in DOOR_STATES],
    }
    values |= values_of(evidence, "e_", without=_KNOWN_LATER) | values_of(entry, "j_")
    found = planned(_TEXT, values)
    return Scanned(*found[0])


def _written() -> str:
    evidence_columns, evidence_values = columns_of(PresenceEvidence, "e_", without=_KNOWN_LATER)
    entry_columns, entry_values = columns_of(Entry, "j_")
    return _SQL.format(
        on_duty=on_duty(Permission.CHECK_IN),
        evidence_columns=evidence_columns,
        evidence_values=evidence_values,
        entry_columns=entry_columns,
        entry_values=entry_values,
    )


_TEXT = _written()
