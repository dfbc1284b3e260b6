"""Answers as the standard has them; errors with a sentence, and which field it is about."""

import json
import secrets
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.http import HttpResponse
from django.utils.http import http_date

from symposia.api.xapi.asked import SPOKEN, Answered
from symposia.shared.refusals import Refused
from symposia.statements.attached import Content
from symposia.statements.checking import Wrong

_JSON = "application/json"
_STATUS = {
    "statements_other_statement": 409,
    "statements_document_changed": 412,
    "statements_document_unnamed": 409,
    "statements_document_unsaid": 400,
    "statements_document_no_json": 400,
    "statements_voids_voiding": 400,
}
# A lesson runs wherever its publisher keeps it; it sends no cookie, only the key it was given.
_FROM_ANYWHERE = {
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Expose-Headers": (
        "ETag, Last-Modified, Content-Length, Content-Type, WWW-Authenticate,"
        " X-Experience-API-Version, X-Experience-API-Consistent-Through"
    ),
}
PREFLIGHT = {
    "Access-Control-Allow-Methods": "GET, HEAD, POST, PUT, DELETE, OPTIONS",
    "Access-Control-Allow-Headers": (
        "Authorization, Content-Type, If-Match, If-None-Match, X-Experience-API-Version,"
        " X-Experience-API-Hash"
    ),
    "Access-Control-Max-Age": "600",
}


def as_json(told: Any, status: int = 200) -> HttpResponse:
    return as_text(json.dumps(told, ensure_ascii=False, separators=(",", ":")), status)


def as_text(text: str, status: int = 200) -> HttpResponse:
    """JSON that is written already."""
    return HttpResponse(text.encode("utf-8", "replace"), status=status, content_type=_JSON)


def nothing() -> HttpResponse:
    return HttpResponse(status=204)


def as_document(content: bytes, content_type: str, etag: str) -> HttpResponse:
    """Somebody's bytes, which no browser opens as a page of ours."""
    answer = HttpResponse(content, content_type=content_type)
    answer["ETag"] = f'"{etag}"'
    answer["Content-Disposition"] = "attachment"
    return answer


def with_attachments(text: str, contents: Mapping[str, Content]) -> HttpResponse:
    """Statements, and what is attached to them, as multipart/mixed."""
    boundary = secrets.token_hex(16)
    mark = f"--{boundary}\r\n".encode()
    parts = [mark, b"Content-Type: application/json\r\n\r\n", text.encode("utf-8", "replace")]
    for sha2, kept in contents.items():
        head = (
            f"Content-Type: {kept.content_type}\r\nContent-Transfer-Encoding: binary\r\n"
            f"X-Experience-API-Hash: {sha2}\r\n\r\n"
        )
        parts += [b"\r\n", mark, head.encode(), kept.content]
    parts.append(f"\r\n--{boundary}--\r\n".encode())
    answer = HttpResponse(b"".join(parts), content_type=f"multipart/mixed; boundary={boundary}")
    answer["Content-Disposition"] = "attachment"
    return answer


def changed_at(answer: HttpResponse, at: datetime | None) -> HttpResponse:
    if at:
        answer["Last-Modified"] = http_date(at.timestamp())
    return answer


def error_answer(no: Exception) -> HttpResponse:
    """An error in words; whoever is not known is told how to sign in."""
    match no:
        case Wrong():
            return as_json({"error": str(no), "field": no.field}, 400)
        case Refused():
            code = no.objection.code
            return as_json({"error": str(no), "code": code}, _STATUS.get(code, 403))
        case Answered():
            answer = as_json({"error": no.said}, no.status)
            if no.status == 401:
                answer["WWW-Authenticate"] = 'Basic realm="xAPI", charset="UTF-8"'
            return answer
    raise no


def not_allowed(allowed: Sequence[str]) -> HttpResponse:
    answer = as_json({"error": f"{', '.join(allowed)}"}, 405)
    answer["Allow"] = ", ".join(allowed)
    return answer


def spoken(answer: HttpResponse, major: int) -> HttpResponse:
    """Say by which version of the standard it is answered, and to whom."""
    answer["X-Experience-API-Version"] = SPOKEN[major]
    for name, value in _FROM_ANYWHERE.items():
        answer[name] = value
    return answer
