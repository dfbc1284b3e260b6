"""What is no statement is refused with the field that is wrong."""

import pytest

from symposia.statements.checking import Wrong, checked_statement
from symposia.statements.checking.walking import At
from symposia.statements.checking.words import moment, written
from tests.statements.sent import AGENT, told

ACTIVITY = {"id": "https://example.org/a"}
REF = {"objectType": "StatementRef", "id": "4f2c1a52-7a53-4c1d-9a5e-6f0c1b1e7a10"}
SUB = {"objectType": "SubStatement", "actor": AGENT, "verb": {"id": "a:b"}, "object": ACTIVITY}


def test_a_whole_statement_passes():
    whole = told(
        actor={"objectType": "Group", "member": [AGENT]},
        object={**SUB, "result": {"duration": "PT15M30.5S"}},
        result={"score": {"scaled": 0.5, "raw": 5, "min": 0, "max": 10}, "success": True},
        context={
            "registration": REF["id"],
            "team": {"objectType": "Group", "account": {"homePage": "a:b", "name": "team"}},
            "contextActivities": {"parent": ACTIVITY, "other": [ACTIVITY]},
            "contextAgents": [
                {"objectType": "contextAgent", "agent": AGENT, "relevantTypes": ["a:b"]}
            ],
            "language": "zh-Hant-TW",
            "extensions": {"https://example.org/x": {"y": None}},
        },
        timestamp="2026-03-01T09:30:00.123456+05:30",
    )

    assert checked_statement(whole, major=2) == whole


WRONG = [
    ("id", {"id": "1"}),
    ("statement", {"more": 1}),
    ("actor", {"actor": {"name": "Nobody"}}),
    ("actor", {"actor": {**AGENT, "openid": "https://example.org/x"}}),
    ("actor.mbox", {"actor": {"mbox": "lena@example.org"}}),
    ("actor.account", {"actor": {"account": {"name": "x"}}}),
    ("actor", {"actor": {"objectType": "Group"}}),
    ("actor.member[0].mbox", {"actor": {"objectType": "Group", "member": [{"mbox": 1}]}}),
    ("verb.id", {"verb": {"id": "completed"}}),
    ("verb.display", {"verb": {"id": "a:b", "display": {"not a language!": "x"}}}),
    ("object.id", {"object": {"id": "no address"}}),
    ("object.objectType", {"object": {"objectType": "activity", "id": "a:b"}}),
    ("object", {"object": {**SUB, "id": REF["id"]}}),
    ("object.object", {"object": {**SUB, "object": SUB}}),
    (
        "object.definition.choices",
        {"object": {"id": "a:b", "definition": {"interactionType": "likert", "choices": []}}},
    ),
    ("result.score", {"result": {"score": {"scaled": 1.1}}}),
    ("result.score", {"result": {"score": {"raw": 11, "max": 10}}}),
    ("result.success", {"result": {"success": "true"}}),
    ("result.duration", {"result": {"duration": "15 minutes"}}),
    ("result.response", {"result": {"response": None}}),
    ("context.registration", {"context": {"registration": "x"}}),
    ("context.language", {"context": {"language": "en_GB"}}),
    ("context.extensions", {"context": {"extensions": {"x": 1}}}),
    ("context.contextActivities", {"context": {"contextActivities": {"child": ACTIVITY}}}),
    ("context.revision", {"object": REF, "context": {"revision": "1"}}),
    ("object", {"verb": {"id": "http://adlnet.gov/expapi/verbs/voided"}}),
    ("timestamp", {"timestamp": "2026-13-01T00:00:00Z"}),
    ("timestamp", {"timestamp": "2026-03-01T00:00:00-00:00"}),
    ("attachments[0]", {"attachments": [{"usageType": "a:b"}]}),
]


def field_of(wrong):
    """Which field is named as wrong."""
    with pytest.raises(Wrong) as no:
        checked_statement(told(**wrong), major=2)
    return no.value.field


def test_what_is_wrong_is_named():
    named = [field_of(wrong) for _field, wrong in WRONG]

    assert named == [field for field, _wrong in WRONG]


def test_context_agents_belong_to_the_second_version():
    context = {"contextAgents": [{"objectType": "contextAgent", "agent": AGENT}]}

    with pytest.raises(Wrong):
        checked_statement(told(context=context), major=1)


def test_a_moment_of_another_offset_is_an_instant():
    at = moment(At("2026-03-01T09:30:00+05:30", "timestamp"))

    assert written(at) == "2026-03-01T04:00:00.000000Z"
