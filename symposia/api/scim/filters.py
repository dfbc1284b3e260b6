"""Filters as directories send them: equality, and several of them joined by `and`. Anything else is
refused rather than answered wrongly."""

import json
import re
from collections.abc import Iterator, Sequence

from django.utils.translation import gettext as _

from symposia.accounts.synced import Term
from symposia.api.scim.answers import ScimError, invalid
from symposia.shared.texts import holds_no_text

_CONDITION = re.compile(
    r"""\s*(?P<path>[A-Za-z][\w:.$-]*(?:\[[^\]]*\](?:\.value)?)?)\s+(?P<op>[A-Za-z]{2})\s+"""
    r"""(?P<value>"(?:[^"\\]|\\.)*"|true|false)\s*(?P<more>$|and\s)""",
    re.IGNORECASE,
)
_URN = re.compile(
    r"^urn:ietf:params:scim:schemas:(core|extension:enterprise):2\.0:\w+:", re.IGNORECASE
)
# Longer ways to say the same attribute.
_SAME = {
    "emails.value": "emails",
    'emails[type eq "work"]': "emails",
    'emails[type eq "work"].value': "emails",
    "emails[primary eq true].value": "emails",
    "members.value": "members",
    "manager.value": "manager",
    "name.formatted": "displayName",
}
LONGEST = 1000


def terms_of(text: str, known: Sequence[str]) -> list[Term]:
    """The conditions of a filter, each an attribute that is known and the value it shall have."""
    return list(_terms(text[:LONGEST], known)) if text else []


def plain_path(path: str) -> str:
    """An attribute without the name of its schema."""
    return _URN.sub("", path.strip())


def _terms(text: str, known: Sequence[str]) -> Iterator[Term]:
    at, more = 0, True
    while more:
        found = _CONDITION.match(text, at)
        if found is None or found["op"].lower() != "eq":
            raise _refused(text)
        yield _attribute(found["path"], known, text), _value(found["value"])
        at, more = found.end(), bool(found["more"].strip())
    if at != len(text):
        raise _refused(text)


def _attribute(path: str, known: Sequence[str], text: str) -> str:
    plain = plain_path(path)
    plain = next((same for way, same in _SAME.items() if way.lower() == plain.lower()), plain)
    for name in known:
        if name.lower() == plain.lower():
            return name
    raise _refused(text)


def _value(text: str) -> str:
    if not text.startswith('"'):
        return text.lower()
    try:
        value = str(json.loads(text))
    except ValueError as broken:
        raise _refused(text) from broken
    if holds_no_text(value):
        raise _refused(text)
    return value


def _refused(text: str) -> ScimError:
    return invalid(
        _('“%(text)s” is not a filter that is answered: attribute eq "value", joined by and.')
        % {"text": text[:200]},
        "invalidFilter",
    )
