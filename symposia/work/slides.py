"""Looking into slides that people hand in: in a process of its own, with limits, no network."""

import json
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from symposia.work.apart import SECONDS, Unreadable


@dataclass(frozen=True)
class Slides:
    """What was seen in a file: its format, how many slides, fonts that it does not carry."""

    format: str
    pages: int
    fonts: tuple[str, ...] = ()


def look_into_slides(content: bytes) -> Slides:
    """The format and length of slides. Raises Unreadable in words."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "slides"
        path.write_bytes(content)
        command = [sys.executable, "-s", "-m", "symposia.work.slides_child", str(path)]
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
    said = json.loads(done.stdout or b"{}")
    if done.returncode or not said.get("pages"):
        raise Unreadable(str(said.get("problem", "") or "it has no pages"))
    return Slides(said["format"], said["pages"], tuple(said["fonts"]))
