"""Going in: one statement finds where a person belongs and says so to the database; the next
reads what they may do there. Every page of a member begins with the two."""

import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime

from symposia.accounts.models import Membership, Organisation, User
from symposia.accounts.permissions import Access
from symposia.accounts.queries import access_of
from symposia.shared.guards import guard
from symposia.shared.tenancy import Scope, TenantModel, settled_in

# It runs with the rights of whoever calls it: row security holds inside as outside. The person's
# memberships are theirs to see; the organisation is chosen among those that have not ended,
# whatever is wished.
_FUNCTION = """
CREATE OR REPLACE FUNCTION symposia_enter(who uuid, wished uuid)
RETURNS SETOF accounts_organisation LANGUAGE plpgsql AS $$
DECLARE
  chosen uuid;
BEGIN
  PERFORM set_config('symposia.organisation', '', true),
          set_config('symposia.user', who::text, true);
  SELECT o.id INTO chosen
    FROM accounts_membership m JOIN accounts_organisation o ON o.id = m.organisation_id
    WHERE m.user_id = who AND m.ended_at IS NULL
    ORDER BY (o.id = wished) IS TRUE DESC, o.name, o.id LIMIT 1;
  PERFORM set_config('symposia.organisation', coalesce(chosen::text, ''), true);
  RETURN QUERY SELECT o.*
    FROM accounts_membership m JOIN accounts_organisation o ON o.id = m.organisation_id
    WHERE m.user_id = who AND m.ended_at IS NULL
    ORDER BY o.id = chosen DESC, o.name, o.id;
END $$
"""
_ASK = "SELECT * FROM symposia_enter(%s, %s)"


@guard
def entering(model: type[TenantModel]) -> Iterator[str]:
    """Install the function once, beside the table that it reads."""
    if model is Membership:
        yield _FUNCTION


@dataclass(frozen=True)
class Entered:
    """Where a person works now, where else they may, and what they may do here."""

    organisation: Organisation
    organisations: list[Organisation]
    access: Access | None


@contextmanager
def entered(user: User, wished: str, *, at: datetime) -> Iterator[Entered | None]:
    """One transaction in the wished organisation, else in the first by name; nothing for a person
    who belongs to none."""
    found: list[Organisation] = []

    def settle() -> Scope:
        found.extend(Organisation.objects.raw(_ASK, [user.pk, _id(wished)]))
        return Scope(found[0].pk if found else None, user.pk)

    with settled_in(settle):
        yield _entered(user, found, at) if found else None


def _entered(user: User, found: list[Organisation], at: datetime) -> Entered:
    by_name = sorted(found, key=lambda each: (each.name, each.pk))
    return Entered(found[0], by_name, access_of(user, found[0], at=at))


def _id(text: str) -> uuid.UUID | None:
    try:
        return uuid.UUID(text)
    except ValueError:
        return None
