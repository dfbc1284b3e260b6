"""A file of people, step by step as on the screen: hand it in, say what its columns mean, look at
what every row would do, bring it in. A file may change anybody, so a right over a part of the
directory opens none of it."""

import uuid
from typing import Any, Literal

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import reverse
from ninja import File, Router, Schema, Status
from ninja.files import UploadedFile
from pydantic import ConfigDict, Field

from symposia.accounts.permissions import Permission
from symposia.api.fields import Offset
from symposia.api.gates import allowed
from symposia.api.lists import list_route
from symposia.directory.actions.import_files import (
    KIND,
    hand_in_clinicians,
    map_columns,
    remove_import_file,
)
from symposia.directory.import_kinds import KINDS
from symposia.directory.imports.table import Meaning, meaning_of
from symposia.directory.lists import IMPORTS, reason_of
from symposia.directory.models import OwnOf, Profession, Scheme
from symposia.directory.own_queries import own_fields_seen
from symposia.directory.policies import objection_to_columns, objection_to_size
from symposia.directory.tasks import start_check, start_import
from symposia.shared.refusals import refuse_if
from symposia.work.imports.fields import TargetField
from symposia.work.imports.shapes import Shape
from symposia.work.imports.templates import template_csv
from symposia.work.models import Import
from symposia.work.queries import file_of_import, rows_of_import

router = Router(tags=["clinicians"])
list_route(router, IMPORTS)
_GATE = Permission.IMPORT_CLINICIANS
_AT_ONCE = 500


class MeaningJson(Schema):
    """Which column (from 0) says which field, and what holds for rows that do not say it."""

    model_config = ConfigDict(extra="forbid")

    columns: dict[str, int] = Field(max_length=200)
    scheme: Scheme | None = None
    profession: Profession | None = None
    country: str = Field("", pattern=r"^$|^[A-Z]{2}$")


class TargetOut(Schema):
    """A field that a column may stand for."""

    name: str
    label: str


class ImportOut(Schema):
    """A file: how far it is, what its columns are called and mean, what its rows would do or did.
    The register's own file says itself what it means."""

    id: uuid.UUID
    file_name: str
    state: str
    problem: str
    is_register: bool
    header: list[str]
    fields: list[TargetOut]
    meaning: MeaningJson | None
    counts: dict[str, Any]


class ImportRowOut(Schema):
    """A row that does something or cannot, and what or why."""

    line: int
    outcome: str
    reason: str
    number: str
    label: str


class ImportRowsOut(Schema):
    """Some rows of the report; `next` is from where the following ones are asked for."""

    rows: list[ImportRowOut]
    next: int | None


class ColumnOut(Schema):
    """A column that a file may have: what it means, how it is written, when it is needed."""

    name: str
    heading: str
    meaning: str
    written: str
    needed: str
    example: str


class TemplateOut(Schema):
    """A table to fill in: its columns, and the same as CSV with an example row."""

    kind: str
    title: str
    columns: list[ColumnOut]
    csv: str


class FileRemovalIn(Schema):
    """Why the file is no longer kept."""

    model_config = ConfigDict(extra="forbid")

    reason: str = Field(min_length=1, max_length=500)


@router.get("/templates/{kind}", response=TemplateOut, operation_id="import_template")
@allowed(_GATE)
def template(request: Any, kind: Literal["people", "contacts", "affiliations", "consents"]) -> Any:
    """What a file of a kind may say, from what its reader reads, and a table to fill in."""
    found = KINDS[kind]
    fields = found.columns(request.access)
    columns = [
        {
            "name": each.name,
            "heading": str(each.label),
            "meaning": str(each.help_text),
            "written": str(each.written),
            "needed": str(each.needed),
            "example": each.example,
        }
        for each in fields
    ]
    csv = template_csv(fields).decode("utf-8-sig")
    return {"kind": kind, "title": str(found.title), "columns": columns, "csv": csv}


@router.post("", response={201: ImportOut}, operation_id="hand_in_clinicians")
@allowed(_GATE, of_all=True)
def hand_in(request: Any, file: File[UploadedFile]) -> Status[dict[str, Any]]:
    """Keep a file and find out what it is; the register's own file is checked at once."""
    refuse_if(objection_to_size(file.size or 0))
    own = own_fields_seen(request.access, OwnOf.CLINICIAN)
    name = file.name or "file"
    made = hand_in_clinicians(file.chunks(), name=name, own=own, by=request.actor)
    if meaning_of(made.mapping) is None:
        start_check(made, by=request.actor, href=_address(made))
    return Status(201, _told(request, made.pk))


