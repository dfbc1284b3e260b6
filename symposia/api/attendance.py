"""The attendance of an activity reconciled: conflicts, people nobody has matched, the signature."""

import uuid
from datetime import date, datetime
from typing import Annotated, Any, Literal

from django.shortcuts import get_object_or_404
from ninja import File, Form, Router, Schema, Status
from ninja.files import UploadedFile
from pydantic import Field

from symposia.accounts.permissions import Permission
from symposia.activities.models import Activity, Session, Type
from symposia.api.fields import Reason, Zone
from symposia.api.gates import allowed
from symposia.api.lists import list_route
from symposia.attendance.actions.conflicts import (
    Decision,
    accept_proposals,
    decide_conflict,
    find_conflicts,
    reopen_conflict,
)
from symposia.attendance.actions.files import (
    FileFacts,
    hand_in_presence_file,
    import_presence_file,
    map_presence_columns,
)
from symposia.attendance.actions.rules import RuleFacts, set_presence_rule
from symposia.attendance.actions.signing import sign_attendance
from symposia.attendance.conflict_lists import CONFLICTS, UNMATCHED_PEOPLE
from symposia.attendance.file_lists import PRESENCE_FILES, PRESENCE_ROWS
from symposia.attendance.logs.tables import LARGEST
from symposia.attendance.models import CheckShort, Conflict, NoLeave, PresenceFile, Way
from symposia.attendance.occupancy import Moment
from symposia.attendance.queries import occupancy_by_minute
from symposia.attendance.rule_lists import PRESENCE_RULES
from symposia.attendance.self_check_in import LONGEST_CLAIM
from symposia.directory.models import Clinician
from symposia.registrations.models import Registration

router = Router(tags=["attendance"])
list_route(router, CONFLICTS, "/conflicts")
list_route(router, UNMATCHED_PEOPLE, "/unmatched")
list_route(router, PRESENCE_RULES, "/rules")
list_route(router, PRESENCE_FILES, "/files")
list_route(router, PRESENCE_ROWS, "/files/rows")
_MANAGE = Permission.MANAGE_REGISTRATIONS
Meaning = Literal["name", "email", "code", "institution", "joined", "left", "role"]


class ConflictDecisionIn(Schema):
    """How a conflict is decided and why; whose place it is, where that is asked."""

    choice: str = Field(max_length=12)
    reason: Reason = Field(min_length=1)
    registration: uuid.UUID | None = None
    clinician: uuid.UUID | None = None


class DecidingReasonIn(Schema):
    """Why."""

    reason: Reason = Field(min_length=1)


class StatementIn(Schema):
    """What is signed."""

    statement: Reason = Field(min_length=1)


class ConflictOut(Schema):
    """A conflict as it stands."""

    id: uuid.UUID
    kind: str
    state: str
    proposal: str
    because: str
    choice: str


class CountOut(Schema):
    """How many were decided."""

    decided: int


class LookedOut(Schema):
    """What looking again changed."""

    new: int
    gone: int


class SignatureOut(Schema):
    """The attendance as it was signed."""

    id: uuid.UUID
    people: int
    minutes: int
    decisions: int
    minutes_hash: str


class FileOut(Schema):
    """A file with what came, or would come, of its rows."""

    id: uuid.UUID
    format: str
    state: str
    counts: dict[str, int]


class MomentOut(Schema):
    """How many were there during one minute."""

    at: datetime
    room: int
    online: int


class PresenceRuleIn(Schema):
    """How a missing check-out counts at activities of a type, from a day on, and why; and how many
    days a code may be claimed (nothing: as decided before)."""

    type: Type
    no_leave: NoLeave
    valid_from: date = Field(ge=date(2000, 1, 1), le=date(2100, 12, 31))
    claim_days: int | None = Field(None, ge=0, le=LONGEST_CLAIM)
    checks_percent: int | None = Field(None, ge=0, le=100)
    checks_short: CheckShort | None = None
    reason: Reason = Field(min_length=1)


class PresenceRuleOut(Schema):
    """A rule as it was decided."""

    id: uuid.UUID
    type: str
    no_leave: str
    claim_days: int | None
    checks_percent: int | None
    checks_short: str
    valid_from: date


@router.post("/rules", response={201: PresenceRuleOut}, operation_id="set_presence_rule")
@allowed(Permission.MANAGE_RULES, of_all=True)
def set_rule(request: Any, body: PresenceRuleIn) -> Status[Any]:
    """Decide how a missing check-out counts."""
    facts = RuleFacts(
        body.type,
        body.no_leave,
        body.valid_from,
        body.reason,
        body.claim_days,
        body.checks_percent,
        body.checks_short or "",
    )
    return Status(201, set_presence_rule(facts, by=request.actor))


class PresenceFileIn(Schema):
    """Whose attendance a file tells, how people took part, by which clock, and where."""

    activity: uuid.UUID
    way: Way
    zone: Zone
    session: uuid.UUID | None = None


class ColumnsIn(Schema):
    """Which column of the file, counted from nothing, says what."""

    columns: dict[Meaning, Annotated[int, Field(ge=0, le=500)]]


