"""Work that happens outside a request: deferred in the same transaction, done once, tenant set.

Tasks live in a context's `tasks.py`, take ids and strings, call one action, and may run twice.
"""

import json
import threading
import time
import uuid
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import structlog
from django.db import connection
from django.utils.timezone import now
from procrastinate import App, RetryStrategy
from procrastinate.contrib.django import app as django_app
from psycopg.types.json import Jsonb

from symposia.shared.planned import planned, write
from symposia.shared.tenancy import acting_in, current_organisation_id

log = structlog.get_logger()
Work = Callable[..., None]
queue: App = django_app

# Work somebody waits for at a screen goes ahead of what nobody watches, such as mail to thousands.
AWAITED = 10
# Work nobody looks out for, such as comparing each newcomer of an import, lets letters go first.
UNWATCHED = -10


@dataclass(frozen=True)
class Task:
    """A piece of work of one organisation that can be asked for."""

    name: str
    work: Work
    whole: bool

    def defer(self, **arguments: Any) -> None:
        """Ask for it inside this transaction: it exists if and only if the transaction does."""
        _ask(self.name, arguments)

    def defer_awaited(self, **arguments: Any) -> None:
        """Ask for it as work that somebody waits for at a screen."""
        _ask(self.name, arguments, priority=AWAITED)

    def take_along(self, *, most: int) -> list[dict[str, Any]]:
        """What else of this work waits for the organisation: done with what runs, in one go.

        Whatever is taken leaves the queue with this transaction, and stays in it without it.
        """
        values = {"task": self.name, "most": most, "of": str(current_organisation_id())}
        return [json.loads(arguments) for (arguments,) in planned(_TAKEN, values)]

    def run(self, organisation_id: str, **arguments: Any) -> None:
        """What the worker calls."""
        if not self.whole:
            self.work(uuid.UUID(organisation_id), **arguments)
            return
        with acting_in(uuid.UUID(organisation_id)):
            self.work(**arguments)


def defer_named(
    name: str, *, after: timedelta = timedelta(0), awaited: bool = False, **arguments: Any
) -> None:
    """Ask by name, from an action, for work that the `tasks.py` above it registers; not before a
    while has passed, if one is given, and ahead of other work where somebody waits for it."""
    _ask(name, arguments, after=after, priority=AWAITED if awaited else None)


def defer_each(name: str, wanted: Sequence[Mapping[str, Any]]) -> None:
    """Ask by name for the same work with each of these arguments, in one statement."""
    job, of = queue.configure_task(name).job, str(current_organisation_id())
    said = [{"organisation_id": of, **arguments} for arguments in wanted]
    told = {"queue": job.queue, "task": name, "priority": job.priority, "args": Jsonb(said)}
    planned(_JOBS, told)


# A worker says every ten seconds that it lives; whoever was silent for so long was killed.
SILENT_FOR = timedelta(minutes=2)

_ABANDONED = """
SELECT job.id, procrastinate_retry_job_v1(job.id, now(), NULL, NULL, NULL) FROM (
  SELECT id FROM procrastinate_jobs doing WHERE status = 'doing' AND NOT EXISTS (
    SELECT FROM procrastinate_workers worker WHERE worker.id = doing.worker_id
      AND worker.last_heartbeat > now() - %(silent)s::interval)
  FOR UPDATE OF doing SKIP LOCKED
) job
"""

_TAKEN = """
DELETE FROM procrastinate_jobs WHERE id = ANY (ARRAY(
  SELECT id FROM procrastinate_jobs
  WHERE status = 'todo' AND task_name = %(task)s AND args->>'organisation_id' = %(of)s
    AND (scheduled_at IS NULL OR scheduled_at <= now())
  ORDER BY id LIMIT %(most)s FOR UPDATE SKIP LOCKED
)) RETURNING args
"""

# What the library's own function writes, but planned once a connection, and together with what
# else a change writes.
_JOB = """
INSERT INTO procrastinate_jobs (queue_name, task_name, priority, args, scheduled_at)
VALUES (%(queue)s, %(task)s, %(priority)s, %(args)s::jsonb, %(at)s::timestamptz)
"""


_JOBS = """
INSERT INTO procrastinate_jobs (queue_name, task_name, priority, args)
SELECT %(queue)s, %(task)s, %(priority)s, args FROM jsonb_array_elements(%(args)s) args
"""


def _ask(
    name: str,
    arguments: Mapping[str, Any],
    *,
    after: timedelta = timedelta(0),
    priority: int | None = None,
) -> None:
    job = queue.configure_task(name).job
    said = {"organisation_id": str(current_organisation_id()), **arguments}
    values = {
        "queue": job.queue,
        "task": name,
        "priority": job.priority if priority is None else priority,
        "args": Jsonb(said),
        "at": now() + after if after else None,
    }
    write(_JOB, values)


def task(
    name: str,
    *,
    whole: bool = True,
    attempts: int = 5,
    queue_name: str = "default",
    watched: bool = True,
    awaited: bool = False,
) -> Callable[[Work], Task]:
    """Register work. `whole` runs it in one transaction of its organisation; otherwise the
    function receives `organisation_id` first and opens `acting_in` per chunk (long jobs). Work
    that is not `watched` waits until nothing else is due; what is `awaited` at a screen goes ahead
    whoever asks for it."""

    def register(work: Work) -> Task:
        made = Task(name, work, whole)
        retry = RetryStrategy(max_attempts=attempts, exponential_wait=3)
        priority = AWAITED if awaited else 0 if watched else UNWATCHED
        queue.task(name=name, queue=queue_name, retry=retry, priority=priority)(made.run)
        return made

    return register


@dataclass(frozen=True)
class Tick:
    """Light, regular work of the installation that one worker does at a time."""

    name: str
    seconds: float
    work: Callable[[], None]


ticks: list[Tick] = []


def tick(name: str, *, seconds: float) -> Callable[[Callable[[], None]], Callable[[], None]]:
    """Register regular work; whoever holds its advisory lock does it, the others pass."""

    def register(work: Callable[[], None]) -> Callable[[], None]:
        ticks.append(Tick(name, seconds, work))
        return work

    return register


@tick("jobs.abandoned", seconds=10)
def take_up_abandoned() -> None:
    """What a worker had begun that was killed is work again: it may have done nothing of it yet."""
    for job_id, _nothing in planned(_ABANDONED, {"silent": SILENT_FOR}):
        log.warning("job_taken_up_again", job=job_id)


def run_ticks(stop: threading.Event) -> None:
    """Keep all regular work going until told to stop; a failure is logged and tried again."""
    due = dict.fromkeys((t.name for t in ticks), 0.0)
    while not stop.wait(0.2):
        for one in ticks:
            if time.monotonic() >= due[one.name]:
                due[one.name] = time.monotonic() + one.seconds
                _run_alone(one)


def _run_alone(one: Tick) -> None:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_try_advisory_lock(hashtext(%s))", [f"tick:{one.name}"])
            mine = cursor.fetchone()[0]
        if mine:
            try:
                one.work()
            finally:
                with connection.cursor() as cursor:
                    cursor.execute("SELECT pg_advisory_unlock(hashtext(%s))", [f"tick:{one.name}"])
    except Exception:  # one broken tick must not stop the others; it is logged
        log.exception("tick_failed", tick=one.name)
        connection.close()


def on_app_ready(app: App) -> None:
    """Named in the settings; tasks register themselves when their modules load."""
