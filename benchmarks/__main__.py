"""`python -m benchmarks [NAME ...] [--size N]`: measure, one JSON object a line.

What is printed is kept in `.cache/bench/`; `--write-reference` makes the last full run the page
docs/reference/benchmarks.md.
"""

import argparse
import json
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from benchmarks import contract, kept, reference
from benchmarks.one import names


class Failed(Exception):
    """A benchmark that ended before its end."""


def measured(name: str, sizes: list[int]) -> Iterator[dict[str, Any]]:
    """What one benchmark says, line by line as it says it."""
    command = [sys.executable, "-m", "benchmarks.one", name, *map(str, sizes)]
    with subprocess.Popen(  # noqa: S603  # our own command
        command, cwd=contract.CHECKOUT, stdout=subprocess.PIPE, text=True, start_new_session=True
    ) as process:
        try:
            for line in process.stdout or ():
                yield json.loads(line)
        except BaseException:
            process.send_signal(signal.SIGINT)  # once: it takes its servers along
            process.wait(60)
            raise
    if process.returncode:
        raise Failed(name)


def measure(wanted: list[str], sizes: list[int]) -> list[str]:
    """Measure one after the other, print and keep; the names of those that failed."""
    failed = []
    full = not sizes and set(wanted) == set(names())
    with kept.new_run(contract.machine() | {"full": full}) as keep:
        for name in wanted:
            commit = contract.commit()
            try:
                for facts in measured(name, sizes):
                    line = contract.line(name, facts, commit=commit)
                    print(json.dumps(line), flush=True)
                    keep(line)
            except Failed:
                failed.append(name)
    return failed


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="benchmarks", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"of {', '.join(names())}; or all")
    parser.add_argument("--size", type=int, action="append", default=[], help="instead of its own")
    parser.add_argument(
        "--write-reference",
        nargs="?",
        const="",
        metavar="FILE",
        help="measure nothing: write the last full run, or the one kept in this file",
    )
    asked = parser.parse_args(arguments)
    if unknown := set(asked.names) - set(names()):
        parser.error(f"there is no benchmark called {', '.join(sorted(unknown))}")
    if asked.write_reference is not None:
        file = asked.write_reference
        print(reference.write(kept.Run.read(Path(file)) if file else kept.last_full_run()))
        return 0
    failed = measure(asked.names or names(), asked.size)
    if failed:
        sys.stderr.write(f"Failed: {', '.join(failed)}\n")
    return int(bool(failed))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
