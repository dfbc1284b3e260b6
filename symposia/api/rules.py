"""Rules for machines: packs with values and hash, findings, exceptions, restrictions, versions."""

import uuid
from datetime import date
from typing import Any

from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404
from ninja import Router, Schema

from symposia.accounts.permissions import Permission
from symposia.accounts.queries import local_day
from symposia.activities.models import Activity
from symposia.activities.queries import rule_facts_of, rule_subject_of
from symposia.api.gates import allowed
from symposia.api.lists import list_route
from symposia.compliance.actions.evaluating import state_facts
from symposia.compliance.actions.own_values import OwnValue, propose_value
from symposia.compliance.actions.values import (
    RestrictionFacts,
    add_restriction,
    end_override,
    grant_override,
    lift_restriction,
)
from symposia.compliance.lists import FINDINGS, OVERRIDES, RESTRICTIONS
from symposia.compliance.models import Finding, Override, Restriction, RestrictionKind
from symposia.compliance.queries.evaluations import Preview, preview_of
from symposia.compliance.queries.packs import DatedValue, PackOnScreen, packs_on_screen
from symposia.compliance.queries.screens import pack_in_force

router = Router(tags=["rules"])
list_route(router, FINDINGS, "/findings")
list_route(router, OVERRIDES, "/exceptions")
list_route(router, RESTRICTIONS, "/restrictions")


class RuleOut(Schema):
    """One rule of a pack."""

    code: str
    title: str
    severity: str
    final: bool
    citation: str
    confidence: str


class ValueOut(Schema):
    """A parameter and its value today; `key` says for whom, in a table of values."""

    name: str
    label: str
    unit: str
    owner: str
    key: str
    value: str
    to_verify: bool


class PackOut(Schema):
    """One version of a pack; `binds` says whether it applies to this organisation."""

    code: str
    version: str
    title: str
    body: str
    effective_from: date
    effective_until: date | None
    citation: str
    sha256: str
    binds: bool
    in_force: bool
    is_own: bool
    rules: list[RuleOut]
    values: list[ValueOut]


class OwnValueIn(Schema):
    """A value of the organisation's own from a day on; an empty one takes it back."""

    value: str
    effective_from: date
    reason: str


class FindingOut(Schema):
    """What one rule says, with what it rests on."""

    rule: str
    title: str
    pack: str
    version: str
    result: str
    message: str
    facts: dict[str, Any]
    citation: str
    to_verify: bool
    exception_until: date | None


class RuleQuestionOut(Schema):
    """A fact that no record holds and somebody may state."""

    name: str
    kind: str
    question: str
    options: dict[str, str]
    stated: Any


class ActivityRulesOut(Schema):
    """What the rules would say of an activity now, and what they still ask."""

    findings: list[FindingOut]
    questions: list[RuleQuestionOut]


class FactsIn(Schema):
    """Answers by the names of the questions."""

    facts: dict[str, Any]


class ExceptionIn(Schema):
    """Why an exception is made, and until when."""

    finding: uuid.UUID
    reason: str
    expires_on: date


class EndingIn(Schema):
    """Why something ends."""

    reason: str


class RestrictionIn(Schema):
    """Whom or what not to engage."""

    kind: RestrictionKind
    reason: str
    from_on: date
    until_on: date | None = None
    words: str = ""
    clinician: uuid.UUID | None = None


class MadeOut(Schema):
    """What was made or changed."""

    id: uuid.UUID


@router.get("/packs", response=list[PackOut], operation_id="rule_packs", summary="Rule packs")
@allowed(Permission.VIEW_RULES)
def packs(request: HttpRequest) -> list[dict[str, Any]]:  # the gate reads it
    return [_out(shown) for shown in packs_on_screen(local_day())]


@router.put(
    "/packs/{slug:code}/values/{slug:name}", response=MadeOut, operation_id="propose_rule_value"
)
@allowed(Permission.MANAGE_RULES, of_all=True)
def set_value(request: HttpRequest, code: str, name: str, given: OwnValueIn) -> Any:
    """Only a value that a rule leaves to the organisation; it waits for a second person."""
    shown = pack_in_force(code, local_day())
    if shown is None:
        raise Http404
    by = request.actor  # type: ignore[attr-defined]
    return propose_value(shown.pack, name, OwnValue(**given.dict()), by=by)


