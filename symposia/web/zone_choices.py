"""Time zones to choose from: under their part of the world, each by the name of its city."""

from itertools import groupby
from typing import Any

from django.utils.translation import gettext_lazy as _

from symposia.shared.times import ZONES

# Under these names they are found in their part of the world too.
_OLDER = frozenset({"Brazil", "Canada", "Chile", "Etc", "Mexico", "US", "SystemV"})


def zone_choices() -> list[tuple[Any, Any]]:
    """Every time zone, those under an older name last."""
    today = [zone for zone in ZONES if _part(zone) not in _OLDER]
    older = [zone for zone in ZONES if _part(zone) in _OLDER]
    parts: list[tuple[Any, Any]] = [
        (part, _named(zones)) for part, zones in groupby(today, key=_part)
    ]
    return [*parts, (_("Older names"), [(zone, zone) for zone in older])]


def _part(zone: str) -> str:
    return zone.partition("/")[0]


def _named(zones: Any) -> list[tuple[str, str]]:
    return sorted(((zone, _city(zone)) for zone in zones), key=lambda named: named[1])


def _city(zone: str) -> str:
    """Kolkata, and Louisville (Kentucky): who types a city's first letters finds it."""
    *around, city = zone.replace("_", " ").split("/")
    return f"{city} ({around[-1]})" if len(around) > 1 else city
