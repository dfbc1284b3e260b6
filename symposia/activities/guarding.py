"""The wall in the database: rows that name a learner do not exist for whoever may not see them."""

from collections.abc import Iterator

from symposia.shared.guards import guard
from symposia.shared.tenancy import TenantModel

# Nothing is told for most people, and then nothing more is asked. One's own rows stay one's own.
_POLICY = """
CREATE POLICY wall ON "{table}" AS RESTRICTIVE USING (
  position(',{subject}:' IN (SELECT coalesce(current_setting('symposia.wall', true), ''))) = 0
  OR activity_id NOT IN (
    SELECT a.id FROM activities_activity a WHERE position(
      concat(',{subject}:', a.mode, ',') IN current_setting('symposia.wall', true)) > 0)
  {own})
"""
_OWN = """OR clinician_id IN (
    SELECT c.id FROM directory_clinician c
    WHERE c.user_id = nullif(current_setting('symposia.user', true), '')::uuid)"""


@guard
def wall_policy(model: type[TenantModel]) -> Iterator[str]:
    """Stand before each table whose rows say of which activity they tell."""
    table = model._meta.db_table
    yield f'DROP POLICY IF EXISTS wall ON "{table}"'
    if model.BEHIND:
        own = _OWN if any(f.name == "clinician" for f in model._meta.local_fields) else ""
        yield _POLICY.format(table=table, subject=model.BEHIND, own=own)
