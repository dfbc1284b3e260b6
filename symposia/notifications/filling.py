"""Values of people go into messages as data: never as markup, a link, a header or words to fill."""

import html
import re
import unicodedata
from collections.abc import Callable, Mapping

from symposia.notifications.wording import PLACEHOLDER

LONGEST = 500
# They turn the reading direction of what follows; joiners, which names need, stay.
_TURNING = frozenset("\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufeff")
# Mail programs make links of these by themselves; an invisible blank stops them.
_LINK_LIKE = re.compile(r"(?<=:)(?=//)|(?<=@)(?=\w)|(?<=\w\.)(?=[^\W\d_]{2,})")
_BLANK = "\u200b"


class MissingValue(KeyError):
    """A message was queued without a value that its words need: a mistake of the caller."""


def one_line(value: str) -> str:
    """A value as it may stand in a header: one line, no control characters, not endless."""
    return " ".join(_visible(value).split())[:LONGEST]


def as_text(value: str) -> str:
    """A value in the text part: what looks like an address stays words."""
    return _LINK_LIKE.sub(_BLANK, _visible(value)[:LONGEST])


def as_html(value: str) -> str:
    """A value in the HTML part: escaped, and its line breaks kept."""
    return html.escape(as_text(value)).replace("\n", "<br>")


def as_attribute(value: str) -> str:
    return html.escape(one_line(value))


def fill(text: str, values: Mapping[str, str], write: Callable[[str], str]) -> str:
    """Put values in place of `{name}`, once: what a value contains is never filled again."""

    def value(found: re.Match[str]) -> str:
        name = found[1]
        if name not in values:
            raise MissingValue(name)
        if name.endswith("link"):  # ours: addresses are written as they are
            return html.escape(values[name]) if write in {as_html, as_attribute} else values[name]
        return write(values[name])

    return PLACEHOLDER.sub(value, text)


def is_empty(text: str, values: Mapping[str, str]) -> bool:
    """Whether the words have places to fill and none of them gets anything."""
    names = PLACEHOLDER.findall(text)
    return bool(names) and not any(values.get(name, "").strip() for name in names)


def _visible(value: str) -> str:
    unified = value.replace("\r\n", "\n").replace("\r", "\n")
    return "".join(
        c
        for c in unified
        if c == "\n"
        or (unicodedata.category(c) not in {"Cc", "Cs", "Zl", "Zp"} and c not in _TURNING)
    )
