"""A sheet to be signed as PDF."""

from collections.abc import Mapping
from datetime import datetime
from io import BytesIO
from pathlib import Path
from typing import Any

import segno
import typst

from symposia.activities.printing import NO_GLYPH
from symposia.shared.paper import set_paper

TEMPLATE = Path(__file__).with_name("sheet.typ")


def square_of(text: str) -> str:
    """A small square code as a drawing."""
    drawn = BytesIO()
    segno.make(text, error="m", micro=False).save(
        drawn, kind="svg", xmldecl=False, svgns=True, border=2
    )
    return drawn.getvalue().decode()


def print_rows(facts: Mapping[str, Any], at: datetime) -> bytes:
    """Set it; a name in a script that our fonts do not have is printed all the same, untagged."""
    try:
        return set_paper(TEMPLATE, facts, at)
    except typst.TypstError as problem:
        if NO_GLYPH not in str(problem):
            raise
        return set_paper(TEMPLATE, facts, at, standards=())
