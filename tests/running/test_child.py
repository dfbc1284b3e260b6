"""The wrapper that ends with its owner, tried on small programs."""

import os
import signal
import sys

import psutil
import pytest

from symposia.running.processes import Child, Program
from tests.running.installation import wait_for

SLEEP = "import time; time.sleep(100)"
STUBBORN = "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); time.sleep(100)"
WITH_GRANDCHILD = f"import subprocess, sys; subprocess.run([sys.executable, '-c', {SLEEP!r}])"


@pytest.fixture
def start(tmp_path):
    started = []

    def start_one(source, **options):
        command = [sys.executable, "-c", source]
        started.append(Child.start(Program("one", command, tmp_path / "one.log", **options)))
        return started[-1]

    yield start_one
    for child in started:
        child.wait_until_gone()


def family(child):
    """Every living process of the child's group."""
    return [process.pid for process in psutil.process_iter() if _belongs(process, child)]


def _belongs(process, child):
    try:
        alive = process.status() != psutil.STATUS_ZOMBIE
        return alive and os.getpgid(process.pid) == child.pid
    except (ProcessLookupError, psutil.NoSuchProcess):
        return False


def code_of(child):
    assert wait_for(lambda: not child.alive())
    return child.exit_code()


def test_it_tells_what_the_program_ended_with(start):
    assert code_of(start("import sys; sys.exit(3)")) == 3
    assert code_of(start("")) == 0


def test_the_end_of_the_pipe_ends_program_and_wrapper(start):
    child = start(SLEEP)
    assert wait_for(lambda: len(family(child)) == 2)

    child.ask_to_leave()

    assert wait_for(lambda: not child.alive())
    assert wait_for(lambda: not family(child))


def test_a_program_that_does_not_listen_is_ended_after_its_grace(start):
    child = start(STUBBORN, grace=0.5)
    assert wait_for(lambda: len(family(child)) == 2)

    child.wait_until_gone()

    assert not family(child)


def test_what_a_killed_program_started_goes_with_it(start):
    child = start(WITH_GRANDCHILD)
    assert wait_for(lambda: len(family(child)) == 3)
    program = next(p.pid for p in psutil.Process(child.pid).children())

    os.kill(program, signal.SIGKILL)

    assert wait_for(lambda: not family(child))
    child.wait_until_gone()


def test_what_a_killed_wrapper_leaves_is_cleared(start):
    child = start(WITH_GRANDCHILD, grace=2)
    assert wait_for(lambda: len(family(child)) == 3)

    os.kill(child.pid, signal.SIGKILL)
    child.wait_until_gone()

    assert wait_for(lambda: not family(child))


def test_its_last_words_are_kept(start):
    child = start("import sys; sys.stderr.write('this went wrong')")

    assert wait_for(lambda: not child.alive())
    assert child.last_words() == "this went wrong"
