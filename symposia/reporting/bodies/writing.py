"""Files of records in the shapes that bodies take: XML, JSON, CSV, a sheet. The same records give
the same bytes."""

import json
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from symposia.shared.sheets import csv_chunks, csv_head
from symposia.shared.workbooks import rows_of_values, workbook

_UNPRINTABLE = {code: None for code in range(32) if chr(code) not in "\t\n"}


def xml(root: Element) -> bytes:
    """A document, indented so that a person can read it."""
    indent(root, " ")
    made: bytes = tostring(root, encoding="utf-8", xml_declaration=True)
    return made + b"\n"


def put(parent: Element, name: str, text: Any = "", **attributes: str) -> Element:
    """An element with its words; what XML may not hold is left out."""
    made = SubElement(parent, name, attributes)
    said = str(text).translate(_UNPRINTABLE)
    if said:
        made.text = said
    return made


def month_first(day: str) -> str:
    """A day as bodies of the United States write it: 03/31/2026."""
    return f"{date.fromisoformat(day):%m/%d/%Y}"


def as_json(said: Any) -> bytes:
    """A document of JSON, its letters as they are."""
    return json.dumps(said, ensure_ascii=False, indent=1).encode() + b"\n"


def as_csv(head: Sequence[str], rows: Iterable[Sequence[Any]]) -> bytes:
    """Lines for a spreadsheet; no text of them is a formula."""
    return csv_head(head) + b"".join(csv_chunks([list(rows)]))


def as_plain_csv(head: Sequence[str], rows: Iterable[Sequence[Any]]) -> bytes:
    """Lines for a machine: no mark before them, and only what the body's own form allows."""
    return as_csv(head, rows).removeprefix(b"\xef\xbb\xbf")


def as_sheet(head: Sequence[str], rows: Iterable[Sequence[Any]]) -> bytes:
    """A workbook of one sheet."""
    return b"".join(workbook(head, rows_of_values([list(rows)])))
