"""Errors as RFC 9457 has them: how they are answered, and how the description tells of them."""

from typing import Any

from django.http import HttpResponse, JsonResponse
from ninja import Schema

MEDIA_TYPE = "application/problem+json"
MEANINGS = {
    "400": "The request cannot be read.",
    "401": "No valid personal token was sent.",
    "403": "The token lacks the permission, whatever else was sent.",
    "404": "No such record, or none that the token may see.",
    "409": "Refused: the sentence says why, the code which rule.",
    "422": "Some fields need another value.",
}
# Whoever only reads sends no body, and no rule stands in the way.
READING = ("401", "403", "404", "422")
_CONTENT = {MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}}
# Of what is made while it is read, a rule may stand in the way: `openapi_extra` of its operation.
MADE_ON_READING = {"responses": {409: {"description": MEANINGS["409"], "content": _CONTENT}}}


class WrongField(Schema):
    """A field that needs another value."""

    field: str
    message: str


class Problem(Schema):
    """Why a request was not answered."""

    type: str
    title: str
    status: int
    detail: str = ""
    code: str = ""
    fields: list[WrongField] = []
    request_id: str = ""


def problem(status: int, title: str, detail: str = "", **more: Any) -> HttpResponse:
    """An error with its sentence, and whatever else a program may want to know of it."""
    body = {"type": "about:blank", "title": title, "status": status, "detail": detail, **more}
    return JsonResponse(body, status=status, content_type=MEDIA_TYPE)


def describe_problems(schema: dict[str, Any]) -> None:
    """Tell of each operation which problems it answers."""
    known = schema["components"].setdefault("schemas", {})
    described = Problem.model_json_schema(ref_template="#/components/schemas/{model}")
    known |= described.pop("$defs")
    known["Problem"] = described
    for methods in schema["paths"].values():
        for method, operation in methods.items():
            for status in READING if method == "get" else MEANINGS:
                told = {"description": MEANINGS[status], "content": _CONTENT}
                operation["responses"].setdefault(int(status), told)
