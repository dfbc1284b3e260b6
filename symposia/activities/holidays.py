"""Public holidays of a country or a region of it: dated, and where each comes from.

The days are those of the package `holidays`. Days that follow the moon are announced late and
differ from place to place; they, and every day that the package calls an estimate, say so.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from importlib.metadata import version

import holidays

ESTIMATED = "(estimated)"
VERSION = version("holidays")


@dataclass(frozen=True)
class Holiday:
    """A day on which a country, or a region of it, rests."""

    day: date
    name: str
    country: str
    region: str
    citation: str
    is_certain: bool


def holidays_between(country: str, first: date, last: date, *, region: str = "") -> list[Holiday]:
    """The public holidays of a stretch of days, both ends counted; none of an unknown country."""
    years = range(first.year, last.year + 1)
    found = (each for year in years for each in _of_year(country.upper(), region, year))
    return [each for each in found if first <= each.day <= last]


def holidays_of(
    countries: Iterable[str], first: date, last: date, *, region: str = ""
) -> dict[date, list[Holiday]]:
    """The holidays of several countries, day by day; the region is one of the first country."""
    by_day: dict[date, list[Holiday]] = {}
    for place, country in enumerate(dict.fromkeys(filter(None, countries))):
        mine = region if place == 0 else ""
        for each in holidays_between(country, first, last, region=mine):
            by_day.setdefault(each.day, []).append(each)
    return by_day


@lru_cache(maxsize=32)
def regions_of(country: str) -> tuple[tuple[str, str], ...]:
    """Codes and names of the regions that have holidays of their own."""
    known = holidays.list_supported_countries().get(country.upper(), ())
    if not known:
        return ()
    aliases = holidays.country_holidays(country.upper()).subdivisions_aliases
    names = {code: name for name, code in reversed(aliases.items())}
    return tuple((code, names.get(code, code)) for code in known)


@lru_cache(maxsize=256)
def _of_year(country: str, region: str, year: int) -> tuple[Holiday, ...]:
    known = holidays.list_supported_countries()
    if country not in known:
        return ()
    region = region if region in known[country] else ""
    days = holidays.country_holidays(
        country, subdiv=region or None, years=year, language=_language(country)
    )
    source = f"holidays {VERSION}, {country}{'-' + region if region else ''}"
    return tuple(
        Holiday(
            day,
            name.replace(ESTIMATED, "").strip(),
            country,
            region,
            source,
            ESTIMATED not in name and not _follows_the_moon(name),
        )
        for day, names in sorted(days.items())
        for name in names.split(";")
    )


def _language(country: str) -> str | None:
    """English where the package knows it, else the country's own language."""
    spoken = holidays.country_holidays(country).supported_languages
    return "en_US" if "en_US" in spoken else None


# Words of the names of days whose date a moon or a committee decides, whatever the package says.
_BY_THE_MOON = (
    *("eid ", "ashura", "prophet", "diwali", "holi ", "dussehra", "purnima", "nanak", "mahavir"),
    *("janmashtami", "ganesh", "navami", "shivaratri", "gudi padwa", "lunar"),
)


def _follows_the_moon(name: str) -> bool:
    lowered = f"{name.casefold()} "
    return any(word in lowered for word in _BY_THE_MOON)
