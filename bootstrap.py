"""Makes `.venv` from the locked requirements: `python3 bootstrap.py runtime|dev [FOLDER]`.

Needs Python 3.11 or newer with venv and nothing else; does only what has not been done yet. Written
so that an older Python can still read it and say which one is wanted.
"""

from __future__ import annotations

import fcntl
import hashlib
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterable, Iterator
from pathlib import Path

CHECKOUT = Path(__file__).resolve().parent
VENV = CHECKOUT / (sys.argv[2] if len(sys.argv) > 2 else ".venv")
CACHE = CHECKOUT / ".cache"
PYTHON = VENV / "bin" / "python"
NEWER_PYTHONS = ["python3.14", "python3.13", "python3.12", "python3.11"]


class CannotSetUp(Exception):
    """The set-up cannot go on; the message says what to do."""


def main() -> int:
    """Bring `.venv` up to one set of requirements, `runtime` or `dev`."""
    chosen = sys.argv[1] if len(sys.argv) > 1 else "runtime"
    use_new_enough_python()
    CACHE.mkdir(exist_ok=True)
    with (CACHE / "bootstrap.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        try:
            make_environment()
            install_requirements(chosen)
            install_project()
        except CannotSetUp as problem:
            sys.stderr.write(f"{problem}\n")
            return 1
    return 0


def use_new_enough_python() -> None:
    """Go on with this Python, or with a newer one of this machine."""
    if sys.version_info >= (3, 11):  # noqa: UP036  # an older Python has to get this far
        return
    for name in NEWER_PYTHONS:
        found = shutil.which(name)
        if found:
            os.execv(found, [found, *sys.argv])  # noqa: S606  # the same script, a newer Python
    sys.exit(
        "Symposia needs Python 3.11 or newer; this is "
        f"{sys.version_info[0]}.{sys.version_info[1]}. Install one and try again."
    )


def make_environment() -> None:
    """Create `.venv` with pip in it, unless it is there and works."""
    if PYTHON.exists() and works("import sys; sys.exit(sys.version_info < (3, 11))"):
        if works("import pip"):
            return
        progress(f"Adding pip to {VENV.name}")
        run(
            [PYTHON, "-m", "ensurepip", "--upgrade"],
            or_else=f"pip could not be added to {VENV.name}.",
        )
        return
    insist_on_venv()
    progress(f"Creating {VENV.name}")
    run(
        [sys.executable, "-m", "venv", "--clear", VENV],
        or_else=f"{VENV.name} could not be created (see above).",
    )


def insist_on_venv() -> None:
    """Debian and Ubuntu ship Python without the part that makes environments."""
    if subprocess.run(
        [sys.executable, "-c", "import venv, ensurepip"], capture_output=True, check=False
    ).returncode:
        version = f"{sys.version_info[0]}.{sys.version_info[1]}"
        raise CannotSetUp(
            f"Python {version} is here without venv. On Debian and Ubuntu install it with: "
            f"apt install python3-venv (or python{version}-venv)"
        )


def install_requirements(chosen: str) -> None:
    """Install exactly the locked packages, each checked against its hash."""
    lock = CHECKOUT / "requirements" / f"{chosen}.txt"
    if is_done(chosen, lock) or (chosen == "runtime" and is_done("dev", of("dev"))):
        return
    count = sum(1 for line in lock.read_text(encoding="utf-8").splitlines() if "==" in line[:60])
    started = time.monotonic()
    progress(f"Installing {count} packages into {VENV.name} (a minute or so, the first time)")
    pip("--require-hashes", "--no-deps", "--no-compile", "-r", lock, packages=count)
    progress(f"  done in {time.monotonic() - started:.0f} s")
    mark_done(chosen, lock)


def install_project() -> None:
    """Install the checkout itself, so that the `symposia` command exists."""
    description = CHECKOUT / "pyproject.toml"
    if is_done("project", description) and (VENV / "bin" / "symposia").exists():
        return
    progress("Installing the symposia command")
    pip("--no-deps", "--no-build-isolation", "-e", CHECKOUT)
    mark_done("project", description)


def of(chosen: str) -> Path:
    return CHECKOUT / "requirements" / f"{chosen}.txt"


def is_done(name: str, source: Path) -> bool:
    stamp = VENV / f"symposia-{name}.stamp"
    return stamp.exists() and stamp.read_text(encoding="ascii") == fingerprint(source)


def mark_done(name: str, source: Path) -> None:
    (VENV / f"symposia-{name}.stamp").write_text(fingerprint(source), encoding="ascii")


def fingerprint(source: Path) -> str:
    """Of the file's content and the checkout's place, which `.venv` remembers as well."""
    return hashlib.sha256(source.read_bytes() + os.fsencode(CHECKOUT)).hexdigest()


def works(program: str) -> bool:
    try:
        return (
            subprocess.run([PYTHON, "-c", program], capture_output=True, check=False).returncode
            == 0
        )
    except OSError:
        return False


def pip(*arguments: str | Path, packages: int = 0) -> None:
    """Run pip; its cache stays in the checkout unless the user has named one."""
    environment = {
        "PIP_CACHE_DIR": str(CACHE / "pip"),
        **os.environ,
        "PIP_DISABLE_PIP_VERSION_CHECK": "1",
        "PIP_ROOT_USER_ACTION": "ignore",
        "PIP_PROGRESS_BAR": "off",
    }
    process = subprocess.Popen(
        [PYTHON, "-m", "pip", "install", "--no-input", *arguments],
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    words = list(told(process.stdout or [], packages))
    if process.wait():
        sys.stderr.write("".join(words[-40:]))
        raise CannotSetUp("The packages could not be installed (see above).")


def told(lines: Iterable[str], packages: int) -> Iterator[str]:
    """Pass the lines on, saying now and then how many packages have been fetched."""
    fetched = 0
    for line in lines:
        yield line
        if line.startswith("Collecting "):
            fetched += 1
            if packages and fetched % 20 == 0:
                progress(f"  {fetched} of {packages}")
        elif line.startswith("Installing collected packages"):
            progress("  unpacking")


def run(command: list[str | Path], *, or_else: str) -> None:
    if subprocess.run(command, check=False).returncode:
        raise CannotSetUp(or_else)


def progress(text: str) -> None:
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    try:
        sys.exit(main())
    except KeyboardInterrupt:
        sys.exit(130)
