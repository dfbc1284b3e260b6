"""The register of certificates."""

import uuid
from datetime import datetime
from typing import Any

from django.shortcuts import get_object_or_404
from ninja import Router, Schema

from symposia.accounts.permissions import Permission
from symposia.api.fields import Reason
from symposia.api.gates import allowed
from symposia.api.lists import list_route
from symposia.credits.actions.claims import revoke_certificate
from symposia.credits.lists import CERTIFICATES, state_of
from symposia.credits.models import Certificate
from symposia.credits.queries import file_of

router = Router(tags=["certificates"])
list_route(router, CERTIFICATES)


class CertificateOut(Schema):
    """One version of a certificate, its file's hash and what became of it."""

    id: uuid.UUID
    number: str
    version: int
    kind: str
    state: str
    issued_at: datetime
    sha256: str | None
    verify_url: str


class RevocationIn(Schema):
    """Why a certificate is void."""

    reason: Reason


@router.get("/{pk}", response=CertificateOut, operation_id="certificate")
@allowed(Permission.VIEW_CREDITS)
def certificate(request: Any, pk: uuid.UUID) -> dict[str, Any]:
    """One certificate of the register."""
    return _out(_found(request, pk))


@router.post("/{pk}/revocation", response=CertificateOut, operation_id="revoke_certificate")
@allowed(Permission.AWARD_CREDITS)
def revoke(request: Any, pk: uuid.UUID, body: RevocationIn) -> dict[str, Any]:
    """Declare a certificate void and take its credit back."""
    found = _found(request, pk, Permission.AWARD_CREDITS)
    revoke_certificate(found, reason=body.reason, by=request.actor)
    return _out(_found(request, pk))


def _found(
    request: Any, pk: uuid.UUID, permission: Permission = Permission.VIEW_CREDITS
) -> Certificate:
    rows = Certificate.objects.visible_to(request.access, permission)
    return get_object_or_404(rows.with_facts(), pk=pk)


def _out(found: Certificate) -> dict[str, Any]:
    file = file_of(found)
    return {
        "id": found.pk,
        "number": found.number,
        "version": found.version,
        "kind": found.kind,
        "state": state_of(found),
        "issued_at": found.issued_at,
        "sha256": file.sha256 if file else None,
        "verify_url": found.printed["verify_url"],
    }
