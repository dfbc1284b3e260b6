"""The installation's own secrets, made once and kept in the data folder for its owner alone."""

import os
import secrets
from collections.abc import MutableMapping
from pathlib import Path

_FILES = {
    "SYMPOSIA_SECRET_KEY": "secret-key",
    "SYMPOSIA_JOURNAL_KEY": "journal-key",
    "SYMPOSIA_METRICS_TOKEN": "metrics-token",
}


def provide_keys(data: Path, environment: MutableMapping[str, str]) -> None:
    """Put each key that is not given into the environment, from its file."""
    for name, file in _FILES.items():
        if not environment.get(name) and not environment.get(f"{name}_FILE"):
            environment[name] = _read_or_make(data / file)


def _read_or_make(path: Path) -> str:
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return path.read_text(encoding="ascii")
    key = secrets.token_urlsafe(64)
    with os.fdopen(descriptor, "w", encoding="ascii") as file:
        file.write(key)
    return key
