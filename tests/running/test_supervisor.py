"""The whole product, really started, really struck: nothing may survive its supervisor."""

import os
import signal
import sys

import pytest

from tests.running.installation import Installation, wait_for

pytestmark = pytest.mark.xdist_group("installation")


def test_what_is_killed_comes_back_and_a_killed_supervisor_leaves_nothing(installation):
    installation.start().wait_until_ready()
    worker = installation.program("worker").pid
    grandchild = installation.program("web").children()[0].pid

    os.kill(worker, signal.SIGKILL)
    os.kill(grandchild, signal.SIGKILL)

    assert wait_for(lambda: installation.says("worker ended"))
    assert wait_for(lambda: installation.named("worker") and installation.answers())
    assert not {worker, grandchild} & {process.pid for process in installation.processes()}

    os.kill(installation.pid, signal.SIGKILL)

    assert installation.wait_for_end() == -signal.SIGKILL
    assert installation.gone(), installation.processes()


@pytest.mark.nightly
@pytest.mark.parametrize("name", ["web", "content", "worker", "database"])
@pytest.mark.parametrize("struck", ["program", "wrapper"])
def test_a_killed_child_comes_back_without_a_rest(installation, name, struck):
    installation.start().wait_until_ready()
    before = {process.pid for process in installation.named(name)}

    getattr(installation, struck)(name).kill()

    assert wait_for(lambda: installation.says(f"{name} ended"))
    assert wait_for(lambda: not before & {process.pid for process in installation.processes()})
    assert wait_for(lambda: installation.named(name))
    assert wait_for(
        lambda: installation.answers() and installation.answers(installation.port + 1000)
    )


@pytest.mark.nightly
@pytest.mark.parametrize("name", ["web", "content", "worker", "database"])
def test_supervisor_and_wrapper_killed_together_leave_nothing(installation, name):
    installation.start().wait_until_ready()
    wrapper = installation.wrapper(name).pid

    os.kill(wrapper, signal.SIGKILL)
    os.kill(installation.pid, signal.SIGKILL)

    installation.wait_for_end()
    assert installation.gone(), installation.processes()


@pytest.mark.nightly
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_asked_to_stop_it_leaves_in_good_order(installation, number):
    installation.start().wait_until_ready()

    os.kill(installation.pid, number)

    assert installation.wait_for_end() == 0
    assert installation.gone(1), installation.processes()
    log = (installation.data / "logs" / "database.log").read_text(encoding="utf-8")
    assert log.rstrip().endswith("database system is shut down")


@pytest.mark.nightly
def test_a_start_follows_a_killed_one_at_once(installation):
    installation.start().wait_until_ready()
    os.kill(installation.pid, signal.SIGKILL)
    installation.wait_for_end()
    installation.output.unlink()

    installation.start().wait_until_ready()

    assert installation.answers()


@pytest.mark.nightly
def test_a_killed_make_takes_everything_along(installation):
    """`make` cannot pass a kill on; its vanishing is what the supervisor sees."""
    command = "import os, subprocess, sys; subprocess.run(sys.argv[1:])"
    installation.prefix = (sys.executable, "-c", command)
    installation.settings["MAKELEVEL"] = "1"
    installation.start().wait_until_ready()

    os.kill(installation.pid, signal.SIGKILL)

    installation.wait_for_end()
    assert installation.gone(), installation.processes()


@pytest.mark.nightly
def test_interrupted_first_start_leaves_nothing_and_the_next_one_succeeds(tmp_path):
    installation = Installation(tmp_path / "data")
    try:
        installation.start()
        assert wait_for((installation.data / "logs" / "migrate.log").exists, 60)
        os.kill(installation.pid, signal.SIGKILL)
        installation.wait_for_end()
        assert installation.gone(), installation.processes()

        installation.start().wait_until_ready(300)
    finally:
        installation.close()


@pytest.mark.nightly
def test_two_installations_run_side_by_side(installation, tmp_path):
    other = Installation(tmp_path / "data")
    try:
        installation.start().wait_until_ready()
        other.start().wait_until_ready(300)

        assert installation.answers()
        assert other.answers()
    finally:
        other.close()


@pytest.mark.nightly
def test_a_second_start_on_the_same_data_is_refused_in_words(installation):
    installation.start().wait_until_ready()

    refused = installation.command("run")

    assert refused.returncode == 1
    assert "already runs" in refused.stderr
    assert installation.answers()


@pytest.mark.nightly
def test_a_taken_port_is_refused_in_words(installation, tmp_path):
    installation.start().wait_until_ready()

    refused = Installation(tmp_path / "data", port=installation.port).command("run")

    assert refused.returncode == 1
    assert f"Port {installation.port} is taken" in refused.stderr


@pytest.mark.nightly
def test_a_second_start_skips_what_is_done(installation):
    installation.start().wait_until_ready()

    assert "Preparing the tables" not in installation.words
    assert "Collecting" not in installation.words


@pytest.mark.nightly
def test_production_does_not_start_with_unsafe_settings(installation):
    installation.settings |= {"SYMPOSIA_HOSTS": "*", "SYMPOSIA_ORIGIN": "http://cme.example.org"}

    code = installation.start().wait_for_end()

    assert code == 1
    assert "SYMPOSIA_HOSTS has a wildcard" in installation.words
    assert "SYMPOSIA_ORIGIN does not start with https" in installation.words
    assert installation.gone()


@pytest.mark.nightly
def test_the_doctor_finds_nothing_in_a_safe_production(installation):
    examined = installation.command("doctor")

    assert (examined.returncode, examined.stdout) == (0, "Everything checked is safe.\n")


@pytest.mark.nightly
def test_the_demonstration_is_served_to_this_machine_alone(installation):
    installation.settings |= {"SYMPOSIA_MODE": "demo", "SYMPOSIA_BIND": "0.0.0.0"}

    refused = installation.command("run")

    assert refused.returncode == 1
    assert "for this machine alone" in refused.stderr


@pytest.mark.nightly
def test_the_demonstration_loads_once_and_shows_a_link_per_person(tmp_path):
    installation = Installation(tmp_path / "data", SYMPOSIA_MODE="demo")
    try:
        installation.start().wait_until_ready(300)
        assert wait_for(lambda: installation.says("Education lead"), 60)
        links = [line.split()[-1] for line in installation.words.splitlines() if "/link/" in line]
        assert len(links) == len(set(links)) > 10
        assert installation.command("demo").returncode == 0
    finally:
        installation.close()


@pytest.mark.nightly
def test_a_command_uses_the_running_database_or_starts_it_for_its_time(installation):
    at_rest = installation.command("migrate", "--check")
    installation.start().wait_until_ready()
    meanwhile = installation.command("migrate", "--check")

    assert (at_rest.returncode, at_rest.stderr) == (0, "")
    assert (meanwhile.returncode, meanwhile.stderr) == (0, "")


@pytest.mark.nightly
def test_nothing_is_written_outside_the_checkout_and_the_data_folder(
    prepared_data, tmp_path, open_folder
):
    home = tmp_path / "home"
    home.mkdir()
    installation = Installation(prepared_data, HOME=str(home), TMPDIR=str(open_folder))
    installation.output.unlink(missing_ok=True)
    try:
        installation.start().wait_until_ready()
        installation.command("doctor")
    finally:
        installation.close()

    assert list(home.rglob("*")) == []
    assert list(open_folder.iterdir()) == []
