"""Looking into slides that people hand in: in a process of its own, with limits, no network."""

import json
from dataclasses import dataclass

from symposia.work.apart import Unreadable, looked_at

_NO_PAGES = "it has no pages"


@dataclass(frozen=True)
class Slides:
    """What was seen in a file: its format, how many slides, fonts that it does not carry."""

    format: str
    pages: int
    fonts: tuple[str, ...] = ()


def look_into_slides(content: bytes) -> Slides:
    """The format and length of slides. Raises Unreadable in words."""
    seen = looked_at("symposia.work.slides_child", content, otherwise=_NO_PAGES)
    said = json.loads(seen or b"{}")
    if not said.get("pages"):
        raise Unreadable(str(said.get("problem", "") or _NO_PAGES))
    return Slides(said["format"], said["pages"], tuple(said["fonts"]))
