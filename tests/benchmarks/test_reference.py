"""The page of figures calls a miss a miss."""

import pytest

from benchmarks.kept import Run
from benchmarks.reference import Target, document, write

MACHINE = {
    "at": "2026-01-02T10:00:00+00:00",
    "cores": 2,
    "memory_gb": 24,
    "processor": "Example 9000",
    "system": "Linux 6",
    "python": "3.11.7",
    "postgresql": "18.0",
    "load": 0.1,
    "full": True,
}
LINES = [
    {"name": "checkin", "size": 5, "clients": 1, "value": 100, "unit": "scans/s", "ratio": 0.2},
    {"name": "checkin", "size": 5, "clients": 8, "value": 300, "unit": "scans/s", "ratio": 0.05},
    {"name": "start_warm", "value": 2.5, "unit": "s"},
]
RUN = Run(MACHINE, [{**line, "runs": 3, "commit": "abc1234"} for line in LINES])


@pytest.mark.parametrize(
    ("target", "reached", "verdict"),
    [
        (Target("checkin", "ratio", "", at_least=0.1), 0.05, "**missed**"),
        (Target("checkin", "ratio", "", at_least=0.1, where={"clients": 1}), 0.2, "reached"),
        (Target("checkin", "value", "", at_least=300, where={"clients": 8}), 300, "reached"),
        (Target("start_warm", "value", "", at_most=8), 2.5, "reached"),
        (Target("start_warm", "value", "", at_most=2), 2.5, "**missed**"),
        (Target("start_warm", "value", "", at_most=0), 2.5, "**missed**"),
        (Target("start_warm", "p99_ms", "", at_most=2), None, "not measured"),
        (Target("start_cold", "value", "", at_most=60), None, "not measured"),
    ],
    ids=str,
)
def test_the_worst_line_that_a_target_speaks_of_counts(target, reached, verdict):
    assert target.reached(RUN.lines) == reached
    assert target.verdict(reached) == verdict


def test_the_page_says_the_machine_the_aim_and_the_miss():
    aim = Target("checkin", "ratio", "a tenth", at_least=0.1)

    text = "\n".join(document(RUN, [aim]))

    assert "| machine | 2 cores, 24 GB, Example 9000 |" in text
    assert "| version | abc1234 |" in text
    assert "| `checkin` | ratio | ≥ 0.1 | 0.05 | **missed** | a tenth |" in text
    assert "| `checkin` | size 5, clients 8 | 300 scans/s |  |  |  | 0.05 |  | 3 |" in text


@pytest.mark.parametrize("full", [True, False])
def test_a_run_of_a_part_says_so(full):
    text = "\n".join(document(Run(MACHINE | {"full": full}, RUN.lines), []))

    assert ("Not everything was measured" in text) is not full


@pytest.mark.parametrize(("load", "busy"), [(0.2, False), (3.5, True)])
def test_a_busy_machine_is_told(load, busy):
    text = "\n".join(document(Run(MACHINE | {"load": load}, RUN.lines), []))

    assert ("busy with other things" in text) is busy


def test_writing_tells_how_many_targets_are_missed(tmp_path):
    page = tmp_path / "benchmarks.md"

    said = write(RUN, page)

    missed = page.read_text(encoding="utf-8").count("**missed**")
    assert missed > 0
    assert said == f"{page} is written; {missed} targets are missed"
