"""People of the directory handed to the process that compares them, and what it answers."""

import csv
import json
import subprocess
import sys
import uuid
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from django.db.models import Q, QuerySet

from symposia.directory.models import Clinician, Identifier
from symposia.directory.schemes import one_each
from symposia.directory.spelling import search_form

# Less likely than this is shown to nobody; from the second on it is called likely.
LEAST, LIKELY = 0.5, 0.95
MEMORY = "1GB"
_AT_ONCE = 5_000
_NEARBY = 200
COLUMNS = (
    *("id", "words", "email", "phone", "institution", "city", "region"),
    *("profession", "specialty", "register", "number"),
)
_FACTS = (
    *("pk", "full_name", "email", "phone", "institution_id", "city", "region"),
    *("profession", "specialty"),
)


class NotCompared(Exception):
    """The process that compares ended before its end."""


@dataclass(frozen=True)
class Found:
    """Two records that may be one person, the one made first first."""

    first: uuid.UUID
    second: uuid.UUID
    probability: float
    reasons: list[str]


def among(people: QuerySet[Clinician], *, least: float = LEAST) -> list[Found]:
    """The likely pairs of all these people, read in the order of their keys."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "people.csv"
        _write(path, _chunks(people))
        return list(_compared(path, least=least))


def of_newcomers(new: Iterable[Clinician], *, least: float = LEAST) -> list[Found]:
    """Whom some people resemble, each among those who share something with them."""
    everybody, newcomers = Clinician.objects.active(), {one.pk: one for one in new}
    near = {one.pk for each in newcomers.values() for one in _nearby(each, everybody)}
    if not near:
        return []
    with TemporaryDirectory() as folder:
        path = Path(folder) / "people.csv"
        _write(path, [sorted(near | newcomers.keys())])
        found = _compared(path, least=least, total=everybody.count())
        return [pair for pair in found if newcomers.keys() & {pair.first, pair.second}]


def _nearby(clinician: Clinician, people: QuerySet[Clinician]) -> list[Clinician]:
    """Those with the same address or telephone, or nearly the same name."""
    shared = Q(pk__in=[])
    for name in ("email", "phone"):
        if value := getattr(clinician, name):
            shared |= Q(**{name: value})
    others = people.exclude(pk=clinician.pk)
    same = list(others.filter(shared)[:_NEARBY])
    alike = list(Clinician.objects.active().resembling(clinician.full_name)[:_NEARBY])
    return [*{one.pk: one for one in (*same, *alike) if one.pk != clinician.pk}.values()]


def _chunks(people: QuerySet[Clinician]) -> Iterator[list[uuid.UUID]]:
    """The keys of everybody, so many at once."""
    after: uuid.UUID | None = None
    while True:
        rest = people.order_by("pk") if after is None else people.filter(pk__gt=after)
        keys = list(rest.order_by("pk").values_list("pk", flat=True)[:_AT_ONCE])
        if not keys:
            return
        yield keys
        after = keys[-1]


def _write(path: Path, chunks: Iterable[list[uuid.UUID]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        lines = csv.writer(file)
        lines.writerow(COLUMNS)
        for keys in chunks:
            numbers = _numbers(keys)
            people = Clinician.objects.filter(pk__in=keys).order_by("pk")
            for pk, name, *facts in people.values_list(*_FACTS):
                lines.writerow([pk, search_form(name), *facts, *numbers.get(pk, ("", ""))])


def _numbers(people: list[uuid.UUID]) -> dict[Any, tuple[str, str]]:
    """Of each person the number of a register that gives nobody a second one."""
    held = Identifier.objects.filter(clinician__in=people, scheme__in=one_each())
    return {
        pk: (scheme, value)
        for pk, scheme, value in held.order_by("-pk").values_list("clinician_id", "scheme", "value")
    }


def _compared(path: Path, *, least: float, total: int = 0) -> Iterator[Found]:
    """What the process of its own says, pair by pair."""
    module = "symposia.directory.duplicates.comparing"
    options = ["--least", str(least), "--total", str(total), "--memory", MEMORY]
    with subprocess.Popen(  # noqa: S603  # our own program and a path we made
        [sys.executable, "-s", "-m", module, str(path), *options],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env={"PYTHONPATH": str(Path(__file__).parents[3]), "HOME": str(path.parent)},
        close_fds=True,
    ) as child:
        said: Any = {}
        for line in child.stdout or ():
            said = json.loads(line)
            if isinstance(said, list):
                one, other = sorted(map(uuid.UUID, said[:2]))
                yield Found(one, other, round(said[2], 6), said[3])
    if not (isinstance(said, dict) and said.get("ended")):
        raise NotCompared
