import hashlib
from collections.abc import Iterable

from symposia.approvals.actions import rate_request
from symposia.approvals.events import RequestOpened, StepDecided
from symposia.approvals.models import Risk, Verdict
from symposia.compliance.models import Finding, Result
from symposia.compliance.policies import objection_to_findings
from symposia.compliance.queries import findings_of, latest_evaluation
from symposia.shared.actors import SYSTEM
from symposia.shared.events import listens_to
from symposia.shared.refusals import refuse_if

_RISKS = {Result.PASS: Risk.LOW, Result.WARN: Risk.MEDIUM, Result.BLOCK: Risk.HIGH}


@listens_to(RequestOpened)
def rate_by_findings(event: RequestOpened) -> None:
    """The riskier the findings, the higher a request stands in the inbox."""
    evaluation = latest_evaluation(event.subject_type, event.subject_id)
    if evaluation is None:
        return
    findings = findings_of(evaluation)
    rules = [f.rule for f in findings if f.result != Result.PASS]
    risk = _RISKS[Result(evaluation.result)]
    rate_request(
        event.request_id,
        risk=risk,
        note=", ".join(rules)[:200],
        rules_hash=_rules_hash(findings),
        by=SYSTEM,
    )


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
