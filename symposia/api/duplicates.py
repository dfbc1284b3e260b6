"""Records of the same person: who may be twice, one or two, merge, undo."""

import uuid
from datetime import datetime
from typing import Any, Literal

from django.shortcuts import get_object_or_404
from django.urls import reverse
from ninja import Router, Schema, Status
from pydantic import ConfigDict, Field

from symposia.accounts.permissions import Permission
from symposia.api.gates import allowed
from symposia.api.lists import list_route
from symposia.api.own_fields import OwnSaid, own_fields_named
from symposia.directory.actions.duplicates import look_at_pair_again, put_side_by_side, tell_apart
from symposia.directory.actions.merging import merge_clinicians, undo_merge
from symposia.directory.duplicate_lists import DUPLICATES, MERGES
from symposia.directory.duplicates.own_facts import own_pairs
from symposia.directory.duplicates.preview import preview_of
from symposia.directory.models import Clinician, Merge, PossibleDuplicate
from symposia.directory.owning import as_program_reads
from symposia.directory.queries import waiting_of_merge
from symposia.directory.tasks import start_looking

router = Router(tags=["clinicians"])
merges = Router(tags=["clinicians"])
list_route(router, DUPLICATES)
list_route(merges, MERGES)
_STEWARD = Permission.STEWARD_DIRECTORY

Fact = Literal[
    "full_name",
    "display_name",
    "profession",
    "credential",
    "specialty",
    "email",
    "phone",
    "institution_id",
    "city",
    "region",
    "country",
    "language",
    "zone",
    "territory_id",
]


class PairIn(Schema):
    """Two records that may be one person."""

    model_config = ConfigDict(extra="forbid")

    one: uuid.UUID
    other: uuid.UUID


class PairOut(Schema):
    """A pair, as kept."""

    id: uuid.UUID
    first_id: uuid.UUID
    second_id: uuid.UUID
    probability: float | None
    reasons: list[str]
    state: str
    decided_by_name: str
    reason: str


class ApartIn(Schema):
    """How one knows that these are two people."""

    reason: str = Field(max_length=500)


class MergeIn(Schema):
    """Which record stays, which goes, and which of its facts are to stay."""

    model_config = ConfigDict(extra="forbid")

    kept: uuid.UUID
    merged: uuid.UUID
    take: list[Fact] = Field(default_factory=list)
    # Fields of one's own, by their codes, in which what the record that goes says is to stay.
    take_own: list[str] = Field(default_factory=list, max_length=200)
    reason: str = Field("", max_length=500)


class UndoIn(Schema):
    """Why these are two people after all."""

    reason: str = Field("", max_length=500)


class MergeOut(Schema):
    """A merge, as kept, and until when it is undone."""

    id: uuid.UUID
    kept_id: uuid.UUID
    merged_id: uuid.UUID
    merged_at: datetime
    merged_by_name: str
    undo_until: datetime
    undone_at: datetime | None
    # Fields of which the older record says something else: a second person decides.
    waiting: list[str]

    @staticmethod
    def resolve_waiting(merge: Merge, context: Any) -> list[str]:
        return [each.code for each in waiting_of_merge(merge, context["request"].access)]


class PartOut(Schema):
    """What of one table moves, stays, or is read with the record that is kept."""

    label: str
    moves: int
    stays: int
    follows: int


class OwnSaidOut(Schema):
    """What two records say in a field of one's own; where it is open, somebody chooses."""

    code: str
    label: str
    kept: OwnSaid
    merged: OwnSaid
    is_open: bool


class PreviewOut(Schema):
    """What a merge would do, and what stands against it."""

    parts: list[PartOut]
    objections: list[str]
    # What the two say in fields of one's own that you see.
    own: list[OwnSaidOut]


@router.post("", response={201: PairOut}, operation_id="put_side_by_side")
@allowed(_STEWARD)
def put(request: Any, body: PairIn) -> PossibleDuplicate:
    """Say that two records may be one person."""
    return put_side_by_side(
        _person(request, body.one), _person(request, body.other), by=request.actor
    )


@router.post("/comparisons", response={202: None}, operation_id="look_for_duplicates")
@allowed(_STEWARD)
def look(request: Any) -> Status[None]:
    """Compare everybody with everybody, as a job; the pairs it finds stand in the list."""
    start_looking(by=request.actor, href=reverse("duplicates"), access=request.access)
    return Status(202, None)


@router.post("/{pk}/distinction", response=PairOut, operation_id="tell_apart")
@allowed(_STEWARD)
def apart(request: Any, pk: uuid.UUID, body: ApartIn) -> PossibleDuplicate:
    """Two people: nobody is asked again."""
    return tell_apart(_pair(request, pk), reason=body.reason, by=request.actor)


@router.post("/{pk}/reopening", response=PairOut, operation_id="look_at_pair_again")
@allowed(_STEWARD)
def again(request: Any, pk: uuid.UUID) -> PossibleDuplicate:
    """Perhaps one person after all."""
    return look_at_pair_again(_pair(request, pk), by=request.actor)


@merges.post("/previews", response=PreviewOut, operation_id="preview_merge")
@allowed(_STEWARD)
def preview(request: Any, body: MergeIn) -> dict[str, Any]:
    """What a merge would move, without doing it."""
    kept, merged = _person(request, body.kept), _person(request, body.merged)
    found = preview_of(kept, merged)
    own = [
        {
            "code": each.field.code,
            "label": each.field.label,
            "is_open": each.is_open,
            "kept": as_program_reads(each.mine),
            "merged": as_program_reads(each.theirs),
        }
        for each in own_pairs(request.access, kept, merged)
    ]
    objections = [str(each) for each in found.objections]
    return {"parts": found.parts, "objections": objections, "own": own}


@merges.post("", response={201: MergeOut}, operation_id="merge_clinicians")
@allowed(_STEWARD)
def merge(request: Any, body: MergeIn) -> Merge:
    """Make two records one."""
    kept, merged = _person(request, body.kept), _person(request, body.merged)
    own = own_fields_named(request, body.take_own)
    return merge_clinicians(
        kept, merged, take=body.take, take_own=own, reason=body.reason, by=request.actor
    )


@merges.post("/{pk}/reversal", response=MergeOut, operation_id="undo_merge")
@allowed(_STEWARD)
def undo(request: Any, pk: uuid.UUID, body: UndoIn) -> Merge:
    """Put back exactly what moved."""
    found = get_object_or_404(Merge.objects.visible_to(request.access, _STEWARD), pk=pk)
    return undo_merge(found, reason=body.reason, by=request.actor)


def _person(request: Any, pk: uuid.UUID) -> Clinician:
    return get_object_or_404(Clinician.objects.within(request.access, _STEWARD), pk=pk)


def _pair(request: Any, pk: uuid.UUID) -> PossibleDuplicate:
    return get_object_or_404(PossibleDuplicate.objects.visible_to(request.access, _STEWARD), pk=pk)
