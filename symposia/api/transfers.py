"""Transfers of value: the register, who had a cost, objections, yearly dues, files and their
declaration."""

import uuid
from typing import Any

from django.shortcuts import get_object_or_404
from ninja import Router, Status

from symposia.accounts.permissions import Permission
from symposia.activities.models import Activity
from symposia.activities.wall import Subject
from symposia.api.gates import allowed
from symposia.api.lists import list_route
from symposia.api.transfer_shapes import (
    DeclarationIn,
    DeclarationOut,
    DisputeAnswerIn,
    DividedOut,
    NewTransferFile,
    RecipientFactsIn,
    SharersIn,
    SharersOut,
    TransferAnswerIn,
    TransferAnswerOut,
    TransferDisputeOut,
    TransferFileOut,
    YearlyDueOut,
    YearWaiverIn,
)
from symposia.finance.models import Posting
from symposia.reporting.actions.attributing import attribute_costs, say_who_had
from symposia.reporting.actions.disputes import (
    AskedOfRecipient,
    answer_dispute,
    keep_recipient_facts,
)
from symposia.reporting.actions.sending import send_submission, take_in_answer
from symposia.reporting.actions.submissions import (
    begin_submission,
    check_submission,
    discard_submission,
    resend_rejected,
)
from symposia.reporting.actions.years import declare_year, owe_year_again, waive_year
from symposia.reporting.attributing import room_of
from symposia.reporting.models import (
    RecipientFacts,
    Submission,
    TransferDispute,
    TransferOfValue,
    YearDeclaration,
    YearlyDue,
)
from symposia.reporting.recipients import recipient_of
from symposia.reporting.sharers_said import PassedOnSaid, SharersSaid, sharers_from
from symposia.reporting.transfer_lists import (
    DECLARATIONS,
    TRANSFER_DISPUTES,
    TRANSFER_FILES,
    TRANSFER_RECORDS,
    TRANSFERS,
    YEARLY_DUES,
)
from symposia.reporting.transfer_rules import NOBODY_KNOWN
from symposia.shared.refusals import Refused

router = Router(tags=["transfers"])
list_route(router, TRANSFERS)
list_route(router, TRANSFER_DISPUTES, "/objections")
list_route(router, YEARLY_DUES, "/yearly-dues")
list_route(router, TRANSFER_FILES, "/files")
list_route(router, TRANSFER_RECORDS, "/records")
list_route(router, DECLARATIONS, "/declarations")
_VIEW, _DO = Permission.VIEW_MONEY, Permission.POST_MONEY


@router.post("/activities/{uuid:pk}/division", response=DividedOut, operation_id="attribute_costs")
@allowed(_DO, of_all=True)
def divided(request: Any, pk: uuid.UUID) -> dict[str, int]:
    """Divide what stands in the books of an activity among those who had it."""
    return {"changed": attribute_costs(_activity(request, pk), by=request.actor)}


@router.put(
    "/activities/{uuid:activity_pk}/costs/{uuid:pk}",
    response=SharersOut,
    operation_id="say_who_had",
)
@allowed(_DO, of_all=True)
def shared(request: Any, activity_pk: uuid.UUID, pk: uuid.UUID, body: SharersIn) -> dict[str, int]:
    """Say who had a cost; it stands instead of what was said before."""
    activity = _activity(request, activity_pk)
    posting = get_object_or_404(Posting.objects.of(activity).select_related("line"), pk=pk)
    passed = [
        PassedOnSaid(each.clinician, each.minor, each.directed, each.learned_on)
        for each in body.passed_on
    ]
    said = SharersSaid(tuple(body.clinicians), body.staff, body.organisation, tuple(passed))
    sharers = sharers_from(said, room_of(activity))
    return {"rows": len(say_who_had(posting, sharers, by=request.actor))}


@router.post(
    "/objections/{uuid:pk}/answers", response=TransferDisputeOut, operation_id="answer_dispute"
)
@allowed(_DO, of_all=True)
def answered(request: Any, pk: uuid.UUID, body: DisputeAnswerIn) -> TransferDispute:
    """Answer an objection of a recipient."""
    rows = TransferDispute.objects.visible_to(request.access, _DO)
    dispute = get_object_or_404(rows, pk=pk)
    return answer_dispute(dispute, body.state, body.answer, by=request.actor)


