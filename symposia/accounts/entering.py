"""Going in: one statement finds where a person belongs and says so to the database; the next
reads what they may do there. Every page of a member begins with the two."""

import json
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime

from symposia.accounts.models import Membership, Organisation, PersonalToken, User
from symposia.accounts.permissions import Access, Granted
from symposia.accounts.queries import HELD_BY_PERSON, access_of, known_permissions, token_hash
from symposia.shared.guards import guard
from symposia.shared.planned import fetch_joined
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
# The way in of a program: the organisation that its token names in its own text, and there, once
# that is set, the token, the person it speaks for and what that person holds.
_TOKEN_FUNCTION = f"""
CREATE OR REPLACE FUNCTION symposia_enter_with_token(named text, hash text, at timestamptz)
RETURNS TABLE (
  organisation accounts_organisation, token accounts_personaltoken, person accounts_user, held jsonb
) LANGUAGE plpgsql AS $$
#variable_conflict use_column
DECLARE
  place accounts_organisation;
  carried accounts_personaltoken;
BEGIN
  SELECT * INTO place FROM accounts_organisation WHERE code = named;
  PERFORM set_config('symposia.organisation', coalesce(place.id::text, ''), true),
          set_config('symposia.user', '', true);
  SELECT * INTO carried FROM accounts_personaltoken
    WHERE organisation_id = place.id AND token_hash = hash;
  RETURN QUERY SELECT place, carried, u, (
    SELECT jsonb_agg(jsonb_build_array(r.code, r.permissions, g.scope_kind, g.scope_id))
    {HELD_BY_PERSON % {"now": "at", "organisation": "place.id", "person": "carried.user_id"}}
  ) FROM accounts_user u WHERE u.id = carried.user_id AND u.is_active;
END $$
"""  # noqa: S608  # our own text
_CARRIED = """
, e.held FROM symposia_enter_with_token(
  %(code)s::text, %(hash)s::text, %(at)s::timestamptz) AS e
"""


@guard
def entering(model: type[TenantModel]) -> Iterator[str]:
    """Install the function once, beside the table that it reads."""
    if model is Membership:
        yield _FUNCTION
        yield _TOKEN_FUNCTION


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
        here = found[0] if found else None
        return Scope(here.pk, user.pk, zone=here.zone) if here else Scope(None, user.pk)

    with settled_in(settle):
        yield _entered(user, found, at) if found else None


def _entered(user: User, found: list[Organisation], at: datetime) -> Entered:
    by_name = sorted(found, key=lambda each: (each.name, each.pk))
    return Entered(found[0], by_name, access_of(user, found[0], at=at))


@dataclass(frozen=True)
class TokenBearer:
    """Who a personal token speaks for, and what it may reach."""

    user: User
    organisation: Organisation
    token_id: uuid.UUID
    access: Access


@contextmanager
def entered_with_token(token: str, *, at: datetime) -> Iterator[TokenBearer | None]:
    """One transaction in the organisation that a valid token names in its own text:
    `sym_<code>_<secret>`; nothing, and nowhere, for any other."""
    found: list[TokenBearer] = []

    def settle() -> Scope:
        found.extend(_bearers(token, at))
        here = found[0].organisation if found else None
        return Scope(here.pk, zone=here.zone) if here else Scope()

    with settled_in(settle):
        yield found[0] if found else None


def _bearers(token: str, at: datetime) -> Iterator[TokenBearer]:
    parts = token.split("_")
    if len(parts) != 3 or parts[0] != "sym":
        return
    named = {"code": parts[1], "hash": token_hash(token), "at": at}
    for organisation, kept, user, held in fetch_joined(_WAY_IN, _CARRIED, **named):
        if held and kept.is_valid(at):
            only = known_permissions(kept.permissions)
            granted = tuple(
                Granted(code, known_permissions(names), kind, _id(scope or ""))
                for code, names, kind, scope in json.loads(held)
            )
            access = Access(user.pk, organisation.pk, granted, only)
            yield TokenBearer(user, organisation, kept.pk, access)


_WAY_IN = {"(e.organisation)": Organisation, "(e.token)": PersonalToken, "(e.person)": User}


def _id(text: str) -> uuid.UUID | None:
    try:
        return uuid.UUID(text)
    except ValueError:
        return None
