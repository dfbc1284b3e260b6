"""Keeps one program running: started again when it ends, later each time it ends at once."""

import time
from collections.abc import Callable
from dataclasses import dataclass, field

from symposia.running.processes import Child, Program

_TOO_SOON = 10.0
_LONGEST_WAIT = 30.0


@dataclass
class Kept:
    """A program, its present process, and how often it ended too soon in a row."""

    program: Program
    child: Child = field(init=False)
    quick_ends: int = 0
    next_start: float | None = None

    def __post_init__(self) -> None:
        self.child = Child.start(self.program)

    def look_after(self, say: Callable[[str], None]) -> None:
        """Start it again if it has ended, after a pause if it keeps ending."""
        if self.next_start is None and not self.child.alive():
            self._plan_restart(say)
        if self.next_start is not None and time.monotonic() >= self.next_start:
            self.next_start = None
            self.child = Child.start(self.program)

    def _plan_restart(self, say: Callable[[str], None]) -> None:
        too_soon = time.monotonic() - self.child.started_at < _TOO_SOON
        code = self.child.exit_code()
        self.quick_ends = self.quick_ends + 1 if too_soon else 0
        wait = min(_LONGEST_WAIT, 0.5 * 2**self.quick_ends) if self.quick_ends else 0.0
        self.next_start = time.monotonic() + wait
        say(f"{self.program.name} ended ({code}) and is started again. See {self.program.log}")
