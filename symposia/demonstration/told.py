"""A course of a publisher and a simulator of the skills laboratory tell what learners did; the key
of an earlier tool has ended."""

import uuid
from datetime import datetime
from typing import Any

import time_machine
from django.utils.timezone import now

from symposia.demonstration.thread import Cast
from symposia.statements.actions.keys import make_provider_key, revoke_provider_key
from symposia.statements.actions.storing import Sender, store_statements
from symposia.statements.authorities import authority_of, provider_actor
from symposia.statements.checking import checked_statement
from symposia.statements.models import ProviderKey, Scope

_ADL = "http://adlnet.gov/expapi"
_HOME = "https://lessons.example.org"
COURSE = {
    "objectType": "Activity",
    "id": f"{_HOME}/courses/sepsis",
    "definition": {"name": {"en": "Sepsis: the first hour"}, "type": f"{_ADL}/activities/course"},
}
LEARNERS = ("lea.1041", "tom.1188", "aya.1207")


def tell_by_others(cast: Cast, today: datetime) -> None:
    """Two providers that tell, one that does no more, and a statement that was voided."""
    by = cast.actor("administrator")
    with time_machine.travel(cast.at_work(today, 3), tick=True):
        course, _secret = make_provider_key("Publisher's sepsis course", Scope.CONTENT, by=by)
        simulator, _secret = make_provider_key("Skills laboratory", Scope.WRITE, by=by)
        earlier, _secret = make_provider_key("Quiz tool (trial)", Scope.WRITE, days=30, by=by)
        revoke_provider_key(earlier, by=by)
    with time_machine.travel(cast.at_work(today, 2), tick=True):
        for name in LEARNERS:
            _tell(course, _statement(name, "initialized"), _statement(name, "completed"))
        mistaken = _statement(LEARNERS[0], "failed", score=0.1)
        _tell(simulator, mistaken, _statement(LEARNERS[0], "passed", score=0.9))
        _tell(simulator, _voiding(mistaken["id"]))


def _tell(key: ProviderKey, *statements: dict[str, Any]) -> None:
    checked = [checked_statement(each, major=1) for each in statements]
    sender = Sender(authority_of(key), now(), key)
    store_statements(checked, {}, sender=sender, version="1.0.3", by=provider_actor(key))


def _statement(learner: str, verb: str, *, score: float | None = None) -> dict[str, Any]:
    told: dict[str, Any] = {
        "id": str(uuid.uuid4()),
        "actor": {"account": {"homePage": _HOME, "name": learner}},
        "verb": {"id": f"{_ADL}/verbs/{verb}", "display": {"en": verb}},
        "object": COURSE,
    }
    if score is not None:
        told["result"] = {"score": {"scaled": score}, "success": verb == "passed"}
    return told


def _voiding(pk: str) -> dict[str, Any]:
    return {
        "id": str(uuid.uuid4()),
        "actor": {"account": {"homePage": _HOME, "name": "laboratory"}},
        "verb": {"id": f"{_ADL}/verbs/voided", "display": {"en": "voided"}},
        "object": {"objectType": "StatementRef", "id": pk},
    }
