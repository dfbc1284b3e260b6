"""The pipe whose end means leave, for every Python process below the supervisor.

The wrappers of `child.py` end with the supervisor and take their group along. Should wrapper and
supervisor be killed together, this is what still reaches the processes further down.
"""

import os
import signal
import threading
import time
from pathlib import Path

VARIABLE = "SYMPOSIA_LEAVE"
_GRACE = 8.0


def hold_open(pipe: Path) -> int:
    """Make the pipe and keep its writing end: the descriptor must live as long as we do."""
    pipe.unlink(missing_ok=True)
    os.mkfifo(pipe, mode=0o600)
    reading = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
    try:
        return os.open(pipe, os.O_WRONLY)
    finally:
        os.close(reading)


def watch() -> None:
    """Leave when the supervisor's end of the pipe closes; does nothing without a supervisor."""
    if pipe := os.environ.get(VARIABLE):
        threading.Thread(target=_leave_at_end_of, args=(pipe,), daemon=True, name="leave").start()


def _leave_at_end_of(pipe: str) -> None:
    try:
        descriptor = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
        os.set_blocking(descriptor, True)
        while os.read(descriptor, 1):
            pass
    except FileNotFoundError:
        pass  # the supervisor has already gone and its folder with it
    os.kill(os.getpid(), signal.SIGTERM)
    time.sleep(_GRACE)
    os._exit(1)
