"""Each benchmark's line says the same things in the same order."""

import os
import subprocess
import sys

import pytest

from benchmarks.contract import CHECKOUT, RUNS, Incomplete, line, machine
from benchmarks.kept import NothingKept, Run, last_full_run, new_run
from benchmarks.memory import children_of, forget_peak, peak_mb, pss_mb
from benchmarks.one import names
from benchmarks.reference import targets

MEASURED = {"ratio": 0.5, "unit": "rows/s", "value": 3, "size": 10, "of": "name", "limit": None}


def test_a_line_keeps_its_order_and_leaves_out_what_does_not_apply():
    made = line("export_csv", MEASURED, commit="abc1234")

    assert list(made) == ["name", "size", "of", "value", "unit", "ratio", "runs", "commit"]
    assert made["runs"] == RUNS


def test_a_line_without_a_unit_is_refused():
    with pytest.raises(Incomplete, match="unit"):
        line("export_csv", {"value": 3}, commit="abc1234")


def test_every_benchmark_is_found_and_nothing_that_they_share():
    assert {"checkin", "start_cold", "start_warm", "migrations"} <= set(names())
    assert not {"clients", "people", "memory", "one", "__main__"} & set(names())


def test_a_benchmark_that_does_not_exist_is_refused_in_words():
    asked = [sys.executable, "-m", "benchmarks", "fastest"]
    done = subprocess.run(asked, cwd=CHECKOUT, capture_output=True, text=True, check=False)

    assert done.returncode == 2
    assert "there is no benchmark called fastest" in done.stderr


def test_the_machine_says_what_figures_depend_on():
    on = machine()

    assert on["cores"] == os.cpu_count()
    assert on["python"] == ".".join(map(str, sys.version_info[:3]))
    assert on["postgresql"].split(".")[0].isdigit()


def test_the_last_full_run_is_the_newest_that_came_to_its_end(tmp_path):
    kept = line("export_csv", MEASURED, commit="abc1234")
    first = {"at": "2026-01-01T10:00:00", "full": True}
    for machine_then in ({"at": "2025-12-31T10:00:00", "full": True}, first):
        with new_run(machine_then, tmp_path) as keep:
            keep(kept)
    with new_run({"at": "2026-01-02T10:00:00", "full": False}, tmp_path):
        pass
    unfinished = {"at": "2026-01-03T10:00:00", "full": True}
    with pytest.raises(KeyboardInterrupt), new_run(unfinished, tmp_path):
        raise KeyboardInterrupt

    assert last_full_run(tmp_path) == Run(first, [kept])


def test_without_a_full_run_there_is_nothing_to_write(tmp_path):
    with pytest.raises(NothingKept, match="make bench"):
        last_full_run(tmp_path)


def test_a_peak_that_is_over_can_be_forgotten():
    held = bytearray(os.urandom(1) * (100 << 20))
    peak = peak_mb()
    assert peak > 100
    del held

    forget_peak()

    assert peak_mb() < peak - 90


def test_memory_is_that_of_the_process_that_is_asked_for():
    program = "import sys; kept = b'x' * (60 << 20); print(len(kept), flush=True); sys.stdin.read()"
    with subprocess.Popen(
        [sys.executable, "-c", program], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as child:
        child.stdout.readline()
        assert child.pid in children_of(os.getpid())
        assert 60 < pss_mb(child.pid) < 90
        child.stdin.close()


def test_every_target_names_a_benchmark_and_one_bound():
    for target in targets():
        assert (target.at_least is None) != (target.at_most is None)
        assert target.because
    assert {target.name for target in targets()} - set(names()) <= {"pages"}
