"""`python -m conformance.lrs SUITE [--version 1.0.3] [--grep WORDS]`: the official test suite of
stores of statements against the product.

The suite (https://github.com/adlnet/lrs-conformance-test-suite) is a checkout of one's own with its
packages installed (`npm install --ignore-scripts`); nothing of it is part of this repository. The
product runs on loopback, on a database of its own, with an organisation made for this and gone
afterwards.
"""

import argparse
import importlib
import sys
from pathlib import Path

from benchmarks.server import product_database

VERSIONS = ("1.0.3", "2.0.0")


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="conformance.lrs", description=__doc__)
    parser.add_argument("suite", type=Path, help="the folder of the suite")
    parser.add_argument("--version", action="append", choices=VERSIONS, default=[])
    parser.add_argument("--grep", default="", help="only tests whose names have these words")
    asked = parser.parse_args(arguments)
    needed = ("bin/console_runner.js", "node_modules")
    if not all((asked.suite / part).exists() for part in needed):
        parser.error(f"{asked.suite} is no checkout of the suite with its packages installed")
    with product_database():
        running = importlib.import_module("conformance.running")
        failed: int = running.run(
            asked.suite.resolve(), asked.version or list(VERSIONS), asked.grep
        )
        return failed


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
