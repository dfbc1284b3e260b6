"""The database for one command: the one that is named, the one that runs, or one for its time."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg

from symposia.running.binaries import find_binaries
from symposia.running.configuration import Configuration
from symposia.running.folders import socket_folder
from symposia.running.housing import find_housing
from symposia.running.postgres import Cluster, url
from symposia.running.problems import CannotRun
from symposia.running.roles import OWNER, RUNTIME

DATABASE = "symposia"


@contextmanager
def database_at_hand(configuration: Configuration) -> Iterator[None]:
    """Set DATABASE_URL and DATABASE_OWNER_URL, starting the embedded server if it rests."""
    if configuration.database_url:
        yield
        return
    cluster = Cluster(configuration.data)
    try:
        cluster.lock()
    except CannotRun:
        sockets = _running(configuration.data)
        _name(url(sockets, OWNER, DATABASE), url(sockets, RUNTIME, DATABASE))
        yield
        return
    with cluster.started() as server:
        _name(*server.prepare_database(DATABASE))
        yield


def _name(owner_url: str, runtime_url: str) -> None:
    os.environ["DATABASE_OWNER_URL"] = owner_url
    os.environ["DATABASE_URL"] = runtime_url


def _running(data: Path) -> Path:
    housing = find_housing(data, find_binaries())
    sockets = socket_folder(data, owner=housing.identity.file_owner)
    try:
        psycopg.connect(url(sockets, RUNTIME, DATABASE), connect_timeout=5).close()
    except psycopg.OperationalError:
        raise CannotRun(
            f"Symposia is starting or stopping on {data}: try again in a moment."
        ) from None
    return sockets
