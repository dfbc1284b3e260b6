"""Invented people with the errors of real lists, and who is who: the labels of `dedupe`.

Reproducible by its seed. A part of the people stand in it twice, the second time as somebody else
would have noted them: names swapped, shortened to initials, mistyped or changed by marriage, moved
to another city, a digit wrong, an address missing. Others only share a name and a hospital.
"""

import random
from collections.abc import Iterator
from dataclasses import dataclass, replace

from symposia.directory.numbers import with_check_digit

TWICE = 0.12
NAMESAKES = 0.03
SHARED_DESKS = 0.02
_GIVEN = (
    *("Aarti", "Amelia", "Benjamin", "Bhaskar", "Carla", "Chitra", "Desmond", "Dinesh", "Eleanor"),
    *("Esha", "Farhan", "Felix", "Gauri", "Grace", "Harish", "Hector", "Ila", "Imani", "Jayant"),
    *("Jonah", "Kavita", "Keiko", "Lalit", "Leonard", "Meenal", "Miriam", "Nikhil", "Noah", "Ojas"),
    *("Olivia", "Paulo", "Prachi", "Qasim", "Quentin", "Ritu", "Rosa", "Samuel", "Sanjana"),
    *("Tamara", "Tejas", "Ulrich", "Uma", "Vikram", "Vivian", "Walter", "Wasim", "Ximena"),
    *("Yamini", "Yusuf", "Zoe", "Zubin"),
)
_BEGIN = ("Bra", "Che", "Dor", "Fen", "Gar", "Hol", "Jan", "Kes", "Lin", "Mor", "Nar", "Pel", "Rav")
_MIDDLE = ("", "da", "ke", "li", "ma", "no", "ri", "sho", "ta", "ve")
_END = ("berg", "court", "dale", "field", "kar", "man", "nath", "quist", "son", "well", "wood")
_SPECIALTIES = tuple(f"Specialty {letter}" for letter in "ABCDEFGHIJKLMNOP")
_PROFESSIONS = ("physician", "physician", "physician", "nurse", "pharmacist")


@dataclass(frozen=True)
class Noted:
    """A person as somebody noted them, and who they are."""

    person: int
    given: str
    family: str
    hospital: int
    email: str = ""
    phone: str = ""
    specialty: str = ""
    profession: str = "physician"
    number: str = ""
    swapped: bool = False

    @property
    def name(self) -> str:
        names = (self.family, self.given) if self.swapped else (self.given, self.family)
        return " ".join(names)

    @property
    def city(self) -> str:
        return f"City {self.hospital // 3}"

    @property
    def region(self) -> str:
        return f"R{self.hospital // 12}"


def noisy_people(count: int, *, seed: int) -> list[Noted]:
    """So many records, in chance order; those of one person carry the same `person`."""
    chance = random.Random(seed)  # noqa: S311  # invented people, no secret
    made: list[Noted] = []
    for person, original in enumerate(_originals(chance, max(3, count // 120))):
        made.append(original)
        if chance.random() < TWICE:
            made.append(_noted_again(original, chance))
        if len(made) >= count:
            break
        assert original.person == person
    made = made[:count]
    chance.shuffle(made)
    return made


def _originals(chance: random.Random, hospitals: int) -> Iterator[Noted]:
    last = None
    person = 0
    while True:
        new = _somebody(person, chance, hospitals)
        if last and chance.random() < NAMESAKES:
            new = replace(new, given=last.given, family=last.family, hospital=last.hospital)
            new = replace(new, email=_address(new, chance) if new.email else "")
        elif last and chance.random() < SHARED_DESKS:
            new = replace(new, hospital=last.hospital, phone=last.phone)
        yield new
        last, person = new, person + 1


def _somebody(person: int, chance: random.Random, hospitals: int) -> Noted:
    profession = chance.choice(_PROFESSIONS)
    one = Noted(
        person,
        given=chance.choice(_GIVEN),
        family=chance.choice(_BEGIN) + chance.choice(_MIDDLE) + chance.choice(_END),
        hospital=min(int(chance.expovariate(3 / hospitals)), hospitals - 1),
        phone=_phone(chance) if chance.random() < 0.85 else "",
        specialty=chance.choice(_SPECIALTIES) if profession == "physician" else "",
        profession=profession,
        number=with_check_digit(f"2{person:08d}") if chance.random() < 0.8 else "",
    )
    return replace(one, email=_address(one, chance) if chance.random() < 0.9 else "")


def _address(one: Noted, chance: random.Random) -> str:
    return f"{one.given}.{one.family}{chance.randrange(10_000)}@h{one.hospital}.example".lower()


def _phone(chance: random.Random) -> str:
    return f"+1 617 {chance.randrange(200, 1000)} {chance.randrange(10_000):04d}"


def _noted_again(one: Noted, chance: random.Random) -> Noted:
    """The same person on another list: one thing of the name at most, and two of the rest."""
    again = chance.choice((_swapped, _initial, _mistyped, _married, _as_is))(one, chance)
    for spoil in chance.sample((_moved, _other_phone, _no_phone, _other_email, _no_email), k=2):
        spoilt = spoil(again, chance)
        again = spoilt if spoilt.email or spoilt.phone else again
    return _other_number(again, chance)


def _swapped(one: Noted, _chance: random.Random) -> Noted:
    return replace(one, swapped=True)


def _initial(one: Noted, _chance: random.Random) -> Noted:
    return replace(one, given=f"{one.given[0]}.")


def _mistyped(one: Noted, chance: random.Random) -> Noted:
    place = chance.randrange(1, len(one.family) - 1)
    left, right = one.family[:place], one.family[place:]
    spelt = chance.choice((left + right[1:], left + right[0] + right, left + "x" + right[1:]))
    return replace(one, family=spelt)


def _married(one: Noted, chance: random.Random) -> Noted:
    return replace(one, family=chance.choice(_BEGIN) + chance.choice(_MIDDLE) + chance.choice(_END))


def _as_is(one: Noted, _chance: random.Random) -> Noted:
    return one


def _moved(one: Noted, chance: random.Random) -> Noted:
    return replace(one, hospital=one.hospital + chance.randrange(1, 40))


def _other_phone(one: Noted, chance: random.Random) -> Noted:
    if not one.phone:
        return one
    digit = chance.choice("0123456789")
    return replace(one, phone=one.phone[:-1] + digit)


def _no_phone(one: Noted, _chance: random.Random) -> Noted:
    return replace(one, phone="")


def _other_email(one: Noted, _chance: random.Random) -> Noted:
    return replace(one, email=f"{one.email.partition('@')[0]}@mail.example" if one.email else "")


def _no_email(one: Noted, _chance: random.Random) -> Noted:
    return replace(one, email="")


def _other_number(one: Noted, chance: random.Random) -> Noted:
    """Had it the same number, it would have been the same record; a wrong digit slips through."""
    if not one.number or chance.random() < 0.8:
        return replace(one, number="")
    place = chance.randrange(2, 9)
    return replace(
        one, number=f"{one.number[:place]}{chance.randrange(10)}{one.number[place + 1 :]}"
    )