@router.put("/{uuid:pk}/recipient", response=RecipientFactsIn, operation_id="keep_recipient_facts")
@allowed(_DO, of_all=True)
def recipient(request: Any, pk: uuid.UUID, body: RecipientFactsIn) -> RecipientFacts:
    """Say what files ask of whoever had a transfer."""
    rows = TransferOfValue.objects.visible_to(request.access, _DO)
    found = get_object_or_404(rows.select_related("clinician", "institution"), pk=pk)
    of = recipient_of(found)
    if of is None:
        raise Refused(NOBODY_KNOWN)
    return keep_recipient_facts(of, AskedOfRecipient(**body.dict()), by=request.actor)


@router.put("/yearly-dues/{uuid:pk}/waiver", response=YearlyDueOut, operation_id="waive_year")
@allowed(_DO, of_all=True)
def waived(request: Any, pk: uuid.UUID, body: YearWaiverIn) -> YearlyDue:
    """Set a year aside."""
    return waive_year(_due(request, pk), reason=body.reason, by=request.actor)


@router.delete(
    "/yearly-dues/{uuid:pk}/waiver", response=YearlyDueOut, operation_id="owe_year_again"
)
@allowed(_DO, of_all=True)
def owed_again(request: Any, pk: uuid.UUID) -> YearlyDue:
    """Owe a year again."""
    return owe_year_again(_due(request, pk), by=request.actor)


@router.post("/files", response={201: TransferFileOut}, operation_id="begin_transfer_file")
@allowed(_DO, of_all=True)
def new(request: Any, body: NewTransferFile) -> Status[Submission]:
    """Begin a file of what no file has told of yet."""
    return Status(201, begin_submission(body.kind, body.year, by=request.actor))


@router.post(
    "/files/{uuid:pk}/checking", response=TransferFileOut, operation_id="check_transfer_file"
)
@allowed(_DO, of_all=True)
def checked(request: Any, pk: uuid.UUID) -> Submission:
    """Read every record again, and make the files."""
    return check_submission(_file(request, pk), by=request.actor)


@router.post(
    "/files/{uuid:pk}/declaration",
    response={201: DeclarationOut},
    operation_id="declare_year",
)
@allowed(_VIEW, of_all=True)
def declared(request: Any, pk: uuid.UUID, body: DeclarationIn) -> Status[YearDeclaration]:
    """The executive head declares the annual form as its file was made."""
    found = _file(request, pk)
    made = declare_year(found, body.position, access=request.access, by=request.actor)
    return Status(201, made)


@router.post(
    "/files/{uuid:pk}/sending", response=TransferFileOut, operation_id="send_transfer_file"
)
@allowed(_DO, of_all=True)
def sent(request: Any, pk: uuid.UUID) -> Submission:
    """Note that a person handed a file in, or published it."""
    return send_submission(_file(request, pk), channel="upload", by=request.actor)


@router.post(
    "/files/{uuid:pk}/answers", response=TransferAnswerOut, operation_id="take_in_transfer_answer"
)
@allowed(_DO, of_all=True)
def answered_file(request: Any, pk: uuid.UUID, body: TransferAnswerIn) -> dict[str, int]:
    """Take in what the body answered, record by record."""
    content = body.content.encode()
    return {"rejected": take_in_answer(_file(request, pk), content, by=request.actor)}


@router.post(
    "/files/{uuid:pk}/correction",
    response={201: TransferFileOut},
    operation_id="resend_rejected_transfers",
)
@allowed(_DO, of_all=True)
def corrected(request: Any, pk: uuid.UUID) -> Status[Submission]:
    """Begin a file of what the body rejected, as those records stand now."""
    return Status(201, resend_rejected(_file(request, pk), by=request.actor))


@router.post(
    "/files/{uuid:pk}/discarding", response=TransferFileOut, operation_id="discard_transfer_file"
)
@allowed(_DO, of_all=True)
def discarded(request: Any, pk: uuid.UUID) -> Submission:
    """Let go of a file that was not sent."""
    return discard_submission(_file(request, pk), by=request.actor)


def _file(request: Any, pk: uuid.UUID) -> Submission:
    return get_object_or_404(Submission.objects.of_money(request.access), pk=pk)


def _due(request: Any, pk: uuid.UUID) -> YearlyDue:
    return get_object_or_404(YearlyDue.objects.visible_to(request.access), pk=pk)


def _activity(request: Any, pk: uuid.UUID) -> Activity:
    rows = Activity.objects.visible_to(request.access, _DO, subject=Subject.LEARNERS)
    return get_object_or_404(rows, pk=pk)
