"""What processes hold in memory, as Linux counts it, in megabytes of 2^20 bytes.

A peak that was reached before a benchmark began is not the benchmark's: forget it first.
"""

from pathlib import Path

_KB = 1024


def forget_peak(pid: int | str = "self") -> None:
    """Count the peak of a process from now on."""
    _proc(pid, "clear_refs").write_text("5", encoding="ascii")


def peak_mb(pid: int | str = "self") -> int:
    """The most a process has held at once since its start or since `forget_peak`."""
    return round(_kilobytes(_proc(pid, "status"), "VmHWM:") / _KB)


def pss_mb(pid: int | str = "self") -> float:
    """What a process holds now; a page that several share counts in parts."""
    return round(_kilobytes(_proc(pid, "smaps_rollup"), "Pss:") / _KB, 1)


def children_of(pid: int) -> list[int]:
    """The processes a process has started and that still run."""
    listed = (task / "children" for task in _proc(pid, "task").iterdir())
    return [int(child) for path in listed for child in path.read_text(encoding="ascii").split()]


def _proc(pid: int | str, name: str) -> Path:
    return Path("/proc") / str(pid) / name


def _kilobytes(path: Path, label: str) -> int:
    lines = path.read_text(encoding="ascii").splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith(label))
