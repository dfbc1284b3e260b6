"""Files to bodies, their records, and the accounts they go by."""

import uuid
from datetime import datetime
from typing import Any, Literal

from django.shortcuts import get_object_or_404
from ninja import Router, Schema, Status
from pydantic import Field

from symposia.accounts.permissions import Permission
from symposia.activities.models import Activity
from symposia.api.gates import allowed
from symposia.api.lists import list_route
from symposia.directory.models import Clinician
from symposia.reporting.actions.facts import AccountFacts, keep_body_account, keep_identity
from symposia.reporting.actions.sending import send_submission, take_in_answer
from symposia.reporting.actions.submissions import (
    begin_submission,
    check_submission,
    discard_submission,
    resend_rejected,
)
from symposia.reporting.models import BodyAccount, LearnerIdentity, Submission
from symposia.reporting.submission_lists import (
    BODY_ACCOUNTS,
    LEARNER_IDENTITIES,
    REJECTED_ROWS,
    SUBMISSION_RECORDS,
    SUBMISSIONS,
)

router = Router(tags=["reports"])
list_route(router, SUBMISSIONS)
list_route(router, REJECTED_ROWS, "/rejected-records")
list_route(router, SUBMISSION_RECORDS, "/records")
list_route(router, BODY_ACCOUNTS, "/accounts")
list_route(router, LEARNER_IDENTITIES, "/identities")
_DO = Permission.AWARD_CREDITS
Kind = Literal[
    "pars_activities",
    "pars_learners",
    "pars_moc",
    "cpe_monitor",
    "ce_broker",
    "eaccme_application",
    "eaccme_report",
    "council_application",
    "council_return",
]
Body = Literal["pars", "cpe_monitor", "ce_broker", "eaccme", "council", "cms", "efpia", "ucpmp"]


class NewSubmission(Schema):
    """Of what a file tells: a kind of report, a year, perhaps one activity alone."""

    kind: Kind
    year: int = Field(ge=2011, le=2100)
    activity: uuid.UUID | None = None


class SubmissionOut(Schema):
    """A file to a body and how far it is."""

    id: uuid.UUID
    number: str
    kind: str
    year: int
    activity_id: uuid.UUID | None
    state: str
    channel: str
    made_at: datetime
    validated_at: datetime | None
    sent_at: datetime | None
    answered_at: datetime | None
    problem: str


class SendingIn(Schema):
    """Whether a person handed it in, or the body's web service is to take it."""

    channel: Literal["upload", "service"] = "upload"


class BodyAnswerIn(Schema):
    """What the body answered: CSV or XML, as text."""

    content: str = Field(min_length=1, max_length=5_000_000)


class BodyAnswerOut(Schema):
    """How many records the body rejected."""

    rejected: int


class AccountIn(Schema):
    """As what a body knows the organisation; an empty key leaves the one that is kept."""

    provider_number: str = Field(min_length=1, max_length=40)
    address: str = Field("", max_length=300)
    key: str = Field("", max_length=200)


class AccountOut(Schema):
    """The same, without the key."""

    body: str
    provider_number: str
    address: str
    has_service: bool


class IdentityIn(Schema):
    """As whom bodies know a learner."""

    given: str = Field(min_length=1, max_length=100)
    family: str = Field(min_length=1, max_length=100)
    born: str = Field("", max_length=10)


class IdentityOut(Schema):
    """The same, as it is kept."""

    clinician_id: uuid.UUID
    given_name: str
    family_name: str
    born: str


@router.post("", response={201: SubmissionOut}, operation_id="begin_submission")
@allowed(_DO, of_all=True)
def new(request: Any, body: NewSubmission) -> Status[Submission]:
    """Begin a file of what no file has told of yet."""
    rows = Activity.objects.visible_to(request.access, _DO)
    activity = get_object_or_404(rows, pk=body.activity) if body.activity else None
    made = begin_submission(body.kind, body.year, activity=activity, by=request.actor)
    return Status(201, made)


@router.post("/{uuid:pk}/checking", response=SubmissionOut, operation_id="check_submission")
@allowed(_DO, of_all=True)
def checked(request: Any, pk: uuid.UUID) -> Submission:
    """Read every record again, and make the files."""
    return check_submission(_submission(request, pk), by=request.actor)


@router.post("/{uuid:pk}/sending", response=SubmissionOut, operation_id="send_submission")
@allowed(_DO, of_all=True)
def sent(request: Any, pk: uuid.UUID, body: SendingIn) -> Submission:
    """Send a file, or note that a person handed it in."""
    return send_submission(_submission(request, pk), channel=body.channel, by=request.actor)


@router.post("/{uuid:pk}/answers", response=BodyAnswerOut, operation_id="take_in_answer")
@allowed(_DO, of_all=True)
def answered(request: Any, pk: uuid.UUID, body: BodyAnswerIn) -> dict[str, int]:
    """Take in what the body answered, record by record."""
    content = body.content.encode()
    return {"rejected": take_in_answer(_submission(request, pk), content, by=request.actor)}


@router.post("/{uuid:pk}/correction", response={201: SubmissionOut}, operation_id="resend_rejected")
@allowed(_DO, of_all=True)
def corrected(request: Any, pk: uuid.UUID) -> Status[Submission]:
    """Begin a file of what the body rejected, as those records stand now."""
    return Status(201, resend_rejected(_submission(request, pk), by=request.actor))


@router.post("/{uuid:pk}/discarding", response=SubmissionOut, operation_id="discard_submission")
@allowed(_DO, of_all=True)
def discarded(request: Any, pk: uuid.UUID) -> Submission:
    """Let go of a file that was not sent."""
    return discard_submission(_submission(request, pk), by=request.actor)


@router.put("/accounts/{body}", response=AccountOut, operation_id="keep_body_account")
@allowed(_DO, of_all=True)
def account(request: Any, body: Body, said: AccountIn) -> BodyAccount:
    """Say as what a body knows the organisation."""
    return keep_body_account(body, AccountFacts(**said.dict()), by=request.actor)


@router.put("/identities/{uuid:pk}", response=IdentityOut, operation_id="keep_identity")
@allowed(_DO, of_all=True)
def identity(request: Any, pk: uuid.UUID, said: IdentityIn) -> LearnerIdentity:
    """Say as whom bodies know a clinician."""
    clinician = get_object_or_404(Clinician.objects.active(), pk=pk)
    return keep_identity(clinician, said.given, said.family, said.born, by=request.actor)


def _submission(request: Any, pk: uuid.UUID) -> Submission:
    return get_object_or_404(Submission.objects.visible_to(request.access), pk=pk)
