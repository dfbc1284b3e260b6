"""What a file of a lesson is by its first bytes, and how long a video in it lasts."""

import re
import struct

PDF, PNG, JPEG = "application/pdf", "image/png", "image/jpeg"
MP4, WEBM, VTT, OTHER = "video/mp4", "video/webm", "text/vtt", "application/octet-stream"
ZIP = "application/zip"
VIDEOS, IMAGES = frozenset({MP4, WEBM}), frozenset({PNG, JPEG})

_BEGINNINGS = (
    (b"%PDF-", PDF),
    (b"\x89PNG\r\n\x1a\n", PNG),
    (b"\xff\xd8\xff", JPEG),
    (b"\x1a\x45\xdf\xa3", WEBM),
)
_CUE = re.compile(r"(\d+:)?\d\d:\d\d\.\d{3} --> (\d+:)?\d\d:\d\d\.\d{3}")
# Matroska: a segment's information, its scale in nanoseconds, and the duration in that scale.
_SCALE, _DURATION = b"\x2a\xd7\xb1", b"\x44\x89"
_HEAD = 64 * 1024


def type_of(content: bytes) -> str:
    """The type of a file, from its bytes; whatever is not known is only taken home."""
    for beginning, kind in _BEGINNINGS:
        if content.startswith(beginning):
            return kind
    return MP4 if content[4:8] == b"ftyp" else OTHER


def is_captions(content: bytes) -> bool:
    """Whether this is WebVTT with at least one cue."""
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return False
    return text.startswith("WEBVTT") and _CUE.search(text) is not None


def seconds_of(content: bytes) -> int | None:
    """How long a video lasts, as its own head says; nothing where it does not say."""
    lasts = _of_mp4(content) if type_of(content) == MP4 else _of_webm(content[:_HEAD])
    return max(1, round(lasts)) if lasts and 0 < lasts < 86_400 else None


def _of_mp4(content: bytes) -> float | None:
    """From the movie header (ISO/IEC 14496-12, `mvhd`)."""
    at = content.find(b"mvhd")
    if at < 0 or len(content) < at + 36:
        return None
    if content[at + 4] == 1:
        scale, duration = struct.unpack(">IQ", content[at + 24 : at + 36])
    else:
        scale, duration = struct.unpack(">II", content[at + 16 : at + 24])
    return duration / scale if scale else None


def _of_webm(head: bytes) -> float | None:
    """From the information of the segment (RFC 9559, `Duration` and `TimestampScale`)."""
    at = head.find(_DURATION)
    if at < 0:
        return None
    size = head[at + 2] & 0x7F
    given = head[at + 3 : at + 3 + size]
    if len(given) != size or size not in {4, 8}:
        return None
    (duration,) = struct.unpack(">f" if size == 4 else ">d", given)
    return float(duration) * _scale(head) / 1e9


def _scale(head: bytes) -> int:
    at = head.find(_SCALE)
    if at < 0:
        return 1_000_000
    size = head[at + 3] & 0x7F
    return int.from_bytes(head[at + 4 : at + 4 + size], "big") or 1_000_000
