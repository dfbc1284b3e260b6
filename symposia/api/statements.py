"""The store of statements (xAPI): what was told, and the keys of those who tell. What providers
send comes by `/xapi/`."""

import json
import uuid
from datetime import datetime
from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from ninja import Field, Router, Schema, Status

from symposia.accounts.permissions import Permission
from symposia.activities.wall import settings_of
from symposia.api.gates import allowed, tells_a_secret
from symposia.api.lists import list_route
from symposia.statements.actions.keys import make_provider_key, revoke_provider_key
from symposia.statements.lists import PROVIDER_KEYS, STATEMENTS
from symposia.statements.models import ProviderKey, Scope, Statement
from symposia.statements.policies import LONGEST

router = Router(tags=["statements"])
keys = Router(tags=["statements"])
list_route(router, STATEMENTS)
list_route(keys, PROVIDER_KEYS)


class StoredStatement(Schema):
    """A statement as it is kept, and whether another one has voided it."""

    id: uuid.UUID
    stored_at: datetime
    is_voided: bool
    sent_by: str
    statement: dict[str, Any]


class NewProviderKey(Schema):
    """Who holds the key, how far it reaches, and for how long."""

    name: str = Field(min_length=1, max_length=100)
    scope: Scope
    days: int = Field(default=365, ge=1, le=LONGEST.days)


class ProviderKeyOut(Schema):
    """A key without its secret."""

    id: uuid.UUID
    name: str
    username: str
    scope: str
    expires_at: datetime
    last_used_at: datetime | None
    revoked_at: datetime | None


class ProviderKeyMade(ProviderKeyOut):
    """A key with its secret, which is told once."""

    secret: str


@router.get("/{uuid:pk}", response=StoredStatement, operation_id="statement")
@allowed(Permission.MANAGE_ACCESS, of_all=True)
def statement(request: Any, pk: uuid.UUID) -> dict[str, Any]:
    """One statement."""
    rows = Statement.objects.visible_to(request.access).with_voided()
    found: Any = get_object_or_404(rows, pk=pk)
    return {
        "id": found.pk,
        "stored_at": found.stored_at,
        "is_voided": found.is_voided,
        "sent_by": found.sent_by_name,
        "statement": json.loads(found.body),
    }


@keys.post("", response={201: ProviderKeyMade}, operation_id="make_provider_key")
@allowed(Permission.MANAGE_ACCESS, of_all=True)
def make(request: Any, body: NewProviderKey, response: HttpResponse) -> Status[Any]:
    """Make a key for an activity provider; its secret is in this answer and nowhere else."""
    tells_a_secret(response, "/api/v1/provider-keys")
    key, secret = make_provider_key(
        body.name,
        body.scope,
        days=body.days,
        wall=settings_of(request.access),
        by=request.actor,
    )
    return Status(201, _out(key) | {"secret": secret})


@keys.post("/{uuid:pk}/revocation", response=ProviderKeyOut, operation_id="revoke_provider_key")
@allowed(Permission.MANAGE_ACCESS, of_all=True)
def revoke(request: Any, pk: uuid.UUID) -> dict[str, Any]:
    """End a key; what it sent stays."""
    found = get_object_or_404(ProviderKey.objects.visible_to(request.access), pk=pk)
    revoke_provider_key(found, by=request.actor)
    found.refresh_from_db()
    return _out(found)


def _out(key: ProviderKey) -> dict[str, Any]:
    return {
        "id": key.pk,
        "name": key.name,
        "username": key.username,
        "scope": str(key.scope),
        "expires_at": key.expires_at,
        "last_used_at": key.last_used_at,
        "revoked_at": key.revoked_at,
    }
