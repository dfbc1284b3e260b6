"""Who somebody is whom a log or a list names: a proposal with its reason, never a guess unsaid."""

import re
import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum

from symposia.directory.spelling import search_form

# Titles and degrees that people write around their name.
_TITLES = frozenset(
    (
        *("dr", "prof", "mr", "mrs", "ms", "md", "do", "mbbs", "phd", "rn", "np", "pa", "pharmd"),
        *("facc", "frcp", "jr", "sr", "ii", "iii"),
    )
)
_ASIDE = re.compile(r"\(.*?\)|\[.*?\]|,.*$| [-–|] .*$|#.*$")  # noqa: RUF001 - people write it
_ALIKE = 0.86


class Because(StrEnum):
    """What speaks for it."""

    TICKET = "ticket"
    SAME_EMAIL = "same_email"
    NAME_AND_PLACE = "name_and_place"
    SAME_NAME = "same_name"
    SIMILAR_NAME = "similar_name"
    OTHER_NAME = "other_name"
    NOBODY = "nobody"


# Enough to count without asking anybody.
SURE = frozenset({Because.TICKET, Because.SAME_EMAIL, Because.NAME_AND_PLACE})


@dataclass(frozen=True)
class Said:
    """What somebody says of themselves, or a meeting of its participant."""

    name: str
    email: str = ""
    institution: str = ""


@dataclass(frozen=True)
class Candidate:
    """Somebody with a place at the activity."""

    registration_id: uuid.UUID
    names: tuple[str, ...]
    email: str = ""
    institution: str = ""


@dataclass(frozen=True)
class Match:
    """Whose place it is, or could be, and what speaks for it."""

    registration_id: uuid.UUID | None
    because: Because

    @property
    def is_sure(self) -> bool:
        return self.registration_id is not None and self.because in SURE


def match_of(said: Said, candidates: Sequence[Candidate]) -> Match:
    """The one place that fits best; nobody where several fit as well."""
    email = said.email.strip().casefold()
    by_email = [c for c in candidates if email and c.email.casefold() == email]
    if len(by_email) == 1:
        agrees = not said.name.strip() or _agree(said.name, by_email[0].names)
        because = Because.SAME_EMAIL if agrees else Because.OTHER_NAME
        return Match(by_email[0].registration_id, because)
    return _by_name(said, by_email or candidates)


def _by_name(said: Said, candidates: Sequence[Candidate]) -> Match:
    name = words_of(said.name)
    if not name:
        return Match(None, Because.NOBODY)
    same = [c for c in candidates if any(words_of(each) == name for each in c.names)]
    house = plain(said.institution)
    there = [c for c in same if house and plain(c.institution) == house]
    if len(there) == 1:
        return Match(there[0].registration_id, Because.NAME_AND_PLACE)
    if len(same) == 1:
        return Match(same[0].registration_id, Because.SAME_NAME)
    alike = [] if same else [c for c in candidates if _resemble(said.name, c.names)]
    if len(alike) == 1:
        return Match(alike[0].registration_id, Because.SIMILAR_NAME)
    return Match(None, Because.NOBODY)


def words_of(name: str) -> frozenset[str]:
    """The words of a name as they are compared, whatever their order, without titles."""
    bare = plain(_ASIDE.sub("", _turned(name)))
    return frozenset(word for word in bare.split() if word not in _TITLES)


def plain(text: str) -> str:
    """Lower case, without accents and marks."""
    return search_form(text).strip()


def identity_of(said: Said) -> str:
    """What makes two lines of a log the same person."""
    name = " ".join(sorted(words_of(said.name))) or plain(said.name)
    return (said.email.strip().casefold() or f"{name}|{plain(said.institution)}")[:300]


def _turned(name: str) -> str:
    """“Rao, Meera” is Meera Rao; “Meera Rao, MD” stays."""
    last, comma, first = name.partition(",")
    rest = plain(first).split()
    is_turned = comma and len(last.split()) == 1 and rest and not set(rest) <= _TITLES
    return f"{first} {last}" if is_turned else name


def _agree(name: str, names: Iterable[str]) -> bool:
    said = words_of(name)
    return any(said & words_of(each) for each in names) or _resemble(name, names)


def _resemble(name: str, names: Iterable[str]) -> bool:
    """One letter apart, initials for a given name, or a name left out."""
    said = sorted(words_of(name))
    return any(_are_alike(said, sorted(words_of(each))) for each in names)


def _are_alike(one: list[str], other: list[str]) -> bool:
    if not one or not other:
        return False
    if len(one) >= 2 and len(other) >= 2 and (set(one) <= set(other) or set(other) <= set(one)):
        return True
    long = {w for w in one if len(w) > 1} & {w for w in other if len(w) > 1}
    initials = {w[0] for w in one} == {w[0] for w in other}
    if long and initials and any(len(w) == 1 for w in one + other):
        return True
    return SequenceMatcher(None, " ".join(one), " ".join(other)).ratio() >= _ALIKE
