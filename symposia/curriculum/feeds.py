"""Reading what others publish: RSS and Atom feeds, and mail that was forwarded to us.

Everything read here is data of strangers: XML is parsed without entities, markup becomes text.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from email import message_from_bytes
from email.policy import default
from email.utils import parsedate_to_datetime
from html import unescape
from typing import Any
from xml.etree.ElementTree import ParseError

from defusedxml.common import DefusedXmlException  # type: ignore[import-untyped]
from defusedxml.ElementTree import fromstring  # type: ignore[import-untyped]

MOST = 100
LONGEST = 20_000
# The headers that are read here; the library takes long for long ones.
_HEADS = re.compile(
    rb"^(?:from|subject|date|message-id|content-[a-z-]+|mime-version):[^\n]*(?:\n[ \t][^\n]*)*",
    re.IGNORECASE | re.MULTILINE,
)
_LONGEST_HEAD = 2_000
_MOST_HEADS = 20_000
# What the library raises where mail is not what it expects.
_UNREADABLE = (
    *(ValueError, LookupError, AttributeError, TypeError),
    *(NameError, AssertionError, ArithmeticError, RecursionError),
)
_ATOM = "{http://www.w3.org/2005/Atom}"


class NotAFeed(Exception):
    """What came is no RSS or Atom feed, or holds what feeds do not need."""


class NotALetter(Exception):
    """What came is no mail."""


@dataclass(frozen=True)
class Published:
    """One entry of a feed, or one mail: plain words and where they are from."""

    origin_id: str
    title: str
    text: str
    address: str
    published_on: date | None
    by: str = ""


def read_feed(content: bytes) -> list[Published]:
    """The entries of an RSS 2.0 or Atom feed, at most a hundred. Raises NotAFeed."""
    try:
        root = fromstring(content)
    except (ParseError, DefusedXmlException, ValueError, LookupError) as problem:
        raise NotAFeed(str(problem)) from problem
    if root.tag == "rss":
        entries = [_of_rss(item) for item in root.iterfind("channel/item")]
    elif root.tag == f"{_ATOM}feed":
        entries = [_of_atom(entry) for entry in root.iterfind(f"{_ATOM}entry")]
    else:
        raise NotAFeed(str(root.tag)[:80])
    return [each for each in entries if each.title and each.origin_id][:MOST]


def _of_rss(item: Any) -> Published:
    address = _web(_words(item, "link"))
    return Published(
        (_words(item, "guid") or address)[:300],
        one_line(_words(item, "title")),
        plain_text(_words(item, "description")),
        address,
        _day(_words(item, "pubDate")),
    )


def _of_atom(entry: Any) -> Published:
    links = [
        each.get("href", "")
        for each in entry.iterfind(f"{_ATOM}link")
        if each.get("rel", "alternate") == "alternate"
    ]
    told = _words(entry, f"{_ATOM}summary") or _words(entry, f"{_ATOM}content")
    day = _words(entry, f"{_ATOM}published") or _words(entry, f"{_ATOM}updated")
    return Published(
        _words(entry, f"{_ATOM}id")[:300],
        one_line(_words(entry, f"{_ATOM}title")),
        plain_text(told),
        _web(next(iter(links), "")),
        _day(day),
    )


def read_letter(content: bytes) -> Published:
    """A mail as it was forwarded: who wrote, when, and its words. Raises NotALetter."""
    lines = content.replace(b"\r\n", b"\n").replace(b"\r", b"\n")
    heads = [len(found[0]) for found in _HEADS.finditer(lines)]
    if sum(heads) > _MOST_HEADS or max(heads, default=0) > _LONGEST_HEAD:
        raise NotALetter("more headers, or longer ones, than mail has")
    try:
        return _letter(content)
    except _UNREADABLE as problem:
        raise NotALetter(str(problem)) from problem


def _letter(content: bytes) -> Published:
    letter = message_from_bytes(content, policy=default)
    title, sender = _flat(letter["subject"]), _flat(letter["from"])
    if not title or not sender:
        raise NotALetter("no subject or no sender")
    part = letter.get_body(("plain", "html"))
    text = str(part.get_content()) if part else ""
    return Published(
        _flat(letter["message-id"]),
        _without_forwarding(title),
        plain_text(text) if part and part.get_content_subtype() == "html" else _tidy(text),
        "",
        _day(str(letter["date"] or "")),
        sender[:200],
    )


def _flat(header: Any) -> str:
    """A header on one line, not endless."""
    return " ".join(_storable(str(header or "")).split())[:300]


def _without_forwarding(title: str) -> str:
    """The subject as it was before somebody forwarded it."""
    while title.lower().startswith(("fwd:", "fw:", "wg:", "tr:")):
        title = title.partition(":")[2].strip()
    return title


def _words(parent: Any, path: str) -> str:
    found = parent.find(path)
    return "".join(found.itertext()).strip() if found is not None else ""


def _web(address: str) -> str:
    return address[:500] if address.startswith(("https://", "http://")) else ""


def _day(text: str) -> date | None:
    """A day as feeds and mails write it; nothing where nobody can read it."""
    if not text:
        return None
    for read in (parsedate_to_datetime, datetime.fromisoformat):
        try:
            return read(text.replace("Z", "+00:00")).date()
        except (ValueError, TypeError, OverflowError):
            continue
    return None


# Tags one after another: none is looked for beyond the next bracket, so no markup takes long.
_TAG = re.compile(r"<!--|<(/?)([a-z][a-z0-9]*)[^<>]*>|<[!?/][^<>]*>", re.IGNORECASE)
# A line begins where one of these does; of the silent nothing is kept.
_BLOCKS = frozenset({"p", "br", "div", "li", "tr", "h1", "h2", "h3", "h4"})
_SILENT = frozenset({"script", "style", "head", "title"})


def plain_text(markup: str) -> str:
    """The words of some markup, without it."""
    return _tidy("".join(_parts(markup[: LONGEST * 5])))


def _parts(markup: str) -> Iterator[str]:
    """The words of markup, and a line where a block begins."""
    lowered, place = markup.lower(), 0
    while tag := _TAG.search(markup, place):
        yield unescape(markup[place : tag.start()])
        place, name = tag.end(), (tag[2] or "").lower()
        if name in _BLOCKS and not tag[1]:
            yield "\n"
        end = "-->" if tag[0] == "<!--" else f"</{name}" if name in _SILENT and not tag[1] else ""
        found = lowered.find(end, place)
        if found < 0:
            return
        place = found + len(end) if end == "-->" else found
    yield unescape(markup[place:])


def _tidy(text: str) -> str:
    return "\n".join(_lines(_storable(text)))[:LONGEST]


def _storable(text: str) -> str:
    """Without what no record can hold: zero bytes and halves of characters."""
    return text.replace("\x00", "").encode(errors="replace").decode()


def _lines(text: str) -> Iterator[str]:
    for line in text.splitlines():
        if words := " ".join(line.split()):
            yield words


def one_line(text: str) -> str:
    """A title on one line, not endless."""
    return " ".join(plain_text(text).split())[:300]
