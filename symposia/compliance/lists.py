from typing import Any

from django.utils.translation import gettext_lazy as _

from symposia.accounts.permissions import Access, Permission
from symposia.compliance.models import (
    Confidence,
    Finding,
    Override,
    OwnPack,
    Restriction,
    RestrictionKind,
    Result,
    State,
)
from symposia.shared.lists import Choice, Column, ListOf, Search, either

RESULT_TONES: dict[str, str] = {Result.BLOCK: "stop", Result.WARN: "warn", Result.PASS: "ok"}
SURENESS_TONES: dict[str, str] = {Confidence.SOURCED: "ok", Confidence.TO_VERIFY: "warn"}
TONES: dict[str, str] = {
    State.PUBLISHED: "ok",
    State.PROPOSED: "warn",
    State.DRAFT: "info",
    State.WITHDRAWN: "",
}
# Where one looks at a subject together with what the rules say of it.
SUBJECT_PAGES = {"activity": "activity_rules"}


def _page(kind: str, pk: Any) -> tuple[str, list[Any]] | None:
    return (SUBJECT_PAGES[kind], [pk]) if kind in SUBJECT_PAGES else None


def _findings(access: Access) -> Any:
    """What warns or blocks, as the rules said it last of each subject."""
    found = Finding.objects.visible_to(access).current().exclude(result=Result.PASS)
    return found.select_related("evaluation", "pack", "own_pack", "override")


def _find_findings(rows: Any, text: str) -> Any:
    named = rows.filter(evaluation__title__icontains=text)
    return named | rows.filter(rule__iexact=text) | rows.filter(message__icontains=text)


FINDINGS = ListOf(
    name="findings",
    title=_("Findings"),
    permission=Permission.VIEW_RULES,
    rows=_findings,
    columns=(
        Column(
            "what",
            _("What"),
            "evaluation__title",
            sort="evaluation__title",
            url=lambda f: _page(f.evaluation.subject_type, f.evaluation.subject_id),
        ),
        Column("on", _("Day"), "evaluation__on", kind="day", sort="evaluation__on"),
        Column("rule", _("Rule"), "rule", sort="rule", kind="id"),
        Column(
            "result",
            _("Result"),
            "result",
            sort="result",
            kind="state",
            tone=lambda f: RESULT_TONES[f.result],
        ),
        Column("finding", _("Finding"), "message"),
        Column("exception", _("Exception until"), "override__expires_on", kind="day"),
        Column(
            "sure",
            _("How sure"),
            "confidence",
            sort="confidence",
            kind="state",
            tone=lambda f: SURENESS_TONES[f.confidence],
        ),
        Column("title", _("What the rule asks"), "title", in_page=False),
        Column("pack", _("Pack"), either("pack__code", "own_pack__code"), in_page=False),
        Column(
            "version", _("Version"), either("pack__version", "own_pack__version"), in_page=False
        ),
        Column("source", _("Source"), "citation", in_page=False),
        Column("seen_at", _("Looked at"), "evaluation__evaluated_at", kind="moment", in_page=False),
    ),
    filters=(
        Search("q", _("Activity, rule or words"), _find_findings),
        Choice("result", _("Result"), "result", Result.choices),
        Choice("sure", _("How sure"), "confidence", Confidence.choices),
    ),
    sort="-evaluation__on",
    empty=_("No rule warns or blocks."),
)


def _overrides(access: Access) -> Any:
    return Override.objects.visible_to(access)


def _find_overrides(rows: Any, text: str) -> Any:
    return rows.filter(title__icontains=text) | rows.filter(rule__iexact=text)


OVERRIDES = ListOf(
    name="rule_exceptions",
    title=_("Exceptions"),
    permission=Permission.VIEW_RULES,
    rows=_overrides,
    columns=(
        Column("rule", _("Rule"), "rule", sort="rule", kind="id"),
        Column(
            "what",
            _("What"),
            "title",
            sort="title",
            url=lambda o: _page(o.subject_type, o.subject_id),
        ),
        Column("reason", _("Reason"), "reason"),
        Column("until", _("Until"), "expires_on", kind="day", sort="expires_on"),
        Column("by", _("Made by"), "granted_by_name", sort="granted_by_name"),
        Column("at", _("Made"), "granted_at", sort="granted_at", kind="moment"),
        Column("ended", _("Ended"), "ended_at", sort="ended_at", kind="moment"),
        Column("ended_reason", _("Why it ended"), "ended_reason"),
        Column("ended_by", _("Ended by"), "ended_by_name", in_page=False),
        Column("pack", _("Pack"), "pack_code", in_page=False),
    ),
    filters=(Search("q", _("Activity or rule"), _find_overrides),),
    sort="-granted_at",
    empty=_("Nobody has made an exception from a rule."),
)


def _restrictions(access: Access) -> Any:
    return Restriction.objects.visible_to(access)


def _find_restrictions(rows: Any, text: str) -> Any:
    return rows.filter(words__icontains=text) | rows.filter(reason__icontains=text)


RESTRICTIONS = ListOf(
    name="restrictions",
    title=_("Restrictions"),
    permission=Permission.MANAGE_RULES,
    rows=_restrictions,
    columns=(
        Column(
            "words",
            _("Whom or what"),
            "words",
            sort="words",
            url=lambda r: ("restriction", [r.pk]),
        ),
        Column("kind", _("Kind"), "kind", sort="kind"),
        Column("reason", _("Reason"), "reason"),
        Column("from", _("From"), "from_on", kind="day", sort="from_on"),
        Column("until", _("Until"), "until_on", kind="day", sort="until_on"),
        Column("by", _("Added by"), "added_by_name", sort="added_by_name"),
        Column("lifted", _("Lifted"), "lifted_at", sort="lifted_at", kind="moment"),
        Column("lifted_reason", _("Why it was lifted"), "lifted_reason", in_page=False),
    ),
    filters=(
        Search("q", _("Name, product or reason"), _find_restrictions),
        Choice("kind", _("Kind"), "kind", RestrictionKind.choices),
    ),
    sort="-added_at",
    empty=_("Nobody and nothing is restricted."),
)


def _versions(access: Access) -> Any:
    return OwnPack.objects.visible_to(access).defer("source", "impact")


def _find_versions(rows: Any, text: str) -> Any:
    return rows.filter(title__icontains=text) | rows.filter(code__icontains=text)


VERSIONS = ListOf(
    name="rule_versions",
    title=_("Your own versions"),
    permission=Permission.VIEW_RULES,
    rows=_versions,
    columns=(
        Column(
            "title",
            _("Pack"),
            "title",
            sort="title",
            url=lambda v: ("rule_version", [v.pk]),
        ),
        Column("version", _("Version"), "version", sort="version", kind="id"),
        Column("from", _("Applies from"), "effective_from", kind="day", sort="effective_from"),
        Column(
            "state",
            _("State"),
            "state",
            sort="state",
            kind="state",
            tone=lambda v: TONES[v.state],
        ),
        Column("reason", _("Why"), "reason"),
        Column("proposed_by", _("Proposed by"), "proposed_by_name"),
        Column("published_by", _("Published by"), "published_by_name"),
        Column("changed", _("Changed"), "changed_at", sort="changed_at", kind="moment"),
        Column("based_on", _("Begun from"), "based_on", in_page=False),
        Column("sha256", _("Hash"), "sha256", in_page=False),
    ),
    filters=(
        Search("q", _("Name of the pack"), _find_versions),
        Choice("state", _("State"), "state", State.choices),
    ),
    sort="-changed_at",
    empty=_("You judge by the packs as they were shipped."),
)
