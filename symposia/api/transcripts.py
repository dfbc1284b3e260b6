"""Transcripts, credit from elsewhere, and the links that let a board read."""

import uuid
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.timezone import now
from ninja import File, Form, Query, Router, Schema
from ninja.files import UploadedFile
from pydantic import Field

from symposia.accounts.permissions import Permission
from symposia.api.gates import allowed, tells_a_secret
from symposia.api.lists import list_route
from symposia.api.problems import MADE_ON_READING
from symposia.credits.actions.transcripts import (
    Proof,
    accept_external_credit,
    hand_in_external_credit,
    return_external_credit,
    revoke_transcript_share,
    share_transcript,
    withdraw_external_credit,
)
from symposia.credits.external import LARGEST, ExternalFacts, end_of_share
from symposia.credits.external_lists import EXTERNAL_CREDITS
from symposia.credits.learner_records import record_of
from symposia.credits.letters import shared_address
from symposia.credits.milestones import Reached, milestones_of
from symposia.credits.models import CreditSystem, ExternalCredit, TranscriptShare
from symposia.credits.queries import signing_now
from symposia.credits.transcripts import Transcript, transcript_of
from symposia.directory.models import Clinician

router = Router(tags=["transcripts"])
external = Router(tags=["transcripts"])
list_route(external, EXTERNAL_CREDITS)


class Days(Schema):
    """From when to when, both included; open where nothing is given."""

    from_on: date | None = None
    until_on: date | None = None


class TranscriptLineOut(Schema):
    """Credit of one system for one thing learned."""

    on: date
    title: str
    provider: str
    system: str
    amount: Decimal
    proof: str
    is_external: bool
    # Of before Symposia: from which row of which file it came.
    imported_from: str

    @staticmethod
    def resolve_system(line: Any) -> str:
        return str(line.system.code)


class TranscriptTotalOut(Schema):
    """What is held of one system from one year."""

    year: int
    system: str
    amount: Decimal


class TranscriptOut(Schema):
    """What a learner holds between two days."""

    clinician_id: uuid.UUID
    from_on: date | None
    until_on: date | None
    totals: list[TranscriptTotalOut]
    lines: list[TranscriptLineOut]

    @staticmethod
    def resolve_clinician_id(transcript: Transcript) -> uuid.UUID:
        return transcript.clinician.pk


class ExternalCreditIn(Schema):
    """What a learner says of credit earned elsewhere; the system by its key."""

    system: str = Field(max_length=60)
    title: str = Field(min_length=1, max_length=200)
    provider: str = Field(min_length=1, max_length=200)
    earned_on: date
    amount: Decimal = Field(gt=0, max_digits=7, decimal_places=2)
    subjects: list[str] = Field([], max_length=20)


class ExternalCreditOut(Schema):
    """Credit from elsewhere as it stands."""

    id: uuid.UUID
    clinician_id: uuid.UUID
    system_id: str
    title: str
    provider: str
    earned_on: date
    amount: Decimal
    subjects: list[str]
    state: str
    sha256: str
    handed_in_at: datetime
    decided_at: datetime | None
    decided_because: str


class OwnMilestoneOut(Schema):
    """So many certificates, and the day it was."""

    count: int
    on: date


class OwnMilestonesOut(Schema):
    """Those of a person, the latest first, and the last one of everybody together."""

    own: list[OwnMilestoneOut]
    together: OwnMilestoneOut | None


class ExternalReturnIn(Schema):
    """What is missing."""

    reason: str = Field(min_length=1, max_length=500)


class ShareIn(Days):
    """Who may read, until the end of which day, which days of the transcript."""

    board: str = Field(min_length=1, max_length=200)
    expires_on: date


class TranscriptShareOut(Schema):
    """A link for one board, and where it leads."""

    id: uuid.UUID
    board: str
    expires_at: datetime
    revoked_at: datetime | None
    url: str


@router.get("/own", response=TranscriptOut, operation_id="own_transcript")
@allowed(Permission.OWN_LEARNING)
def own(request: Any, days: Query[Days]) -> Transcript:
    """The transcript of whoever the token is of."""
    return transcript_of(_mine(request), days.from_on, days.until_on)


@router.get(
    "/own/learner-record",
    response=dict[str, Any],
    operation_id="own_learner_record",
    openapi_extra=MADE_ON_READING,
)
@allowed(Permission.OWN_LEARNING)
def own_record(request: Any, days: Query[Days]) -> dict[str, Any]:
    """The same as a Comprehensive Learner Record 2.0, signed with the organisation's key."""
    return _record(request, transcript_of(_mine(request), days.from_on, days.until_on))


@router.get("/own/milestones", response=OwnMilestonesOut, operation_id="own_milestones")
@allowed(Permission.OWN_LEARNING)
def milestones(request: Any) -> Reached:
    """What whoever the token is of has come to, and everybody together."""
    return milestones_of(request.access.user_id, request.organisation.zone)


