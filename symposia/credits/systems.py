"""The credit systems that are shipped as data, brought into the database by whoever migrates."""

import json
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from symposia.credits.models import CreditSystem

SHIPPED = Path(__file__).with_name("systems.json")


def load_credit_systems(using: str = "default", **_: Any) -> None:
    """Write every shipped version; one that is already there takes the shipped facts."""
    for facts in json.loads(SHIPPED.read_text()):
        key = f"{facts['code']}:{facts['valid_from']}"
        until = facts["valid_until"]
        values = facts | {
            "valid_from": date.fromisoformat(facts["valid_from"]),
            "valid_until": date.fromisoformat(until) if until else None,
            "step": Decimal(facts["step"]),
        }
        CreditSystem.objects.using(using).update_or_create(key=key, defaults=values)
