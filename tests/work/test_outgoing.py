"""No request leaves but to public https addresses (I11, B5)."""

import socket

import pytest

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
