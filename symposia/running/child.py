"""Runs one program for as long as its standard input stays open.

The supervisor holds the other end. When that end closes, for whatever reason (a stop, a crash,
`kill -9`), the program is asked to leave, then made to; whatever it started goes with it.
"""

import argparse
import ctypes
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Sequence

from symposia.running.identity import Identity, invoking_user

_PR_SET_PDEATHSIG = 1


def main(arguments: Sequence[str] | None = None) -> None:
    """Start the program, wait for its end or ours, and take the whole group along."""
    options = _parser().parse_args(arguments)
    stop = signal.Signals[f"SIG{options.stop_with}"]
    if os.getpgrp() != os.getpid():
        os.setsid()
    for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
        signal.signal(number, signal.SIG_IGN)
    program = subprocess.Popen(
        options.program,
        stdin=subprocess.DEVNULL,
        cwd=options.folder,
        preexec_fn=lambda: _prepare(options.identity, stop),  # noqa: PLW1509  # no thread yet
    )
    threading.Thread(
        target=_leave_at_end_of_input, args=(program, stop, options.grace), daemon=True
    ).start()
    code = program.wait()
    if options.report is not None:
        os.write(options.report, str(code).encode())
    os.killpg(0, signal.SIGKILL)  # what it left behind, and this process with it


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="child", description=__doc__)
    parser.add_argument("--stop-with", default="TERM", help="signal that asks it to leave")
    parser.add_argument("--grace", type=float, default=10, help="seconds it may take to leave")
    parser.add_argument("--folder", help="where it runs")
    parser.add_argument("--report", type=int, help="descriptor that is told the exit code")
    parser.add_argument("--identity", type=Identity.parse, default=invoking_user())
    parser.add_argument("program", nargs="+")
    return parser


def _prepare(identity: Identity, stop: signal.Signals) -> None:
    for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
        signal.signal(number, signal.SIG_DFL)
    identity.adopt()
    if sys.platform == "linux":
        # Should this process be killed together with the supervisor, the kernel tells the program.
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, int(stop))


def _leave_at_end_of_input(
    program: "subprocess.Popen[bytes]", stop: signal.Signals, grace: float
) -> None:
    while os.read(sys.stdin.fileno(), 1024):
        pass
    program.send_signal(stop)
    try:
        program.wait(grace)
    except subprocess.TimeoutExpired:
        os.killpg(0, signal.SIGKILL)


if __name__ == "__main__":
    main()
