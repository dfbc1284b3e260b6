"""Names of countries by their ISO 3166 codes, from the table that ships with the time zones."""

from functools import cache
from importlib.resources import files

# Where the table writes it otherwise than the field does.
_USUAL = {
    "GB": "United Kingdom",
    "KR": "South Korea",
    "KP": "North Korea",
    "CD": "Democratic Republic of the Congo",
    "CG": "Republic of the Congo",
    "AS": "American Samoa",
    "TR": "Türkiye",
}


@cache
def _names() -> dict[str, str]:
    table = files("tzdata").joinpath("zoneinfo", "iso3166.tab").read_text(encoding="utf-8")
    rows = (line.split("\t") for line in table.splitlines() if not line.startswith("#"))
    return {code: name for code, name in rows} | _USUAL  # noqa: C416  # rows are lists


def country_name(code: str) -> str:
    """India for IN; a code that nobody assigned stays as it is."""
    return _names().get(code.strip().upper(), code)
