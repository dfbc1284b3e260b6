"""Who runs the server when root starts it: three ways, each on a real server."""

import os
import pwd
import shutil
import stat

import psycopg
import pytest

from symposia.running.binaries import find_binaries
from symposia.running.housing import find_housing
from symposia.running.postgres import Cluster
from symposia.running.problems import CannotRun

as_root = pytest.mark.skipif(os.geteuid() != 0, reason="only root has to lend an identity")


def serves(data):
    with Cluster(data, durable=False).started() as server:
        with psycopg.connect(server.superuser_url) as connection:
            assert connection.execute("SELECT 1").fetchone() == (1,)
        return server.child.program.identity


@as_root
def test_root_lends_the_identity_of_a_user_who_can_reach_everything(open_folder):
    identity = serves(open_folder / "data")

    assert identity.way == "user"
    assert identity.uid != 0
    assert (open_folder / "data" / "postgres").stat().st_uid == identity.uid
    assert serves(open_folder / "data") == identity


@as_root
def test_below_a_closed_folder_root_runs_it_under_another_number(open_folder):
    closed = open_folder / "closed"
    closed.mkdir(mode=0o700)

    assert serves(closed / "data").way == "namespace"
    assert serves(closed / "data").way == "namespace"
    assert stat.S_IMODE(closed.stat().st_mode) == 0o700


@as_root
def test_where_nobody_reaches_it_moves_to_a_private_folder_and_says_so(open_folder, capfd):
    outer, inner = open_folder / "outer", open_folder / "outer" / "inner"
    inner.mkdir(parents=True)
    for folder, user in ((outer, "daemon"), (inner, "nobody")):
        os.chown(folder, pwd.getpwnam(user).pw_uid, -1)
        folder.chmod(0o700)

    identity = serves(inner / "data")
    files = find_housing((inner / "data").resolve(), find_binaries()).files

    try:
        assert identity.way == "user"
        assert str(files.parent) in capfd.readouterr().err
        assert stat.S_IMODE(files.parent.stat().st_mode) == 0o700
        assert serves(inner / "data") == identity
        assert [stat.S_IMODE(folder.stat().st_mode) for folder in (outer, inner)] == [0o700, 0o700]
    finally:
        shutil.rmtree(files.parent)


def test_another_users_files_are_refused_in_words(tmp_path, monkeypatch):
    (tmp_path / "postgres").mkdir()
    monkeypatch.setattr(os, "geteuid", lambda: os.getuid() + 1)

    with pytest.raises(CannotRun, match="belongs to another user"):
        find_housing(tmp_path, find_binaries())
