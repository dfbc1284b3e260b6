"""What nobody has published is tried out in a process that may neither run on nor go out."""

import time
from pathlib import Path

import pytest

from symposia.compliance import trying
from symposia.compliance.actions.drafting import begin_from_file
from symposia.compliance.drafts import check_text, looked_over
from symposia.compliance.models import OwnPack
from symposia.compliance.packfile import shape_of
from symposia.compliance.refused_texts import CANNOT_BE_TRIED
from symposia.compliance.trying import NotTried, judged_apart, looked_over_apart
from symposia.shared.actors import SYSTEM
from symposia.shared.refusals import Refused

PACKS = sorted((Path(trying.__file__).parent / "packs").glob("*.json"))
TEXT = PACKS[0].read_text(encoding="utf-8")


@pytest.fixture(autouse=True)
def nothing_kept():
    looked_over_apart.cache_clear()


@pytest.mark.parametrize("path", PACKS, ids=lambda path: path.stem)
def test_apart_it_says_what_it_says_here(path):
    text = path.read_text(encoding="utf-8")

    checked = check_text(text)

    assert (checked.problems, checked.proofs) == looked_over(shape_of(text))
    assert checked.proofs


def test_the_same_text_is_tried_once():
    check_text(TEXT)
    began = time.perf_counter()
    check_text(TEXT)

    assert looked_over_apart.cache_info().hits == 1
    assert time.perf_counter() - began < 0.2


@pytest.fixture
def endless(monkeypatch, tmp_path):
    """A program in place of ours that never comes to an end, as an engine might."""
    program = tmp_path / "python"
    program.write_text("#!/bin/sh\nexec sleep 60\n", encoding="utf-8")
    program.chmod(0o755)
    monkeypatch.setattr(trying.sys, "executable", str(program))
    monkeypatch.setattr(trying, "SECONDS", 0.5)


def test_what_runs_on_is_given_up_and_said_so(endless):
    began = time.monotonic()

    checked = check_text(TEXT)

    assert time.monotonic() - began < 5
    assert checked.gave_up
    assert checked.problems == [
        "Its examples ran too long or asked for too much, and were given up."
    ]
    assert checked.pack is not None


@pytest.mark.django_db
def test_a_text_that_runs_on_is_not_taken(organisation, endless):
    with pytest.raises(Refused) as refused:
        begin_from_file(TEXT, reason="To try it", by=SYSTEM)

    assert refused.value.objection == CANNOT_BE_TRIED
    assert not OwnPack.objects.exists()


def test_nothing_is_kept_of_what_was_given_up(endless, monkeypatch):
    check_text(TEXT)
    monkeypatch.undo()

    assert not check_text(TEXT).gave_up


def test_the_processor_time_of_the_child_ends_it(monkeypatch):
    """Not the clock's: a child that works on and on is ended by the system."""
    child = "import resource as r; r.setrlimit(r.RLIMIT_CPU, (1, 3))\nwhile True: pass"
    monkeypatch.setattr(trying, "COMMAND", ["-c", child])

    with pytest.raises(NotTried, match="slow"):
        looked_over_apart(TEXT)


def test_a_child_that_breaks_is_no_answer():
    with pytest.raises(NotTried, match="broken"):
        judged_apart("no pack", [])


OUTWARDS = """
import json, socket, subprocess, sys
from symposia.work.apart_child import give_up_rights
give_up_rights()
attempts = {
    "go out": lambda: socket.create_connection(("127.0.0.1", 9), 1),
    "run": lambda: subprocess.run(["true"]),
}
failed = []
for name, attempt in attempts.items():
    try:
        attempt()
    except PermissionError:
        failed.append(name)
sys.stdout.write(json.dumps({"problems": failed, "proofs": []}))
"""


def test_where_ours_runs_nothing_goes_out(monkeypatch):
    monkeypatch.setattr(trying, "COMMAND", ["-c", OUTWARDS])

    assert check_text(TEXT).problems == ["go out", "run"]
