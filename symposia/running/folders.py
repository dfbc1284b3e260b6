"""The data folder, claimed by one process, and a short private folder for sockets.

Socket paths over 107 bytes are refused by the system, so they cannot live in the data folder.
"""

import fcntl
import hashlib
import os
import stat
import tempfile
from pathlib import Path
from typing import IO

from symposia.running.problems import CannotRun

_LONGEST = 103  # macOS; Linux allows 107
_NAME_IN_IT = "/.s.PGSQL.5432"


def lock_folder(data: Path) -> IO[str]:
    """Claim a data folder for as long as the returned file stays open; what an earlier version
    left open to other users of the machine is closed to them."""
    data.mkdir(parents=True, exist_ok=True)
    for made in (data / "files", data / "logs"):
        if made.is_dir():
            private_folder(made)
    lock = (data / "lock").open("a+", encoding="ascii")
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        lock.close()
        raise CannotRun(
            f"Symposia already runs on {data}. Stop it first, or set SYMPOSIA_DATA and "
            "SYMPOSIA_PORT for a second one."
        ) from None
    return lock


def private_folder(folder: Path) -> Path:
    """A folder that nobody but its owner looks into, also one that was made more openly."""
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    if stat.S_IMODE(folder.stat().st_mode) & 0o077:
        folder.chmod(0o700)
    return folder


def socket_folder(data: Path, *, owner: int) -> Path:
    """The folder of this data folder's sockets, made when missing, nobody else's."""
    name = f"symposia-{hashlib.sha256(os.fsencode(data.resolve())).hexdigest()[:12]}"
    folder = _parent(name, owner) / name
    try:
        folder.mkdir(mode=0o700)
    except FileExistsError:
        _insist_on_private(folder, owner)
    else:
        if owner != os.geteuid():
            os.chown(folder, owner, -1)
    return folder


def _parent(name: str, owner: int) -> Path:
    runtime = os.environ.get("XDG_RUNTIME_DIR", "")
    places = [Path(tempfile.gettempdir()), Path("/tmp")]  # noqa: S108  # the folder in it is 0700 and checked
    if runtime and owner == os.geteuid() and os.access(runtime, os.W_OK | os.X_OK):
        places.insert(0, Path(runtime))
    for place in places:
        if len(os.fsencode(place / name)) + len(_NAME_IN_IT) <= _LONGEST:
            return place
    return places[-1]


def _insist_on_private(folder: Path, owner: int) -> None:
    found = folder.lstat()
    if not stat.S_ISDIR(found.st_mode) or found.st_uid not in {owner, os.geteuid()}:
        raise CannotRun(f"{folder} belongs to somebody else: remove it, or set TMPDIR.")
    if found.st_uid != owner:
        os.chown(folder, owner, -1)
    if stat.S_IMODE(found.st_mode) != 0o700:
        folder.chmod(0o700)
