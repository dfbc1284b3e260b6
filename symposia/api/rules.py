"""Rule packs for machines: every version with its rules, values, citations and hash."""

from datetime import date
from typing import Any

from django.http import HttpRequest
from django.utils.timezone import localdate
from ninja import Router, Schema

from symposia.accounts.permissions import Permission
from symposia.api.gates import allowed
from symposia.compliance.queries import DatedValue, PackOnScreen, packs_on_screen

router = Router(tags=["rules"])


class RuleOut(Schema):
    """One rule of a pack."""

    code: str
    title: str
    citation: str
    confidence: str


class ValueOut(Schema):
    """A parameter and its value today."""

    name: str
    label: str
    unit: str
    owner: str
    value: str
    to_verify: bool


class PackOut(Schema):
    """One version of a pack; `binds` says whether it applies to this organisation."""

    id: int
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
    rules: list[RuleOut]
    values: list[ValueOut]


@router.get("/", response=list[PackOut], summary="Rule packs")
@allowed(Permission.VIEW_RULES)
def packs(request: HttpRequest) -> list[dict[str, Any]]:  # the gate reads it
    return [_out(shown) for shown in packs_on_screen(localdate())]


def _out(shown: PackOnScreen) -> dict[str, Any]:
    facts = shown.pack.model_dump(
        include={"code", "version", "title", "body", "effective_from", "effective_until"}
    )
    return facts | {
        "id": shown.row.pk,
        "citation": shown.pack.citation,
        "sha256": shown.row.sha256,
        "binds": shown.binds,
        "in_force": shown.in_force,
        "rules": [
            rule.model_dump(include={"code", "title", "citation", "confidence"})
            for rule in shown.pack.rules
        ],
        "values": [_value(each) for each in shown.values],
    }


def _value(each: DatedValue) -> dict[str, Any]:
    facts = each.parameter.model_dump(include={"name", "label", "unit", "owner"})
    return facts | {"value": each.value, "to_verify": each.is_to_verify}
