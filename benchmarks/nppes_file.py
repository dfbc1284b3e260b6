"""A dissemination file of invented clinicians, shaped like the published one."""

import random
from collections.abc import Iterator
from pathlib import Path

from symposia.directory.imports.nppes import COLUMNS
from symposia.directory.numbers import with_check_digit

_FIRST = (
    *("AVERY", "BLAKE", "CAMERON", "DEVON", "ELLIS", "FINLEY", "GRAY", "HARPER", "INDIGO", "JULES"),
    *("KAI", "LANE", "MORGAN", "NOEL", "OAKLEY", "PEYTON", "QUINN", "RILEY", "SAGE", "TATUM"),
)
_SYLLABLES = (
    *(
        "al",
        "ber",
        "cor",
        "den",
        "el",
        "far",
        "gra",
        "hol",
        "is",
        "jan",
        "kel",
        "lor",
        "mar",
        "nor",
    ),
    *(
        "os",
        "pet",
        "quin",
        "ros",
        "sten",
        "tor",
        "ul",
        "van",
        "wil",
        "yar",
        "zim",
        "bra",
        "chu",
        "dra",
    ),
)
_ENDINGS = (
    *("man", "son", "ton", "ley", "field", "wood", "berg", "ward", "stone", "dale", "er", "s"),
    *("ez", "ski", "ova", "ini", "eau", "kar", "wala", "oglu", "sen", "idis", "escu", "enko"),
)
_CITIES = (
    *(("BOSTON", "MA"), ("CHICAGO", "IL"), ("HOUSTON", "TX"), ("DENVER", "CO"), ("MIAMI", "FL")),
    *(("SEATTLE", "WA"), ("ATLANTA", "GA"), ("PORTLAND", "OR"), ("TUCSON", "AZ"), ("OMAHA", "NE")),
)
_CODES = (
    *("207R00000X", "207RC0000X", "207Q00000X", "208000000X", "2084N0400X", "208600000X"),
    *("363L00000X", "363A00000X", "163W00000X", "183500000X", "122300000X", "1041C0700X"),
)
_CREDENTIALS = ("M.D.", "MD", "DO", "PA-C", "NP", "RN", "PHARMD", "")
PLACE = {name: place for place, name in enumerate(COLUMNS)}


def row(number: int, chance: random.Random, **columns: str) -> list[str]:
    """One individual's row; `columns` replace values by their published names."""
    city, state = chance.choice(_CITIES)
    surname = (
        chance.choice(_SYLLABLES) + chance.choice(_SYLLABLES) + chance.choice(_ENDINGS)
    ).upper()
    address = {
        "First Line Business {} Address": f"{chance.randint(1, 9999)} EXAMPLE AVE",
        "Business {} Address City Name": city,
        "Business {} Address State Name": state,
        "Business {} Address Postal Code": f"{chance.randint(10000, 99999)}",
        "Business {} Address Country Code (If outside U.S.)": "US",
        "Business {} Address Telephone Number": f"555{chance.randint(0, 9_999_999):07d}",
    }
    known = {
        "NPI": with_check_digit(f"1{number:08d}"),
        "Entity Type Code": "1",
        "Provider Last Name (Legal Name)": surname,
        "Provider First Name": chance.choice(_FIRST),
        "Provider Middle Name": chance.choice(("", "J", "R", "LEE")),
        "Provider Credential Text": chance.choice(_CREDENTIALS),
        **{f"Provider {n.format('Mailing')}": v for n, v in address.items()},
        **{f"Provider {n.format('Practice Location')}": v for n, v in address.items()},
        "Provider Enumeration Date": "05/23/2006",
        "Last Update Date": "07/08/2020",
        "Healthcare Provider Taxonomy Code_1": chance.choice(_CODES),
        "Provider License Number_1": f"L{number}",
        "Provider License Number State Code_1": state,
        "Healthcare Provider Primary Taxonomy Switch_1": "Y",
        "Is Sole Proprietor": "N",
        "Certification Date": "07/08/2020",
        **columns,
    }
    fields = [""] * len(COLUMNS)
    for name, value in known.items():
        fields[PLACE[name]] = value
    return fields


def line(fields: list[str]) -> str:
    """A row as it is published: every field quoted."""
    return '"' + '","'.join(field.replace('"', '""') for field in fields) + '"\n'


def organisation(number: int, chance: random.Random) -> list[str]:
    """The row of an organisation, of which the file has about one in four."""
    person = ("Last Name (Legal Name)", "First Name", "Middle Name", "Credential Text")
    empty = {f"Provider {name}": "" for name in person}
    name = {"Provider Organization Name (Legal Business Name)": f"EXAMPLE CLINIC {number} LLC"}
    return row(number, chance, **{"Entity Type Code": "2", **empty, **name})


def deactivated(number: int, chance: random.Random) -> list[str]:
    """The row of a number that is no longer in force: nothing but the number and the date."""
    fields = [""] * len(COLUMNS)
    fields[PLACE["NPI"]] = row(number, chance)[PLACE["NPI"]]
    fields[PLACE["NPI Deactivation Date"]] = "03/14/2019"
    return fields


def lines(count: int, *, seed: int = 1) -> Iterator[str]:
    """The header and so many rows, mixed as in the published file."""
    chance = random.Random(seed)  # noqa: S311  # invented people, not secrets
    kinds = (row, organisation, deactivated)
    yield line(list(COLUMNS))
    for number in range(count):
        make = chance.choices(kinds, (74, 22, 4))[0]
        yield line(make(number, chance))


def write(path: Path, count: int) -> Path:
    """A file of so many rows."""
    with path.open("w", encoding="ascii", buffering=1 << 20) as file:
        file.writelines(lines(count))
    return path
