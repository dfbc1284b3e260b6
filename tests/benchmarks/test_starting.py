"""What benchmarks start is gone afterwards, and a rest would be seen."""

import os
import subprocess
import sys
import urllib.request

import pytest

from benchmarks.starting import clean_environment, left_of, web_program
from tests.running.installation import connects


def test_a_program_serves_for_as_long_as_the_block_lasts():
    with web_program(["benchmarks.bare_site"], "/") as running:
        with urllib.request.urlopen(f"http://localhost:{running.port}/") as answer:
            assert answer.read() == b"here"
        assert 0 < running.seconds < 60

    assert not connects(running.port)


def test_a_program_that_does_not_start_is_told_and_leaves_nothing():
    with (
        pytest.raises(ChildProcessError, match=r"nonexistent.*ended with 1"),
        web_program(["benchmarks.nonexistent"], "/"),
    ):
        pytest.fail("it answered")


def test_a_process_that_is_left_is_found_by_its_data_folder(tmp_path):
    data = tmp_path / "data"
    assert left_of(data) == []
    environment = clean_environment(SYMPOSIA_DATA=str(data))
    waiting = [sys.executable, "-c", "import sys; print(1, flush=True); sys.stdin.read()"]
    with subprocess.Popen(
        waiting, env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as child:
        child.stdout.readline()
        assert len(left_of(data)) == 1
        child.stdin.close()

    assert left_of(data) == []


def test_a_newcomer_has_nothing_of_ours_in_the_environment(monkeypatch):
    monkeypatch.setenv("SYMPOSIA_MODE", "production")
    monkeypatch.setenv("MAKEFLAGS", "w")
    monkeypatch.setenv("PIP_CACHE_DIR", "/kept")

    environment = clean_environment(SYMPOSIA_PORT="8123")

    assert environment["PIP_CACHE_DIR"] == "/kept"
    assert environment["SYMPOSIA_PORT"] == "8123"
    assert environment["PATH"] == os.environ["PATH"]
    assert not {"SYMPOSIA_MODE", "MAKEFLAGS"} & environment.keys()
