import uuid

import pytest

from symposia.compliance.models import Evaluation, Finding
from symposia.compliance.policies import NOT_EVALUATED, objection_to_findings, worst

HERE = {"organisation_id": uuid.uuid4()}
EVALUATION = Evaluation(**HERE)


def finding(result):
    return Finding(rule="IN-1", result=result, message="Abroad.", **HERE)


@pytest.mark.parametrize(
    ("evaluation", "found", "code"),
    [
        (None, [], NOT_EVALUATED.code),
        (EVALUATION, [], None),
        (EVALUATION, ["pass", "warn"], None),
        (EVALUATION, ["pass", "block"], "rule_blocks"),
    ],
    ids=["never looked at", "no rule binds", "a warning", "a block"],
)
def test_a_subject_goes_on_when_no_rule_blocks(evaluation, found, code):
    objection = objection_to_findings(evaluation, [finding(result) for result in found])

    assert (objection and objection.code) == code
    if code == "rule_blocks":
        assert str(objection) == "Rule IN-1 blocks this: Abroad."


@pytest.mark.parametrize(
    ("results", "expected"),
    [([], "pass"), (["pass", "warn"], "warn"), (["warn", "block", "pass"], "block")],
)
def test_many_rules_together_say_the_worst(results, expected):
    assert worst(results) == expected
