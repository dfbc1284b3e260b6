"""What an installation is told by its environment, as far as starting it goes."""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Self

from symposia.running.problems import CannotRun

CHECKOUT = Path(__file__).resolve().parent.parent.parent


@dataclass(frozen=True)
class Configuration:
    """One installation: its folder, its ports, its mode and its database."""

    data: Path
    port: int = 8000
    demo: bool = False
    bind: str = "127.0.0.1"
    database_url: str = ""
    owner_url: str = ""

    @classmethod
    def from_environment(cls, environment: Mapping[str, str]) -> Self:
        mode = environment.get("SYMPOSIA_MODE") or "production"
        if mode not in {"production", "demo"}:
            raise CannotRun(f"SYMPOSIA_MODE is {mode!r}; it is `production` or `demo`.")
        bind = environment.get("SYMPOSIA_BIND") or "127.0.0.1"
        if mode == "demo" and not bind.startswith("127."):
            raise CannotRun("The demonstration is for this machine alone: unset SYMPOSIA_BIND.")
        return cls(
            data=Path(environment.get("SYMPOSIA_DATA") or CHECKOUT / ".data").absolute(),
            port=_port(environment.get("SYMPOSIA_PORT") or "8000"),
            demo=mode == "demo",
            bind=bind,
            database_url=_secret(environment, "DATABASE_URL"),
            owner_url=_secret(environment, "DATABASE_OWNER_URL"),
        )

    @property
    def content_port(self) -> int:
        return self.port + 1000

    @property
    def address(self) -> str:
        return f"http://localhost:{self.port}"


def number(name: str, default: int) -> int:
    """A positive whole number from the environment."""
    text = os.environ.get(name) or str(default)
    if not text.isdigit() or int(text) < 1:
        raise CannotRun(f"{name} is {text!r}; it has to be a positive whole number.")
    return int(text)


def web_workers() -> int:
    return number("SYMPOSIA_WEB_WORKERS", 2)


def web_threads() -> int:
    return number("SYMPOSIA_WEB_THREADS", 4)


def job_threads() -> int:
    return number("SYMPOSIA_JOB_THREADS", 4)


def _secret(environment: Mapping[str, str], name: str) -> str:
    """The value, or what stands in the file that the variable with `_FILE` behind it names."""
    path = environment.get(f"{name}_FILE")
    if not path:
        return environment.get(name, "")
    try:
        return Path(path).read_text(encoding="utf-8").strip()
    except OSError as problem:
        raise CannotRun(f"{name}_FILE names a file that cannot be read: {problem}") from None


def _port(text: str) -> int:
    if not text.isdigit() or not 0 < int(text) < 64536:
        raise CannotRun(f"SYMPOSIA_PORT is {text!r}; it is a number from 1 to 64535.")
    return int(text)
