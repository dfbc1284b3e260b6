"""One web server: the product, or people's files on their own origin.

The application loads before the workers are made, so that they share its memory.
"""

import argparse
import gc
import importlib
import os
import sys
from collections.abc import Callable, Sequence
from typing import Any

from granian import Granian
from granian.constants import Interfaces

from symposia.running import leaving
from symposia.running.configuration import web_threads, web_workers
from symposia.running.problems import CannotRun

_APPLICATIONS = {"app": "config.wsgi", "content": "config.wsgi_content"}
_ADDRESSES = {"app": "config.urls", "content": "config.urls_content"}


def main(arguments: Sequence[str] | None = None) -> int:
    """Serve until told to stop."""
    options = _parser().parse_args(arguments)
    module = _APPLICATIONS[options.serves]
    importlib.import_module(module)  # sets Django up, which the checks below need
    importlib.import_module("symposia.running.safety").refuse_unsafe_settings()
    importlib.import_module(_ADDRESSES[options.serves])  # the pages, too, once for all workers
    gc.freeze()  # what the collector never visits stays shared
    server = Granian(
        target=f"{module}:application",
        address=options.address,
        port=options.port,
        interface=Interfaces.WSGI,
        workers=web_workers() if options.serves == "app" else 1,
        blocking_threads=web_threads(),
        respawn_failed_workers=True,
        workers_kill_timeout=8,
        log_access=False,
    )
    server.serve(target_loader=load)
    return 0


def load(target: str) -> Callable[..., Any]:
    """The application, in a worker that leaves with the supervisor."""
    leaving.watch()
    module, name = target.split(":")
    application: Callable[..., Any] = getattr(importlib.import_module(module), name)
    return application


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m symposia.running.web", description=__doc__)
    parser.add_argument("serves", choices=sorted(_APPLICATIONS))
    parser.add_argument("--address", default="127.0.0.1")
    parser.add_argument("--port", type=int, required=True)
    return parser


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    try:
        sys.exit(main())
    except CannotRun as problem:
        sys.exit(str(problem))
