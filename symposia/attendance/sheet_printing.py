"""A sheet to be signed as PDF."""

from collections.abc import Mapping
from datetime import datetime
from io import BytesIO
from pathlib import Path
from typing import Any

import segno

from symposia.shared.paper import print_paper

TEMPLATE = Path(__file__).with_name("sheet.typ")


def square_of(text: str) -> str:
    """A small square code as a drawing."""
    drawn = BytesIO()
    segno.make(text, error="m", micro=False).save(
        drawn, kind="svg", xmldecl=False, svgns=True, border=2
    )
    return drawn.getvalue().decode()


def print_rows(facts: Mapping[str, Any], at: datetime) -> bytes:
    """Set it."""
    return print_paper(TEMPLATE, facts, at)
