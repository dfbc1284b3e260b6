"""Whether a step of the start has to be done again: what it depends on, hashed."""

import hashlib
from collections.abc import Iterable
from pathlib import Path

from symposia.running.configuration import CHECKOUT

_PRODUCT = CHECKOUT / "symposia"


def schema_fingerprint() -> str:
    """Of everything that shapes the database: models, migrations, guards, libraries' versions."""
    return _of(
        [
            *_PRODUCT.glob("*/migrations/*.py"),
            *_PRODUCT.glob("*/models.py"),
            *_PRODUCT.glob("*/models/**/*.py"),
            *_PRODUCT.glob("*/history.py"),
            *(_PRODUCT / "shared").glob("*.py"),
            *(CHECKOUT / "config").glob("settings.py"),
            *(CHECKOUT / "requirements").glob("runtime.txt"),
        ]
    )


def static_fingerprint() -> str:
    """Of every file browsers load, of the libraries that bring some, and of how it is collected."""
    static = _PRODUCT / "web" / "static"
    return _of(
        [
            *(path for path in static.rglob("*") if path.is_file()),
            *(_PRODUCT / "cli").glob("static.py"),
            *(CHECKOUT / "requirements").glob("runtime.txt"),
        ]
    )


def is_done(data: Path, step: str, fingerprint: str) -> bool:
    stamp = _stamp(data, step)
    return stamp.exists() and stamp.read_text(encoding="ascii") == fingerprint


def mark_done(data: Path, step: str, fingerprint: str) -> None:
    stamp = _stamp(data, step)
    stamp.parent.mkdir(exist_ok=True)
    stamp.write_text(fingerprint, encoding="ascii")


def _stamp(data: Path, step: str) -> Path:
    return data / "done" / step


def _of(paths: Iterable[Path]) -> str:
    total = hashlib.sha256()
    for path in sorted(paths):
        total.update(str(path.relative_to(CHECKOUT)).encode() + b"\0" + path.read_bytes() + b"\0")
    return total.hexdigest()
