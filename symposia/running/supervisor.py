"""One process that starts everything, keeps it going, and takes everything along when it ends."""

import os
import signal
import sys
import time
from collections.abc import Callable
from types import FrameType
from typing import IO

from symposia.running import leaving
from symposia.running.configuration import Configuration, job_threads, web_threads
from symposia.running.external import prepare_external
from symposia.running.folders import lock_folder, socket_folder
from symposia.running.keeping import Kept
from symposia.running.keys import provide_keys
from symposia.running.ports import answers, insist_on_free
from symposia.running.postgres import Cluster, Server
from symposia.running.problems import CannotRun
from symposia.running.processes import Program
from symposia.running.steps import Chain, browser_steps, database_steps, sign_in_step

_PATIENCE_WITH_WEB = 180.0
_TICK = 0.1


class Stopped(Exception):
    """Somebody asked for the end while something was being waited for."""


def say(text: str) -> None:
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


class Supervisor:
    """The start, the watch and the orderly end of one installation."""

    def __init__(self, configuration: Configuration) -> None:
        self._configuration = configuration
        self._environment = dict(os.environ)
        self._started = time.monotonic()
        self._parent = os.getppid()
        self._stop = False
        self._cluster: Cluster | None = None
        self._server: Server | None = None
        self._folder: IO[str] | None = None
        self._leave = -1
        self._chains: list[Chain] = []
        self._kept: list[Kept] = []

    def run(self) -> int:
        """Run until told to stop; nothing is left behind however it ends."""
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, self._asked_to_stop)
        try:
            self._start()
            self._keep()
        except Stopped:
            pass
        finally:
            self._end()
        return 0

    def _start(self) -> None:
        data = self._configuration.data
        say(f"Symposia starts with the data in {data}")
        self._claim()
        provide_keys(data, self._environment)
        self._environment |= {
            "DJANGO_SETTINGS_MODULE": "config.settings",
            "SYMPOSIA_DATA": str(data),
            "SYMPOSIA_PORT": str(self._configuration.port),
            "SYMPOSIA_DB_POOL": str(max(web_threads(), job_threads() + 1)),
        }
        browser = self._chain(Chain(browser_steps(data), data, say))
        browser.advance(self._environment)
        self._start_database()
        self._chain(Chain(database_steps(self._configuration), data, say))
        self._wait(self._chains_are_done)
        self._chains.clear()
        self._serve()

    def _chains_are_done(self) -> bool:
        waiting = [chain.advance(self._environment) for chain in self._chains]
        return not any(waiting)

    def _claim(self) -> None:
        """The folder first: its message is the better one when both are taken."""
        if self._configuration.database_url:
            self._folder = lock_folder(self._configuration.data)
        else:
            self._cluster = Cluster(self._configuration.data)
            self._cluster.lock()
        for port in (self._configuration.port, self._configuration.content_port):
            insist_on_free(self._configuration.bind, port)

    def _chain(self, chain: Chain) -> Chain:
        self._chains.append(chain)
        return chain

    def _start_database(self) -> None:
        if self._cluster:
            started = time.monotonic()
            self._server = self._cluster.start()
            owner_url, runtime_url = self._server.prepare_database("symposia")
            self._environment |= {"DATABASE_OWNER_URL": owner_url, "DATABASE_URL": runtime_url}
            sockets = self._server.socket_dir
            say(f"  Starting the database: {time.monotonic() - started:.1f} s")
        else:
            self._prepare_external_database()
            sockets = socket_folder(self._configuration.data, owner=os.geteuid())
        self._leave = leaving.hold_open(sockets / "leave")
        self._environment[leaving.VARIABLE] = str(sockets / "leave")

    def _prepare_external_database(self) -> None:
        if not self._configuration.owner_url:
            say("  DATABASE_OWNER_URL is not set: the tables are checked, not changed")
            return
        if left := prepare_external(self._configuration):
            file = self._configuration.data / "superuser.sql"
            file.write_text("".join(f"{statement};\n" for statement in left), encoding="utf-8")
            say(f"  The owner role may not run these; a superuser can, from {file}:")
            say("\n".join(f"    {statement};" for statement in left))

    def _serve(self) -> None:
        """The product first; files and jobs follow when it answers."""
        configuration = self._configuration
        web = self._keep_program("web", self._web_command("app", configuration.port))
        self._wait(lambda: answers(configuration.port), insists_on=web)
        self._keep_program("content", self._web_command("content", configuration.content_port))
        self._keep_program("worker", ["-m", "symposia.cli", "worker"], grace=30)
        say(f"Ready after {time.monotonic() - self._started:.1f} s: {configuration.address}")
        say("Ctrl-C stops it.")
        if configuration.demo:
            self._show_sign_ins()

    def _show_sign_ins(self) -> None:
        data = self._configuration.data
        say(f"The demonstration, for this machine alone: {self._configuration.address}/demo/")
        say("Plain HTTP, cookies without the Secure mark, passkeys on an insecure origin.")
        self._chain(Chain([sign_in_step(data, say)], data, say))

    def _web_command(self, serves: str, port: int) -> list[str]:
        bind = self._configuration.bind
        return ["-m", "symposia.running.web", serves, "--address", bind, "--port", str(port)]

    def _keep_program(self, name: str, arguments: list[str], *, grace: float = 10) -> Kept:
        kept = Kept(
            Program(
                name=name,
                command=[sys.executable, *arguments],
                log=self._configuration.data / "logs" / f"{name}.log",
                grace=grace,
                environment=self._environment,
            )
        )
        self._kept.append(kept)
        return kept

    def _keep(self) -> None:
        while True:
            self._pause()
            if self._cluster and self._server and not self._server.child.alive():
                say(f"database ended and is started again. See {self._server.child.program.log}")
                self._server.child.wait_until_gone()
                self._server = self._cluster.start()
            for kept in self._kept:
                kept.look_after(say)
            self._finish_chains()

    def _finish_chains(self) -> None:
        """What still goes on beside the service; its failure is told and stops nothing."""
        try:
            self._chains = [one for one in self._chains if one.advance(self._environment)]
        except CannotRun as problem:
            self._chains.clear()
            say(str(problem))

    def _wait(self, ready: Callable[[], bool], *, insists_on: Kept | None = None) -> None:
        end = time.monotonic() + _PATIENCE_WITH_WEB
        while not ready():
            self._pause()
            if insists_on and (not insists_on.child.alive() or time.monotonic() > end):
                name, words = insists_on.program.name, insists_on.child.last_words(30)
                raise CannotRun(f"The {name} server does not start:\n{words}")

    def _pause(self) -> None:
        """A make that was killed cannot pass the signal on: its end is an end as well."""
        orphaned = "MAKELEVEL" in os.environ and os.getppid() != self._parent
        if self._stop or orphaned:
            raise Stopped
        time.sleep(_TICK)

    def _asked_to_stop(self, _number: int, _frame: FrameType | None) -> None:
        if self._stop:
            os._exit(130)  # asked twice: what still runs leaves by its own pipe
        self._stop = True

    def _end(self) -> None:
        if self._kept:
            say("Stopping")
        for kept in self._kept:
            kept.child.ask_to_leave()
        for chain in self._chains:
            chain.leave()
        for kept in self._kept:
            kept.child.wait_until_gone()
        if self._cluster and self._server:
            self._cluster.stop(self._server)
