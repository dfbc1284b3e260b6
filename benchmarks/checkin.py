"""Scans at the door against the four-trip transaction, 1, 8 and 32 clients, two workers."""

import json
import uuid
from collections import Counter
from collections.abc import Iterator
from statistics import median
from types import SimpleNamespace
from typing import Any

from django.db import connection

from benchmarks.clients import (
    Round,
    Server,
    four_trips,
    prepare_bare_table,
    request,
    send_all,
    server,
)
from benchmarks.contract import RUNS
from benchmarks.journals import assert_journal_holds
from benchmarks.people import activity, clinicians, places
from symposia.attendance.models import PresenceEvidence, Standing
from symposia.audit.models import Entry
from symposia.registrations.tickets import ticket_text
from symposia.shared.tenancy import acting_in
from symposia.web.door.passes import make_pass
from tests.factories.accounts import OrganisationFactory, member

SIZES = (5_000,)
CLIENTS = (1, 8, 32)
SCANS = {1: 600, 8: 2_000, 32: 2_000}


class Door:
    """Tickets of one activity, each read in, out, in … so that every scan changes something."""

    def __init__(self, size: int) -> None:
        self.organisation = OrganisationFactory()
        user = member(self.organisation, "door_staff")
        with acting_in(self.organisation.pk):
            self.activity = activity(None)
            made = places(self.activity, clinicians(size))
        self.tickets = [ticket_text(self.organisation.code, one.pk) for one in made]
        opened = SimpleNamespace(organisation=self.organisation, user=user, actor=user.actor())
        self.door_pass = make_pass(opened, self.activity.pk)
        self.sent = 0
        self.outcomes: Counter[str] = Counter()

    def scans(self, port: int, count: int) -> list[bytes]:
        made = [self.scan(port, self.sent + n) for n in range(count)]
        self.sent += count
        return made

    def scan(self, port: int, number: int) -> bytes:
        body = {
            "event_uuid": str(uuid.uuid4()),
            "code": self.tickets[number % len(self.tickets)],
            "kind": "out" if number // len(self.tickets) % 2 else "in",
            "source": "scan",
            "device": "Door 1",
            "sequence": number,
        }
        text = json.dumps(body).encode()
        return request(port, "POST", "/door/scans/", text, Authorization=f"Door {self.door_pass}")

    def judge(self, status: int, body: bytes) -> None:
        if status != 200:
            raise AssertionError((status, body[:300]))
        self.outcomes[json.loads(body)["verdict"]] += 1


def run(sizes: list[int]) -> Iterator[dict[str, Any]]:
    """Both sides in turn, three times each; then what was kept is counted."""
    prepare_bare_table()
    for size in sizes:
        door = Door(size)
        connection.close()
        with server() as web:
            send_all(web.port, door.scans(web.port, 200), 8, door.judge)
            for clients in CLIENTS:
                yield {"size": size, "clients": clients, **_measured(door, web, clients)}
            scanned = door.sent
            _second_scans_never_succeed(door, web.port)
        assert_journal_holds(door.organisation.pk, lines=scanned)
        connection.close()


def _measured(door: Door, web: Server, clients: int) -> dict[str, Any]:
    rounds: list[tuple[float, Round]] = []
    web.forget_peak()
    for _ in range(RUNS):
        limit = four_trips(clients)
        scans = door.scans(web.port, SCANS[clients])
        ours = send_all(web.port, scans, clients, door.judge)
        rounds.append((limit, ours))
    limit, rate = median(r[0] for r in rounds), median(r[1].rate for r in rounds)
    return {
        "value": round(rate),
        "unit": "scans/s",
        "p50_ms": median(r[1].percentile(50) for r in rounds),
        "p99_ms": median(r[1].percentile(99) for r in rounds),
        "limit": round(limit),
        "ratio": round(median(ours.rate / bare for bare, ours in rounds), 3),
        "rss_mb": web.rss_mb(),
    }


def _second_scans_never_succeed(door: Door, port: int) -> None:
    """Every scan so far changed something and is journalled; the same tickets again do not."""
    with acting_in(door.organisation.pk):
        kept = PresenceEvidence.objects.count()
        changed = PresenceEvidence.objects.filter(changed_presence=True).count()
        journalled = Entry.objects.filter(action__startswith="presence.").count()
        inside = list(
            Standing.objects.filter(is_inside=True).values_list("registration_id", flat=True)[:300]
        )
    assert door.outcomes == {"in": door.sent}, door.outcomes
    assert kept == changed == journalled == door.sent, (kept, changed, journalled, door.sent)
    again: Counter[str] = Counter()
    tickets = [ticket_text(door.organisation.code, pk) for pk in inside]
    door.tickets, door.sent, door.outcomes = tickets, 0, again
    send_all(port, door.scans(port, len(tickets)), 32, door.judge)
    assert again == {"again": len(tickets)}, again
    connection.close()
