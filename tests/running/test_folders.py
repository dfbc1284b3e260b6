import os
import stat

import pytest

from symposia.running.folders import lock_folder, private_folder, socket_folder
from symposia.running.problems import CannotRun


@pytest.fixture
def place(open_folder, monkeypatch):
    """A temporary folder with a short name."""
    monkeypatch.delenv("XDG_RUNTIME_DIR", raising=False)
    monkeypatch.setattr("tempfile.tempdir", str(open_folder))
    return open_folder


def test_the_socket_folder_is_private_and_the_same_each_time(place):
    folder = socket_folder(place / "data", owner=os.geteuid())

    assert folder.parent == place
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert socket_folder(place / "data", owner=os.geteuid()) == folder
    assert socket_folder(place / "other", owner=os.geteuid()) != folder


def test_a_long_temporary_folder_is_passed_over(place, monkeypatch):
    long = place / ("x" * 100)
    long.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(long))

    folder = socket_folder(place / "data", owner=os.geteuid())
    folder.rmdir()

    assert len(str(folder / ".s.PGSQL.5432")) <= 103


def test_a_link_in_its_place_is_refused_in_words(place):
    folder = socket_folder(place / "data", owner=os.geteuid())
    folder.rmdir()
    folder.symlink_to(place)

    with pytest.raises(CannotRun, match="belongs to somebody else"):
        socket_folder(place / "data", owner=os.geteuid())


def test_an_open_folder_of_our_own_is_closed_again(place):
    folder = socket_folder(place / "data", owner=os.geteuid())
    folder.chmod(0o755)

    assert stat.S_IMODE(socket_folder(place / "data", owner=os.geteuid()).stat().st_mode) == 0o700


def test_the_folders_of_files_and_logs_are_closed_to_other_users(tmp_path):
    before = os.umask(0o022)
    try:
        (tmp_path / "files").mkdir()
        logs = private_folder(tmp_path / "logs")
        lock_folder(tmp_path).close()
    finally:
        os.umask(before)

    for folder in (tmp_path / "files", logs):
        assert stat.S_IMODE(folder.stat().st_mode) == 0o700
