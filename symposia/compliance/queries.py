import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from symposia.accounts.models import Organisation
from symposia.compliance.judging import Outcome, judge
from symposia.compliance.models import Confidence, Evaluation, Finding, OwnParameter, RulePack
from symposia.compliance.packfile import Pack, PackRefused, Parameter, Rule, read_pack, sha256_of
from symposia.shared.tenancy import current_organisation_id

_UNSURE = str(Confidence.TO_VERIFY)
_ORDER = {"block": 0, "warn": 1, "pass": 2}


@dataclass(frozen=True)
class DatedValue:
    """A parameter as a screen shows it: its value of a day, or that none is set."""

    parameter: Parameter
    value: str
    effective_from: date | None
    citation: str
    is_to_verify: bool


@dataclass(frozen=True)
class PackOnScreen:
    """One version of a pack with its rules and the values in force."""

    row: RulePack
    pack: Pack
    values: list[DatedValue]
    binds: bool
    in_force: bool


@lru_cache(maxsize=200)
def _read(text: str) -> Pack:
    return read_pack(text)


def pack_of(row: RulePack) -> Pack:
    """The pack a row keeps; raises PackRefused when its text is not the one that was loaded."""
    if sha256_of(row.source) != row.sha256:
        raise PackRefused(f"{row.code} {row.version} is damaged: its hash does not fit its text")
    return _read(row.source)


def packs_binding(organisation: Organisation, on: date) -> list[tuple[RulePack, Pack]]:
    """The versions that bind an organisation on a day."""
    rows = [(row, pack_of(row)) for row in RulePack.objects.in_force(on)]
    return [
        (row, pack)
        for row, pack in rows
        if pack.applies_to.binds(organisation.kind, organisation.country)
    ]


def current_organisation() -> Organisation:
    return Organisation.objects.get(pk=current_organisation_id())


def own_values(on: date) -> dict[str, dict[str, str]]:
    """What the organisation itself has set, by pack and parameter."""
    found: dict[str, dict[str, str]] = {}
    for each in OwnParameter.objects.in_force(on):
        found.setdefault(each.pack_code, {})[each.name] = each.value
    return found


def latest_evaluation(subject_type: str, subject_id: uuid.UUID) -> Evaluation | None:
    """The last time the rules looked at a subject."""
    return Evaluation.objects.of_subject(subject_type, subject_id).first()


def findings_of(evaluation: Evaluation | None) -> list[Finding]:
    """What each rule said: blocks first, then warnings."""
    if evaluation is None:
        return []
    found = Finding.objects.filter(evaluation=evaluation).select_related("pack")
    return sorted(found, key=lambda f: (_ORDER[f.result], f.position))


def rerun(evaluation: Evaluation) -> list[Outcome]:
    """The rules once more, of the versions and values of then, on the facts of then."""
    return [_again(evaluation, finding) for finding in findings_of(evaluation)]


def _again(evaluation: Evaluation, finding: Finding) -> Outcome:
    pack = pack_of(finding.pack)
    return judge(pack, pack.rule(finding.rule), evaluation.facts, finding.parameters)


def has_same_answer(evaluation: Evaluation) -> bool:
    """Whether running an old evaluation again says word for word what it said."""
    return all(
        (again.result, again.message) == (finding.result, finding.message)
        for finding, again in zip(findings_of(evaluation), rerun(evaluation), strict=True)
    )


def confidence_of(rule: Rule, values: Iterable[dict[str, str]]) -> Confidence:
    """A finding is only as sure as the least sure thing it rests on."""
    unsure = _UNSURE in {rule.confidence, *(value["confidence"] for value in values)}
    return Confidence.TO_VERIFY if unsure else Confidence.SOURCED


def packs_on_screen(on: date) -> list[PackOnScreen]:
    """Every version of every pack, those that bind this organisation first."""
    organisation, own = current_organisation(), own_values(on)
    in_force = {row.pk for row in RulePack.objects.in_force(on)}
    shown = []
    for row in RulePack.objects.latest_first():
        pack = pack_of(row)
        binds = pack.applies_to.binds(organisation.kind, organisation.country)
        values = [_dated(each, on, own.get(pack.code, {})) for each in pack.parameters]
        shown.append(PackOnScreen(row, pack, values, binds, row.pk in in_force))
    return sorted(shown, key=lambda s: (not s.binds, not s.in_force))


def _dated(parameter: Parameter, on: date, own: dict[str, str]) -> DatedValue:
    if parameter.owner == "organisation":
        return DatedValue(parameter, own.get(parameter.name, ""), None, "", is_to_verify=True)
    for each in parameter.values:
        if each.applies(on):
            unsure = each.confidence == _UNSURE
            return DatedValue(parameter, each.value, each.effective_from, each.citation, unsure)
    return DatedValue(parameter, "", None, "", is_to_verify=True)
