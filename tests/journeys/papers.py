"""The files a coordinator hands in: invented clinicians, in two shapes."""

import csv
import random
from dataclasses import dataclass

from benchmarks.nppes_file import deactivated, line, organisation, row
from symposia.directory.imports.nppes import COLUMNS
from symposia.directory.numbers import with_check_digit

FIRST = (
    *("Avery", "Blake", "Carmen", "Devika", "Elias", "Farah", "Gideon", "Hana", "Imran", "Joanna"),
    *("Kofi", "Leila", "Mateo", "Nadia", "Owen", "Priya", "Quentin", "Rosa", "Samir", "Tessa"),
)
LAST = (
    *("Aldridge", "Bergstrom", "Castellano", "Deshpande", "Eriksen", "Fernandes", "Goldwater"),
    *("Hollis", "Ibarra", "Jansson", "Kowalczyk", "Lindqvist", "Moreau", "Nakagawa", "Oyelaran"),
    *("Pemberton", "Quintero", "Rasmussen", "Sandoval", "Thackeray"),
)
PLACES = (("BOSTON", "MA"), ("WORCESTER", "MA"), ("PROVIDENCE", "RI"), ("PORTLAND", "ME"))
SPECIALTIES = (
    *(("2084N0400X", "MD"), ("207P00000X", "MD"), ("207R00000X", "DO")),
    ("363L00000X", "NP"),
)
# How many the register knows, and how many of them the school's own list.
REGISTERED, LISTED = 20, 9


@dataclass(frozen=True)
class Doctor:
    """Somebody invented: as the register and as the school's own list know them."""

    number: str
    first: str
    last: str
    credential: str

    @property
    def name(self):
        return f"{self.first} {self.last}"

    @property
    def email(self):
        return f"{self.first}.{self.last}@clinic.example".lower()


def doctors():
    return [
        Doctor(
            with_check_digit(f"1{place + 5_000_000:08d}"),
            FIRST[place % len(FIRST)],
            LAST[(place * 7 + place // len(LAST)) % len(LAST)],
            "NP" if place == 3 else SPECIALTIES[place % 3][1],
        )
        for place in range(REGISTERED)
    ]


def register_file(path):
    """The register's 330 columns: clinicians, an organisation, a number no longer in force."""
    chance = random.Random(3)  # noqa: S311  # invented people, not secrets
    with path.open("w", encoding="ascii") as file:
        file.write(line(list(COLUMNS)))
        for place, doctor in enumerate(doctors()):
            code = SPECIALTIES[3 if doctor.credential == "NP" else place % 3][0]
            file.write(line(_registered(place, doctor, code, chance)))
        file.write(line(organisation(6_000_000, chance)))
        file.write(line(deactivated(6_000_001, chance)))
    return path


def _registered(place, doctor, code, chance):
    city, state = PLACES[place % len(PLACES)]
    facts = {
        "NPI": doctor.number,
        "Provider First Name": doctor.first.upper(),
        "Provider Middle Name": "",
        "Provider Last Name (Legal Name)": doctor.last.upper(),
        "Provider Credential Text": doctor.credential,
        "Healthcare Provider Taxonomy Code_1": code,
        "Provider Business Practice Location Address City Name": city,
        "Provider Business Practice Location Address State Name": state,
    }
    return row(5_000_000 + place, chance, **facts)


def own_file(path):
    """The school's own list: other words for the columns, addresses, one wrong number."""
    with path.open("w", encoding="utf-8", newline="") as file:
        out = csv.writer(file)
        out.writerow(["Colleague", "NPI no.", "Writes from", "Works as", "Works at"])
        for doctor in doctors()[:LISTED]:
            works_as = "Nurse practitioner" if doctor.credential == "NP" else "Physician"
            out.writerow([doctor.name, doctor.number, doctor.email, works_as, "Lakeside Hospital"])
        wrong = (
            "Uma Verdugo",
            "1234567890",
            "uma.verdugo@clinic.example",
            "Physician",
            "Mill River",
        )
        out.writerow(wrong)
    return path
