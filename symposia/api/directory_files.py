"""Files about people of the directory: looked at line by line, then taken, all of them or none."""

import uuid
from collections.abc import Sequence
from typing import Any, Literal

from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from ninja import File, Form, Router, Schema
from ninja.files import UploadedFile
from pydantic import Field

from symposia.accounts.permissions import Permission
from symposia.api.gates import allowed
from symposia.directory.actions.affiliation_files import import_affiliations
from symposia.directory.actions.consents import import_consents
from symposia.directory.actions.contact_files import import_contacts
from symposia.directory.actions.staff import import_staff
from symposia.directory.affiliation_lines import AffiliationLine, judge_affiliations
from symposia.directory.consent_lines import ConsentLine, judge_consents
from symposia.directory.contact_lines import ContactLine, judge_contacts
from symposia.directory.line_files import NO_LINES, lines_of_file
from symposia.directory.lines import LINE_END
from symposia.directory.models import StaffGroup
from symposia.directory.staff_lines import StaffLine, judge_staff
from symposia.shared.refusals import refuse_if

contacts, affiliations, consents = (Router(tags=["clinicians"]) for _each in range(3))
staff = Router(tags=["staff"])
_GATE = Permission.IMPORT_CLINICIANS
_Line = AffiliationLine | ConsentLine | ContactLine | StaffLine
_Upload = File[UploadedFile | None]


class LinesIn(Schema):
    """Lines below a header, where no file (CSV or XLSX) is sent; a dry run takes none."""

    lines: str = Field("", max_length=1_000_000)
    dry_run: bool = True


class StaffLinesIn(LinesIn):
    """The same, and of which group of staff they are the list."""

    group: uuid.UUID


class JudgedLineOut(Schema):
    """What becomes of a line: it is taken (or would be), known already, or wrong for a reason.
    What waits is asked for, and a second person decides."""

    line: int
    person: str
    clinician: uuid.UUID | None
    result: Literal["taken", "known", "wrong"]
    waits: bool
    problem: str


class LinesOut(Schema):
    """How many lines are taken, or would be, and what becomes of each."""

    name: str
    is_dry_run: bool
    taken: int
    lines: list[JudgedLineOut]


@contacts.post("", response=LinesOut, operation_id="import_contacts")
@allowed(_GATE)
def contacts_in(request: Any, body: Form[LinesIn], file: _Upload = None) -> dict[str, Any]:
    """Ways to reach people, many by a file."""
    text, name = _handed_in(body, file, between=LINE_END)
    judged = judge_contacts(request.access, text)
    refuse_if(None if judged else NO_LINES)
    if not body.dry_run:
        import_contacts(judged, file_name=name, by=request.actor)
    return _told(judged, name, body)


@affiliations.post("", response=LinesOut, operation_id="import_affiliations")
@allowed(_GATE)
def affiliations_in(request: Any, body: Form[LinesIn], file: _Upload = None) -> dict[str, Any]:
    """Where people work, many by a file."""
    text, name = _handed_in(body, file)
    judged = judge_affiliations(request.access, text)
    refuse_if(None if judged else NO_LINES)
    if not body.dry_run:
        import_affiliations(judged, file_name=name, by=request.actor)
    return _told(judged, name, body)


@consents.post("", response=LinesOut, operation_id="import_consents")
@allowed(_GATE)
def consents_in(request: Any, body: Form[LinesIn], file: _Upload = None) -> dict[str, Any]:
    """What people said of being reached, many by a file."""
    text, name = _handed_in(body, file)
    judged = judge_consents(request.access, text, zone=request.organisation.zone)
    refuse_if(None if judged else NO_LINES)
    if not body.dry_run:
        import_consents(judged, file_name=name, by=request.actor)
    return _told(judged, name, body)


@staff.post("", response=LinesOut, operation_id="import_staff")
@allowed(Permission.MANAGE_REGISTRATIONS, of_all=True)
def staff_in(request: Any, body: Form[StaffLinesIn], file: _Upload = None) -> dict[str, Any]:
    """Who is on the list of a group of staff, many by a file."""
    group = get_object_or_404(StaffGroup.objects.visible_to(request.access), pk=body.group)
    text, name = _handed_in(body, file)
    judged = judge_staff(request.access, group, text)
    refuse_if(None if judged else NO_LINES)
    if not body.dry_run:
        import_staff(group, judged, file_name=name, by=request.actor)
    return _told(judged, name, body)


def _handed_in(body: LinesIn, file: UploadedFile | None, *, between: str = " ") -> tuple[str, str]:
    """The lines, and what they are called."""
    if file is None:
        return body.lines.replace("\x00", ""), _("Pasted lines")
    text = lines_of_file(file.chunks(), size=file.size or 0, between=between)
    return text, str(file.name)[:200]


def _told(judged: Sequence[_Line], name: str, body: LinesIn) -> dict[str, Any]:
    lines = [
        {
            "line": each.number,
            "person": each.person,
            "clinician": each.clinician.pk if each.clinician else None,
            "result": _result(each),
            "waits": isinstance(each, AffiliationLine) and each.is_asked,
            "problem": each.problem,
        }
        for each in judged
    ]
    taken = sum(each["result"] == "taken" for each in lines)
    return {"name": name, "is_dry_run": body.dry_run, "taken": taken, "lines": lines}


def _result(line: _Line) -> str:
    if isinstance(line, AffiliationLine | ContactLine | StaffLine) and line.is_known:
        return "known"
    return "wrong" if line.problem else "taken"
