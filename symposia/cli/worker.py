"""Does the work that happens outside a request: jobs, deliveries, regular upkeep."""

import argparse
import threading

from django.db import connections
from procrastinate.contrib.django import app
from procrastinate.contrib.django.django_connector import DjangoConnector

from symposia.running import leaving
from symposia.running.configuration import job_threads
from symposia.running.safety import refuse_unsafe_settings
from symposia.shared.jobs import SILENT_FOR, run_ticks

NAME = "worker"
HELP = "do the jobs of the queue until told to stop"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--concurrency", type=int, help="jobs at a time (SYMPOSIA_JOB_THREADS)")
    parser.add_argument("--queues", nargs="*", help="only these queues; all of them otherwise")
    parser.add_argument("--once", action="store_true", help="do what is waiting, then end")


def run(options: argparse.Namespace) -> int:
    refuse_unsafe_settings()
    leaving.watch()
    stop = threading.Event()
    upkeep = threading.Thread(target=_keep_up, args=(stop,), name="upkeep", daemon=True)
    if not options.once:
        upkeep.start()
    connector = DjangoConnector(alias="default").get_worker_connector()
    with app.replace_connector(connector) as worker:
        worker.run_worker(
            queues=options.queues,
            concurrency=options.concurrency or job_threads(),
            wait=not options.once,
            shutdown_graceful_timeout=20,
            stalled_worker_timeout=SILENT_FOR.total_seconds(),
        )
    stop.set()
    return 0


def _keep_up(stop: threading.Event) -> None:
    try:
        run_ticks(stop)
    finally:
        connections.close_all()
