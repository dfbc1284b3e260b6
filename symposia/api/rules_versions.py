"""Versions of rule packs for machines: drafted from a version or a file, weighed, published."""

import uuid
from datetime import date, timedelta
from typing import Any

from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404
from ninja import Router, Schema

from symposia.accounts.permissions import Permission
from symposia.accounts.queries import local_day
from symposia.api.gates import allowed
from symposia.api.impact_out import ImpactOut
from symposia.api.lists import list_route
from symposia.compliance.actions.drafting import (
    NewVersion,
    add_value,
    begin_from_file,
    begin_version,
    change_head,
    change_rule,
    propose_version,
    publish_version,
    return_version,
    withdraw_version,
)
from symposia.compliance.drafts import CaseEdit, RowEdit, RuleEdit, ValueEdit, check_text
from symposia.compliance.lists import VERSIONS
from symposia.compliance.models import OwnPack
from symposia.compliance.queries.impact import impact_of, pack_in, starting_points

router = Router(tags=["rules"])
list_route(router, VERSIONS)
YEAR = timedelta(days=365)


class VersionOut(Schema):
    """A version with what is wrong with it."""

    id: uuid.UUID
    code: str
    version: str
    title: str
    state: str
    effective_from: date
    revision: int
    sha256: str
    problems: list[str]
    impact: dict[str, Any] | None


class BeginIn(Schema):
    """A new version of a pack, from its latest."""

    code: str
    version: str
    effective_from: date
    reason: str


class FileIn(Schema):
    """A pack's file as text."""

    text: str
    reason: str


class HeadIn(Schema):
    """Another title or another day to begin."""

    title: str
    effective_from: date
    seen_revision: int


class RowIn(Schema):
    """A row: its cells, the verdict and the sentence; `say` names a sentence that exists."""

    when: list[str]
    result: str
    message: str
    say: str = ""


class CaseIn(Schema):
    """A worked example that must meet the row named by `say`."""

    name: str
    on: date
    facts: dict[str, Any]
    own: dict[str, str] = {}
    say: str
    boundary: bool = False


class RuleIn(Schema):
    """A rule's words, its table and its worked examples."""

    title: str
    severity: str
    citation: str
    confidence: str
    rows: list[RowIn]
    cases: list[CaseIn]
    seen_revision: int


class ValueIn(Schema):
    """A value from a day on; the one before it ends there."""

    value: str
    effective_from: date
    citation: str
    confidence: str
    key: str = ""
    unit: str = ""
    seen_revision: int


class SeenIn(Schema):
    """The hash of the text that was read."""

    seen_sha256: str


class VersionReasonIn(Schema):
    """Why."""

    reason: str


@router.post("", response=VersionOut, operation_id="begin_rule_version", summary="Begin a version")
@allowed(Permission.MANAGE_RULES, of_all=True)
def begin(request: Any, given: BeginIn) -> dict[str, Any]:
    rows = [row for row in starting_points() if row.code == given.code]
    if not rows:
        raise Http404
    wanted = NewVersion(given.version, given.effective_from, given.reason)
    return _out(begin_version(rows[-1], wanted, by=request.actor))


@router.post(
    "/files",
    response=VersionOut,
    operation_id="begin_rule_version_from_file",
    summary="Begin a version from a file",
)
@allowed(Permission.MANAGE_RULES, of_all=True)
def begin_file(request: Any, given: FileIn) -> dict[str, Any]:
    return _out(begin_from_file(given.text, reason=given.reason, by=request.actor))


@router.get("/{uuid:pk}", response=VersionOut, operation_id="rule_version", summary="One version")
@allowed(Permission.VIEW_RULES)
def show(request: HttpRequest, pk: uuid.UUID) -> dict[str, Any]:
    return _out(_own(request, pk))


@router.put(
    "/{uuid:pk}/head",
    response=VersionOut,
    operation_id="change_head_of_version",
    summary="Change title and day",
)
@allowed(Permission.MANAGE_RULES, of_all=True)
def head(request: Any, pk: uuid.UUID, given: HeadIn) -> dict[str, Any]:
    return _out(change_head(_own(request, pk), by=request.actor, **given.dict()))


