"""What rules say of a subject: asked now, kept then, and once more."""

import uuid
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from symposia.accounts.models import Organisation
from symposia.accounts.queries import this_organisation
from symposia.audit.hashing import canonical
from symposia.compliance.facts import Engaged, Subject, facts_of, people_of
from symposia.compliance.judging import Outcome, concerns, judge, values_on
from symposia.compliance.models import (
    Confidence,
    Evaluation,
    Finding,
    Override,
    OwnPack,
    Result,
    RulePack,
    StatedFact,
)
from symposia.compliance.packfile import Ask, Pack, Rule
from symposia.compliance.queries.packs import (
    Row,
    own_values,
    pack_of,
    packs_binding,
)
from symposia.compliance.queries.people import Around, people_facts

_UNSURE = str(Confidence.TO_VERIFY)
_ORDER = {"block": 0, "warn": 1, "pass": 2}


def latest_evaluation(subject_type: str, subject_id: uuid.UUID) -> Evaluation | None:
    """The last time the rules looked at a subject."""
    return Evaluation.objects.of_subject(subject_type, subject_id).first()


def findings_of(evaluation: Evaluation | None) -> list[Finding]:
    """What each rule said: blocks first, then warnings."""
    if evaluation is None:
        return []
    found = Finding.objects.filter(evaluation=evaluation)
    return in_order(found.select_related("pack", "own_pack", "override"))


def in_order(findings: Iterable[Finding]) -> list[Finding]:
    """Blocks first, then warnings, each in the order of its pack."""
    return sorted(findings, key=lambda f: (_ORDER[f.result], f.position))


def stated_facts(subject_type: str, subject_id: uuid.UUID) -> dict[str, Any]:
    """What somebody said of a subject that no record holds."""
    standing = StatedFact.objects.standing(subject_type, subject_id)
    return {each.name: each.value for each in standing if each.value is not None}


def facts_known(
    subject: Subject,
    given: Mapping[str, Any],
    people: list[Engaged],
    organisation: Organisation,
    *,
    stated: Mapping[str, Any] | None = None,
    around: Around | None = None,
) -> dict[str, Any]:
    """All facts of a subject; a record counts more than what somebody said, which is read here
    unless it is at hand, and so is what stands around it."""
    recorded = {
        **given,
        **facts_of(subject.type, subject.id),
        **people_facts(subject, people, around),
        "organisation_kind": organisation.kind,
        "organisation_country": organisation.country,
        "currency": organisation.currency,
    }
    if stated is None:
        stated = stated_facts(subject.type, subject.id)
    missing = {name: value for name, value in stated.items() if recorded.get(name) is None}
    whole: dict[str, Any] = canonical({**recorded, **missing})
    return whole


def findings_on(
    subject: Subject, facts: Mapping[str, Any], organisation: Organisation, today: date
) -> Iterator[Finding]:
    """What every rule in force on the subject's day says, not kept yet."""
    own, on = own_values(subject.on), subject.on
    exceptions = _exceptions(subject, today)
    place = 0
    for row, pack in packs_binding(organisation, on, str(facts.get("country") or "")):
        for rule in pack.rules:
            values = values_on(pack, rule, on, own.get(pack.code, {}), facts)
            if concerns(rule, facts, values):
                finding = _finding(row, rule, facts, values, judge(pack, rule, facts, values))
                finding.position = place
                given = exceptions.get((row.code, rule.code))
                if finding.result == Result.BLOCK and given and given.is_for(finding):
                    finding.override = given
                yield finding
                place += 1


def _finding(
    row: Row, rule: Rule, facts: Mapping[str, Any], values: dict[str, Any], outcome: Outcome
) -> Finding:
    return Finding(
        pack=row if isinstance(row, RulePack) else None,
        own_pack=row if isinstance(row, OwnPack) else None,
        rule=rule.code,
        title=rule.title,
        result=outcome.result,
        message=outcome.message,
        facts={name: facts.get(name) for name in rule.facts},
        parameters=values,
        citation=rule.citation,
        confidence=confidence_of(rule, values.values()),
    )


def _exceptions(subject: Subject, today: date) -> dict[tuple[str, str], Override]:
    standing = Override.objects.of_subject(subject.type, subject.id).in_force(today)
    return {(each.pack_code, each.rule): each for each in standing}


def overrides_of(subject_type: str, subject_id: uuid.UUID) -> list[Override]:
    """Every exception a subject ever had, the newest first."""
    return list(Override.objects.of_subject(subject_type, subject_id))


def questions_about(
    facts: Mapping[str, Any], organisation: Organisation, on: date
) -> dict[str, Ask]:
    """The facts that a person may state, of the rules that speak of this subject."""
    own = own_values(on)
    found: dict[str, Ask] = {}
    for _row, pack in packs_binding(organisation, on, str(facts.get("country") or "")):
        for rule in pack.rules:
            values = values_on(pack, rule, on, own.get(pack.code, {}), facts)
            if concerns(rule, facts, values):
                found |= {n: pack.asks[n] for n in rule.facts if n in pack.asks}
    return found


@dataclass(frozen=True)
class Preview:
    """What the rules would say now, and what one may still state; nothing of it is kept."""

    facts: dict[str, Any]
    findings: list[Finding]
    questions: dict[str, Ask]
    stated: dict[str, Any]

    @property
    def still_asked(self) -> dict[str, Ask]:
        """The questions that no record answers by now: what a record says counts anyway."""
        return {name: ask for name, ask in self.questions.items() if not self._is_recorded(name)}

    def _is_recorded(self, name: str) -> bool:
        known = self.facts.get(name)
        return known is not None and self.stated.get(name) != known


def preview_of(subject: Subject, given: Mapping[str, Any], today: date) -> Preview:
    """Ask the rules while something is still being planned."""
    organisation = this_organisation()
    facts = facts_known(subject, given, people_of(subject.type, subject.id), organisation)
    findings = in_order(findings_on(subject, facts, organisation, today))
    questions = questions_about(facts, organisation, subject.on)
    return Preview(facts, findings, questions, stated_facts(subject.type, subject.id))


def rerun(evaluation: Evaluation) -> list[Outcome]:
    """The rules once more, of the versions and values of then, on the facts of then."""
    return [_again(evaluation, finding) for finding in findings_of(evaluation)]


def _again(evaluation: Evaluation, finding: Finding) -> Outcome:
    pack: Pack = pack_of(finding.spoken_by)
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
