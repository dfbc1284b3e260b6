"""The one way out for HTTP: https, public addresses, no redirects, one megabyte; five seconds for
each reading, fifteen for all of it."""

import http.client
import ipaddress
import socket
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from urllib.parse import urlsplit

TIMEOUT = 5.0
# Whoever sends a byte every four seconds is never late for one reading.
DEADLINE = 15.0
LARGEST = 1024 * 1024


class RefusedAddress(Exception):
    """The address may not be asked: another scheme, a private network, or no answer from DNS."""


@dataclass(frozen=True)
class Reply:
    """What the other side said."""

    status: int
    body: bytes
    headers: dict[str, str] = field(default_factory=dict)


class _Pinned(http.client.HTTPSConnection):
    """A connection to the address that was checked, whatever the name means a moment later."""

    def __init__(self, host: str, port: int, address: str, context: ssl.SSLContext) -> None:
        super().__init__(host, port, timeout=TIMEOUT, context=context)
        self._address = address
        self._tls = context
        # `sock` is let go of as soon as the other side says that it will close.
        self._line: ssl.SSLSocket | None = None

    def connect(self) -> None:
        plain = socket.create_connection((self._address, self.port), TIMEOUT)
        self.sock = self._line = self._tls.wrap_socket(
            plain, server_hostname=self.host, do_handshake_on_connect=False
        )
        self._line.do_handshake()

    def hang_up(self) -> None:
        """End whatever waits on the line, from another thread; one that has ended stays so."""
        if self._line:
            with suppress(OSError):
                socket.socket.shutdown(self._line, socket.SHUT_RDWR)  # below TLS, which would wait


def fetch(
    url: str,
    *,
    method: str = "GET",
    body: bytes | None = None,
    headers: dict[str, str] | None = None,
) -> Reply:
    """Ask one public https address. Raises RefusedAddress, or OSError when it does not answer."""
    host, port, path = _parts(url)
    address = public_address(host, port)
    connection = _Pinned(host, port, address, ssl.create_default_context())
    try:
        with _ended_after(DEADLINE, connection):
            connection.request(method, path, body=body, headers=headers or {})
            answer = connection.getresponse()
            content = answer.read(LARGEST + 1)
        if len(content) > LARGEST:
            raise RefusedAddress(f"{host} sent more than {LARGEST} bytes")
        return Reply(answer.status, content, dict(answer.getheaders()))
    except http.client.HTTPException as error:
        raise OSError(f"{host} did not speak HTTP: {error}") from error
    finally:
        connection.close()


@contextmanager
def _ended_after(seconds: float, connection: _Pinned) -> Iterator[None]:
    """Hang up when the time for all of it is over. Raises TimeoutError, whatever came until then:
    half an answer is none."""
    over = threading.Event()

    def end() -> None:
        over.set()
        connection.hang_up()

    timer = threading.Timer(seconds, end)
    timer.daemon = True
    timer.start()
    try:
        yield
    except (OSError, http.client.HTTPException) as error:
        if over.is_set():
            raise TimeoutError(f"no whole answer within {seconds:g} seconds") from error
        raise
    finally:
        timer.cancel()
    if over.is_set():
        raise TimeoutError(f"no whole answer within {seconds:g} seconds")


def _parts(url: str) -> tuple[str, int, str]:
    try:
        parts = urlsplit(url)
        host, port = parts.hostname, parts.port or 443
    except ValueError as error:
        raise RefusedAddress(f"not an address: {error}") from error
    if parts.scheme != "https" or not host or parts.username or parts.password:
        raise RefusedAddress("only https addresses without a user name are asked")
    if any(c.isspace() or ord(c) < 32 for c in url):
        raise RefusedAddress("an address has no spaces or control characters")
    return host, port, f"{parts.path or '/'}{'?' + parts.query if parts.query else ''}"


def public_address(host: str, port: int) -> str:
    """The address of a name, refused unless every answer of DNS is public."""
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise RefusedAddress(f"{host} could not be looked up") from error
    addresses = [str(each[4][0]) for each in found]
    for address in addresses:
        if not _is_public(address):
            raise RefusedAddress(f"{host} is in a private network")
    if not addresses:
        raise RefusedAddress(f"{host} has no address")
    return addresses[0]


def _is_public(address: str) -> bool:
    parsed = ipaddress.ip_address(address.partition("%")[0])
    if isinstance(parsed, ipaddress.IPv6Address):
        inner = parsed.ipv4_mapped or parsed.sixtofour or (parsed.teredo or (None, None))[1]
        if inner:
            return inner.is_global and not inner.is_multicast
        if parsed in ipaddress.ip_network("64:ff9b::/96"):
            return False
    return parsed.is_global and not parsed.is_multicast
