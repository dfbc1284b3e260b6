"""Who vouches for a statement: whoever sent it, as an agent with an account here."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.conf import settings

from symposia.shared.actors import Actor
from symposia.statements.models import ProviderKey


@dataclass(frozen=True)
class Authority:
    """An account of this installation that tells statements."""

    account: str
    name: str

    @cached_property
    def agent(self) -> Mapping[str, Any]:
        """As the statement names it, whatever was sent in its place."""
        account = {"homePage": settings.ORIGIN, "name": self.account}
        return {"objectType": "Agent", "name": self.name, "account": account}


def authority_of(key: ProviderKey) -> Authority:
    """The provider that holds a key."""
    return Authority(key.username, key.name)


def provider_actor(key: ProviderKey) -> Actor:
    """Who acts when a provider sends something."""
    return Actor("token", key.pk, key.name)


# The product itself, telling what happened in it.
OURSELVES = Authority("symposia", "Symposia")
