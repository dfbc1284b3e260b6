"""Twenty live rooms that are looked at while the doors scan, beside the same scans alone."""

import threading
import time
from collections import Counter
from collections.abc import Iterator
from statistics import median
from typing import Any

from django.core import signing
from django.db import connection

from benchmarks.checkin import Door
from benchmarks.clients import Connection, Round, Server, ask, request, send_all, server
from benchmarks.contract import RUNS
from symposia.attendance.live import version_of_room
from symposia.shared.tenancy import acting_in
from symposia.web.office import live_room
from tests.factories.accounts import member

# Open rooms, each at an activity of its own with so many places.
SIZES = (20,)
PLACES = 250
CLIENTS, SCANS = 8, 2_000
EVERY = 2.0


class Rooms:
    """Pages that stay open: each asks every two seconds whether anything has changed."""

    def __init__(self, port: int, doors: list[Door]) -> None:
        self.port, self.stop = port, threading.Event()
        self.passes = [_pass_of(door) for door in doors]
        self.said: Counter[int] = Counter()
        self.latencies: list[float] = []
        self.problems: list[BaseException] = []

    def __enter__(self) -> "Rooms":
        self.threads = [
            threading.Thread(target=self._look, args=(number, each))
            for number, each in enumerate(self.passes)
        ]
        for thread in self.threads:
            thread.start()
        return self

    def __exit__(self, *_raised: object) -> None:
        self.stop.set()
        for thread in self.threads:
            thread.join()
        if self.problems:
            raise self.problems[0]

    def _look(self, number: int, live_pass: str) -> None:
        try:
            seen, talk = "", Connection(self.port)
            self.stop.wait(EVERY * number / len(self.passes))
            while not self.stop.is_set():
                began = time.perf_counter()
                status, tag = self._ask(talk, live_pass, seen)
                took = time.perf_counter() - began
                self.said[status], seen = self.said[status] + 1, tag
                self.latencies.append(took)
                self.stop.wait(max(0.0, EVERY - took))
        except BaseException as problem:  # noqa: BLE001  # handed to the thread that waits
            self.problems.append(problem)

    def _ask(self, talk: Connection, live_pass: str, seen: str) -> tuple[int, str]:
        wanted = question(self.port, live_pass, seen)
        status, _body = ask(talk, wanted)
        if status not in {200, 304}:
            raise AssertionError(status)
        return status, talk.header(b"etag")


def question(port: int, live_pass: str, seen: str) -> bytes:
    """Has anything changed since the page saw this?"""
    held = f"Live {live_pass}"
    path = "/live-room/changes/"
    return request(port, "GET", path, Authorization=held, If_None_Match=seen)


def _pass_of(door: Door) -> str:
    user = member(door.organisation, "coordinator")
    named = [str(door.organisation.pk), str(door.activity.pk), str(user.pk), ""]
    with acting_in(door.organisation.pk):
        if version_of_room(door.activity.pk, person=user.pk) is None:
            raise AssertionError("whoever looks at the room may not")
    return signing.dumps(named, salt=live_room.SALT)


def run(sizes: list[int]) -> Iterator[dict[str, Any]]:
    """Scans alone and with the rooms open, three times each; then rooms where nothing is new."""
    for size in sizes:
        doors = [Door(PLACES) for _ in range(size)]
        connection.close()
        with server() as web:
            _scans(doors, web.port, 200)
            alone: list[Round] = []
            beside: list[Round] = []
            said: Counter[int] = Counter()
            latencies: list[float] = []
            web.forget_peak()
            for _ in range(RUNS):
                alone.append(_scans(doors, web.port, SCANS))
                with Rooms(web.port, doors) as rooms:
                    beside.append(_scans(doors, web.port, SCANS))
                said += rooms.said
                latencies += rooms.latencies
            yield {"size": size, "rooms": "closed", **_told(alone, alone)}
            changed = {"polls": sum(said.values()), "unchanged": said[304]}
            looked = Round(1, latencies)
            polls = {"polls_p50_ms": looked.percentile(50), "polls_p99_ms": looked.percentile(99)}
            yield {"size": size, "rooms": "open", **changed, **polls, **_told(beside, alone)} | {
                "rss_mb": web.rss_mb()
            }
            yield {"size": size, "rooms": "quiet", **_quiet(web, doors)}
        for door in doors:
            assert door.outcomes == {"in": door.sent}, door.outcomes
        connection.close()


def _scans(doors: list[Door], port: int, count: int) -> Round:
    """Scans at all doors in turn."""
    each = -(-count // len(doors))
    made = [door.scans(port, each) for door in doors]
    mixed = [scan for at_once in zip(*made, strict=True) for scan in at_once]
    statuses: list[tuple[int, bytes]] = []
    done = send_all(port, mixed, CLIENTS, lambda status, body: statuses.append((status, body)))
    wrong = [one for one in statuses if one[0] != 200 or b'"in"' not in one[1]]
    assert not wrong, wrong[:2]
    for door, scans in zip(doors, made, strict=True):
        door.outcomes["in"] += len(scans)
    return done


def _told(rounds: list[Round], limit: list[Round]) -> dict[str, Any]:
    pairs = zip(rounds, limit, strict=True)
    return {
        "value": round(median(each.rate for each in rounds)),
        "unit": "scans/s",
        "p50_ms": median(each.percentile(50) for each in rounds),
        "p99_ms": median(each.percentile(99) for each in rounds),
        "limit": round(median(each.rate for each in limit)),
        "ratio": round(median(ours.rate / bare.rate for ours, bare in pairs), 3),
    }


def _quiet(web: Server, doors: list[Door]) -> dict[str, Any]:
    """Nothing is new: what one question costs."""
    rooms = Rooms(web.port, doors)
    talk = Connection(web.port)
    seen = [rooms._ask(talk, each, "")[1] for each in rooms.passes]  # noqa: SLF001  # its own module
    wanted = [question(web.port, each, tag) for each, tag in zip(rooms.passes, seen, strict=True)]
    said: Counter[int] = Counter()
    done = send_all(web.port, wanted * 50, 1, lambda status, _body: said.update([status]))
    assert set(said) == {304}, said
    return {
        "value": round(done.rate),
        "unit": "questions/s",
        "p50_ms": done.percentile(50),
        "p99_ms": done.percentile(99),
    }
