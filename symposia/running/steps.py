"""What a start does before it serves: steps in chains, chains side by side."""

import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from symposia.running import frontend
from symposia.running.configuration import Configuration
from symposia.running.fingerprints import (
    is_done,
    mark_done,
    schema_fingerprint,
    static_fingerprint,
)
from symposia.running.problems import CannotRun
from symposia.running.processes import Child, Program


@dataclass(frozen=True)
class Step:
    """One command that has to have succeeded for what it depends on."""

    name: str
    says: str
    module: Sequence[str]
    is_due: Callable[[], bool]
    finish: Callable[[], None]


class Chain:
    """Steps one after the other, skipping those that are done."""

    def __init__(self, steps: Sequence[Step], data: Path, say: Callable[[str], None]) -> None:
        self._steps: Iterator[Step] = iter(steps)
        self._data = data
        self._say = say
        self._step: Step | None = None
        self._child: Child | None = None

    def advance(self, environment: Mapping[str, str]) -> bool:
        """Look after the running step; true while there is something to wait for."""
        if self._child and self._child.alive():
            return True
        if self._child and self._step:
            self._conclude(self._step, self._child)
        return self._start_next(environment)

    def leave(self) -> None:
        if self._child:
            self._child.wait_until_gone()

    def _conclude(self, step: Step, child: Child) -> None:
        if child.exit_code() != 0:
            raise CannotRun(f"{step.says} failed:\n{child.last_words(30)}")
        step.finish()
        self._say(f"  {step.says}: {time.monotonic() - child.started_at:.1f} s")
        self._child = self._step = None

    def _start_next(self, environment: Mapping[str, str]) -> bool:
        self._step = next((step for step in self._steps if step.is_due()), None)
        if self._step is None:
            return False
        log = self._data / "logs" / f"{self._step.name}.log"
        log.unlink(missing_ok=True)
        self._child = Child.start(
            Program(
                name=self._step.name,
                command=[sys.executable, "-m", *self._step.module],
                log=log,
                environment=environment,
            )
        )
        return True


def browser_steps(data: Path) -> list[Step]:
    """Bundles, then the folder of everything browsers load."""
    return [
        Step(
            name="frontend",
            says="Building scripts, styles and fonts",
            module=["symposia.running.frontend"],
            is_due=lambda: not frontend.up_to_date(),
            finish=lambda: None,
        ),
        _stamped(data, "static", "Collecting what browsers load", ["static"], static_fingerprint),
    ]


def database_steps(configuration: Configuration) -> list[Step]:
    """Tables, then, in the demonstration alone, its organisations: once."""
    data = configuration.data
    migrate = _stamped(data, "migrate", "Preparing the tables", ["migrate"], schema_fingerprint)
    if configuration.database_url:
        arguments = ["migrate"] if configuration.owner_url else ["migrate", "--check"]
        migrate = Step(
            name="migrate",
            says="Preparing the tables",
            module=["symposia.cli", *arguments],
            is_due=lambda: True,
            finish=lambda: None,
        )
    if not configuration.demo:
        return [migrate]
    says = "Loading the demonstration organisations"
    return [migrate, _stamped(data, "demo", says, ["demo"], lambda: "loaded")]


def sign_in_step(data: Path, say: Callable[[str], None]) -> Step:
    """Fresh links of the demonstration's people, shown once and kept nowhere."""
    log = data / "logs" / "sign-in-links.log"

    def show() -> None:
        say(f"\n{log.read_text(encoding='utf-8')}")
        log.unlink()

    return Step(
        name="sign-in-links",
        says="Making sign-in links",
        module=["symposia.cli", "sign-in-links"],
        is_due=lambda: True,
        finish=show,
    )


def _stamped(
    data: Path, name: str, says: str, arguments: Sequence[str], fingerprint: Callable[[], str]
) -> Step:
    return Step(
        name=name,
        says=says,
        module=["symposia.cli", *arguments],
        is_due=lambda: not is_done(data, name, fingerprint()),
        finish=lambda: mark_done(data, name, fingerprint()),
    )