@router.get("/{uuid:pk}", response=TranscriptOut, operation_id="transcript")
@allowed(Permission.VIEW_CREDITS)
def show(request: Any, pk: uuid.UUID, days: Query[Days]) -> Transcript:
    """The transcript of one clinician; of a record that was merged, that of the one kept."""
    return _of_kept(request, pk, days)


@router.get(
    "/{uuid:pk}/learner-record",
    response=dict[str, Any],
    operation_id="transcript_learner_record",
    openapi_extra=MADE_ON_READING,
)
@allowed(Permission.VIEW_CREDITS)
def record(request: Any, pk: uuid.UUID, days: Query[Days]) -> dict[str, Any]:
    """The same as a Comprehensive Learner Record 2.0, signed with the organisation's key."""
    return _record(request, _of_kept(request, pk, days))


@router.post("/shares", response={201: TranscriptShareOut}, operation_id="share_transcript")
@allowed(Permission.OWN_LEARNING)
def share(request: Any, body: ShareIn, response: HttpResponse) -> dict[str, Any]:
    """Make a link for one board."""
    tells_a_secret(response, "/api/v1/transcripts/own")
    made = share_transcript(
        _mine(request),
        body.board,
        end_of_share(body.expires_on, request.organisation.zone),
        days=(body.from_on, body.until_on),
        by=request.actor,
    )
    return _share_out(request, made)


@router.post(
    "/shares/{uuid:pk}/revocation",
    response=TranscriptShareOut,
    operation_id="revoke_transcript_share",
)
@allowed(Permission.OWN_LEARNING)
def revoke(request: Any, pk: uuid.UUID) -> dict[str, Any]:
    """End a link at once."""
    rows = TranscriptShare.objects.of(_mine(request))
    found = get_object_or_404(rows, pk=pk)
    return _share_out(request, revoke_transcript_share(found, by=request.actor))


@external.post("", response={201: ExternalCreditOut}, operation_id="hand_in_external_credit")
@allowed(Permission.OWN_LEARNING)
def hand_in(request: Any, body: Form[ExternalCreditIn], file: File[UploadedFile]) -> ExternalCredit:
    """Enter credit from elsewhere with its proof, as a form with a file."""
    system = get_object_or_404(CreditSystem, pk=body.system)
    facts = ExternalFacts(**body.dict() | {"system": system})
    proof = Proof(file.name or "", file.read(LARGEST + 1))
    return hand_in_external_credit(_mine(request), facts, proof, by=request.actor)


@external.post(
    "/{uuid:pk}/acceptance", response=ExternalCreditOut, operation_id="accept_external_credit"
)
@allowed(Permission.AWARD_CREDITS)
def accept(request: Any, pk: uuid.UUID) -> ExternalCredit:
    """Find the proof right."""
    return accept_external_credit(_to_decide(request, pk), by=request.actor)


@external.post(
    "/{uuid:pk}/returning", response=ExternalCreditOut, operation_id="return_external_credit"
)
@allowed(Permission.AWARD_CREDITS)
def send_back(request: Any, pk: uuid.UUID, body: ExternalReturnIn) -> ExternalCredit:
    """Send it back with what is missing."""
    found = _to_decide(request, pk)
    return return_external_credit(found, reason=body.reason, by=request.actor)


@external.post(
    "/{uuid:pk}/withdrawal", response=ExternalCreditOut, operation_id="withdraw_external_credit"
)
@allowed(Permission.OWN_LEARNING)
def withdraw(request: Any, pk: uuid.UUID) -> ExternalCredit:
    """Take one's own back."""
    found = get_object_or_404(ExternalCredit.objects.own_of(request.access), pk=pk)
    return withdraw_external_credit(found, by=request.actor)


def _of_kept(request: Any, pk: uuid.UUID, days: Days) -> Transcript:
    rows = Clinician.objects.visible_to(request.access, Permission.VIEW_CREDITS)
    found = get_object_or_404(rows, pk=pk)
    kept = get_object_or_404(rows, pk=found.merged_into_id) if found.is_merged else found
    return transcript_of(kept, days.from_on, days.until_on)


def _record(request: Any, transcript: Transcript) -> dict[str, Any]:
    signing = signing_now()
    if signing is None:
        raise Http404
    return record_of(transcript, request.organisation, signing, now())


def _mine(request: Any) -> Clinician:
    return get_object_or_404(Clinician.objects.of_user(request.access.user_id))


def _to_decide(request: Any, pk: uuid.UUID) -> ExternalCredit:
    rows = ExternalCredit.objects.visible_to(request.access, Permission.AWARD_CREDITS)
    return get_object_or_404(rows, pk=pk)


def _share_out(request: Any, made: TranscriptShare) -> dict[str, Any]:
    names = ("id", "board", "expires_at", "revoked_at")
    address = shared_address(made, request.organisation.code)
    return {name: getattr(made, name) for name in names} | {"url": address}
