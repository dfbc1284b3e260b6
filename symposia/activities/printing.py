"""The programme of an activity as PDF."""

from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

import typst

from symposia.shared.paper import set_paper

TEMPLATE = Path(__file__).with_name("programme.typ")
NO_GLYPH = "could not be displayed"


def print_programme(programme: Mapping[str, Any], at: datetime) -> bytes:
    """Set it; `at` is when the plan last changed, so that it prints alike until it does again.

    A title in a script that our fonts do not have cannot be PDF/UA; it is printed all the same,
    tagged, with a sign in the place of each letter that is missing.
    """
    try:
        return set_paper(TEMPLATE, programme, at)
    except typst.TypstError as problem:
        if NO_GLYPH not in str(problem):
            raise
        return set_paper(TEMPLATE, programme, at, standards=())
