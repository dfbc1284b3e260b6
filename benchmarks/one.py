"""`python -m benchmarks.one NAME [SIZE ...]`: one benchmark, process and server of its own.

Of its own, so that neither the rows nor the memory of one benchmark are those of the next.
A module with the line `OWN_SERVER = True` brings the server it needs itself.
"""

import importlib
import json
import signal
import sys
from contextlib import nullcontext
from pathlib import Path

from benchmarks.memory import forget_peak
from benchmarks.server import product_database

HERE = Path(__file__).parent


def names() -> list[str]:
    """Every benchmark: a module here with `run(sizes)`, which yields what it measured."""
    return sorted(path.stem for path in HERE.glob("[a-z]*.py") if "\ndef run(" in _text(path))


def main(name: str, sizes: list[int]) -> int:
    """Print what it yields, one JSON object a line."""
    signal.signal(signal.SIGINT, signal.default_int_handler)  # a background shell ignores it
    brings_its_own = "\nOWN_SERVER = True\n" in _text(HERE / f"{name}.py")
    with nullcontext() if brings_its_own else product_database():
        module = importlib.import_module(f"benchmarks.{name}")
        forget_peak()
        for facts in module.run(sizes or list(module.SIZES)):
            print(json.dumps(facts), flush=True)
            forget_peak()
    return 0


def _text(path: Path) -> str:
    return path.read_text(encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], [int(size) for size in sys.argv[2:]]))
