"""Badges as PDF, a page each."""

from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

from symposia.shared.paper import print_paper

TEMPLATE = Path(__file__).with_name("badge.typ")


def print_sheet_of_badges(facts: Mapping[str, Any], at: datetime) -> bytes:
    """Set them."""
    return print_paper(TEMPLATE, facts, at)
