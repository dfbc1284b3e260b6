"""Programs that are started, timed to their first page, and gone afterwards without a rest."""

import hashlib
import http.client
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from benchmarks.contract import CHECKOUT
from tests.running.installation import connects, free_port, wait_for

PATIENCE = 600.0
TICK = 0.01
SIGN_IN = "/account/login/"
ELSEWHERE = ("/tmp", "/var/tmp", "/var/lib")  # noqa: S108  # only looked at
_FOREIGN = ("SYMPOSIA_", "DATABASE_", "DJANGO_", "MAKE", "MFLAGS", "VIRTUAL_ENV", "PYTHON")


def clean_environment(**more: str) -> dict[str, str]:
    """What a newcomer's shell has: nothing of ours, but the caches of packages."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(_FOREIGN)}
    caches = {"PIP_CACHE_DIR": "pip", "npm_config_cache": "npm"}
    return {name: str(CHECKOUT / ".cache" / it) for name, it in caches.items()} | kept | more


@contextmanager
def open_folder() -> Iterator[Path]:
    """A folder that other users reach, as the database's must where root starts it."""
    folder = Path(tempfile.mkdtemp(prefix="symposia-start-"))
    folder.chmod(0o755)
    try:
        yield folder
    finally:
        shutil.rmtree(folder)


@dataclass(frozen=True)
class Running:
    """A program that has answered."""

    seconds: float
    pid: int
    port: int


@contextmanager
def web_program(module: Sequence[str], page: str, **settings: str) -> Iterator[Running]:
    """A Python module that serves on the port given to it last, for as long as the block lasts."""
    port = free_port()
    began = time.perf_counter()
    process = subprocess.Popen(  # noqa: S603  # our own command
        [sys.executable, "-m", *module, str(port)],
        cwd=CHECKOUT,
        env=os.environ | settings,
        stdout=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        wait_for_page(process, port, page)
        yield Running(time.perf_counter() - began, process.pid, port)
    finally:
        process.terminate()
        process.wait(20)
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)  # workers of a program that has failed
    assert wait_for(lambda: not connects(port))


@contextmanager
def make_run(checkout: Path, data: Path) -> Iterator[float]:
    """`make run` in a checkout, the seconds to its first page, and Ctrl-C at the end."""
    port = free_port()
    settings = {"SYMPOSIA_DATA": str(data), "SYMPOSIA_PORT": str(port)}
    words = data.with_suffix(".out")
    began = time.perf_counter()
    with words.open("wb") as output:
        process = subprocess.Popen(
            ["make", "run"],  # noqa: S607  # whichever make is there
            cwd=checkout,
            env=clean_environment(**settings),
            stdout=output,
            stderr=output,
            start_new_session=True,
        )
    try:
        wait_for_page(process, port, SIGN_IN)
        yield time.perf_counter() - began
    finally:
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGINT)  # as the terminal does: make and its program
            process.wait(60)
    assert wait_for(lambda: not left_of(data)), left_of(data)
    assert not any(connects(one) for one in (port, port + 1000))


def left_of(data: Path) -> list[str]:
    """What still runs with this data folder, whoever its parent is, and its folders elsewhere."""
    name = f"symposia-{hashlib.sha256(os.fsencode(data.resolve())).hexdigest()[:12]}"
    places = {tempfile.gettempdir(), os.environ.get("XDG_RUNTIME_DIR", ELSEWHERE[0]), *ELSEWHERE}
    folders = [str(Path(place) / name) for place in places if (Path(place) / name).exists()]
    return [*folders, *_programs_of(data)]


def _programs_of(data: Path) -> list[str]:
    mark = f"SYMPOSIA_DATA={data}".encode()
    found = []
    for process in Path("/proc").glob("[0-9]*"):
        try:
            if mark in (process / "environ").read_bytes().split(b"\0"):
                found.append((process / "cmdline").read_bytes().replace(b"\0", b" ").decode())
        except OSError:
            continue  # it ended while being looked at
    return found


def wait_for_page(process: "subprocess.Popen[bytes]", port: int, page: str) -> None:
    """Until the page is there in full."""
    give_up = time.monotonic() + PATIENCE
    while not _answers(port, page):
        if process.poll() is not None:
            raise ChildProcessError(f"{process.args} ended with {process.returncode}")
        if time.monotonic() > give_up:
            raise TimeoutError(f"{process.args} did not answer")
        time.sleep(TICK)


def _answers(port: int, page: str) -> bool:
    asked = http.client.HTTPConnection("localhost", port, timeout=30)
    try:
        asked.request("GET", page)
        answer = asked.getresponse()
        answer.read()
    except OSError:
        return False
    finally:
        asked.close()
    return answer.status == 200
