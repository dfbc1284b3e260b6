"""A migrated database server is kept between runs: migrating takes longer than a copy.

Kept are the files of a stopped server, under the digest of every migration and the version of
PostgreSQL. A copy is migrated too, which applies nothing and brings packs and policies up to date.
"""

import hashlib
import os
import shutil
from pathlib import Path

from symposia.running.binaries import find_binaries
from symposia.running.housing import find_housing

ROOT = Path(__file__).parent.parent
KEPT = ROOT / ".cache" / "test-databases"
# Of so many branches; each is some fifty megabytes.
MOST = 3


def _place():
    digest = hashlib.sha256(str(find_binaries().version).encode())
    for path in sorted(ROOT.glob("symposia/*/migrations/*.py")):
        digest.update(f"{path.relative_to(ROOT)}\0".encode() + path.read_bytes())
    return KEPT / digest.hexdigest()[:16]


def _files_of(folder):
    return find_housing(folder, find_binaries()).files


def take_kept(folder):
    """Put what is kept in the place of a server's files; false where nothing fits."""
    kept = _place()
    if not kept.exists():
        return False
    kept.touch()
    _copy(kept, _files_of(folder))
    return True


def keep(folder):
    """Keep the files of a server that stands still; the oldest of those kept go."""
    KEPT.mkdir(parents=True, exist_ok=True)
    unfinished, kept = KEPT / f"unfinished-{os.getpid()}", _place()
    _copy(_files_of(folder), unfinished)
    try:
        unfinished.rename(kept)
    except OSError:  # another process was sooner
        shutil.rmtree(unfinished)
    kept.touch()
    whole = [path for path in KEPT.iterdir() if not path.name.startswith("unfinished")]
    for old in sorted(whole, key=lambda path: path.stat().st_mtime)[:-MOST]:
        shutil.rmtree(old, ignore_errors=True)


def _copy(files, to):
    """With owners and permissions: a server insists on both."""
    shutil.copytree(files, to, symlinks=True)
    for path in (files, *files.rglob("*")):
        about = path.lstat()
        os.chown(to / path.relative_to(files), about.st_uid, about.st_gid, follow_symlinks=False)
