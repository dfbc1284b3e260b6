"""The text of a lesson: paragraphs, headings, lists, emphasis and links, and nothing else.

Authors write plain text with a few marks; it is read into these parts, and the page escapes every
word of it. No HTML is taken in, so none has to be cleaned.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

_MARK = re.compile(r"\*\*(.+?)\*\*|\*(.+?)\*|\[([^\]]+)\]\((https?://[^\s)]+)\)")


@dataclass(frozen=True)
class Run:
    """Some words and how they are set."""

    words: str
    style: Literal["", "strong", "em", "link"] = ""
    address: str = ""


@dataclass(frozen=True)
class Block:
    """A heading, a paragraph, or a list with its lines."""

    kind: Literal["heading", "paragraph", "list"]
    lines: tuple[tuple[Run, ...], ...]


def blocks_of(text: str) -> list[Block]:
    """The parts of a text; an empty line ends one, `# ` begins a heading and `- ` a list."""
    parts = re.split(r"\n\s*\n", text.replace("\r\n", "\n").strip())
    return [block for part in parts if part.strip() for block in _blocks(part.strip("\n"))]


def _blocks(part: str) -> Iterator[Block]:
    lines = [line.strip() for line in part.split("\n") if line.strip()]
    if lines and lines[0].startswith("# "):
        yield Block("heading", (tuple(_runs(lines.pop(0)[2:])),))
    if not lines:
        return
    if all(line.startswith("- ") for line in lines):
        yield Block("list", tuple(tuple(_runs(line[2:])) for line in lines))
    else:
        yield Block("paragraph", (tuple(_runs(" ".join(lines))),))


def _runs(line: str) -> Iterator[Run]:
    last = 0
    for mark in _MARK.finditer(line):
        if mark.start() > last:
            yield Run(line[last : mark.start()])
        strong, em, words, address = mark.groups()
        if address:
            yield Run(words, "link", address)
        else:
            yield Run(strong or em, "strong" if strong else "em")
        last = mark.end()
    if last < len(line):
        yield Run(line[last:])
