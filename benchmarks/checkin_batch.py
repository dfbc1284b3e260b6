"""Offline batches of fifty readings beside the bare multi-row insert of the same rows."""

import time
import uuid
from collections.abc import Iterator
from statistics import median
from typing import Any

from django.db import connection, transaction
from django.utils.timezone import now

from benchmarks.clients import make_bare_table
from benchmarks.contract import RUNS
from benchmarks.memory import peak_mb
from benchmarks.people import activity, clinicians, places
from symposia.activities.models import Activity
from symposia.attendance.actions.batches import MOST, Batch, Reading, record_batch
from symposia.attendance.models import PresenceEvidence
from symposia.audit.models import Entry
from symposia.registrations.models import Registration
from symposia.shared.actors import SYSTEM
from symposia.shared.tenancy import acting_in
from tests.factories.accounts import OrganisationFactory

SIZES = (5_000,)
BATCHES = 20
COLUMNS = "event_uuid uuid PRIMARY KEY, registration uuid, kind text, at timestamptz, device text"


def run(sizes: list[int]) -> Iterator[dict[str, Any]]:
    """Both sides in turn; then what was kept is counted, with its lines of the journal."""
    for size in sizes:
        organisation = OrganisationFactory()
        with acting_in(organisation.pk):
            door = activity(None)
            held = places(door, clinicians(size))
        bare, ours = [], []
        make_bare_table("bare_readings", f"CREATE TABLE IF NOT EXISTS bare_readings ({COLUMNS})")
        for turn in range(RUNS):
            bare.append(_bare(held))
            ours.append(_ours(organisation.pk, door, held, turn))
        with acting_in(organisation.pk):
            kept = PresenceEvidence.objects.count()
            journalled = Entry.objects.filter(action__startswith="presence.").count()
        if not kept == journalled == RUNS * BATCHES * MOST:
            raise AssertionError((kept, journalled))
        value, limit = median(ours), median(bare)
        yield {
            "size": size,
            "value": round(value),
            "unit": "readings/s",
            "limit": round(limit),
            "ratio": round(value / limit, 3),
            "rss_mb": peak_mb(),
        }


def _ours(organisation_id: uuid.UUID, door: Activity, held: list[Registration], turn: int) -> float:
    kind = "out" if turn % 2 else "in"
    batches = [_batch(door, held, number, kind) for number in range(BATCHES)]
    began = time.perf_counter()
    for batch in batches:
        with acting_in(organisation_id):
            record_batch(batch, by=SYSTEM)
    return BATCHES * MOST / (time.perf_counter() - began)


def _batch(door: Activity, held: list[Registration], number: int, kind: Any) -> Batch:
    people = [held[(number * MOST + n) % len(held)] for n in range(MOST)]
    readings = [
        Reading(uuid.uuid4(), kind, one.pk, sequence=n, device_time=now())
        for n, one in enumerate(people)
    ]
    return Batch(door.pk, readings, "Door 1")


def _bare(held: list[Registration]) -> float:
    began = time.perf_counter()
    for number in range(BATCHES):
        rows: list[Any] = []
        for n in range(MOST):
            one = held[(number * MOST + n) % len(held)]
            rows += [uuid.uuid4(), one.pk, "in", now(), "Door 1"]
        values = ", ".join(["(%s, %s, %s, %s, %s)"] * MOST)
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f"INSERT INTO bare_readings VALUES {values}", rows)  # noqa: S608  # ours
    return BATCHES * MOST / (time.perf_counter() - began)
