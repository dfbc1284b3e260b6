"""The way in of an activity provider: one statement finds its key in the organisation that its name
names, and tells the database whose rows exist."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta

from symposia.accounts.queries import token_hash
from symposia.shared.guards import guard
from symposia.shared.planned import fetch_joined
from symposia.shared.tenancy import Scope, TenantModel, settled_in
from symposia.statements.models import ProviderKey

# It runs with the rights of whoever calls it: row security holds inside as outside.
_FUNCTION = """
CREATE OR REPLACE FUNCTION symposia_enter_as_provider(
  named text, who text, hash text, looks boolean)
RETURNS SETOF statements_providerkey LANGUAGE plpgsql AS $$
DECLARE
  place uuid;
BEGIN
  SELECT o.id INTO place FROM accounts_organisation o WHERE o.code = named;
  PERFORM set_config('symposia.organisation', coalesce(place::text, ''), true),
          set_config('symposia.user', '', true), set_config('symposia.wall', '', true);
  RETURN QUERY SELECT k.* FROM statements_providerkey k
    WHERE k.organisation_id = place AND k.username = who AND k.secret_hash = hash;
  PERFORM set_config('symposia.wall', k.wall, true) FROM statements_providerkey k
    WHERE looks AND k.organisation_id = place AND k.username = who;
END $$
"""
_WAY_IN = """
, now() FROM symposia_enter_as_provider(
  %(named)s::text, %(who)s::text, %(hash)s::text, %(looks)s::boolean) AS e
"""
# How exactly it is kept when a key was used last: a row written at each request would be a queue.
USED_WITHIN = timedelta(hours=1)


@guard
def entering(model: type[TenantModel]) -> Iterator[str]:
    """Install the function once, beside the table that it reads."""
    if model is ProviderKey:
        yield _FUNCTION


@dataclass(frozen=True)
class Provider:
    """An activity provider that came in, and the moment at which its transaction began."""

    key: ProviderKey
    at: datetime


@contextmanager
def entered_as_provider(username: str, secret: str, *, looks: bool) -> Iterator[Provider | None]:
    """One transaction in the organisation of a valid key; nothing, and nowhere, for any other. To
    one that only looks, rows behind the wall of whoever made the key do not exist."""
    found: list[Provider] = []

    def settle() -> Scope:
        named = {
            "named": username.partition(".")[0],
            "who": username,
            "hash": token_hash(secret),
            "looks": looks,
        }
        for key, at in fetch_joined({"e": ProviderKey}, _WAY_IN, **named):
            if key.is_valid(at):
                found.append(Provider(key, at))
        if not found:
            return Scope()
        key = found[0].key
        return Scope(key.organisation_id, wall=key.wall if looks else "")

    with settled_in(settle):
        yield found[0] if found else None
