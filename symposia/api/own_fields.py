"""Fields of one's own: list, read, add, change, retire, bring back, remove."""

import uuid
from collections.abc import Collection
from typing import Any

from django.shortcuts import get_object_or_404
from ninja import Router, Schema, Status
from pydantic import ConfigDict, Field

from symposia.accounts.permissions import Permission
from symposia.api.gates import allowed
from symposia.api.lists import list_route
from symposia.directory.actions.own_fields import (
    add_own_field,
    bring_back_own_field,
    change_own_field,
    remove_own_field,
    retire_own_field,
)
from symposia.directory.models import OwnField, OwnKind, OwnOf, Said
from symposia.directory.own_lists import OWN_FIELDS
from symposia.directory.own_queries import own_fields_seen
from symposia.directory.owning import Own, as_program_reads, read_own
from symposia.directory.policies.own import NO_SUCH_FIELD, OwnFieldFacts
from symposia.shared.refusals import Refused

router = Router(tags=["clinicians"])
list_route(router, OWN_FIELDS)
_MANAGES = Permission.MANAGE_ORGANISATION
# What a program sends and gets in a field of one's own, by the field's code.
OwnSaid = str | bool | int | float | list[str] | None
OwnJson = dict[str, OwnSaid]


class OwnFieldIn(Schema):
    """What a field is called, what it says, who sees it and where it shows."""

    model_config = ConfigDict(extra="forbid")

    label: str = Field(min_length=1, max_length=80)
    kind: OwnKind
    help: str = Field("", max_length=300)
    options: list[str] = Field(default_factory=list, max_length=200)
    permission: Permission | None = None
    place: int = Field(0, ge=0, le=999)
    is_required: bool = False
    by_two: bool = False
    in_list: bool = False
    is_filter: bool = False

    def facts(self) -> OwnFieldFacts:
        """The field as the directory describes it."""
        said = self.dict(include=set(OwnFieldFacts.__dataclass_fields__))
        said |= {"options": tuple(self.options), "permission": str(self.permission or "")}
        return OwnFieldFacts(**said)


class NewOwnFieldIn(OwnFieldIn):
    """The same, and of what it says something."""

    of: OwnOf


class OwnFieldOut(Schema):
    """A field, as kept; `code` is what records name it by."""

    id: uuid.UUID
    of: str
    code: str
    label: str
    help: str
    kind: str
    options: list[str]
    permission: str
    place: int
    is_required: bool
    by_two: bool
    in_list: bool
    is_filter: bool
    is_standing: bool


@router.get("/seen", response=list[OwnFieldOut], operation_id="own_fields_seen")
@allowed(Permission.VIEW_DIRECTORY)
def seen(request: Any, of: OwnOf = OwnOf.CLINICIAN) -> list[OwnField]:
    """The fields that you see and fill in, of people or of institutions."""
    return own_fields_seen(request.access, of)


@router.post("", response={201: OwnFieldOut}, operation_id="add_own_field")
@allowed(_MANAGES)
def add(request: Any, body: NewOwnFieldIn) -> Status[OwnField]:
    """Ask one more thing of people or of institutions."""
    return Status(201, add_own_field(body.of, body.facts(), by=request.actor))


@router.put("/{uuid:pk}", response=OwnFieldOut, operation_id="change_own_field")
@allowed(_MANAGES)
def change(request: Any, pk: uuid.UUID, body: OwnFieldIn) -> OwnField:
    """Describe it otherwise; what was said in it stays right."""
    return change_own_field(_field(request, pk), body.facts(), by=request.actor)


@router.post("/{uuid:pk}/retirement", response=OwnFieldOut, operation_id="retire_own_field")
@allowed(_MANAGES)
def retire(request: Any, pk: uuid.UUID) -> OwnField:
    """Ask it no more; what was said stays."""
    return retire_own_field(_field(request, pk), by=request.actor)


@router.post("/{uuid:pk}/returning", response=OwnFieldOut, operation_id="bring_back_own_field")
@allowed(_MANAGES)
def bring_back(request: Any, pk: uuid.UUID) -> OwnField:
    """Ask it again."""
    return bring_back_own_field(_field(request, pk), by=request.actor)


@router.post("/{uuid:pk}/removal", response={204: None}, operation_id="remove_own_field")
@allowed(_MANAGES)
def remove(request: Any, pk: uuid.UUID) -> Status[None]:
    """Take away a field in which nothing was ever said."""
    remove_own_field(_field(request, pk), by=request.actor)
    return Status(204, None)


def own_sent(request: Any, of: str, sent: OwnJson | None, *, is_new: bool = False) -> Own:
    """What a program says in fields of one's own: what it leaves out stays; of somebody new every
    field that it sees, so that what is needed is missed. Refused where a field cannot say so."""
    if not sent and not is_new:
        return {}
    fields = {each.code: each for each in own_fields_seen(request.access, of)}
    for code in sent or {}:
        if code not in fields:
            raise Refused(NO_SUCH_FIELD.about(name=code))
    said: dict[OwnField, Said | None] = dict.fromkeys(fields.values()) if is_new else {}
    return said | {fields[code]: read_own(fields[code], v) for code, v in (sent or {}).items()}


def own_fields_named(request: Any, codes: Collection[str]) -> list[OwnField]:
    """The fields of people of these codes; refused where somebody sees none of that code."""
    fields = {each.code: each for each in own_fields_seen(request.access, OwnOf.CLINICIAN)}
    for code in codes:
        if code not in fields:
            raise Refused(NO_SUCH_FIELD.about(name=code))
    return [fields[code] for code in codes]


def own_out(own: Own) -> OwnJson:
    """What fields of one's own say, by their codes."""
    return {field.code: as_program_reads(said) for field, said in own.items()}


def _field(request: Any, pk: uuid.UUID) -> OwnField:
    return get_object_or_404(OwnField.objects.to_manage(request.access), pk=pk)
