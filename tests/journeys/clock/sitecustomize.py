"""On a journey's path only: its web and worker processes live as many seconds ahead as a file says.

A journey takes minutes and an activity weeks. The product reads the clock as always; nothing in it
knows of this file. Python imports `sitecustomize` by itself at its start.
"""

import os
import sys
import threading
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import time_machine

FILE = "SYMPOSIA_JOURNEY_CLOCK"
_LIVE_AHEAD = ("symposia.running.web", "symposia.cli worker")


def follow() -> None:
    """Move this process' clock whenever the file says something else."""
    file = Path(os.environ[FILE])
    while True:
        wanted = int(file.read_text(encoding="ascii") or 0) if file.exists() else 0
        if wanted != _now["ahead"]:
            _travel(wanted)
        time.sleep(0.1)


def _travel(ahead: int) -> None:
    if _now["traveller"]:
        _now["traveller"].stop()
    real = time.time()  # not travelling now
    there = datetime.fromtimestamp(real, UTC) + timedelta(seconds=ahead)
    _now["traveller"] = time_machine.travel(there, tick=True)
    _now["traveller"].start()
    _now["ahead"] = ahead


def watch() -> None:
    threading.Thread(target=follow, daemon=True).start()


_now: dict[str, Any] = {"ahead": 0, "traveller": None}
if os.environ.get(FILE) and any(mark in " ".join(sys.orig_argv) for mark in _LIVE_AHEAD):
    watch()
    os.register_at_fork(after_in_child=watch)  # threads stay behind; web servers fork