@router.put(
    "/{uuid:pk}/rules/{str:code}",
    response=VersionOut,
    operation_id="change_rule",
    summary="Change a rule",
)
@allowed(Permission.MANAGE_RULES, of_all=True)
def rule(request: Any, pk: uuid.UUID, code: str, given: RuleIn) -> dict[str, Any]:
    own = _own(request, pk)
    found = [each for each in pack_in(own).rules if each.code == code and each.table]
    if not found:
        raise Http404
    edit = RuleEdit(
        given.title,
        given.severity,
        given.citation,
        given.confidence,
        [RowEdit(tuple(row.when), row.result, row.message, row.say) for row in given.rows],
        [CaseEdit(**case.dict()) for case in given.cases],
    )
    seen = given.seen_revision
    return _out(change_rule(own, code, edit, seen_revision=seen, by=request.actor))


@router.post(
    "/{uuid:pk}/values/{slug:name}",
    response=VersionOut,
    operation_id="add_value_to_version",
    summary="Add a value",
)
@allowed(Permission.MANAGE_RULES, of_all=True)
def value(request: Any, pk: uuid.UUID, name: str, given: ValueIn) -> dict[str, Any]:
    own = _own(request, pk)
    if name not in {each.name for each in pack_in(own).parameters}:
        raise Http404
    said = given.dict()
    seen = said.pop("seen_revision")
    return _out(add_value(own, name, ValueEdit(**said), seen_revision=seen, by=request.actor))


@router.get(
    "/{uuid:pk}/impact",
    response=ImpactOut,
    operation_id="impact_of_version",
    summary="What it would change",
)
@allowed(Permission.MANAGE_RULES, of_all=True)
def impact(request: HttpRequest, pk: uuid.UUID) -> dict[str, Any]:
    own = _own(request, pk)
    return impact_of(pack_in(own), first=max(local_day(), own.effective_from)).summary


@router.get(
    "/{uuid:pk}/simulation",
    response=ImpactOut,
    operation_id="simulate_version",
    summary="Try it on last year",
)
@allowed(Permission.MANAGE_RULES, of_all=True)
def simulation(request: HttpRequest, pk: uuid.UUID) -> dict[str, Any]:
    today = local_day()
    return impact_of(pack_in(_own(request, pk)), first=today - YEAR, last=today).summary


@router.post(
    "/{uuid:pk}/proposal", response=VersionOut, operation_id="propose_version", summary="Propose"
)
@allowed(Permission.MANAGE_RULES, of_all=True)
def propose(request: Any, pk: uuid.UUID, given: SeenIn) -> dict[str, Any]:
    return _out(propose_version(_own(request, pk), seen_sha256=given.seen_sha256, by=request.actor))


@router.post(
    "/{uuid:pk}/returning",
    response=VersionOut,
    operation_id="give_back_version",
    summary="Give back",
)
@allowed(Permission.MANAGE_RULES, of_all=True)
def give_back(request: Any, pk: uuid.UUID, given: VersionReasonIn) -> dict[str, Any]:
    return _out(return_version(_own(request, pk), reason=given.reason, by=request.actor))


@router.post(
    "/{uuid:pk}/publication",
    response=VersionOut,
    operation_id="publish_version",
    summary="Publish as the second",
)
@allowed(Permission.MANAGE_RULES, of_all=True)
def publish(request: Any, pk: uuid.UUID, given: SeenIn) -> dict[str, Any]:
    return _out(publish_version(_own(request, pk), seen_sha256=given.seen_sha256, by=request.actor))


@router.post(
    "/{uuid:pk}/withdrawal", response=VersionOut, operation_id="withdraw_version", summary="Give up"
)
@allowed(Permission.MANAGE_RULES, of_all=True)
def withdraw(request: Any, pk: uuid.UUID, given: VersionReasonIn) -> dict[str, Any]:
    return _out(withdraw_version(_own(request, pk), reason=given.reason, by=request.actor))


def _own(request: Any, pk: uuid.UUID) -> OwnPack:
    return get_object_or_404(OwnPack.objects.visible_to(request.access), pk=pk)


def _out(own: OwnPack) -> dict[str, Any]:
    kept = ("code", "version", "title", "state", "effective_from", "revision", "sha256", "impact")
    facts = {name: getattr(own, name) for name in kept}
    return facts | {"id": own.pk, "problems": check_text(own.source).problems}
