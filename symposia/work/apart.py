"""Reading files that people hand in: in a process of its own with limits and without a network."""

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

SECONDS = 60


class Unreadable(Exception):
    """The file could not be read; the sentence may be shown to the person."""


def sheet_rows(path: Path, *, largest: int = 200_000) -> Iterator[list[str]]:
    """The rows of the first sheet of a workbook, as text. Raises Unreadable in words."""
    command = [sys.executable, "-s", "-m", "symposia.work.apart_child", str(path)]
    with subprocess.Popen(  # noqa: S603  # our own program and a path we made
        [*command, str(largest)],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env={"PYTHONPATH": str(Path(__file__).parents[2])},
        close_fds=True,
    ) as child:
        said: Any = {}
        for line in child.stdout or ():
            said = _read(line)
            if isinstance(said, list):
                yield said
        child.wait(SECONDS)
    if not (isinstance(said, dict) and said.get("ended")):
        raise Unreadable(str((said or {}).get("problem", "")) if isinstance(said, dict) else "")


def looked_at(module: str, content: bytes, *, otherwise: str) -> bytes:
    """What a program of ours writes of a file that it is shown. Raises Unreadable in the words of
    the program, or in those others where it has none."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "file"
        path.write_bytes(content)
        command = [sys.executable, "-s", "-m", module, str(path)]
        try:
            done = subprocess.run(  # noqa: S603  # our own program and a path we made
                command,
                stdin=subprocess.DEVNULL,
                capture_output=True,
                env={"PYTHONPATH": str(Path(__file__).parents[2])},
                timeout=SECONDS,
                check=False,
            )
        except subprocess.TimeoutExpired as slow:
            raise Unreadable("it takes too long to read") from slow
    if done.returncode:
        said = _read(done.stdout.partition(b"\n")[0])
        raise Unreadable(str(said.get("problem", "") or otherwise))
    return done.stdout


def _read(line: bytes) -> Any:
    """What the child said; nothing where it was ended in the middle of a line."""
    try:
        return json.loads(line)
    except ValueError:
        return {}
