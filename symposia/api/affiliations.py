"""Where clinicians work: list, note, correct, end, take away."""

import uuid
from datetime import date
from typing import Any

from django.shortcuts import get_object_or_404
from ninja import Router, Schema, Status
from pydantic import ConfigDict, Field

from symposia.accounts.permissions import Permission
from symposia.api.directory_changes import ChangeOut
from symposia.api.gates import allowed
from symposia.api.lists import list_route
from symposia.directory.actions.guarding import settle_place
from symposia.directory.affiliating import AffiliationFacts, Earlier
from symposia.directory.affiliation_lists import AFFILIATIONS
from symposia.directory.models import Affiliation, ChangeRequest, Clinician
from symposia.directory.placing_steps import PlaceDo, PlaceStep

router = Router(tags=["clinicians"])
list_route(router, AFFILIATIONS)
_MANAGES = Permission.MANAGE_DIRECTORY


class AffiliationSaid(Schema):
    """Where, as what, from when until when."""

    model_config = ConfigDict(extra="forbid")

    institution: str = Field(min_length=1, max_length=200)
    city: str = Field("", max_length=100)
    role: str = Field("", max_length=120)
    department: str = Field("", max_length=120)
    from_on: date | None = None
    until_on: date | None = None
    is_primary: bool = False
    source: str = Field("", max_length=200)
    # Of a primary place that began before: it ends, it stays beside, or the answer is no.
    earlier: Earlier = Earlier.ENDS


class AffiliationIn(AffiliationSaid):
    """The same, and whose it is."""

    clinician: uuid.UUID


class AffiliationEndIn(Schema):
    """The last day, and how one knows."""

    on: date
    reason: str = Field("", max_length=500)


class AffiliationRemovalIn(Schema):
    """Why it was never right."""

    reason: str = Field(min_length=1, max_length=500)


class AffiliationOut(Schema):
    """A place of work, as kept."""

    id: uuid.UUID
    clinician_id: uuid.UUID
    institution_id: uuid.UUID
    institution: str
    role: str
    department: str
    from_on: date | None
    until_on: date | None
    is_primary: bool
    source: str

    @staticmethod
    def resolve_institution(row: Affiliation) -> str:
        return row.institution.name


# Where two people change it, what was asked for waits.
_SETTLED: dict[int, Any] = {200: AffiliationOut, 202: ChangeOut}


@router.post("", response={201: AffiliationOut, 202: ChangeOut}, operation_id="add_affiliation")
@allowed(_MANAGES)
def add(request: Any, body: AffiliationIn) -> Status[Any]:
    """Note where somebody works."""
    people = Clinician.objects.within(request.access, _MANAGES)
    clinician = get_object_or_404(people, pk=body.clinician)
    facts = AffiliationFacts(**body.dict(exclude={"clinician"}))
    return _settled(request, clinician, PlaceStep(PlaceDo.ADD, facts=facts), done=201)


@router.put("/{uuid:pk}", response=_SETTLED, operation_id="change_affiliation")
@allowed(_MANAGES)
def change(request: Any, pk: uuid.UUID, body: AffiliationSaid) -> Status[Any]:
    """Correct what is noted of a place of work."""
    row, facts = _row(request, pk), AffiliationFacts(**body.dict())
    return _settled(request, row.clinician, PlaceStep(PlaceDo.CHANGE, row, facts))


@router.post("/{uuid:pk}/ending", response=_SETTLED, operation_id="end_affiliation")
@allowed(_MANAGES)
def end(request: Any, pk: uuid.UUID, body: AffiliationEndIn) -> Status[Any]:
    """Say the last day there."""
    row = _row(request, pk)
    step = PlaceStep(PlaceDo.END, row, on=body.on, reason=body.reason)
    return _settled(request, row.clinician, step)


@router.post(
    "/{uuid:pk}/removal", response={204: None, 202: ChangeOut}, operation_id="remove_affiliation"
)
@allowed(_MANAGES)
def remove(request: Any, pk: uuid.UUID, body: AffiliationRemovalIn) -> Status[Any]:
    """Take away what was never so."""
    row = _row(request, pk)
    step = PlaceStep(PlaceDo.REMOVE, row, reason=body.reason)
    return _settled(request, row.clinician, step, done=204)


def _settled(
    request: Any, clinician: Clinician, step: PlaceStep, *, done: int = 200
) -> Status[Any]:
    """Done, or asked for where a second person has to agree."""
    settled = settle_place(clinician, step, by=request.actor)
    return Status(202 if isinstance(settled, ChangeRequest) else done, settled)


def _row(request: Any, pk: uuid.UUID) -> Affiliation:
    rows = Affiliation.objects.visible_to(request.access, _MANAGES).for_list()
    return get_object_or_404(rows, pk=pk)