@router.post("/files", response={201: FileOut}, operation_id="hand_in_presence_file")
@allowed(Permission.MANAGE_REGISTRATIONS)
def hand_in(request: Any, body: Form[PresenceFileIn], file: File[UploadedFile]) -> Status[Any]:
    """Hand in a log of a meeting or a list, as a form with a file; its rows are looked through,
    and nothing of it counts before it is brought in."""
    activity = _activity(request, body.activity)
    session = None
    if body.session:
        session = get_object_or_404(Session.objects.of(activity), pk=body.session)
    facts = FileFacts(body.zone, body.way, session)
    name, content = file.name or "", file.read(LARGEST + 1)
    made = hand_in_presence_file(name, content, activity, facts, by=request.actor)
    return Status(201, _file_out(made))


@router.post("/files/{pk}/columns", response=FileOut, operation_id="map_presence_columns")
@allowed(Permission.MANAGE_REGISTRATIONS)
def match(request: Any, pk: uuid.UUID, body: ColumnsIn) -> dict[str, Any]:
    """Say what the columns mean, and look through the rows again."""
    columns = {str(name): place for name, place in body.columns.items()}
    return _file_out(map_presence_columns(_file(request, pk), columns, by=request.actor))


@router.post("/files/{pk}/imports", response=FileOut, operation_id="import_presence_file")
@allowed(Permission.MANAGE_REGISTRATIONS)
def import_file(request: Any, pk: uuid.UUID) -> dict[str, Any]:
    """Keep the rows of a file that was looked through as evidence."""
    return _file_out(import_presence_file(_file(request, pk), by=request.actor))


@router.get("/conflicts/{pk}", response=ConflictOut, operation_id="conflict")
@allowed(Permission.VIEW_ATTENDANCE)
def conflict(request: Any, pk: uuid.UUID) -> Conflict:
    """One conflict with what is proposed."""
    return get_object_or_404(Conflict.objects.visible_to(request.access), pk=pk)


@router.post("/conflicts/{pk}/decision", response=ConflictOut, operation_id="decide_conflict")
@allowed(Permission.MANAGE_REGISTRATIONS)
def decide(request: Any, pk: uuid.UUID, body: ConflictDecisionIn) -> Conflict:
    """Decide a conflict."""
    place = clinician = None
    if body.registration:
        rows = Registration.objects.visible_to(request.access, _MANAGE)
        place = get_object_or_404(rows, pk=body.registration)
    if body.clinician:
        people = Clinician.objects.visible_to(request.access)
        clinician = get_object_or_404(people, pk=body.clinician)
    decision = Decision(body.choice, body.reason, registration=place, clinician=clinician)
    return decide_conflict(_conflict(request, pk), decision, by=request.actor)


@router.post("/conflicts/{pk}/acceptance", response=CountOut, operation_id="accept_proposals")
@allowed(Permission.MANAGE_REGISTRATIONS)
def similar(request: Any, pk: uuid.UUID, body: DecidingReasonIn) -> dict[str, int]:
    """Accept the proposal for this one and for all that are alike."""
    found = _conflict(request, pk)
    return {"decided": accept_proposals(found, reason=body.reason, by=request.actor)}


@router.post("/conflicts/{pk}/reopening", response=ConflictOut, operation_id="reopen_conflict")
@allowed(Permission.MANAGE_REGISTRATIONS)
def reopen(request: Any, pk: uuid.UUID, body: DecidingReasonIn) -> Conflict:
    """Take a decision back."""
    reopen_conflict(_conflict(request, pk), reason=body.reason, by=request.actor)
    return _conflict(request, pk)


@router.post("/activities/{pk}/conflicts", response=LookedOut, operation_id="find_conflicts")
@allowed(Permission.MANAGE_REGISTRATIONS)
def search(request: Any, pk: uuid.UUID) -> dict[str, int]:
    """Look through the evidence of an activity again."""
    changed = find_conflicts(_activity(request, pk), by=request.actor)
    return {"new": len(changed.new), "gone": len(changed.gone)}


@router.post("/activities/{pk}/signing", response=SignatureOut, operation_id="sign_attendance")
@allowed(Permission.MANAGE_REGISTRATIONS)
def sign(request: Any, pk: uuid.UUID, body: StatementIn) -> Any:
    """Sign that the attendance of an activity is right."""
    activity = _activity(request, pk)
    return sign_attendance(activity, statement=body.statement, by=request.actor)


@router.get(
    "/activities/{pk}/occupancy", response=list[MomentOut], operation_id="occupancy_by_minute"
)
@allowed(Permission.VIEW_ATTENDANCE)
def occupancy(request: Any, pk: uuid.UUID) -> list[Moment]:
    """How many were in the room and online, every minute."""
    rows = Activity.objects.visible_to(request.access, Permission.VIEW_ATTENDANCE)
    return occupancy_by_minute(get_object_or_404(rows, pk=pk))


def _file(request: Any, pk: uuid.UUID) -> PresenceFile:
    rows = PresenceFile.objects.visible_to(request.access, _MANAGE)
    return get_object_or_404(rows.select_related("activity", "made"), pk=pk)


def _file_out(file: PresenceFile) -> dict[str, Any]:
    made = file.made
    made.refresh_from_db()
    told = {"format": file.format, "state": made.state, "counts": made.counts}
    return {"id": file.pk, **told}


def _conflict(request: Any, pk: uuid.UUID) -> Conflict:
    rows = Conflict.objects.visible_to(request.access, _MANAGE).with_people()
    return get_object_or_404(rows, pk=pk)


def _activity(request: Any, pk: uuid.UUID) -> Activity:
    rows = Activity.objects.visible_to(request.access, _MANAGE)
    return get_object_or_404(rows, pk=pk)
