"""Who is twice in a directory of labelled people: found, kept, and how often rightly.

Everything a job does (read the directory, compare in a process of its own, keep the pairs) against
Splink alone on the same people in the memory of this process.
"""

import resource
import tempfile
import time
from collections.abc import Iterator
from itertools import groupby
from pathlib import Path
from typing import Any

from benchmarks.dedupe_weights import write
from benchmarks.noisy_people import Noted, noisy_people
from symposia.directory.actions.duplicates import keep_pairs
from symposia.directory.duplicates.comparing import pairs
from symposia.directory.duplicates.finding import LEAST, MEMORY, among
from symposia.directory.models import Clinician, Identifier, Institution
from symposia.directory.spelling import search_form
from symposia.shared.actors import SYSTEM
from symposia.shared.tenancy import acting_in
from tests.factories.accounts import OrganisationFactory

SIZES = (100_000,)
SEED = 2
_AT_ONCE = 5_000


def run(sizes: list[int]) -> Iterator[dict[str, Any]]:
    """Once each: what is found is the same every time, and the comparison takes its minute."""
    for size in sizes:
        people = noisy_people(size, seed=SEED)
        organisation = OrganisationFactory()
        with acting_in(organisation.pk):
            truth = directory_of(people)
        began = time.perf_counter()
        with acting_in(organisation.pk):
            found = among(Clinician.objects.active())
        with acting_in(organisation.pk):
            keep_pairs(found, everybody=True, by=SYSTEM)
        ours = time.perf_counter() - began
        alone = _splink_alone(people)
        right = len({(pair.first, pair.second) for pair in found} & truth)
        yield {
            "size": size,
            "value": round(size / ours),
            "unit": "people/s",
            "seconds": round(ours, 1),
            "limit": round(size / alone),
            "ratio": round(alone / ours, 3),
            "precision": round(right / max(1, len(found)), 4),
            "recall": round(right / len(truth), 4),
            "pairs": len(found),
            "rss_mb": resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024,
            "runs": 1,
        }


def _splink_alone(people: list[Noted]) -> float:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "people.csv"
        write(path, people)
        began = time.perf_counter()
        pairs(path, least=LEAST, total=0, memory=MEMORY)
        return time.perf_counter() - began


def directory_of(people: list[Noted]) -> set[tuple[Any, ...]]:
    """Records as a directory has them; the pairs that are one person."""
    hospitals = {
        number: Institution(name=f"H{number}", kind="hospital")
        for number in sorted({one.hospital for one in people})
    }
    Institution.objects.bulk_create(hospitals.values())
    made = [_record(one, hospitals[one.hospital]) for one in people]
    Clinician.objects.bulk_create(made, batch_size=_AT_ONCE)
    Identifier.objects.bulk_create(
        [
            Identifier(clinician=row, scheme="npi", value=one.number)
            for row, one in zip(made, people, strict=True)
            if one.number
        ],
        batch_size=_AT_ONCE,
        ignore_conflicts=True,
    )
    labelled = sorted((one.person, row.pk) for row, one in zip(made, people, strict=True))
    of_person = (
        [pk for _person, pk in rows]
        for _person, rows in groupby(labelled, key=lambda each: each[0])
    )
    return {tuple(sorted(pks)) for pks in of_person if len(pks) > 1}


def _record(one: Noted, hospital: Institution) -> Clinician:
    return Clinician(
        full_name=one.name,
        email=one.email,
        phone=one.phone,
        institution=hospital,
        city=one.city,
        region=one.region,
        specialty=one.specialty,
        profession=one.profession,
        search_text=search_form(one.name),
    )
