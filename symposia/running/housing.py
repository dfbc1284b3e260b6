"""Where the database's files and programs live, and as whom they run.

A normal user keeps them in the data folder. Root lends them to somebody who can reach both; below
folders nobody else can enter, root runs them under another number; where even that fails, they
move to one private folder, named on the screen. No permission of a parent folder is touched.
"""

import hashlib
import os
import shutil
import sys
from dataclasses import dataclass, replace
from pathlib import Path

from symposia.running.binaries import Binaries
from symposia.running.identity import Identity, candidates, invoking_user, unprivileged_users
from symposia.running.problems import CannotRun

_REFUGES = (Path("/var/lib"), Path("/var/tmp"))  # noqa: S108  # survives a restart; the folder is private


@dataclass(frozen=True)
class Housing:
    """The files, the programs and the identity that can use both."""

    files: Path
    binaries: Binaries
    identity: Identity

    def prepare_unfinished(self) -> Path:
        """An empty folder of the right owner, beside the place of the files."""
        folder = self.files.with_name(f"{self.files.name}.unfinished")
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(mode=0o700)
        if self.identity.way == "user":
            os.chown(folder, self.identity.uid, self.identity.gid)
        return folder


def find_housing(data: Path, binaries: Binaries) -> Housing:
    """Decide who runs the server on this data folder, the same way at every start."""
    files = data / "postgres"
    owner = files.stat().st_uid if files.exists() else None
    if os.geteuid() != 0:
        return Housing(files, binaries, _insist_on_own(files, owner))
    refuge = _refuge_of(data)
    if refuge is None:
        for identity in candidates(data, owner=owner):
            if _reaches(identity, binaries, data, files):
                return Housing(files, binaries, identity)
    return _take_refuge(data, binaries, refuge)


def _insist_on_own(files: Path, owner: int | None) -> Identity:
    if owner is not None and owner != os.geteuid():
        raise CannotRun(
            f"The database in {files} belongs to another user (number {owner}): start as that "
            "user, or set SYMPOSIA_DATA to a folder of your own."
        )
    return invoking_user()


def _reaches(identity: Identity, binaries: Binaries, data: Path, files: Path) -> bool:
    return identity.reaches(binaries.postgres, files if files.exists() else data)


def _refuge_of(data: Path) -> Path | None:
    """The private folder an earlier start moved to, if it did."""
    name = f"symposia-{hashlib.sha256(os.fsencode(data)).hexdigest()[:12]}"
    return next((place / name for place in _REFUGES if (place / name).is_dir()), None)


def _take_refuge(data: Path, binaries: Binaries, refuge: Path | None) -> Housing:
    users = unprivileged_users()
    if not users:
        raise CannotRun(
            "PostgreSQL refuses to run as root and this machine has no other user: start Symposia "
            "as a normal user, or name a server with DATABASE_URL and DATABASE_OWNER_URL."
        )
    identity = users[0]
    refuge = refuge or _make_refuge(data, identity)
    housing = _furnish(refuge, binaries, identity)
    if not identity.reaches(housing.binaries.postgres, refuge):
        raise CannotRun(
            f"PostgreSQL refuses to run as root, and no other user can reach {refuge}: start "
            "Symposia as a normal user."
        )
    sys.stderr.write(f"The database's programs and files are in the private folder {refuge}.\n")
    return housing


def _make_refuge(data: Path, identity: Identity) -> Path:
    name = f"symposia-{hashlib.sha256(os.fsencode(data)).hexdigest()[:12]}"
    place = next((place for place in _REFUGES if os.access(place, os.W_OK | os.X_OK)), None)
    if place is None:
        raise CannotRun("PostgreSQL refuses to run as root: start Symposia as a normal user.")
    refuge = place / name
    refuge.mkdir(mode=0o700)
    os.chown(refuge, identity.uid, identity.gid)
    return refuge


def _furnish(refuge: Path, binaries: Binaries, identity: Identity) -> Housing:
    """Copy the programs once per version where they cannot be reached; keep the files."""
    if not identity.reaches(binaries.postgres, refuge):
        copy = refuge / f"programs-{binaries.version}"
        if not copy.exists():
            _copy_programs(binaries, copy, identity)
        binaries = replace(binaries, folder=next(copy.glob("**/bin"), copy))
    return Housing(refuge / "postgres", binaries, identity)


def _copy_programs(binaries: Binaries, copy: Path, identity: Identity) -> None:
    unfinished = copy.with_name("programs.unfinished")
    shutil.rmtree(unfinished, ignore_errors=True)
    if binaries.copy_to(unfinished) is None:
        return
    for path in (unfinished, *unfinished.rglob("*")):
        os.chown(path, identity.uid, identity.gid, follow_symlinks=False)
    unfinished.rename(copy)
