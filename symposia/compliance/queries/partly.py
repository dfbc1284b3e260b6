"""What the rules that read certain facts say of several possibilities; nothing is kept."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from symposia.accounts.models import Organisation
from symposia.accounts.queries import this_organisation
from symposia.compliance.judging import concerns, judge, values_on
from symposia.compliance.models import Confidence, Result
from symposia.compliance.packfile import Pack
from symposia.compliance.queries.evaluations import confidence_of
from symposia.compliance.queries.packs import own_values, pack_of, rows_in_force

_ORDER = {Result.BLOCK: 0, Result.WARN: 1, Result.PASS: 2}


@dataclass(frozen=True)
class Said:
    """What one rule would say, with its source."""

    rule: str
    title: str
    result: Result
    message: str
    citation: str
    is_to_verify: bool


def said_about(
    names: Collection[str], several: Sequence[Mapping[str, Any]], on: date
) -> list[list[Said]]:
    """For each set of facts what the rules that read one of the names say, blocks first."""
    organisation, own = this_organisation(), own_values(on)
    packs = [pack_of(row) for row in rows_in_force(on)]
    return [
        sorted(_said(packs, names, facts, on, organisation, own), key=lambda s: _ORDER[s.result])
        for facts in several
    ]


def _said(  # what one look at one possibility needs
    packs: Sequence[Pack],
    names: Collection[str],
    facts: Mapping[str, Any],
    on: date,
    organisation: Organisation,
    own: Mapping[str, Mapping[str, str]],
) -> Iterator[Said]:
    venue = str(facts.get("country") or "")
    for pack in packs:
        if not pack.applies_to.binds(organisation.kind, organisation.country, venue):
            continue
        for rule in pack.rules:
            if not set(names) & {*rule.facts, *rule.when_known}:
                continue
            values = values_on(pack, rule, on, own.get(pack.code, {}), facts)
            if concerns(rule, facts, values):
                said = judge(pack, rule, facts, values)
                unsure = confidence_of(rule, values.values()) == Confidence.TO_VERIFY
                result = Result(said.result)
                yield Said(rule.code, rule.title, result, said.message, rule.citation, unsure)
