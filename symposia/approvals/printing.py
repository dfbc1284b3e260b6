"""The signatures of a request as PDF."""

from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

from symposia.shared.paper import set_paper

TEMPLATE = Path(__file__).with_name("signatures.typ")


def print_signatures(paper: Mapping[str, Any], at: datetime) -> bytes:
    """Set the paper; `at` is when the request last changed, so that it prints alike each time."""
    return set_paper(TEMPLATE, paper, at)
