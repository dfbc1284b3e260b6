"""`python -m benchmarks [NAME ...] [--size N]`: measure, one JSON object a line."""

import argparse
import importlib
import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from benchmarks.server import product_database

HERE = Path(__file__).parent
# What is no benchmark but shared by them.
SHARED = {
    "__init__",
    "__main__",
    "clients",
    "exports",
    "nppes_file",
    "people",
    "server",
    "signed_in",
}


def names() -> list[str]:
    return sorted(p.stem for p in HERE.glob("*.py") if p.stem not in SHARED)


def measured(name: str, sizes: list[int]) -> Iterator[dict[str, Any]]:
    """Each benchmark is a module with `run(sizes)`, which yields what it measured."""
    module = importlib.import_module(f"benchmarks.{name}")
    yield from module.run(sizes or list(module.SIZES))


def commit() -> str:
    said = subprocess.run(
        ["git", "rev-parse", "--short", "HEAD"],  # noqa: S607  # whichever git is there
        cwd=HERE,
        capture_output=True,
        text=True,
        check=False,
    )
    return said.stdout.strip()


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="benchmarks", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"of {', '.join(names())}; or all")
    parser.add_argument("--size", type=int, action="append", default=[], help="instead of its own")
    asked = parser.parse_args(arguments)
    if unknown := set(asked.names) - set(names()):
        parser.error(f"there is no benchmark called {', '.join(sorted(unknown))}")
    with product_database():
        for name in asked.names or names():
            for facts in measured(name, asked.size):
                print(json.dumps({"name": name, **facts, "commit": commit()}), flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