@router.get("/activities/{uuid:pk}", response=ActivityRulesOut, operation_id="rules_of_activity")
@allowed(Permission.VIEW_RULES)
def of_activity(request: HttpRequest, pk: uuid.UUID) -> dict[str, Any]:
    """Nothing of it is kept; submitting judges once more."""
    return _preview_out(_preview(_activity(request, pk, Permission.VIEW_RULES)))


@router.put("/activities/{uuid:pk}/facts", response=ActivityRulesOut, operation_id="state_facts")
@allowed(Permission.PLAN_ACTIVITIES)
def state(request: HttpRequest, pk: uuid.UUID, given: FactsIn) -> dict[str, Any]:
    """Facts by name, as `questions` ask for them; null takes a statement back."""
    activity = _activity(request, pk, Permission.PLAN_ACTIVITIES)
    by = request.actor  # type: ignore[attr-defined]
    subject, facts = rule_subject_of(activity), rule_facts_of(activity)
    state_facts(subject, given.facts, facts=facts, by=by)
    return _preview_out(_preview(activity))


@router.post("/exceptions", response=MadeOut, operation_id="make_exception")
@allowed(Permission.MANAGE_RULES)
def except_from(request: Any, given: ExceptionIn) -> Any:
    rows = Finding.objects.visible_to(request.access, Permission.MANAGE_RULES)
    found = get_object_or_404(rows.select_related("evaluation"), pk=given.finding)
    return grant_override(found, reason=given.reason, expires_on=given.expires_on, by=request.actor)


@router.post("/exceptions/{uuid:pk}/ending", response=MadeOut, operation_id="end_exception")
@allowed(Permission.MANAGE_RULES)
def end_exception(request: Any, pk: uuid.UUID, given: EndingIn) -> Any:
    rows = Override.objects.visible_to(request.access, Permission.MANAGE_RULES)
    return end_override(get_object_or_404(rows, pk=pk), reason=given.reason, by=request.actor)


@router.post("/restrictions", response=MadeOut, operation_id="add_restriction")
@allowed(Permission.MANAGE_RULES, of_all=True)
def restrict(request: Any, given: RestrictionIn) -> Any:
    said = given.dict()
    facts = RestrictionFacts(clinician_id=said.pop("clinician"), **said)
    return add_restriction(facts, by=request.actor)


@router.post("/restrictions/{uuid:pk}/lifting", response=MadeOut, operation_id="lift_restriction")
@allowed(Permission.MANAGE_RULES, of_all=True)
def lift(request: Any, pk: uuid.UUID, given: EndingIn) -> Any:
    restriction = get_object_or_404(Restriction.objects.visible_to(request.access), pk=pk)
    return lift_restriction(restriction, reason=given.reason, by=request.actor)


def _activity(request: Any, pk: uuid.UUID, permission: Permission) -> Activity:
    return get_object_or_404(Activity.objects.visible_to(request.access, permission), pk=pk)


def _preview(activity: Activity) -> Preview:
    return preview_of(rule_subject_of(activity), rule_facts_of(activity), local_day())


def _preview_out(preview: Preview) -> dict[str, Any]:
    return {
        "findings": [_finding(each) for each in preview.findings],
        "questions": [
            ask.model_dump() | {"name": name, "stated": preview.stated.get(name)}
            for name, ask in preview.questions.items()
        ],
    }


def _finding(found: Finding) -> dict[str, Any]:
    return {
        "rule": found.rule,
        "title": found.title,
        "pack": found.spoken_by.code,
        "version": found.spoken_by.version,
        "result": found.result,
        "message": found.message,
        "facts": found.facts,
        "citation": found.citation,
        "to_verify": found.is_to_verify,
        "exception_until": found.override.expires_on if found.override else None,
    }


def _out(shown: PackOnScreen) -> dict[str, Any]:
    facts = shown.pack.model_dump(
        include={"code", "version", "title", "body", "effective_from", "effective_until"}
    )
    kept = {"code", "title", "severity", "final", "citation", "confidence"}
    return facts | {
        "citation": shown.pack.citation,
        "sha256": shown.row.sha256,
        "binds": shown.binds,
        "in_force": shown.in_force,
        "is_own": shown.is_own,
        "rules": [rule.model_dump(include=kept) for rule in shown.pack.rules],
        "values": [_value(each) for each in shown.values],
    }


def _value(each: DatedValue) -> dict[str, Any]:
    facts = each.parameter.model_dump(include={"name", "label", "owner"})
    return facts | {
        "unit": each.unit,
        "key": each.key,
        "value": each.value,
        "to_verify": each.is_to_verify,
    }
