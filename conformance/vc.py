"""`python -m conformance.vc SUITE [SUITE ...] [--grep WORDS]`: official test suites of the W3C
against what signs and verifies our badges.

A suite is a checkout of one's own with its packages installed (`npm install --ignore-scripts`):
https://github.com/w3c/vc-di-eddsa-test-suite, vc-data-model-2.0-test-suite,
vc-bitstring-status-list-test-suite; nothing of it is part of this repository. Suites speak to an
interface for programs that issue and verify (VC-API), which the product does not have: one on
loopback is made for this and gone afterwards. `localConfig.cjs` in the checkout is written anew.
"""

import argparse
import importlib
import sys
from pathlib import Path

import django


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="conformance.vc", description=__doc__)
    parser.add_argument("suites", type=Path, nargs="+", help="the folders of suites")
    parser.add_argument("--grep", default="", help="only tests whose names have these words")
    asked = parser.parse_args(arguments)
    for suite in asked.suites:
        if not all((suite / part).exists() for part in ("tests", "node_modules/mocha")):
            parser.error(f"{suite} is no checkout of a suite with its packages installed")
    django.setup()
    running = importlib.import_module("conformance.vc_running")
    failed: int = running.run([suite.resolve() for suite in asked.suites], asked.grep)
    return failed


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
