"""Photographs of papers that people hand in: in a process of its own, with limits, no network.

What is kept is drawn anew from what was seen: turned as it was held, without the place, the device
or anything else that a phone writes into a photograph, and without whatever hides behind it.
"""

import json
import subprocess
import sys
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from tempfile import TemporaryDirectory

from symposia.work.apart import SECONDS, Unreadable


class Fault(StrEnum):
    """What makes a photographed paper hard to read."""

    DARK = "dark"
    SMALL = "small"
    BLURRED = "blurred"


@dataclass(frozen=True)
class Picture:
    """A photograph as it is kept, a JPEG, with what is hard to read about it."""

    content: bytes
    width: int
    height: int
    faults: tuple[Fault, ...] = ()


def redrawn(content: bytes) -> Picture:
    """A photograph without anything but what is seen on it. Raises Unreadable in words."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "picture"
        path.write_bytes(content)
        command = [sys.executable, "-s", "-m", "symposia.work.pictures_child", str(path)]
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
    head, _end, drawn = done.stdout.partition(b"\n")
    said = json.loads(head or b"{}")
    if done.returncode or not drawn:
        raise Unreadable(str(said.get("problem", "") or "it is not a picture"))
    faults = tuple(Fault(each) for each in said["faults"])
    return Picture(drawn, said["width"], said["height"], faults)
