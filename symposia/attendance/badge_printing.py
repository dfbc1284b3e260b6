"""Badges as PDF, a page each."""

from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

import typst

from symposia.activities.printing import NO_GLYPH
from symposia.shared.paper import set_paper

TEMPLATE = Path(__file__).with_name("badge.typ")


def print_sheet_of_badges(facts: Mapping[str, Any], at: datetime) -> bytes:
    """Set them; a name in a script that our fonts do not have is printed all the same, untagged."""
    try:
        return set_paper(TEMPLATE, facts, at)
    except typst.TypstError as problem:
        if NO_GLYPH not in str(problem):
            raise
        return set_paper(TEMPLATE, facts, at, standards=())
