"""What an activity provider asks for: read from the request, or from a form where version 1.0.3
allows to send everything in one (alternate request syntax)."""

import base64
import binascii
import json
import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qsl

from django.http import HttpRequest
from django.utils.translation import gettext as _

from symposia.statements.checking import Wrong

LARGEST = 20 * 1024 * 1024
DEEPEST = 100
_MAJOR = re.compile(r"(1\.0|2\.0)(?:\.\d{1,9})?")
SPOKEN = {1: "1.0.3", 2: "2.0.0"}
# What the form of the alternate syntax sends as headers; everything else is a parameter.
_AS_HEADERS = {
    *("authorization", "x-experience-api-version", "content-type", "content-length"),
    *("if-match", "if-none-match", "accept", "accept-language", "accept-encoding"),
}
_FORM = "application/x-www-form-urlencoded"


class Answered(Exception):
    """A request that is answered with an error: status and sentence."""

    def __init__(self, status: int, said: str) -> None:
        super().__init__(said)
        self.status, self.said = status, said


@dataclass(frozen=True)
class Asked:
    """A request, however it was sent."""

    method: str
    resource: str
    params: Mapping[str, str]
    headers: Mapping[str, str]
    body: bytes

    @property
    def major(self) -> int:
        """The version of the standard it is sent by."""
        said = self.headers.get("x-experience-api-version", "")
        found = _MAJOR.fullmatch(said)
        if found is None:
            sentence = _("The header X-Experience-API-Version is missing or is no version spoken.")
            raise Answered(400, sentence)
        return int(found[1][0])

    @property
    def content_type(self) -> str:
        return self.headers.get("content-type", "")

    @property
    def media_type(self) -> str:
        return self.content_type.partition(";")[0].strip().lower()

    def credentials(self) -> tuple[str, str]:
        """User name and secret (HTTP Basic)."""
        scheme, _space, coded = self.headers.get("authorization", "").partition(" ")
        try:
            plain = base64.b64decode(coded.strip(), validate=True).decode()
        except (binascii.Error, ValueError):
            plain = ""
        username, colon, secret = plain.partition(":")
        if scheme.lower() != "basic" or not colon or "\0" in plain:
            raise unknown()
        return username, secret

    def only(self, known: Collection[str], needed: Collection[str] = ()) -> None:
        """No parameter but those that are known, and all that are needed."""
        for name in self.params:
            if name not in known:
                raise Wrong(name, _("There is no such parameter here."))
        for name in needed:
            if name not in self.params:
                raise Wrong(name, _("This parameter is missing."))

    def tags(self, header: str) -> frozenset[str]:
        """The entity tags that a header names."""
        said = self.headers.get(header, "").split(",")
        return frozenset({each.strip().removeprefix("W/").strip('"') for each in said} - {""})


def unknown() -> Answered:
    """Nobody that is known here."""
    return Answered(401, _("Send the user name and secret of a key (HTTP Basic)."))


def asked(request: HttpRequest, resource: str) -> Asked:
    """The request as it is meant."""
    body = request.read(LARGEST + 1)
    if len(body) > LARGEST:
        raise Answered(413, _("At most 20 megabytes at a time."))
    headers = {name.lower(): value for name, value in request.headers.items()}
    params = _single(request.META.get("QUERY_STRING", ""))
    found = Asked(str(request.method), resource, params, headers, body)
    return _alternate(found) if found.method == "POST" and "method" in params else found


def _alternate(sent: Asked) -> Asked:
    """The request that a form holds. Since 2.0 there is none."""
    if set(sent.params) != {"method"} or sent.media_type != _FORM:
        raise Wrong("method", _("A request in a form has this parameter and a form, nothing else."))
    told = _single(sent.body.decode("utf-8", "replace"))
    headers = dict(sent.headers)
    # Of the form itself: what it carries names its own type.
    headers["content-type"] = "application/json"
    headers |= {n.lower(): v for n, v in told.items() if n.lower() in _AS_HEADERS}
    params = {n: v for n, v in told.items() if n.lower() not in _AS_HEADERS and n != "content"}
    method = sent.params["method"].upper()
    body = told.get("content", "").encode()
    found = Asked(method, sent.resource, params, headers, body)
    if found.major > 1:
        raise Wrong("method", _("Version 2.0 sends no request in a form."))
    return found


def _single(text: str) -> dict[str, str]:
    """Parameters, each said once."""
    try:
        pairs = parse_qsl(text, keep_blank_values=True, max_num_fields=200, errors="strict")
    except (ValueError, UnicodeDecodeError) as broken:
        raise Wrong("parameters", _("They cannot be read.")) from broken
    found: dict[str, str] = {}
    for name, value in pairs:
        if name in found or "\0" in name + value:
            raise Wrong(name.replace("\0", ""), _("A parameter is said once, in plain text."))
        found[name] = value
    return found


def json_of(content: bytes, name: str = "body") -> Any:
    """JSON without what cannot be kept: names said twice, numbers without end, no-characters."""
    if b"\0" in content or b"\\u0000" in content:
        raise Wrong(name, _("The character with the number zero is no text."))
    try:
        found = json.loads(
            content.decode("utf-8"),
            object_pairs_hook=_once,
            parse_constant=_no_number,
            parse_float=_finite,
        )
        if b"\\u" in content:
            json.dumps(found, ensure_ascii=False).encode("utf-8")
    except (ValueError, RecursionError) as broken:
        raise Wrong(name, _("This is not JSON.")) from broken
    if content.count(b"[") + content.count(b"{") > DEEPEST and _depth(found) > DEEPEST:
        raise Wrong(name, _("It is nested too deeply."))
    return found


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("a name is said twice")
    return found


def _no_number(text: str) -> Any:
    raise ValueError(text)


def _finite(text: str) -> float:
    number = float(text)
    if number in {float("inf"), float("-inf")}:
        raise ValueError(text)
    return number


def _depth(value: Any) -> int:
    deepest, level = 0, [value]
    while level and deepest <= DEEPEST:
        deepest += 1
        level = [
            inner
            for each in level
            if isinstance(each, dict | list)
            for inner in (each.values() if isinstance(each, dict) else each)
        ]
    return deepest
