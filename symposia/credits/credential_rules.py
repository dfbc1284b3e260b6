"""What a credential must look like before anybody asks for its key: pure rules.

Verifiable Credentials Data Model 2.0, section 4, https://www.w3.org/TR/vc-data-model-2.0/. What
verifies signatures looks at what is signed, not at whether it says anything.
"""

import re
from collections.abc import Iterator
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

BASE = "https://www.w3.org/ns/credentials/v2"
# An instant of XML Schema with its zone: a clock without one is no instant.
_INSTANT = re.compile(r"-?\d{4,}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)", re.ASCII)
_LANGUAGE = {"@value", "@language", "@direction"}
# What says its kind wherever it stands.
_KINDED = (
    *("proof", "credentialStatus", "credentialSchema"),
    *("termsOfUse", "evidence", "refreshService"),
)


def problem_with(credential: dict[str, Any]) -> str:
    """The first thing that makes it no credential, named as the standard does; or nothing."""
    return next(_problems(credential), "")


def _problems(said: dict[str, Any]) -> Iterator[str]:
    yield from _contexts(said.get("@context"))
    if "VerifiableCredential" not in _types(said.get("type")):
        yield "type does not name VerifiableCredential"
    yield from _name(said, "the credential", required=False)
    yield from _issuer(said.get("issuer"))
    yield from _subjects(said.get("credentialSubject"))
    yield from _times(said)
    for part in _KINDED:
        yield from _kinded(said, part)
    for schema in _several(said.get("credentialSchema")):
        yield from _name(schema, "credentialSchema", required=True)
    yield from _words(said, "the credential")
    yield from _resources(said)


def _contexts(contexts: Any) -> Iterator[str]:
    if not isinstance(contexts, list) or not contexts or contexts[0] != BASE:
        yield f"@context does not begin with {BASE}"
    elif not all(isinstance(each, dict) or _is_address(each) for each in contexts):
        yield "@context has what is neither an address nor an object"


def _types(types: Any) -> list[str]:
    """The types as they stand; none where one of them is no word."""
    listed = types if isinstance(types, list) else [types]
    return listed if all(isinstance(each, str) and each for each in listed) else []


def _name(said: Any, of: str, *, required: bool) -> Iterator[str]:
    if isinstance(said, dict) and ("id" in said or required) and not _is_address(said.get("id")):
        yield f"the id of {of} is no URL"


def _issuer(issuer: Any) -> Iterator[str]:
    if isinstance(issuer, dict):
        yield from _name(issuer, "the issuer", required=True)
        yield from _words(issuer, "the issuer")
    elif not _is_address(issuer):
        yield "issuer is neither a URL nor an object with one"


def _subjects(subjects: Any) -> Iterator[str]:
    listed = subjects if isinstance(subjects, list) else [subjects]
    if not listed or not all(isinstance(each, dict) and each for each in listed):
        yield "credentialSubject says nothing"
    for each in listed:
        yield from _name(each, "credentialSubject", required=False)


def _times(said: dict[str, Any]) -> Iterator[str]:
    given = {}
    for part in ("validFrom", "validUntil"):
        if part in said:
            at = _instant(said[part])
            if at is None:
                yield f"{part} is no instant with a zone"
            else:
                given[part] = at
    if len(given) > 1 and given["validUntil"] < given["validFrom"]:
        yield "validUntil is before validFrom"


def _instant(text: Any) -> datetime | None:
    if not isinstance(text, str) or not _INSTANT.fullmatch(text):
        return None
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        return None


def _kinded(said: dict[str, Any], part: str) -> Iterator[str]:
    for each in _several(said.get(part)):
        if not isinstance(each, dict) or not _types(each.get("type", [])):
            yield f"{part} does not say its type"
        elif part != "proof":
            yield from _name(each, part, required=False)


def _words(said: dict[str, Any], of: str) -> Iterator[str]:
    for part in ("name", "description"):
        for each in _several(said.get(part)):
            if not isinstance(each, str) and not _in_a_language(each):
                yield f"the {part} of {of} is neither a text nor one in a language"


def _in_a_language(said: Any) -> bool:
    return (
        isinstance(said, dict) and isinstance(said.get("@value"), str) and said.keys() <= _LANGUAGE
    )


def _resources(said: dict[str, Any]) -> Iterator[str]:
    named = []
    for each in _several(said.get("relatedResource")):
        if not isinstance(each, dict) or not _is_address(each.get("id")):
            yield "relatedResource has no id"
        elif not {"digestSRI", "digestMultibase"} & each.keys():
            yield "relatedResource has no digest"
        else:
            named.append(each["id"])
    if len(set(named)) < len(named):
        yield "relatedResource names one thing twice"


def _several(value: Any) -> list[Any]:
    """One or many of something, or none."""
    if value is None:
        return []
    return value if isinstance(value, list) else [value]


def _is_address(value: Any) -> bool:
    """Whether it is an absolute URL: `https`, `did`, `urn` and whatever else has a scheme."""
    if not isinstance(value, str) or re.search(r"\s", value):
        return False
    try:
        parts = urlsplit(value)
    except ValueError:
        return False
    return bool(parts.scheme and (parts.netloc or parts.path))
