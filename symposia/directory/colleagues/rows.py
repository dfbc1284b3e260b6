"""The rows of a file of colleagues, read: who it is, which roles, where, under whom."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from symposia.directory.colleagues.words import Reason

# More people than this work in no organisation that hands in a file of them.
MOST_ROWS = 20_000
EVERYWHERE = "organisation"
_ROLE = re.compile(
    r"(?P<code>[\w-]+)\s*(?:@\s*(?P<scope>[\w-]+))?"
    r"(?:\s+(?:until\s+)?(?P<until>\d[\d.\-/]+\d))?",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class RoleWish:
    """A role somebody shall hold: its code, where it reaches (none: everywhere), its last day."""

    code: str
    territory: str
    until: date | None

    def __str__(self) -> str:
        return f"{self.code}@{self.territory}" if self.territory else self.code


@dataclass(frozen=True)
class Wish:
    """What one row says of one person."""

    line: int
    email: str
    full_name: str = ""
    title: str = ""
    roles: tuple[RoleWish, ...] = ()
    manager: str = ""
    # Why the row cannot be read, if it cannot.
    problem: str = ""


class _Unclear(Exception):
    """A row whose words are not understood; carries the reason."""


def wishes_of(rows: Iterable[Sequence[str]], columns: Mapping[str, int]) -> Iterator[Wish]:
    """What each row that says anything says, by what its columns mean."""
    for line, row in enumerate(rows, start=2):
        said = {name: row[at].strip() for name, at in columns.items() if at < len(row)}
        if any(said.values()):
            yield _wish(line, said)


def _wish(line: int, said: Mapping[str, str]) -> Wish:
    email = said.get("email", "").lower()
    try:
        roles = tuple(_roles(said))
    except _Unclear as unclear:
        return Wish(line, email, said.get("full_name", ""), problem=str(unclear))
    return Wish(
        line,
        email,
        full_name=" ".join(said.get("full_name", "").split()),
        title=said.get("title", ""),
        roles=roles,
        manager=said.get("manager", "").lower(),
    )


def _roles(said: Mapping[str, str]) -> Iterator[RoleWish]:
    """Each role once; where it is said twice, as it is said last."""
    until = _day(said.get("until", ""))
    found: dict[tuple[str, str], RoleWish] = {}
    for text in re.split(r"[;,|\n]", said.get("roles", "")):
        if text.strip():
            wish = _role(text.strip(), said.get("territory", "").lower(), until)
            found[wish.code, wish.territory] = wish
    yield from found.values()


def _role(text: str, territory: str, until: date | None) -> RoleWish:
    read = _ROLE.fullmatch(text)
    if read is None:
        raise _Unclear(Reason.UNREADABLE_ROLE)
    scope = (read["scope"] or territory).lower()
    own = _day(read["until"]) if read["until"] else until
    return RoleWish(read["code"].lower(), "" if scope == EVERYWHERE else scope, own)


def _day(text: str) -> date | None:
    """A day as a file writes it; a sheet adds midnight to its dates."""
    if not text:
        return None
    try:
        return date.fromisoformat(re.split(r"[T ]", text)[0])
    except ValueError as problem:
        raise _Unclear(Reason.BAD_DATE) from problem
