"""The register of certificates."""

import uuid
from datetime import date, datetime
from typing import Any

from django.http import Http404, StreamingHttpResponse
from django.shortcuts import get_object_or_404
from ninja import Router, Schema, Status
from pydantic import Field

from symposia.accounts.permissions import Permission
from symposia.activities.models import Activity
from symposia.api.fields import Amount, Reason
from symposia.api.gates import allowed
from symposia.api.lists import list_route
from symposia.credits.actions.certificates import take_papers
from symposia.credits.actions.claims import correct_credit, replace_certificate, revoke_certificate
from symposia.credits.actions.terms import set_certificate_term
from symposia.credits.badges import badge_of, token_of
from symposia.credits.lists import CERTIFICATES
from symposia.credits.models import Certificate
from symposia.credits.queries import file_of, signing_now, term_of, token_key, versions_of
from symposia.credits.together import together

router = Router(tags=["certificates"])
ZIP = "application/zip"
list_route(router, CERTIFICATES)


class CertificateOut(Schema):
    """One version of a certificate, its file's hash and what became of it."""

    id: uuid.UUID
    number: str
    version: int
    kind: str
    state: str
    issued_at: datetime
    valid_until: date | None
    reason: str
    sha256: str | None
    verify_url: str


class BadgeTokenOut(Schema):
    """A badge as a JWT."""

    token: str


class RevocationIn(Schema):
    """Why a certificate is void."""

    reason: Reason


class ReplacementIn(Schema):
    """Why a certificate is issued anew."""

    reason: Reason


class CorrectionIn(ReplacementIn):
    """How much credit is right, and why."""

    amount: Amount


class CertificateTermIn(Schema):
    """For how many months the certificates of an activity are good; nothing: without end."""

    activity: uuid.UUID
    months: int | None = Field(None, ge=1, le=120)


class CertificateTermOut(Schema):
    """What holds for the certificates of an activity."""

    activity: uuid.UUID
    months: int | None


@router.post("/terms", response={201: CertificateTermOut}, operation_id="set_certificate_term")
@allowed(Permission.PLAN_ACTIVITIES)
def term(request: Any, body: CertificateTermIn) -> Status[dict[str, Any]]:
    """Say for how long the certificates of an activity are good, before the first is issued."""
    activities = Activity.objects.visible_to(request.access, Permission.PLAN_ACTIVITIES)
    activity = get_object_or_404(activities, pk=body.activity)
    set_certificate_term(activity, body.months, by=request.actor)
    return Status(201, {"activity": activity.pk, "months": term_of(activity)})


@router.get(
    "/archives/{activity}",
    response=None,
    operation_id="certificates_archive",
    openapi_extra={"responses": {200: {"content": {ZIP: {"schema": {"type": "string"}}}}}},
)
@allowed(Permission.EXPORT)
def archive(request: Any, activity: uuid.UUID) -> StreamingHttpResponse:
    """The papers of everybody at an activity who has one, as a ZIP archive."""
    rows = Activity.objects.visible_to(request.access, Permission.VIEW_CREDITS)
    papers = take_papers(get_object_or_404(rows, pk=activity), by=request.actor)
    return StreamingHttpResponse(together(papers), content_type=ZIP)


@router.get("/{pk}", response=CertificateOut, operation_id="certificate")
@allowed(Permission.VIEW_CREDITS)
def certificate(request: Any, pk: uuid.UUID) -> dict[str, Any]:
    """One certificate of the register."""
    return _out(_found(request, pk))


@router.get("/{pk}/versions", response=list[CertificateOut], operation_id="certificate_versions")
@allowed(Permission.VIEW_CREDITS)
def versions(request: Any, pk: uuid.UUID) -> list[dict[str, Any]]:
    """Every version of a number, the latest first."""
    return [_out(each) for each in versions_of(_found(request, pk))]


@router.get("/{pk}/badge", response=dict[str, Any], operation_id="certificate_badge")
@allowed(Permission.VIEW_CREDITS)
def badge(request: Any, pk: uuid.UUID) -> dict[str, Any]:
    """The certificate as an Open Badge 3.0, signed with the organisation's key."""
    found, signing = _found(request, pk), signing_now()
    if signing is None:
        raise Http404
    return badge_of(found, request.organisation, signing.key, signing.seed)


@router.get("/{pk}/badge-token", response=BadgeTokenOut, operation_id="certificate_badge_token")
@allowed(Permission.VIEW_CREDITS)
def badge_token(request: Any, pk: uuid.UUID) -> dict[str, str]:
    """The same badge as a JWT; none before the first papers since tokens exist were made."""
    found, signing, key = _found(request, pk), signing_now(), token_key()
    if signing is None or key is None:
        raise Http404
    return {"token": token_of(found, request.organisation, key, signing.seed)}


@router.post(
    "/{pk}/replacement", response={201: CertificateOut}, operation_id="replace_certificate"
)
@allowed(Permission.AWARD_CREDITS)
def replace(request: Any, pk: uuid.UUID, body: ReplacementIn) -> Status[dict[str, Any]]:
    """Issue the next version with the facts as they are now; the old one says so."""
    found = _found(request, pk, Permission.AWARD_CREDITS)
    made = replace_certificate(found, reason=body.reason, by=request.actor)
    return Status(201, _out(_found(request, made.pk)))


@router.post("/{pk}/correction", response={201: CertificateOut}, operation_id="correct_credit")
@allowed(Permission.AWARD_CREDITS)
def correct(request: Any, pk: uuid.UUID, body: CorrectionIn) -> Status[dict[str, Any]]:
    """Set the credit to another amount, by a correcting entry and a new version."""
    found = _found(request, pk, Permission.AWARD_CREDITS)
    made = correct_credit(found, body.amount, reason=body.reason, by=request.actor)
    return Status(201, _out(_found(request, made.pk)))


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
        "state": found.standing,
        "issued_at": found.issued_at,
        "valid_until": found.valid_until,
        "reason": found.reason,
        "sha256": file.sha256 if file else None,
        "verify_url": found.printed["verify_url"],
    }
