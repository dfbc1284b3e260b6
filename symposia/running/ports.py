"""Ports that are free before the start, and a server that answers after it."""

import http.client
import socket
import time

from symposia.running.problems import CannotRun

_PATIENCE = 5.0


def insist_on_free(address: str, port: int) -> None:
    """Refuse a taken port in words; a server that is just leaving gets a moment to do so."""
    end = time.monotonic() + _PATIENCE
    while _taken(address, port):
        if time.monotonic() > end:
            raise CannotRun(
                f"Port {port} is taken by another program. Set SYMPOSIA_PORT to a free one "
                "(the one 1000 above it is used as well)."
            )
        time.sleep(0.1)


def answers(port: int) -> bool:
    """Whether a web server on this machine answers at all."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
    try:
        connection.request("GET", "/healthz", headers={"Host": f"127.0.0.1:{port}"})
        connection.getresponse().read()
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()
    return True


def _taken(address: str, port: int) -> bool:
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as ours:
        ours.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            ours.bind((address, port))
        except OSError:
            return True
    return _someone_listens_on_ipv6(port)


def _someone_listens_on_ipv6(port: int) -> bool:
    """Browsers try `::1` first for localhost; another program there would be shown instead."""
    with socket.socket(socket.AF_INET6, socket.SOCK_STREAM) as other:
        other.settimeout(0.5)
        try:
            return other.connect_ex(("::1", port)) == 0
        except OSError:
            return False
