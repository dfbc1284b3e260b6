"""The set-up from nothing but Python; what it says when something is missing."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

CHECKOUT = Path(__file__).resolve().parent.parent.parent


def bootstrap(*arguments, checkout=CHECKOUT, **environment):
    return subprocess.run(
        [sys.executable, checkout / "bootstrap.py", *arguments],
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture
def checkout(tmp_path):
    """As much of a checkout as the set-up reads."""
    (tmp_path / "requirements").mkdir()
    for name in ("bootstrap.py", "pyproject.toml", "requirements/runtime.txt"):
        (tmp_path / name).write_bytes((CHECKOUT / name).read_bytes())
    return tmp_path


def test_a_python_without_venv_is_told_what_to_install(checkout, tmp_path):
    (tmp_path / "broken").mkdir()
    (tmp_path / "broken" / "ensurepip.py").write_text("raise ImportError", encoding="ascii")

    done = bootstrap("runtime", checkout=checkout, PYTHONPATH=str(tmp_path / "broken"))

    assert done.returncode == 1
    assert "apt install python3-venv" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.nightly
def test_from_nothing_to_an_environment_and_nothing_to_do_the_second_time(checkout, tmp_path):
    (checkout / "README.md").write_text("A copy", encoding="ascii")
    (checkout / "symposia").mkdir()
    (checkout / "config").mkdir()
    home = tmp_path / "home"
    home.mkdir()

    first = bootstrap("runtime", checkout=checkout, HOME=str(home))
    second = bootstrap("runtime", checkout=checkout, HOME=str(home))

    assert (first.returncode, first.stderr) == (0, "")
    assert (second.returncode, second.stdout) == (0, "")
    assert (checkout / ".venv" / "bin" / "symposia").exists()
    # pip asks a Rust of the machine for its version, which may leave its own folder.
    assert {path.name for path in home.iterdir()} <= {".rustup"}


@pytest.mark.nightly
def test_a_package_with_another_hash_is_refused(checkout):
    lock = checkout / "requirements" / "runtime.txt"
    lines = lock.read_text(encoding="utf-8").splitlines()
    name = next(line for line in lines if line.startswith("typing-extensions=="))
    lock.write_text(f"{name}\n    --hash=sha256:{'0' * 64}\n", encoding="utf-8")

    done = bootstrap("runtime", checkout=checkout)

    assert done.returncode == 1
    assert "hash" in done.stderr.lower()
