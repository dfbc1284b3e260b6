import secrets
from datetime import timedelta

from django.db import transaction
from django.utils.timezone import now

from symposia.accounts.queries import this_organisation, token_hash
from symposia.audit.actions import record
from symposia.shared.actors import Actor
from symposia.shared.codes import random_letters
from symposia.shared.refusals import refuse_if
from symposia.statements.entering import USED_WITHIN, Provider
from symposia.statements.models import ProviderKey, Scope
from symposia.statements.policies import (
    objection_to_provider_key,
    objection_to_revoking_provider_key,
)

_LETTERS = 10


@transaction.atomic
def make_provider_key(
    name: str, scope: Scope, *, days: int = 365, wall: str = "", by: Actor
) -> tuple[ProviderKey, str]:
    """A key for an activity provider; the secret is returned once and only its hash is kept.

    `wall` is what the wall keeps from whoever makes it: a key that reads everything sees no more.
    """
    refuse_if(objection_to_provider_key(name, days))

    secret = secrets.token_urlsafe(32)
    key = ProviderKey.objects.create(
        name=name.strip(),
        username=f"{this_organisation().code}.{random_letters(_LETTERS).lower()}",
        secret_hash=token_hash(secret),
        scope=scope,
        wall=wall if scope in {Scope.READ, Scope.ALL} else "",
        made_by_name=by.name,
        expires_at=now() + timedelta(days=days),
    )
    record(by, "provider_key.made", key, details={"scope": str(scope)})
    return key, secret


@transaction.atomic
def revoke_provider_key(key: ProviderKey, *, by: Actor) -> None:
    """End a key; the next request with it is refused. What it sent stays."""
    key = ProviderKey.objects.locked(key.pk)

    refuse_if(objection_to_revoking_provider_key(key, now()))

    key.revoked_at = now()
    key.save(update_fields=["revoked_at"])
    record(by, "provider_key.revoked", key)


def note_provider_key_used(provider: Provider) -> None:
    """Keep that a key was used, to the hour; no line of the journal, for nothing was decided."""
    last = provider.key.last_used_at
    if last is None or provider.at - last > USED_WITHIN:
        ProviderKey.objects.filter(pk=provider.key.pk).update(last_used_at=provider.at)
