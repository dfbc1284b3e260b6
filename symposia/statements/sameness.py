"""Do two statements say the same? The standard lists what does not count (1.0.3, part two, 2.3.1):
what a store adds, descriptions, attachments, and the order of members and context activities."""

import hashlib
import json
import re
from collections.abc import Mapping
from typing import Any

_ADDED = frozenset({"id", "stored", "timestamp", "authority", "version", "attachments"})
_DESCRIBING = frozenset({"display", "definition"})
_UNORDERED = frozenset({"member", "parent", "grouping", "category", "other"})


def digest(statement: Mapping[str, Any]) -> str:
    """The same for statements that say the same."""
    told = {name: value for name, value in statement.items() if name not in _ADDED}
    return hashlib.sha256(_text(_plain(told)).encode()).hexdigest()


def digest_of(value: Any) -> str:
    """The same for values that are equal, however their properties are ordered."""
    return hashlib.sha256(_text(value).encode()).hexdigest()


def _text(value: Any) -> str:
    return json.dumps(value, sort_keys=True, ensure_ascii=True, separators=(",", ":"))


def _plain(value: Any, name: str = "") -> Any:
    match value:
        case dict():
            if name == "extensions":
                return value
            return {n: _plain(v, n) for n, v in value.items() if n not in _DESCRIBING}
        case list():
            items = [_plain(each) for each in value]
            return sorted(items, key=_text) if name in _UNORDERED else items
        case _:
            return _exact(value, name)


def _exact(value: Any, name: str) -> Any:
    """A number however it is written; of a duration hundredths of a second, as the standard has
    it."""
    if isinstance(value, str) and name == "duration":
        return re.sub(r"(\.\d\d)\d+S$", r"\1S", value)
    return int(value) if isinstance(value, float) and value.is_integer() else value
