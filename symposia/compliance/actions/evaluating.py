import uuid
from collections.abc import Mapping, Sequence
from typing import Any

from django.db import transaction
from django.utils.timezone import now

from symposia.accounts.queries import local_day, this_organisation
from symposia.audit.actions import record
from symposia.compliance.actions.values import void_outgrown
from symposia.compliance.events import FactsStated, SubjectEvaluated
from symposia.compliance.facts import Engaged, Subject, people_of
from symposia.compliance.models import Commitment, Evaluation, Finding, StatedFact
from symposia.compliance.policies import objection_to_statement, worst
from symposia.compliance.queries.evaluations import (
    facts_known,
    findings_of,
    findings_on,
    latest_evaluation,
    preview_of,
)
from symposia.directory.models import Clinician
from symposia.shared.actors import Actor
from symposia.shared.events import announce
from symposia.shared.refusals import refuse_if
from symposia.shared.times import day_at


@transaction.atomic
def evaluate_subject(
    subject: Subject, *, facts: Mapping[str, Any], by: Actor, commits: bool = False
) -> Evaluation:
    """Let every rule in force on a subject's day look at it, and keep what each said and why.

    Where it commits people, they are held until the end of the transaction: two plans that ask for
    the last free engagement of one person are looked at one after the other.
    """
    organisation, people = this_organisation(), people_of(subject.type, subject.id)
    if commits:
        _hold(people)

    whole = facts_known(subject, facts, people, organisation)
    findings = list(findings_on(subject, whole, organisation, day_at(now(), organisation.zone)))
    void_outgrown(subject, findings, by=by)
    evaluation = _keep(subject, whole, findings, by=by)
    if commits:
        _commit_people(subject, people, by=by)

    announce(SubjectEvaluated(evaluation.pk, subject.type, subject.id, evaluation.result))
    return evaluation


@transaction.atomic
def evaluate_again(subject: Subject, *, facts: Mapping[str, Any], by: Actor) -> Evaluation | None:
    """Look again at a subject that was looked at before; nothing is kept where nothing is new."""
    before = latest_evaluation(subject.type, subject.id)
    if before is None:
        return None
    organisation, people = this_organisation(), people_of(subject.type, subject.id)

    whole = facts_known(subject, facts, people, organisation)
    findings = list(findings_on(subject, whole, organisation, day_at(now(), organisation.zone)))
    void_outgrown(subject, findings, by=by)
    if before.facts == whole and _said(findings_of(before)) == _said(findings):
        return before
    evaluation = _keep(subject, whole, findings, by=by)

    announce(SubjectEvaluated(evaluation.pk, subject.type, subject.id, evaluation.result))
    return evaluation


def _said(findings: Sequence[Finding]) -> set[tuple[Any, ...]]:
    return {(f.pack_id, f.own_pack_id, f.rule, f.message, f.override_id) for f in findings}


def _keep(
    subject: Subject, whole: dict[str, Any], findings: Sequence[Finding], *, by: Actor
) -> Evaluation:
    evaluation = Evaluation.objects.create(
        subject_type=subject.type,
        subject_id=subject.id,
        title=subject.title[:300],
        on=subject.on,
        facts=whole,
        result=worst(findings),
        evaluated_by_name=by.name,
    )
    for finding in findings:
        finding.evaluation = evaluation
    Finding.objects.bulk_create(findings)
    details = {"result": evaluation.result, "rules": [f.rule for f in findings]}
    record(by, "rules.evaluated", evaluation, details=details)
    return evaluation


def _hold(people: Sequence[Engaged]) -> None:
    """Whoever counts a person's engagements next waits until this transaction ends."""
    ids = [each.clinician_id for each in people]
    list(
        Clinician.objects.select_for_update(no_key=True, of=("self",))
        .filter(pk__in=ids)
        .order_by("pk")
        .values_list("pk")
    )


def _commit_people(subject: Subject, people: Sequence[Engaged], *, by: Actor) -> None:
    """From now on these engagements count for everybody's caps."""
    release_people(subject.type, subject.id, by=by)
    Commitment.objects.bulk_create(
        Commitment(
            clinician_id=each.clinician_id,
            subject_type=subject.type,
            subject_id=subject.id,
            on=subject.on,
            amount_minor=each.fee.minor if each.fee else None,
            currency=each.fee.currency if each.fee else "",
        )
        for each in people
    )


@transaction.atomic
def release_people(subject_type: str, subject_id: uuid.UUID, *, by: Actor) -> None:
    """The engagements of a subject that will not take place as asked count no longer."""
    standing = Commitment.objects.of_subject(subject_type, subject_id).standing()
    released = standing.update(released_at=now())
    if released:
        details = {"subject": subject_id, "people": released}
        record(by, "rules.people_released", details=details)


@transaction.atomic
def state_facts(
    subject: Subject, answers: Mapping[str, Any], *, facts: Mapping[str, Any], by: Actor
) -> list[StatedFact]:
    """Say what no record holds; the rules look again, and a correction is a new statement."""
    asked = preview_of(subject, facts, local_day())

    for name, answer in answers.items():
        refuse_if(objection_to_statement(asked.questions.get(name), answer))

    made = []
    for name, answer in answers.items():
        if asked.stated.get(name) != answer:
            made.append(_state(subject, name, answer, by=by))
    announce(FactsStated(subject.type, subject.id))
    return made


def _state(subject: Subject, name: str, answer: Any, *, by: Actor) -> StatedFact:
    stated = StatedFact.objects.create(
        subject_type=subject.type,
        subject_id=subject.id,
        name=name,
        value=answer,
        stated_by_name=by.name,
    )
    record(by, "rules.fact_stated", stated, details={"name": name, "value": answer})
    return stated
