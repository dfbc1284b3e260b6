import uuid
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from django.db import transaction

from symposia.accounts.models import Organisation
from symposia.audit.actions import record
from symposia.audit.hashing import canonical
from symposia.compliance.events import SubjectEvaluated
from symposia.compliance.facts import facts_of
from symposia.compliance.judging import judge, values_on
from symposia.compliance.models import Evaluation, Finding, OwnParameter, RulePack
from symposia.compliance.packfile import Rule
from symposia.compliance.policies import objection_to_own_value, worst
from symposia.compliance.queries import (
    confidence_of,
    current_organisation,
    own_values,
    pack_of,
    packs_binding,
)
from symposia.shared.actors import Actor
from symposia.shared.events import announce
from symposia.shared.refusals import refuse_if


@transaction.atomic
def evaluate_subject(
    *, subject_type: str, subject_id: uuid.UUID, facts: Mapping[str, Any], on: date, by: Actor
) -> Evaluation:
    """Let every rule in force on a day look at a subject, and keep what each said and why."""
    organisation = current_organisation()
    whole = canonical(
        {
            **facts,
            **facts_of(subject_type, subject_id),
            "organisation_kind": organisation.kind,
            "organisation_country": organisation.country,
        }
    )

    findings = list(_findings(organisation, whole, on))
    evaluation = Evaluation.objects.create(
        subject_type=subject_type,
        subject_id=subject_id,
        on=on,
        facts=whole,
        result=worst([finding.result for finding in findings]),
        evaluated_by_name=by.name[:200],
    )
    for position, finding in enumerate(findings):
        finding.evaluation, finding.position = evaluation, position
    Finding.objects.bulk_create(findings)

    record(
        by,
        "rules.evaluated",
        evaluation,
        details={"result": evaluation.result, "rules": [f.rule for f in findings]},
    )
    announce(SubjectEvaluated(evaluation.pk, subject_type, subject_id, evaluation.result))
    return evaluation


def _findings(organisation: Organisation, facts: Mapping[str, Any], on: date) -> Iterator[Finding]:
    own = own_values(on)
    for row, pack in packs_binding(organisation, on):
        for rule in pack.rules:
            if rule.modes and facts.get("mode") not in rule.modes:
                continue
            values = values_on(pack, rule, on, own.get(pack.code, {}))
            outcome = judge(pack, rule, facts, values)
            yield Finding(
                pack=row,
                rule=rule.code,
                title=rule.title,
                result=outcome.result,
                message=outcome.message,
                facts=_used(rule, facts),
                parameters=values,
                citation=rule.citation,
                confidence=confidence_of(rule, values.values()),
            )


def _used(rule: Rule, facts: Mapping[str, Any]) -> dict[str, Any]:
    return {name: facts.get(name) for name in rule.needs}


@transaction.atomic
def set_own_parameter(
    row: RulePack, name: str, *, value: str, effective_from: date, reason: str, by: Actor
) -> OwnParameter:
    """Set a value that a rule leaves to the organisation, from a day on; earlier ones remain."""
    known = {parameter.name: parameter for parameter in pack_of(row).parameters}

    refuse_if(objection_to_own_value(known.get(name), value))

    own = OwnParameter.objects.create(
        pack_code=row.code,
        name=name,
        value=value,
        effective_from=effective_from,
        reason=reason,
        set_by_name=by.name[:200],
    )

    record(by, "rules.value_set", own, reason=reason, details={"value": value})
    return own
