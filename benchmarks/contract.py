"""What every line of a benchmark says, and what it was measured on: in one place.

A benchmark yields what it found: `size`, `value`, `unit`, and as far as they apply `p50_ms`,
`p99_ms`, `limit` (the same work with everything of ours taken away), `ratio` (the share of the
limit that is reached: 1.0 is the limit, for times it is limit / ours), `rss_mb`, and words that
tell its lines apart. The name, the number of runs and the commit are added here.
"""

import os
import platform
import subprocess
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from symposia.running.binaries import find_binaries

RUNS = 3
INSISTED_ON = {"value", "unit"}
FIRST = ("name", "size")
LAST = ("value", "unit", "p50_ms", "p99_ms", "limit", "ratio", "rss_mb", "runs", "commit")
CHECKOUT = Path(__file__).resolve().parent.parent


class Incomplete(Exception):
    """A benchmark that does not say what it measured."""


def line(name: str, facts: dict[str, Any], *, commit: str) -> dict[str, Any]:
    """One line as it is printed and kept, always in the same order."""
    if missing := INSISTED_ON - facts.keys():
        raise Incomplete(f"{name} does not say {', '.join(sorted(missing))}")
    said = {"runs": RUNS, **facts, "name": name, "commit": commit}
    own = [key for key in facts if key not in {*FIRST, *LAST}]
    return {key: said[key] for key in (*FIRST, *own, *LAST) if said.get(key) is not None}


def commit() -> str:
    """The version that is measured; a plus says that the checkout has changes beside it."""
    command = ["git", "describe", "--always", "--exclude=*", "--dirty=+"]
    said = subprocess.run(  # noqa: S603  # whichever git is there
        command, cwd=CHECKOUT, capture_output=True, text=True, check=False
    )
    return said.stdout.strip()


def machine() -> dict[str, Any]:
    """What was measured on, and how busy it was with other things when that began."""
    pages = os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")
    postgres = subprocess.run(  # noqa: S603  # found by ourselves
        [find_binaries().postgres, "--version"], capture_output=True, text=True, check=True
    )
    return {
        "at": datetime.now(UTC).isoformat(timespec="seconds"),
        "cores": os.cpu_count(),
        "memory_gb": round(pages / 2**30),
        "processor": _processor(),
        "system": f"{platform.system()} {platform.release()}",
        "python": platform.python_version(),
        "postgresql": postgres.stdout.split()[-1],
        "load": round(os.getloadavg()[0], 1),
    }


def _processor() -> str:
    known = Path("/proc/cpuinfo")
    lines = known.read_text(encoding="utf-8").splitlines() if known.exists() else []
    named = (one.partition(":")[2].strip() for one in lines if one.startswith("model name"))
    return next(named, platform.machine())
