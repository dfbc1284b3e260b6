import socket

import pytest

from symposia.running import ports
from symposia.running.problems import CannotRun
from tests.running.installation import free_port


def test_a_free_port_is_free():
    ports.insist_on_free("127.0.0.1", free_port())


@pytest.mark.parametrize(
    ("kind", "address"), [(socket.AF_INET, "127.0.0.1"), (socket.AF_INET6, "::1")]
)
def test_a_taken_port_is_refused_in_words(kind, address, monkeypatch):
    monkeypatch.setattr(ports, "_PATIENCE", 0.2)
    with socket.socket(kind) as other:
        try:
            other.bind((address, 0))
        except OSError:
            pytest.skip("this machine has no such address")
        other.listen()
        port = other.getsockname()[1]

        with pytest.raises(CannotRun, match=f"Port {port} is taken"):
            ports.insist_on_free("127.0.0.1", port)


def test_silence_is_no_answer():
    assert not ports.answers(free_port())
