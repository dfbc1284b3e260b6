"""As whom the database server runs: it refuses root, so root lends it another identity.

Nothing here loosens a permission; an identity that cannot reach the files is simply not used.
"""

import ctypes
import os
import pwd
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, Self

Way = Literal["self", "user", "namespace"]

_CLONE_NEWUSER = 0x10000000


@dataclass(frozen=True)
class Identity:
    """The invoking user, another user of the machine, or root under a user's number."""

    way: Way
    uid: int
    gid: int

    @classmethod
    def parse(cls, text: str) -> Self:
        way, uid, gid = text.split(":")
        if way not in {"self", "user", "namespace"}:
            raise ValueError(text)
        return cls(way, int(uid), int(gid))  # type: ignore[arg-type]  # checked above

    def __str__(self) -> str:
        return f"{self.way}:{self.uid}:{self.gid}"

    @property
    def file_owner(self) -> int:
        """Whose files the server can keep to itself, seen from outside any namespace."""
        return self.uid if self.way == "user" else os.geteuid()

    def adopt(self) -> None:
        """Become this identity; to be called between fork and exec."""
        if self.way == "user":
            os.setgroups([])
            os.setgid(self.gid)
            os.setuid(self.uid)
        elif self.way == "namespace":
            _enter_namespace(self.uid, self.gid)

    def reaches(self, program: Path, folder: Path) -> bool:
        """Whether it can start the program from within the folder."""

        def enter() -> None:
            self.adopt()
            os.chdir(folder)

        try:
            return (
                subprocess.run(
                    [program, "--version"],
                    preexec_fn=enter,  # no thread has been started yet
                    stdout=subprocess.DEVNULL,
                    stderr=subprocess.DEVNULL,
                    check=False,
                ).returncode
                == 0
            )
        except (OSError, subprocess.SubprocessError):
            return False


def invoking_user() -> Identity:
    """The identity of this process, which is enough unless it is root's."""
    return Identity("self", os.geteuid(), os.getegid())


def candidates(data: Path, *, owner: int | None) -> Iterator[Identity]:
    """Identities to try as root, best first; files that exist already leave no choice."""
    if owner is not None and owner != 0:
        yield from _users([owner])
        return
    if owner is None:
        yield from _users([*_invoker_of_sudo(), data.parent.stat().st_uid, "postgres", "nobody"])
    if sys.platform == "linux":
        for user in _users(["postgres", "nobody"]):
            yield Identity("namespace", user.uid, user.gid)


def unprivileged_users() -> list[Identity]:
    """Users of the machine without rights that the server may borrow, best first."""
    return list(_users([*_invoker_of_sudo(), "postgres", "nobody"]))


def _invoker_of_sudo() -> list[int]:
    invoker = os.environ.get("SUDO_UID", "")
    return [int(invoker)] if invoker.isdigit() else []


def _users(wanted: list[int | str]) -> Iterator[Identity]:
    seen = {0}
    for who in wanted:
        try:
            entry = pwd.getpwnam(who) if isinstance(who, str) else pwd.getpwuid(who)
        except KeyError:
            continue
        if entry.pw_uid not in seen:
            seen.add(entry.pw_uid)
            yield Identity("user", entry.pw_uid, entry.pw_gid)


def _enter_namespace(uid: int, gid: int) -> None:
    outside_uid, outside_gid = os.geteuid(), os.getegid()
    if ctypes.CDLL(None, use_errno=True).unshare(_CLONE_NEWUSER) != 0:
        raise OSError(ctypes.get_errno(), "no user namespace")
    Path("/proc/self/setgroups").write_text("deny", encoding="ascii")
    Path("/proc/self/uid_map").write_text(f"{uid} {outside_uid} 1", encoding="ascii")
    Path("/proc/self/gid_map").write_text(f"{gid} {outside_gid} 1", encoding="ascii")
