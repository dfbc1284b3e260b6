"""The credit systems that are shipped as data, brought into the database by whoever migrates."""

import json
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from symposia.credits.models import CreditSystem
from symposia.credits.shipping import put_shipped

SHIPPED = Path(__file__).with_name("systems.json")
_AMOUNTS = ("step", "day_ceiling", "ceiling", "minimum")


def load_credit_systems(using: str = "default", **_: Any) -> None:
    """Write every shipped version; one that is already there takes the shipped facts."""
    shipped = [CreditSystem(**values_of(each)) for each in json.loads(SHIPPED.read_text())]
    put_shipped(CreditSystem, shipped, using)


def values_of(facts: Mapping[str, Any]) -> dict[str, Any]:
    """One shipped version as the values of its row."""
    until = facts["valid_until"]
    return dict(facts) | {
        "key": f"{facts['code']}:{facts['valid_from']}",
        "valid_from": date.fromisoformat(facts["valid_from"]),
        "valid_until": date.fromisoformat(until) if until else None,
        **{name: Decimal(facts[name]) if facts[name] else None for name in _AMOUNTS},
    }
