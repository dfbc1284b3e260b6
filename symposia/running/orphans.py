"""A server that outlived its supervisor: found by its own pid file and stopped."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

from symposia.running.problems import CannotRun

_PATIENCE = 30.0


def stop_orphan(files: Path) -> None:
    """Stop a server that still runs on these files; the caller holds the data folder's lock."""
    pid = _recorded_pid(files / "postmaster.pid")
    if pid is None or str(files) not in _command_of(pid):
        return
    end = time.monotonic() + _PATIENCE
    os.kill(pid, signal.SIGINT)
    while _command_of(pid):
        if time.monotonic() > end:
            raise CannotRun(f"Process {pid} still holds the database in {files}: stop it first.")
        time.sleep(0.05)


def _recorded_pid(pid_file: Path) -> int | None:
    try:
        first = pid_file.read_text(encoding="utf-8").split("\n", 1)[0].strip()
    except FileNotFoundError:
        return None
    return int(first) if first.isdigit() else None


def _command_of(pid: int) -> str:
    if sys.platform == "linux":
        try:
            return Path(f"/proc/{pid}/cmdline").read_bytes().replace(b"\0", b" ").decode()
        except (FileNotFoundError, ProcessLookupError):
            return ""
    shown = subprocess.run(
        ["/bin/ps", "-o", "command=", "-p", str(pid)], capture_output=True, text=True, check=False
    )
    return shown.stdout.strip()
