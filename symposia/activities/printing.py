"""The programme of an activity as PDF."""

from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

from symposia.shared.paper import print_paper

TEMPLATE = Path(__file__).with_name("programme.typ")


def print_programme(programme: Mapping[str, Any], at: datetime) -> bytes:
    """Set it; `at` is when the plan last changed, so that it prints alike until it does again."""
    return print_paper(TEMPLATE, programme, at)
