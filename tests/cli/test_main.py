"""The `symposia` command from outside."""

import os
import subprocess
import sys

import pytest

from symposia.cli.main import descriptions, main


def symposia(*arguments):
    return subprocess.run(
        [sys.executable, "-m", "symposia.cli", *arguments],
        env={name: value for name, value in os.environ.items() if not name.startswith("SYMPOSIA_")},
        capture_output=True,
        text=True,
        check=False,
    )


def test_without_arguments_it_lists_every_command(capsys, monkeypatch):
    monkeypatch.setenv("COLUMNS", "200")
    assert main([]) == 2

    shown = capsys.readouterr().out
    for command in descriptions():
        assert command.name in shown
        assert command.help in shown


def test_the_commands_every_installation_needs_are_there():
    assert {"run", "worker", "migrate", "doctor"} <= {command.name for command in descriptions()}


def test_help_is_no_error_and_an_unknown_command_is():
    with pytest.raises(SystemExit) as helped:
        main(["--help"])
    with pytest.raises(SystemExit) as unknown:
        main(["fly"])

    assert (helped.value.code, unknown.value.code) == (0, 2)


@pytest.mark.parametrize("command", ["run", "worker", "migrate", "doctor", "static"])
def test_each_command_explains_itself_without_touching_a_database(command):
    helped = symposia(command, "--help")

    assert helped.returncode == 0, helped.stderr
    assert f"usage: symposia {command}" in helped.stdout


def test_wrong_arguments_end_with_two(tmp_path):
    refused = symposia("run", "--fly")

    assert refused.returncode == 2
    assert "--fly" in refused.stderr


def test_a_wrong_environment_is_told_in_one_sentence():
    refused = symposia("run", "--port", "http")

    assert refused.returncode == 1
    assert refused.stderr.strip() == "SYMPOSIA_PORT is 'http'; it is a number from 1 to 64535."
