from collections.abc import Sequence
from decimal import Decimal, InvalidOperation

from django.utils.translation import gettext_lazy as _

from symposia.compliance.models import Evaluation, Finding, Result
from symposia.compliance.packfile import Parameter
from symposia.shared.refusals import Objection

NOT_EVALUATED = Objection("not_evaluated", _("The rules have not looked at this yet."))
BLOCKED = Objection("rule_blocks", _("Rule %(rule)s blocks this: %(message)s"))
NOT_YOURS_TO_SET = Objection(
    "not_yours_to_set", _("This value is set by the body that made the rule.")
)
NOT_AN_AMOUNT = Objection("not_an_amount", _("Write the value as a number, such as 2500."))


def objection_to_findings(
    evaluation: Evaluation | None, findings: Sequence[Finding]
) -> Objection | None:
    """A subject goes on only after the rules looked at it and none of them blocks."""
    if evaluation is None:
        return NOT_EVALUATED
    for finding in findings:
        if finding.result == Result.BLOCK:
            return BLOCKED.about(rule=finding.rule, message=finding.message)
    return None


def objection_to_own_value(parameter: Parameter | None, value: str) -> Objection | None:
    """An organisation sets what a rule leaves to it, and sets it as an amount."""
    if parameter is None or parameter.owner != "organisation":
        return NOT_YOURS_TO_SET
    try:
        amount = Decimal(value)
    except InvalidOperation:
        return NOT_AN_AMOUNT
    return None if amount.is_finite() and amount >= 0 else NOT_AN_AMOUNT


def worst(results: Sequence[str]) -> Result:
    """What many rules say together."""
    if Result.BLOCK in results:
        return Result.BLOCK
    return Result.WARN if Result.WARN in results else Result.PASS
