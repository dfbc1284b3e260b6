"""Requests that are answered once: a unique key in the same transaction as what they change."""

from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from typing import Any

from psycopg.types.json import Jsonb

from symposia.shared.ids import uuid7
from symposia.shared.planned import planned
from symposia.shared.tenancy import current_organisation_id
from symposia.work.models import AnsweredRequest


class OtherBody(Exception):
    """A key came back with another request: refused with 422."""


@dataclass(frozen=True)
class Answer:
    """What was said to a request, as far as it is said again."""

    status: int
    body: str
    headers: dict[str, str] = field(default_factory=dict)


_BEGIN = """
INSERT INTO work_answeredrequest
  (id, organisation_id, actor, key, request_hash, headers, body, at)
VALUES (%(id)s, %(organisation)s, %(actor)s, %(key)s, %(hash)s, '{}', '', now())
ON CONFLICT (organisation_id, actor, key) DO NOTHING RETURNING id
"""
_END = """
UPDATE work_answeredrequest SET status = %(status)s, body = %(body)s, headers = %(headers)s
WHERE organisation_id = %(organisation)s AND id = %(id)s
"""


def answer_once(
    actor: str, key: str, request_hash: str, work: Callable[[], Answer]
) -> tuple[Answer, bool]:
    """The answer to a request, and whether it was given before.

    A second request with the same key waits for the first to commit. Raises OtherBody when the
    key was used for something else.
    """
    values: dict[str, Any] = {
        "id": uuid7(),
        "organisation": current_organisation_id(),
        "actor": actor,
        "key": key[:80],
        "hash": request_hash,
    }
    is_new = bool(planned(_BEGIN, values))
    if is_new:
        answer = work()
        if answer.status >= 400:  # nothing was done: the corrected form may use its key again
            AnsweredRequest.objects.filter(pk=values["id"]).delete()
            return answer, False
        planned(_END, values | asdict(answer) | {"headers": Jsonb(answer.headers)})
        return answer, False
    before = AnsweredRequest.objects.get(actor=actor, key=key[:80])
    if before.request_hash != request_hash:
        raise OtherBody
    return Answer(before.status or 500, before.body, before.headers), True
