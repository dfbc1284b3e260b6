"""What a body answered, read: of each record whether it was taken, with its code and its words.

Bodies write it as lines or as XML, with names of their own for the same four things.
"""

import csv
import io
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from xml.etree.ElementTree import Element

from defusedxml.common import DefusedXmlException  # type: ignore[import-untyped]
from defusedxml.ElementTree import ParseError, fromstring  # type: ignore[import-untyped]

# The names that bodies have for the same thing, written small and without marks.
_NAMES = {
    "record": ("record", "recordid", "creditid", "provideractivityid", "row", "line", "number"),
    "status": ("status", "result", "valid", "outcome"),
    "code": ("code", "errorcode", "reasoncode"),
    "words": ("message", "words", "error", "reason", "description"),
    "number": ("bodynumber", "accmeactivityid", "moduleid", "assigned"),
}
_MEANS = {alias: name for name, aliases in _NAMES.items() for alias in aliases}
TAKEN = frozenset({"accepted", "ok", "success", "valid", "true", "completed", "added"})
REFUSED = frozenset({"rejected", "error", "failed", "failure", "invalid", "false"})
MOST = 50_000


class Unreadable(Exception):
    """The answer is no list of records; its words say why."""


@dataclass(frozen=True)
class Answered:
    """What became of one record."""

    record: str
    is_taken: bool
    code: str = ""
    words: str = ""
    # The number that the body gave it.
    number: str = ""


def read_answer(content: bytes) -> list[Answered]:
    """Every record that is answered. Raises Unreadable."""
    text = _text(content)
    lines = _of_xml(text) if text.lstrip().startswith("<") else _of_lines(text)
    found = [answered for line in lines if (answered := _answered(line))]
    if not found:
        raise Unreadable("no record with a status")
    if len(found) > MOST:
        raise Unreadable(f"it has more than {MOST} records")
    return found


def _text(content: bytes) -> str:
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise Unreadable("it is not text in UTF-8") from error


def _of_lines(text: str) -> Iterator[Mapping[str, str]]:
    try:
        for line in csv.DictReader(io.StringIO(text)):
            yield {_plain(str(name)): str(said or "") for name, said in line.items()}
    except csv.Error as error:
        raise Unreadable(str(error)) from error


def _of_xml(text: str) -> Iterator[Mapping[str, str]]:
    """Any element that has a record and a status, as attributes or as elements within."""
    try:
        root: Element = fromstring(text)
    except (ParseError, DefusedXmlException, ValueError) as error:
        raise Unreadable(str(error)) from error
    for element in root.iter():
        said = {_plain(name): value for name, value in element.attrib.items()}
        said |= {_plain(each.tag): (each.text or "") for each in element}
        yield said


def _plain(name: str) -> str:
    """ErrorCode, error_code and {ns}errorCode are one name."""
    return "".join(c for c in name.rpartition("}")[2].lower() if c.isalnum())


def _answered(line: Mapping[str, str]) -> Answered | None:
    said: dict[str, Any] = {}
    for alias, value in line.items():
        if (name := _MEANS.get(alias)) and value.strip():
            said.setdefault(name, value.strip())
    status = str(said.pop("status", "")).lower()
    if not said.get("record") or status not in TAKEN | REFUSED:
        return None
    return Answered(
        said["record"][:300],
        status in TAKEN,
        said.get("code", "")[:60],
        said.get("words", "")[:500],
        said.get("number", "")[:40],
    )


def by_record(found: Iterable[Answered]) -> dict[str, Answered]:
    """Each record's answer; the last one where it is answered twice."""
    return {each.record: each for each in found}