@router.get("/{uuid:pk}", response=ImportOut, operation_id="clinicians_import")
@allowed(_GATE, of_all=True)
def read(request: Any, pk: uuid.UUID) -> dict[str, Any]:
    """How far an import is; ask again while it is `checking` or `importing`."""
    return _told(request, pk)


@router.put("/{uuid:pk}/meaning", response={202: ImportOut}, operation_id="map_columns")
@allowed(_GATE, of_all=True)
def mean(request: Any, pk: uuid.UUID, body: MeaningJson) -> Status[dict[str, Any]]:
    """Say what the columns mean, and have every row checked; nothing comes in yet."""
    made = _import(pk)
    names = {each.name for each in _fields(request)}
    places = len(Shape.from_json(made.shape).header)
    refuse_if(objection_to_columns(body.columns, names, places))
    meaning = Meaning(
        body.columns, str(body.scheme or ""), str(body.profession or ""), body.country
    )
    made = map_columns(made, meaning, by=request.actor)
    start_check(made, by=request.actor, href=_address(made))
    return Status(202, _told(request, pk))


@router.post("/{uuid:pk}/rehearsal", response={202: ImportOut}, operation_id="check_clinicians")
@allowed(_GATE, of_all=True)
def check(request: Any, pk: uuid.UUID) -> Status[dict[str, Any]]:
    """Check the rows once more, against the directory as it is now."""
    made = _import(pk)
    start_check(made, by=request.actor, href=_address(made))
    return Status(202, _told(request, pk))


@router.get("/{uuid:pk}/rows", response=ImportRowsOut, operation_id="rows_of_import")
@allowed(_GATE, of_all=True)
def rows(request: Any, pk: uuid.UUID, offset: Offset = 0) -> dict[str, Any]:
    """What every row would do, or did, from `offset` on."""
    first = max(0, offset)
    several = list(rows_of_import(_import(pk))[first : first + _AT_ONCE + 1])
    told = [
        {name: getattr(each, name) for name in ("line", "outcome", "number", "label")}
        | {"reason": reason_of(each)}
        for each in several[:_AT_ONCE]
    ]
    return {"rows": told, "next": first + _AT_ONCE if len(several) > _AT_ONCE else None}


@router.post("/{uuid:pk}/rows", response={202: ImportOut}, operation_id="import_clinicians")
@allowed(_GATE, of_all=True)
def bring_in(request: Any, pk: uuid.UUID) -> Status[dict[str, Any]]:
    """Bring in what the dry run showed, all of it or nothing."""
    made = _import(pk)
    start_import(made, by=request.actor, href=_address(made))
    return Status(202, _told(request, pk))


@router.post("/{uuid:pk}/file/removal", response={204: None}, operation_id="remove_import_file")
@allowed(_GATE, of_all=True)
def remove(request: Any, pk: uuid.UUID, body: FileRemovalIn) -> Status[None]:
    """Remove what was handed in once its rows are in; what came of them stays."""
    made = _import(pk)
    file = file_of_import(made)
    if file is None:
        raise Http404
    remove_import_file(made, file, reason=body.reason, by=request.actor)
    return Status(204, None)


def _fields(request: Any) -> tuple[TargetField, ...]:
    """What columns may stand for, the organisation's own fields too."""
    return tuple(KINDS["people"].columns(request.access))


def _told(request: Any, pk: uuid.UUID) -> dict[str, Any]:
    made = _import(pk)
    meaning = meaning_of(made.mapping)
    said = meaning.as_json() if meaning else None
    if said:
        said |= {"scheme": said["scheme"] or None, "profession": said["profession"] or None}
    return {
        **{name: getattr(made, name) for name in ("id", "file_name", "state", "problem")},
        "is_register": meaning is None,
        "header": list(Shape.from_json(made.shape).header),
        "fields": [{"name": each.name, "label": str(each.label)} for each in _fields(request)],
        "meaning": said,
        "counts": made.counts,
    }


def _import(pk: uuid.UUID) -> Import:
    return get_object_or_404(Import.objects.of_kind(KIND), pk=pk)


def _address(made: Import) -> str:
    return reverse("import_rows", kwargs={"pk": made.pk})
