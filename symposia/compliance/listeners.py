import hashlib
from collections.abc import Iterable
from typing import Any

from symposia.approvals.actions import rate_request
from symposia.approvals.events import RequestOpened, StepDecided
from symposia.approvals.models import Risk, Verdict
from symposia.approvals.queries import living_of
from symposia.compliance.events import SubjectEvaluated
from symposia.compliance.models import Evaluation, Finding, Result
from symposia.compliance.policies import objection_to_findings
from symposia.compliance.queries import findings_of, latest_evaluation
from symposia.shared.actors import SYSTEM
from symposia.shared.events import listens_to
from symposia.shared.refusals import refuse_if

# Where a request keeps each part of its rating.
_KEPT = {"risk": "risk", "note": "risk_note", "rules_hash": "rules_hash"}
_RISKS = {Result.PASS: Risk.LOW, Result.WARN: Risk.MEDIUM, Result.BLOCK: Risk.HIGH}


@listens_to(RequestOpened)
def rate_by_findings(event: RequestOpened) -> None:
    """The riskier the findings, the higher a request stands in the inbox."""
    evaluation = latest_evaluation(event.subject_type, event.subject_id)
    if evaluation:
        rate_request(event.request_id, by=SYSTEM, **_rating_by(evaluation))


@listens_to(SubjectEvaluated)
def rate_what_waits_again(event: SubjectEvaluated) -> None:
    """What was found since a request was made stands in the inbox too."""
    request = living_of(event.subject_type, event.subject_id)
    if request is None or not request.is_open:
        return
    said = _rating_by(Evaluation.objects.get(pk=event.evaluation_id))
    if any(getattr(request, _KEPT[name]) != value for name, value in said.items()):
        rate_request(request.pk, by=SYSTEM, **said)


def _rating_by(evaluation: Evaluation) -> dict[str, Any]:
    """How risky a request is by what the rules found, by which of them, and which looked at it."""
    findings = findings_of(evaluation)
    rules = [f.rule for f in findings if f.result != Result.PASS]
    return {
        "risk": _RISKS[Result(evaluation.result)],
        "note": ", ".join(rules)[:200],
        "rules_hash": _rules_hash(findings),
    }


def _rules_hash(findings: Iterable[Finding]) -> str:
    """Which rules in which versions looked at it, as one word to compare."""
    looked = sorted(f"{f.rule} {f.spoken_by.version}" for f in findings)
    return hashlib.sha256("\n".join(looked).encode()).hexdigest()


@listens_to(StepDecided)
def hold_back_blocked(event: StepDecided) -> None:
    """Nobody approves what a rule blocks; it can be returned or refused."""
    evaluation = latest_evaluation(event.subject_type, event.subject_id)
    if evaluation and event.verdict == Verdict.APPROVE:
        refuse_if(objection_to_findings(evaluation, findings_of(evaluation)))
