"""One supervised child: a group of processes that leaves when told, or when we vanish."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal, Self

from symposia.running.folders import private_folder
from symposia.running.identity import Identity, invoking_user

_CHECKOUT = Path(__file__).resolve().parent.parent.parent


@dataclass(frozen=True)
class Program:
    """What to run, how to stop it, and where its words go."""

    name: str
    command: Sequence[str | Path]
    log: Path
    stop_with: Literal["TERM", "INT"] = "TERM"
    grace: float = 10
    identity: Identity = field(default_factory=invoking_user)
    environment: Mapping[str, str] | None = None


class Child:
    """A program running under `symposia.running.child`, in a session of its own."""

    def __init__(self, program: Program, wrapper: "subprocess.Popen[bytes]", report: int) -> None:
        self.program = program
        self.started_at = time.monotonic()
        self._wrapper = wrapper
        self._report: int | None = report
        self._code = -int(signal.SIGKILL)

    @classmethod
    def start(cls, program: Program) -> Self:
        """Start it; from now on it lives no longer than this process."""
        private_folder(program.log.parent)
        environment = dict(os.environ if program.environment is None else program.environment)
        report, told = os.pipe()
        with program.log.open("ab") as log, os.fdopen(told, "wb"):
            wrapper = subprocess.Popen(
                [
                    *(sys.executable, "-S", "-m", "symposia.running.child"),
                    *("--stop-with", program.stop_with, "--grace", str(program.grace)),
                    *("--folder", "/" if program.stop_with == "INT" else _CHECKOUT),
                    *("--identity", str(program.identity), "--report", str(told), "--"),
                    *program.command,
                ],
                stdin=subprocess.PIPE,
                stdout=log,
                stderr=log,
                cwd=_CHECKOUT,
                env=environment,
                start_new_session=True,
                pass_fds=[told],
            )
        return cls(program, wrapper, report)

    @property
    def pid(self) -> int:
        """The process group of the program and all it starts."""
        return self._wrapper.pid

    def alive(self) -> bool:
        return self._wrapper.poll() is None

    def exit_code(self) -> int:
        """What the program ended with (one that still runs is stopped); a kill tells nothing."""
        self.wait_until_gone()
        return self._code

    def ask_to_leave(self) -> None:
        """Close the pipe that keeps it; does not wait."""
        if self._wrapper.stdin and not self._wrapper.stdin.closed:
            self._wrapper.stdin.close()

    def wait_until_gone(self) -> None:
        """Wait its grace out, then end whatever is left of the group."""
        self.ask_to_leave()
        try:
            self._wrapper.wait(self.program.grace + 2)
        except subprocess.TimeoutExpired:
            self._signal(signal.SIGKILL)
            self._wrapper.wait()
        self._clear_group()
        if self._report is not None:
            told = os.read(self._report, 16)
            os.close(self._report)
            self._report, self._code = None, int(told or self._code)

    def last_words(self, lines: int = 12) -> str:
        """The end of its log, for the person who has to mend it."""
        text = self.program.log.read_text(encoding="utf-8", errors="replace")
        return "\n".join(text.splitlines()[-lines:])

    def _clear_group(self) -> None:
        """A wrapper that was killed leaves its program behind: stop it, then make it stop."""
        end = time.monotonic() + self.program.grace
        waiting = self._signal(signal.Signals[f"SIG{self.program.stop_with}"])
        while waiting and time.monotonic() < end:
            time.sleep(0.02)
            waiting = self._signal(0)
        self._signal(signal.SIGKILL)

    def _signal(self, number: int) -> bool:
        try:
            os.killpg(self._wrapper.pid, number)
        except (ProcessLookupError, PermissionError):
            return False
        return True
