"""What types of activities usually ask of learners, as data; each activity may say otherwise."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any

FILE = Path(__file__).resolve().with_name("defaults.json")


@dataclass(frozen=True)
class Asked:
    """A kind of requirement with its settings, before it belongs to an activity."""

    kind: str
    settings: Mapping[str, Any] = field(default_factory=dict)


@lru_cache(maxsize=1)
def _data() -> Any:
    return json.loads(FILE.read_text(encoding="utf-8"))


def usual_for(type_code: str) -> list[Asked]:
    """What activities of a type usually ask for, in its order; whether each kind can be chosen is
    asked by whoever lays them down."""
    return [Asked(**each) for each in _data()["types"].get(type_code, [])]


def source_of_defaults() -> str:
    """Where the order comes from."""
    said: str = _data()["citation"]
    return said
