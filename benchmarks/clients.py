"""Many clients against the real web server on loopback, and the bare transaction beside them."""

import multiprocessing
import os
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import quantiles

import psycopg

from benchmarks.memory import children_of, forget_peak, peak_mb

WORKERS = 2
ROOT = Path(__file__).parent.parent


@dataclass(frozen=True)
class Round:
    """What a number of clients got done."""

    seconds: float
    latencies: list[float]

    @property
    def rate(self) -> float:
        return len(self.latencies) / self.seconds

    def percentile(self, part: int) -> float:
        """In milliseconds."""
        if len(self.latencies) < 2:
            return 0.0
        return round(quantiles(self.latencies, n=100)[part - 1] * 1000, 1)


@dataclass(frozen=True)
class Server:
    """The product's own server, answering."""

    port: int
    pid: int

    def forget_peak(self) -> None:
        """Count the memory of the workers from now on."""
        for worker in children_of(self.pid):
            forget_peak(worker)

    def rss_mb(self) -> int:
        """The most that one of its workers has held at once."""
        return max(peak_mb(worker) for worker in children_of(self.pid))


@contextmanager
def web_server() -> Iterator[int]:
    """The port of the product's own server with two workers."""
    with server() as running:
        yield running.port


@contextmanager
def server() -> Iterator[Server]:
    """The product's own server with two workers, on a free port."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    environment = os.environ | {
        "SYMPOSIA_PORT": str(port),
        "SYMPOSIA_WEB_WORKERS": str(WORKERS),
        "SYMPOSIA_DB_POOL": "8",
    }
    with Path(os.devnull).open("w") as nowhere:
        process = subprocess.Popen(  # noqa: S603  # our own command
            [sys.executable, "-m", "symposia.running.web", "app", "--port", str(port)],
            cwd=ROOT,
            env=environment,
            stdout=nowhere,
        )
        try:
            _wait_for(port)
            yield Server(port, process.pid)
        finally:
            process.terminate()
            process.wait(20)


def _wait_for(port: int) -> None:
    give_up = time.monotonic() + 60
    while time.monotonic() < give_up:
        try:
            status, _body = ask(Connection(port), request(port, "GET", "/readyz"))
        except OSError:
            time.sleep(0.1)
            continue
        if status == 200:
            return
        time.sleep(0.1)
    raise TimeoutError("the web server did not answer within a minute")


class Connection:
    """A kept-alive connection, as plain as it gets: the client must not be what is measured."""

    def __init__(self, port: int) -> None:
        self.socket = socket.create_connection(("127.0.0.1", port), timeout=30)
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.rest = self.head = b""

    def header(self, name: bytes) -> str:
        """What the last answer said under this name, in small letters."""
        start = name + b": "
        lines = self.head.split(b"\r\n")
        return next((x[len(start) :].decode() for x in lines if x.lower().startswith(start)), "")


def request(
    port: int,
    method: str,
    path: str,
    body: bytes = b"",
    *,
    kind: str = "application/json",
    **headers: str,
) -> bytes:
    """The bytes of a request, with a body of this kind."""
    lines = [f"{method} {path} HTTP/1.1", f"Host: localhost:{port}"]
    lines += [f"{name.replace('_', '-')}: {value}" for name, value in headers.items()]
    if body:
        lines += [f"Content-Type: {kind}", f"Content-Length: {len(body)}"]
    return "\r\n".join([*lines, "", ""]).encode() + body


def ask(connection: Connection, wanted: bytes) -> tuple[int, bytes]:
    """Send a request and read its answer."""
    connection.socket.sendall(wanted)
    data = connection.rest
    while b"\r\n\r\n" not in data:
        data += _more(connection)
    head, _gap, body = data.partition(b"\r\n\r\n")
    connection.head = head
    length = next(
        int(line.split(b":")[1])
        for line in head.lower().split(b"\r\n")
        if line.startswith(b"content-length:")
    )
    while len(body) < length:
        body += _more(connection)
    connection.rest = body[length:]
    return int(head[9:12]), body[:length]


def _more(connection: Connection) -> bytes:
    data = connection.socket.recv(65536)
    if not data:
        raise ConnectionError("the server hung up")
    return data


Judge = Callable[[int, bytes], None]


def send_all(port: int, requests: Sequence[bytes], clients: int, judge: Judge) -> Round:
    """Send every request once, by so many clients at a time."""
    waiting = iter(requests)
    lock, latencies = threading.Lock(), list[float]()
    problems: list[BaseException] = []

    def client() -> None:
        connection = Connection(port)
        try:
            while True:
                with lock:
                    wanted = next(waiting, None)
                if wanted is None:
                    return
                began = time.perf_counter()
                status, body = ask(connection, wanted)
                latencies.append(time.perf_counter() - began)
                judge(status, body)
        except BaseException as problem:  # noqa: BLE001  # handed to the thread that waits
            problems.append(problem)

    threads = [threading.Thread(target=client) for _ in range(clients)]
    began = time.perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if problems:
        raise problems[0]
    return Round(time.perf_counter() - began, latencies)


BARE = """CREATE TABLE IF NOT EXISTS bare (id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
 organisation_id uuid, ticket uuid, at timestamptz DEFAULT now(), note text)"""


def make_bare_table(name: str, statement: str) -> None:
    """A table of the limit, made by the owner for whoever the product runs as."""
    with psycopg.connect(os.environ["DATABASE_OWNER_URL"], autocommit=True) as owner:
        owner.execute(statement.encode())
        owner.execute(f"GRANT ALL ON {name} TO symposia_app".encode())


def prepare_bare_table() -> None:
    """The table beside which scans and registrations are measured."""
    make_bare_table("bare", BARE)


def four_trips(clients: int, seconds: float = 2.0) -> float:
    """The limit: begin, say the organisation, insert, commit; by as many processes as the web has
    workers. Per second."""
    spawn = multiprocessing.get_context("spawn")
    each = max(1, clients // WORKERS)
    processes = min(WORKERS, clients)
    answers = spawn.Queue()
    gate = spawn.Barrier(processes)
    address = os.environ["DATABASE_URL"]
    jobs = [
        spawn.Process(target=_bare_process, args=(address, each, seconds, gate, answers))
        for _ in range(processes)
    ]
    for job in jobs:
        job.start()
    total: float = sum(answers.get() for _ in jobs)
    for job in jobs:
        job.join()
    return total


def _bare_process(  # type: ignore[no-untyped-def]
    address: str, threads: int, seconds: float, gate, answers
) -> None:
    counts = [0] * threads
    connections = [psycopg.connect(address, autocommit=True) for _ in range(threads)]
    gate.wait()
    until = time.perf_counter() + seconds

    def work(number: int) -> None:
        cursor = connections[number].cursor()
        while time.perf_counter() < until:
            cursor.execute("BEGIN")
            cursor.execute("SELECT set_config('symposia.organisation', %s, true)", [_ID])
            cursor.execute(
                "INSERT INTO bare (organisation_id, ticket, note) VALUES (%s, %s, 'in')",
                [_ID, _ID],
            )
            cursor.execute("COMMIT")
            counts[number] += 1

    running = [threading.Thread(target=work, args=(n,)) for n in range(threads)]
    for thread in running:
        thread.start()
    for thread in running:
        thread.join()
    answers.put(sum(counts) / seconds)


_ID = "00000000-0000-7000-8000-000000000001"
