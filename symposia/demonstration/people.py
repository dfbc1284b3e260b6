"""Invented clinicians: names drawn from lists, numbers that no register has given."""

import random
from collections.abc import Iterator
from dataclasses import dataclass, replace

from symposia.directory.numbers import with_check_digit

US_GIVEN = (
    *("Amelia", "Benjamin", "Carla", "Desmond", "Eleanor", "Felix", "Grace", "Hector", "Imani"),
    *("Jonah", "Keiko", "Leonard", "Miriam", "Noah", "Olivia", "Paulo", "Quentin", "Rosa"),
    *("Samuel", "Tamara", "Ulrich", "Vivian", "Walter", "Ximena", "Yusuf", "Zoe"),
)
US_FAMILY = (
    *("Abernathy", "Brightwater", "Calloway", "Delacroix", "Eastman", "Fairbanks", "Greenough"),
    *("Hollis", "Ibarra", "Jankowski", "Kirkbride", "Lindqvist", "Marchetti", "Northcott"),
    *("Okonjo", "Pemberton", "Quillfeather", "Ravenscroft", "Stellmacher", "Thorne", "Umber"),
    *("Vandermeer", "Whitlock", "Yarborough", "Zielinski"),
)
IN_GIVEN = (
    *("Aarti", "Bhaskar", "Chitra", "Dinesh", "Esha", "Farhan", "Gauri", "Harish", "Ila"),
    *("Jayant", "Kavita", "Lalit", "Meenal", "Nikhil", "Ojas", "Prachi", "Qasim", "Ritu"),
    *("Sanjana", "Tejas", "Uma", "Vikram", "Wasim", "Yamini", "Zubin"),
)
IN_FAMILY = (
    *("Achrekar", "Bapat", "Chaudhari", "Dastur", "Earla", "Fernandes", "Gokhale", "Hegde"),
    *("Iyengar", "Joglekar", "Kamble", "Lobo", "Menon", "Naik", "Oommen", "Pillai", "Qureshi"),
    *("Rao", "Saraf", "Tambe", "Upadhye", "Varghese", "Wagle", "Yadav", "Zaveri"),
)
SPECIALTIES = (
    *("Internal Medicine", "Cardiology", "Neurology", "Emergency Medicine", "Family Medicine"),
    *("Critical Care Medicine", "Infectious Disease", "Pulmonary Disease", "Endocrinology"),
)
PROFESSIONS = (
    *(("physician", "MD"),) * 13,
    ("physician_assistant", "PA-C"),
    ("nurse_practitioner", "APRN"),
    *(("nurse", "RN"),) * 3,
    *(("pharmacist", "PharmD"),) * 2,
)


@dataclass(frozen=True)
class Person:
    """A clinician who does not exist."""

    full_name: str
    email: str
    profession: str
    credential: str
    specialty: str
    number: str
    place: int


def american_clinicians(count: int, chance: random.Random) -> Iterator[Person]:
    """Clinicians of the United States; their NPIs begin with 2, as none that was ever given."""
    for index, (given, family) in enumerate(_names(US_GIVEN, US_FAMILY, count, chance)):
        profession, credential = chance.choice(PROFESSIONS)
        yield Person(
            f"{given} {family}",
            f"{given}.{family}{index}@harbor.example".lower(),
            profession,
            credential,
            chance.choice(SPECIALTIES) if profession == "physician" else "",
            with_check_digit(f"2{700_000_000 // 10 + index * 37:08d}"[:9]),
            chance.randrange(6),
        )


def indian_clinicians(count: int, chance: random.Random) -> Iterator[Person]:
    """Doctors of India; their council numbers carry DEMO, which no council writes."""
    for index, (given, family) in enumerate(_names(IN_GIVEN, IN_FAMILY, count, chance)):
        yield Person(
            f"{given} {family}",
            f"{given}.{family}{index}@sahyadri.example".lower(),
            "physician",
            chance.choice(("MBBS MD", "MD DM", "MBBS DNB", "MBBS")),
            chance.choice(SPECIALTIES),
            f"DEMO-{2001 + index % 22}-{10_000 + index}",
            chance.randrange(12),
        )


def twins_of(person: Person) -> Person:
    """The same person once more, as another clerk would have typed: a planted duplicate."""
    given, _space, family = person.full_name.partition(" ")
    return replace(
        person,
        full_name=f"{given[0]}. {family}",
        email=f"{family}.{given[0]}@mail.example".lower(),
        number="",
    )


def _names(
    given: tuple[str, ...], family: tuple[str, ...], count: int, chance: random.Random
) -> list[tuple[str, str]]:
    return chance.sample([(first, last) for first in given for last in family], count)
