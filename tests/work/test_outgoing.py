"""No request leaves but to public https addresses (I11, B5)."""

import socket
import ssl
import threading
import time
from contextlib import contextmanager
from datetime import timedelta

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from django.utils.timezone import now

from symposia.work import outgoing
from symposia.work.outgoing import RefusedAddress, fetch, public_address

HOSTILE = [
    "http://example.org/",
    "ftp://example.org/",
    "file:///etc/passwd",
    "gopher://example.org/",
    "https://127.0.0.1/",
    "https://localhost/",
    "https://0.0.0.0/",
    "https://169.254.169.254/latest/meta-data/",
    "https://10.0.0.1/",
    "https://192.168.1.1/",
    "https://172.16.0.1/",
    "https://100.64.0.1/",
    "https://[::1]/",
    "https://[::]/",
    "https://[::ffff:127.0.0.1]/",
    "https://[::ffff:169.254.169.254]/",
    "https://[fe80::1]/",
    "https://[fc00::1]/",
    "https://[64:ff9b::7f00:1]/",
    "https://[2002:7f00:1::]/",
    "https://2130706433/",
    "https://0x7f000001/",
    "https://0177.0.0.1/",
    "https://127.1/",
    "https://user@127.0.0.1/",
    "https://example.org@127.0.0.1/",
    "https://user:secret@example.org/",
    "https:///nothing",
    "https://exa mple.org/",
    "https://example.org:99999/",
    "https://nothing.invalid/",
    "https://[not-an-address/",
    "https://224.0.0.1/",
    "https://255.255.255.255/",
    "javascript:alert(1)",
    "",
]


@pytest.fixture
def canary(monkeypatch):
    """Counts connections: none may ever be made."""
    made = []
    monkeypatch.setattr(socket, "create_connection", lambda *a, **k: made.append(a))
    return made


@pytest.mark.parametrize("url", HOSTILE)
def test_a_hostile_address_is_refused_before_any_connection(url, canary):
    with pytest.raises(RefusedAddress):
        fetch(url)

    assert canary == []


def test_one_private_answer_among_public_ones_is_enough_to_refuse(monkeypatch):
    answers = [(0, 0, 0, "", ("93.184.216.34", 443)), (0, 0, 0, "", ("10.0.0.7", 443))]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *a, **k: answers)

    with pytest.raises(RefusedAddress):
        public_address("example.org", 443)


def test_the_connection_goes_to_the_address_that_was_checked(monkeypatch):
    """DNS may answer otherwise a moment later; we do not ask it again."""
    answers = iter([[(0, 0, 0, "", ("93.184.216.34", 443))], [(0, 0, 0, "", ("127.0.0.1", 443))]])
    monkeypatch.setattr(socket, "getaddrinfo", lambda *a, **k: next(answers))
    asked = []

    def connect(address, *_timeout):
        asked.append(address)
        raise ConnectionRefusedError

    monkeypatch.setattr(socket, "create_connection", connect)
    with pytest.raises(ConnectionRefusedError):
        fetch("https://example.org/")

    assert asked == [("93.184.216.34", 443)]


# A server of our own on loopback, whose name DNS gives a public address.

HEAD = b"HTTP/1.1 200 OK\r\n"
NAME = "feeds.example.org"


@pytest.fixture(scope="module")
def certificate(tmp_path_factory):
    """A file with a key and the certificate that goes with it, for the name of the server."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, NAME)])
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now() - timedelta(days=1))
        .not_valid_after(now() + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(NAME)]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    file = tmp_path_factory.mktemp("tls") / "server.pem"
    file.write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
        + made.public_bytes(serialization.Encoding.PEM)
    )
    return file


def connected(port, wait):
    line = socket.socket()
    line.settimeout(wait)
    line.connect(("127.0.0.1", port))
    return line


@contextmanager
def serving(certificate, monkeypatch, say, *, speaks_tls=True):
    """`say(line)` answers the one who connects; ends when they hang up."""
    listening = socket.create_server(("127.0.0.1", 0))
    port = listening.getsockname()[1]
    listening.settimeout(10)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    hung_up = []

    def serve():
        line, _address = listening.accept()
        try:
            if speaks_tls:
                line = context.wrap_socket(line, server_side=True)
                line.recv(65536)
            say(line)
        except OSError as error:
            hung_up.append(error)
        finally:
            line.close()

    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    public = [(0, 0, 0, "", ("93.184.216.34", port))]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *a, **k: public)
    monkeypatch.setattr(socket, "create_connection", lambda _there, wait: connected(port, wait))
    thread = threading.Thread(target=serve)
    thread.start()
    try:
        yield f"https://{NAME}:{port}/feed", hung_up
    finally:
        thread.join(10)
        listening.close()
    assert not thread.is_alive()


def test_a_whole_answer_in_time_is_taken(certificate, monkeypatch):
    def say(line):
        line.sendall(HEAD + b"Content-Length: 5\r\nX-Kind: feed\r\n\r\nhello")

    with serving(certificate, monkeypatch, say) as (url, _hung_up):
        reply = fetch(url)

    assert (reply.status, reply.body, reply.headers["X-Kind"]) == (200, b"hello", "feed")


def drip(line, start):
    line.sendall(start)
    for _ in range(100):
        line.sendall(b"x")
        time.sleep(0.1)


DRIPPING = {
    "head": b"HTTP/1.1 200 OK\r\nX-Long: ",
    "counted body": HEAD + b"Content-Length: 1000\r\n\r\n",
    "open body": HEAD + b"Connection: close\r\n\r\n",
}


@pytest.mark.parametrize("what", DRIPPING)
def test_a_feed_that_sends_a_byte_now_and_then_ends(certificate, monkeypatch, what):
    """Each byte comes in time for its own reading, so only the time for all of it ends this."""
    monkeypatch.setattr(outgoing, "DEADLINE", 0.6)
    began = time.monotonic()

    with (
        serving(certificate, monkeypatch, lambda line: drip(line, DRIPPING[what])) as (
            url,
            hung_up,
        ),
        pytest.raises(TimeoutError, match="no whole answer"),
    ):
        fetch(url)

    assert 0.5 < time.monotonic() - began < 4
    assert hung_up


def test_a_server_that_never_finishes_its_greeting_ends(certificate, monkeypatch):
    monkeypatch.setattr(outgoing, "DEADLINE", 0.6)

    def greet_slowly(line):
        # The head of a record of 4 KB, and then a byte of it at a time.
        drip(line, bytes([22, 3, 3, 16, 0]))

    with (
        serving(certificate, monkeypatch, greet_slowly, speaks_tls=False) as (url, _hung_up),
        pytest.raises(TimeoutError, match="no whole answer"),
    ):
        fetch(url)
