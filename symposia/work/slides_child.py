"""The process that looks into foreign slides: it gives up the network and most rights first."""

import json
import re
import sys
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from symposia.work.apart_child import give_up_rights

LARGEST_PART = 64 * 1024 * 1024
_STREAM = re.compile(rb"stream\r?\n(.*?)endstream", re.DOTALL)
_COUNT = re.compile(rb"/Count\s+(\d+)")
_PAGE = re.compile(rb"/Type\s*/Page\b(?!s)")
_DESCRIPTOR = re.compile(rb"/Type\s*/FontDescriptor\b.*?>>", re.DOTALL)
_FONT_NAME = re.compile(rb"/FontName\s*/(?:[A-Z]{6}\+)?([\w,.-]+)")
_SLIDE = re.compile(r"ppt/slides/slide\d+\.xml")


def slides(path: Path) -> dict[str, Any]:
    """The format, the number of slides, fonts that are missing in the file, what is wrong."""
    content = path.read_bytes()
    if content.startswith(b"%PDF-"):
        return _pdf(content)
    if content.startswith(b"PK\x03\x04"):
        return _presentation(path)
    raise ValueError("neither a PDF nor a PowerPoint presentation")


def _pdf(content: bytes) -> dict[str, Any]:
    if b"/Encrypt" in content:
        raise ValueError("protected by a password")
    pages, fonts, scripts = 0, set(), False
    for part in _parts(content):
        counted = [int(found) for found in _COUNT.findall(part) if b"/Pages" in part]
        pages = max([pages, *counted])
        for descriptor in _DESCRIPTOR.findall(part):
            name = _FONT_NAME.search(descriptor)
            if b"/FontFile" not in descriptor and name:
                fonts.add(name.group(1).decode("latin-1")[:60])
        scripts = scripts or b"/JavaScript" in part
    if scripts:
        raise ValueError("it contains a program")
    pages = pages or len(_PAGE.findall(content))
    return {"format": "pdf", "pages": pages, "fonts": sorted(fonts)[:20]}


def _parts(content: bytes) -> Iterator[bytes]:
    """The file as it stands, then what its packed streams of objects hold."""
    yield content
    for found in _STREAM.finditer(content):
        try:
            unpacked = zlib.decompressobj().decompress(found.group(1), LARGEST_PART)
        except zlib.error:
            continue  # an image in a packing of its own: no objects in it
        if b"/Type" in unpacked:
            yield unpacked


def _presentation(path: Path) -> dict[str, Any]:
    with zipfile.ZipFile(path) as book:
        names = book.namelist()
    if "ppt/presentation.xml" not in names:
        raise ValueError("neither a PDF nor a PowerPoint presentation")
    if any("vbaproject" in name.lower() for name in names):
        raise ValueError("it contains a program")
    pages = sum(_SLIDE.fullmatch(name) is not None for name in names)
    return {"format": "pptx", "pages": pages, "fonts": []}


def main(path: str) -> int:
    give_up_rights()
    try:
        found = slides(Path(path))
    except (ValueError, OSError, MemoryError, zipfile.BadZipFile) as error:
        sys.stdout.write(json.dumps({"problem": str(error)}))
        return 1
    sys.stdout.write(json.dumps(found))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
