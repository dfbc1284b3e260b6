"""Photographs of papers that people hand in: in a process of its own, with limits, no network.

What is kept is drawn anew from what was seen: turned as it was held, without the place, the device
or anything else that a phone writes into a photograph, and without whatever hides behind it.
"""

import json
from dataclasses import dataclass
from enum import StrEnum

from symposia.work.apart import Unreadable, looked_at

_NO_PICTURE = "it is not a picture"


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
    seen = looked_at("symposia.work.pictures_child", content, otherwise=_NO_PICTURE)
    head, _end, drawn = seen.partition(b"\n")
    if not drawn:
        raise Unreadable(_NO_PICTURE)
    said = json.loads(head)
    faults = tuple(Fault(each) for each in said["faults"])
    return Picture(drawn, said["width"], said["height"], faults)
