"""Whether somebody still holds a permission at an activity, within the statement that acts."""

from symposia.accounts.permissions import Permission
from symposia.accounts.queries import HELD_BY_PERSON

_SQL = """SELECT 1 WHERE %(person)s::uuid IS NULL
  UNION ALL
  (SELECT 1 {held_by_person} AND '{permission}' = ANY (r.permissions)
     AND EXISTS (SELECT 1 FROM accounts_user u WHERE u.id = m.user_id AND u.is_active)
     AND (g.scope_kind = 'organisation'
       OR (g.scope_kind = 'activity' AND g.scope_id = %(activity)s::uuid)
       OR (g.scope_kind = 'territory' AND EXISTS (SELECT 1 FROM activities_activity a
         LEFT JOIN directory_territory t ON t.id = a.territory_id
         LEFT JOIN directory_territory above ON above.id = t.parent_id
         WHERE a.organisation_id = %(organisation)s::uuid AND a.id = %(activity)s::uuid
           AND (t.id IS NULL OR g.scope_id IN (t.id, t.parent_id, above.parent_id)))))
   LIMIT 1)"""


def on_duty(permission: Permission) -> str:
    """A row when `person` holds the permission now for `activity` of `organisation`, or when there
    is no person to be asked about."""
    return _SQL.format(held_by_person=HELD_BY_PERSON, permission=permission.value)
