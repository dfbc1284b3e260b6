"""The process that reads a foreign file: it gives up the network and most of its rights first."""

import ctypes
import json
import os
import resource
import sys
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Any

import python_calamine

# So many empty cells of a row are told; a single one far to the right makes every row so wide.
_WIDE = 1_001
MEMORY = 1024 * 1024 * 1024
CPU_SECONDS = 30
_CLONE_NEWUSER, _CLONE_NEWNET = 0x10000000, 0x40000000


def give_up_rights() -> None:
    """Limits on memory, time and files; no network where the system can take it away."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    if sys.platform == "linux":
        libc = ctypes.CDLL(None, use_errno=True)
        if libc.unshare(_CLONE_NEWUSER | _CLONE_NEWNET) and os.geteuid() == 0:
            libc.unshare(_CLONE_NEWNET)
    sys.addaudithook(_refuse_network)


def _refuse_network(event: str, _arguments: tuple[Any, ...]) -> None:
    if event.startswith(
        ("socket.connect", "socket.bind", "socket.sendto", "subprocess", "os.exec")
    ):
        raise PermissionError(event)


def sheet(path: Path, largest: int) -> Iterator[list[str]]:
    """The rows of the first sheet, each cell as a person would have typed it."""
    book = python_calamine.CalamineWorkbook.from_path(str(path))
    rows = book.get_sheet_by_index(0).iter_rows()
    for number, row in enumerate(rows):
        if number >= largest:
            raise ValueError(f"The sheet has more than {largest} rows.")
        yield [_text(cell) for cell in _without_the_empty(row)]


def _without_the_empty(row: list[Any]) -> list[Any]:
    """A row without what stands empty behind the widest table that anybody reads."""
    if len(row) <= _WIDE:
        return row
    filled = next((place for place in range(len(row), _WIDE, -1) if row[place - 1] != ""), _WIDE)
    return row[:filled]


def _text(cell: Any) -> str:
    match cell:
        case bool():
            return "yes" if cell else "no"
        case float() if cell.is_integer():
            return str(int(cell))
        case datetime() if (cell.hour, cell.minute, cell.second) == (0, 0, 0):
            return cell.date().isoformat()
        case date():
            return cell.isoformat()
        case _:
            return str(cell)


def main(path: str, largest: str) -> int:
    give_up_rights()
    out = sys.stdout
    try:
        for row in sheet(Path(path), int(largest)):
            out.write(json.dumps(row) + "\n")
    except (ValueError, OSError, MemoryError, python_calamine.CalamineError) as error:
        out.write(json.dumps({"problem": f"This is not a workbook we can read: {error}"}) + "\n")
        return 1
    out.write(json.dumps({"ended": True}) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:3]))
