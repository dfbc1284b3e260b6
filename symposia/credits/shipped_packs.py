"""The requirements that are shipped as data: boards, councils, certifying boards.

The boards of the United States are transcribed from the Federation of State Medical Boards'
"Continuing Medical Education: Board-by-Board Overview" of October 2025.
"""

import json
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

from symposia.credits.models import RequirementPack
from symposia.credits.shipping import put_shipped

SHIPPED = Path(__file__).with_name("requirements.json")


@cache
def shipped_packs() -> tuple[dict[str, Any], ...]:
    """Every shipped version as it is written in the file."""
    return tuple(json.loads(SHIPPED.read_text(encoding="utf-8")))


def load_requirement_packs(using: str = "default", **_: Any) -> None:
    """Write every shipped version; one that is already there takes the shipped facts."""
    put_shipped(RequirementPack, [_row(each) for each in shipped_packs()], using)


def _row(facts: dict[str, Any]) -> RequirementPack:
    until, core = facts["valid_until"], facts["core_hours"]
    values = facts | {
        "key": f"{facts['code']}:{facts['valid_from']}",
        "valid_from": date.fromisoformat(facts["valid_from"]),
        "valid_until": date.fromisoformat(until) if until else None,
        "hours": Decimal(facts["hours"]),
        "core_hours": Decimal(core) if core else None,
    }
    return RequirementPack(**values)
