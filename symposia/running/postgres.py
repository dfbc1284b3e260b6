"""The embedded database server: a foreground child on a socket in a short private folder."""

import shutil
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO
from urllib.parse import quote

import psycopg

from symposia.running.binaries import find_binaries
from symposia.running.folders import lock_folder, socket_folder
from symposia.running.housing import Housing, find_housing
from symposia.running.orphans import stop_orphan
from symposia.running.problems import CannotRun
from symposia.running.processes import Child, Program
from symposia.running.roles import OWNER, RUNTIME, prepare_roles_and_database

_PATIENCE = 60.0
_FAST_AND_LOSE = ("fsync=off", "full_page_writes=off", "synchronous_commit=off")
_SETTINGS = ("max_connections=100", "shared_buffers=128MB", "log_min_messages=warning")
# Most tables of an organisation are small. Unless they are counted soon after they fill, a board of
# fifty rows is planned as if they were empty, and takes half a minute instead of a second.
_COUNTED_SOON = ("autovacuum_naptime=15s", "autovacuum_analyze_threshold=10")


@dataclass(frozen=True)
class Server:
    """A running server and how to reach it."""

    child: Child
    socket_dir: Path

    @property
    def superuser_url(self) -> str:
        return url(self.socket_dir, "postgres", "postgres")

    def prepare_database(self, name: str) -> tuple[str, str]:
        """Make the two roles, the database and what only a superuser may set up in it."""
        sockets = self.socket_dir
        prepare_roles_and_database(self.superuser_url, url(sockets, "postgres", name), name)
        return url(sockets, OWNER, name), url(sockets, RUNTIME, name)


def url(sockets: Path, role: str, database: str) -> str:
    """The address of a database behind a socket, as DATABASE_URL takes it."""
    return f"postgresql://{role}@/{database}?host={quote(str(sockets))}"


class Cluster:
    """The database files of one data folder. Not durable means: for tests alone."""

    def __init__(self, data_dir: Path, *, durable: bool = True) -> None:
        self.data_dir = data_dir.resolve()
        self.durable = durable
        self._lock: IO[str] | None = None

    def lock(self) -> None:
        """Claim the data folder; a second start on it is refused in words."""
        self._lock = self._lock or lock_folder(self.data_dir)

    def unlock(self) -> None:
        if self._lock:
            self._lock.close()
            self._lock = None

    @contextmanager
    def started(self) -> Iterator[Server]:
        """The server for as long as the block lasts; nobody else runs it meanwhile."""
        try:
            server = self.start()
            try:
                yield server
            finally:
                self.stop(server)
        finally:
            self.unlock()

    def start(self) -> Server:
        """Make the files when they are missing, start the server, wait until it answers."""
        self.lock()
        housing = find_housing(self.data_dir, find_binaries())
        stop_orphan(housing.files)
        if not (housing.files / "PG_VERSION").exists():
            _create_files(housing)
        _insist_on_same_version(housing)
        sockets = socket_folder(self.data_dir, owner=housing.identity.file_owner)
        return self._run(housing, sockets)

    def stop(self, server: Server) -> None:
        """Ask for a fast shutdown, wait for it, and leave no socket behind."""
        server.child.wait_until_gone()
        shutil.rmtree(server.socket_dir, ignore_errors=True)
        self.unlock()

    def _run(self, housing: Housing, sockets: Path) -> Server:
        """After a crash the old server's helpers may need a moment to go, so insist a little."""
        end = time.monotonic() + _PATIENCE
        while True:
            server = Server(Child.start(self._program(housing, sockets)), sockets)
            if _answers(server, until=end):
                return server
            server.child.wait_until_gone()
            if time.monotonic() + _PATIENCE > end + 10:
                words = server.child.last_words()
                raise CannotRun(f"The database server does not start:\n{words}")
            time.sleep(0.3)

    def _program(self, housing: Housing, sockets: Path) -> Program:
        settings = [*_SETTINGS, *(_COUNTED_SOON if self.durable else _FAST_AND_LOSE)]
        return Program(
            name="database",
            command=[
                *(housing.binaries.postgres, "-D", housing.files, "-h", "", "-k", sockets),
                *(part for setting in settings for part in ("-c", setting)),
            ],
            log=self.data_dir / "logs" / "database.log",
            stop_with="INT",
            grace=30,
            identity=housing.identity,
        )


def _create_files(housing: Housing) -> None:
    """Under another name until complete, so that a killed first start leaves no half."""
    unfinished = housing.prepare_unfinished()
    _run_initdb(housing, unfinished)
    unfinished.rename(housing.files)


def _run_initdb(housing: Housing, folder: Path) -> None:
    locale = ["--locale=C.UTF-8"]
    if housing.binaries.version >= 17:
        locale = ["--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C"]
    made = subprocess.run(
        [
            *(housing.binaries.initdb, "-D", folder, "-U", "postgres", "-A", "trust"),
            *("-E", "UTF8", "--data-checksums", "--no-instructions", *locale),
        ],
        preexec_fn=housing.identity.adopt,  # no thread has been started yet
        cwd="/",
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )
    if made.returncode:
        raise CannotRun(f"The database could not be created:\n{made.stderr.strip()}")


def _insist_on_same_version(housing: Housing) -> None:
    found = (housing.files / "PG_VERSION").read_text(encoding="ascii").strip()
    if found != str(housing.binaries.version):
        raise CannotRun(
            f"The database in {housing.files} was made by PostgreSQL {found}, but "
            f"{housing.binaries.folder} is {housing.binaries.version}: name the older programs "
            "with SYMPOSIA_POSTGRES_BIN, or use pg_upgrade."
        )


def _answers(server: Server, *, until: float) -> bool:
    while server.child.alive() and time.monotonic() < until:
        if (server.socket_dir / ".s.PGSQL.5432").exists():
            try:
                psycopg.connect(server.superuser_url, connect_timeout=5).close()
            except psycopg.OperationalError:
                time.sleep(0.02)
            else:
                return True
        time.sleep(0.02)
    return False
