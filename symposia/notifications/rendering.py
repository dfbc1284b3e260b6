"""A message for one person: subject, HTML and text from the same words and values."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import gettext, override

from symposia.notifications.filling import as_html, as_text, fill, is_empty, one_line
from symposia.notifications.layout import compiled
from symposia.notifications.wording import (
    PLACEHOLDER,
    Block,
    Button,
    Facts,
    Heading,
    Paragraph,
    Small,
    Wording,
)

_PART = re.compile(r"⟦if (\d+)(?:\.(\d+))?⟧(.*?)⟦fi⟧", re.DOTALL)


@dataclass(frozen=True)
class Letter:
    """What is sent, before it has an envelope."""

    subject: str
    html: str
    text: str
    links: tuple[str, ...]


def render_message(wording: Wording, values: Mapping[str, str]) -> Letter:
    """Fill a wording. Raises MissingValue when the words need something that is not given."""
    needed = dict(values)
    subject = one_line(fill(wording.subject, needed, one_line))
    return Letter(
        subject=subject[:300],
        html=_html(wording, needed),
        text=_text(wording, needed),
        links=tuple(sorted({v for k, v in needed.items() if k.endswith("link") and v})),
    )


def plain_words(wording: Wording, values: Mapping[str, str]) -> str:
    """The words alone, for a way that carries nothing else: a chat or a text message."""
    return "\n".join(part for block in wording.blocks if (part := _as_text(block, values)))


def parameters_of(wording: Wording, values: Mapping[str, str]) -> list[str]:
    """What is filled into the words, in the order in which they name it, each once; a way that
    takes no empty ones gets a dash."""
    named = dict.fromkeys(PLACEHOLDER.findall(wording.body))
    return [one_line(values[name]) or "-" for name in named]


def _html(wording: Wording, values: Mapping[str, str]) -> str:
    blocks = wording.blocks

    def kept(part: re.Match[str]) -> str:
        block = blocks[int(part[1])]
        row = int(part[2]) if part[2] else None
        return "" if is_empty(_source(block, row), values) else part[3]

    return fill(_PART.sub(kept, compiled(wording)), values, as_html)


def _source(block: Block, row: int | None) -> str:
    match block:
        case Facts(rows):
            return " ".join(rows[row or 0])
        case Button(label, _link):
            return label
        case Heading(text) | Paragraph(text) | Small(text):
            return text


def _text(wording: Wording, values: Mapping[str, str]) -> str:
    parts = [part for block in wording.blocks if (part := _as_text(block, values))]
    with override(wording.language):
        end = gettext("This message is from {organisation}.")
        if wording.unsubscribable:
            end += "\n" + gettext("Stop invitations") + ": {unsubscribe_link}"
    return "\n\n".join([*parts, "-- \n" + fill(end, values, as_text)]) + "\n"


def _as_text(block: Block, values: Mapping[str, str]) -> str:
    match block:
        case Button(label, link):
            return f"{fill(label, values, as_text)}:\n{values[link]}"
        case Facts(rows):
            said = [f"{label}: {value}" for label, value in rows if not is_empty(value, values)]
            return fill("\n".join(said), values, as_text)
        case Heading(text) | Paragraph(text) | Small(text):
            return "" if is_empty(text, values) else fill(text, values, as_text)
