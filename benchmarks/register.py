"""A popular activity: N places, 2N people, 8 and 32 clients, against the four-trip transaction."""

import json
import uuid
from collections import Counter
from collections.abc import Iterator
from statistics import median
from typing import Any

from django.db import connection
from django.utils.timezone import now

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
from symposia.accounts.actions import make_personal_token
from symposia.accounts.models import Organisation
from symposia.accounts.permissions import Permission
from symposia.accounts.queries import access_of
from symposia.registrations.models import Places, Registration
from symposia.shared.actors import SYSTEM
from symposia.shared.tenancy import acting_in
from tests.factories.accounts import OrganisationFactory, member

SIZES = (400,)
CLIENTS = (8, 32)
BEFORE = 10_000


class Office:
    """A coordinator's token, and requests to register."""

    def __init__(self) -> None:
        self.organisation: Organisation = OrganisationFactory()
        user = member(self.organisation, "coordinator")
        with acting_in(self.organisation.pk):
            access = access_of(user, self.organisation, at=now())
            assert access is not None
            wanted = [Permission.MANAGE_REGISTRATIONS, Permission.VIEW_DIRECTORY]
            _token, self.secret = make_personal_token(
                user, access, name="bench", permissions=wanted, by=SYSTEM
            )
        self.states: Counter[str] = Counter()
        self.registered = 0

    def requests(self, port: int, size: int, before: int) -> tuple[Any, list[bytes]]:
        """Twice as many people as there are places; some may be registered before."""
        with acting_in(self.organisation.pk):
            made = activity(size + before)
            if before:
                places(made, clinicians(before))
            people = clinicians(2 * size)
        return made, [self._request(port, made.pk, person.pk) for person in people]

    def _request(self, port: int, activity_pk: uuid.UUID, clinician_pk: uuid.UUID) -> bytes:
        body = json.dumps({"activity": str(activity_pk), "clinician": str(clinician_pk)}).encode()
        return request(
            port,
            "POST",
            "/api/v1/registrations",
            body,
            Authorization=f"Bearer {self.secret}",
            Idempotency_Key=str(uuid.uuid4()),
        )

    def judge(self, status: int, body: bytes) -> None:
        if status != 201:
            raise AssertionError((status, body[:300]))
        self.states[json.loads(body)["state"]] += 1
        self.registered += 1


def run(sizes: list[int]) -> Iterator[dict[str, Any]]:
    """Both sides in turn; after each round every place is sold exactly once."""
    prepare_bare_table()
    office = Office()
    with server() as web:
        for size in sizes:
            _round(office, web.port, min(size, 100), 8)
            for clients in CLIENTS:
                yield {"size": size, "clients": clients, **_measured(office, web, size, clients)}
            full = _measured(office, web, size, 8, before=BEFORE)
            yield {"size": size, "clients": 8, "registered_before": BEFORE, **full}
    assert_journal_holds(office.organisation.pk, lines=office.registered)
    connection.close()


def _measured(
    office: Office, web: Server, size: int, clients: int, before: int = 0
) -> dict[str, Any]:
    rounds: list[tuple[float, Round]] = []
    web.forget_peak()
    for _ in range(RUNS):
        limit = four_trips(clients)
        rounds.append((limit, _round(office, web.port, size, clients, before)))
    return {
        "value": round(median(r[1].rate for r in rounds)),
        "unit": "registrations/s",
        "p50_ms": median(r[1].percentile(50) for r in rounds),
        "p99_ms": median(r[1].percentile(99) for r in rounds),
        "limit": round(median(r[0] for r in rounds)),
        "ratio": round(median(ours.rate / bare for bare, ours in rounds), 3),
        "rss_mb": web.rss_mb(),
    }


def _round(office: Office, port: int, size: int, clients: int, before: int = 0) -> Round:
    office.states.clear()
    made, wanted = office.requests(port, size, before)
    connection.close()
    done = send_all(port, wanted, clients, office.judge)
    with acting_in(office.organisation.pk):
        sold = Registration.objects.of(made).confirmed().count()
        count = Places.objects.get(activity=made)
    assert sold == count.taken == size + before, (sold, count)
    assert office.states == {"confirmed": size, "queued": size}, office.states
    return done
