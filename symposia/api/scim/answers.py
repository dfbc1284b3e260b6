"""Answers and errors as RFC 7644 has them."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.translation import gettext as _

from symposia.shared.refusals import Refused
from symposia.shared.texts import holds_no_text

MEDIA_TYPE = "application/scim+json"
ERROR = "urn:ietf:params:scim:api:messages:2.0:Error"
LIST = "urn:ietf:params:scim:api:messages:2.0:ListResponse"
# What a page holds at most, and how much a request may send.
MOST, LARGEST = 200, 1 << 20
# Refusals that mean: there is one already.
_TAKEN = frozenset({"directory_same_name"})
_UNFIT = frozenset({"directory_no_name", "directory_no_address", "directory_no_group_name"})
# Stands in every answer, whatever was asked to be left out.
_ALWAYS = frozenset({"schemas", "id"})


class ScimError(Exception):
    """A request that is not as the standard has it, or asks for what is not there."""

    def __init__(self, status: int, detail: str, kind: str = "") -> None:
        super().__init__(detail)
        self.status, self.detail, self.kind = status, detail, kind


@dataclass(frozen=True)
class Answer:
    """What came of a request: the resource, and what was left as it was."""

    status: int
    resource: Mapping[str, Any] | None = None
    # Whom or what it was about, for the log of the organisation.
    about: str = ""
    notes: Sequence[str] = field(default=())


def absent(kind: str) -> ScimError:
    """No such resource, or none that the key may see."""
    return ScimError(404, _("There is no such %(kind)s here.") % {"kind": kind})


def invalid(detail: str, kind: str = "invalidValue") -> ScimError:
    """Something sent needs another value."""
    return ScimError(400, detail, kind)


def error_of(no: Refused | ScimError) -> ScimError:
    """A refusal of the product in the words of the standard."""
    if isinstance(no, ScimError):
        return no
    if no.objection.code in _TAKEN:
        return ScimError(409, str(no), "uniqueness")
    if no.objection.code in _UNFIT:
        return ScimError(400, str(no), "invalidValue")
    return ScimError(403, str(no))


def error_answer(error: ScimError) -> HttpResponse:
    """An error with its sentence."""
    body = {"schemas": [ERROR], "status": str(error.status), "detail": error.detail}
    if error.kind:
        body["scimType"] = error.kind
    return _json(body, error.status)


def as_json(request: HttpRequest, answer: Answer) -> HttpResponse:
    """A resource with its version; nothing where it is as the asker knows it, or is no more."""
    if answer.resource is None:
        return HttpResponse(status=answer.status)
    version = version_of(answer.resource)
    if request.method == "GET" and version in _named(request, "If-None-Match"):
        return _tagged(HttpResponse(status=304), version)
    found = _tagged(_json(shown(request, answer.resource), answer.status), version)
    if answer.status == 201:
        found["Location"] = answer.resource["meta"]["location"]
    return found


def as_list(
    request: HttpRequest, resources: Sequence[Mapping[str, Any]], start: int, total: int
) -> HttpResponse:
    """One page of resources."""
    body = {
        "schemas": [LIST],
        "totalResults": total,
        "startIndex": start,
        "itemsPerPage": len(resources),
        "Resources": [shown(request, each) for each in resources],
    }
    return _json(body, 200)


def version_of(resource: Mapping[str, Any]) -> str:
    """The entity tag of a resource as it is now."""
    plain = {name: value for name, value in resource.items() if name != "meta"}
    text = json.dumps(plain, sort_keys=True, default=str)
    return f'W/"{hashlib.sha256(text.encode()).hexdigest()[:16]}"'


def refuse_if_changed(request: HttpRequest, resource: Mapping[str, Any]) -> None:
    """Whoever names a version changes that one alone."""
    named = _named(request, "If-Match")
    if named and "*" not in named and version_of(resource) not in named:
        raise ScimError(412, _("The resource has changed meanwhile. Read it again."))


def page_asked(request: HttpRequest) -> tuple[int, int]:
    """From which resource on, counted from one, and how many."""
    start, count = (_number(request, *each) for each in (("startIndex", 1), ("count", MOST)))
    return max(1, start), max(0, min(count, MOST))


def address_of(kind: str, pk: Any) -> str:
    """Where a resource is."""
    return f"{settings.ORIGIN}/scim/v2/{kind}s/{pk}"


def body_of(request: HttpRequest) -> dict[str, Any]:
    """What was sent, as an object without what no text may hold."""
    if len(request.body) > LARGEST:
        raise ScimError(413, _("At most one megabyte at a time."))
    try:
        body = json.loads(request.body)
        holds_text = not holds_no_text(body)
    except (ValueError, RecursionError) as broken:
        raise invalid(_("The body is not JSON."), "invalidSyntax") from broken
    if not isinstance(body, dict) or not holds_text:
        raise invalid(_("The body is no object of plain text."), "invalidSyntax")
    return body


def shown(request: HttpRequest, resource: Mapping[str, Any]) -> dict[str, Any]:
    """A resource with the attributes that are asked for, or without some."""
    wanted, unwanted = (_attributes(request, name) for name in ("attributes", "excludedAttributes"))
    return {
        name: value
        for name, value in resource.items()
        if name in _ALWAYS
        or (name.lower() not in unwanted and (not wanted or name.lower() in wanted))
    }


def _attributes(request: HttpRequest, name: str) -> set[str]:
    """The first words of the paths; a part of an attribute is answered with all of it."""
    asked = request.GET.get(name, "").lower().split(",")
    return {each.strip() if "urn:" in each else each.strip().split(".")[0] for each in asked} - {""}


def _number(request: HttpRequest, name: str, otherwise: int) -> int:
    try:
        return int(request.GET.get(name, otherwise))
    except ValueError as broken:
        raise invalid(_("%(name)s is a whole number.") % {"name": name}) from broken


def _named(request: HttpRequest, header: str) -> set[str]:
    return {each.strip() for each in request.headers.get(header, "").split(",")} - {""}


def _tagged(response: HttpResponse, version: str) -> HttpResponse:
    response["ETag"] = version
    return response


def _json(body: Mapping[str, Any], status: int) -> HttpResponse:
    return JsonResponse(body, status=status, content_type=MEDIA_TYPE)
