"""Identifiers: UUIDv7 keys made here (PostgreSQL 15 has none), and numbers people read."""

import os
import time
import uuid


def uuid7() -> uuid.UUID:
    """A time-ordered UUID, version 7 of RFC 9562: 48 bits of milliseconds, 12 of their fraction
    (its method 3, so that rows made one after the other stay in that order), 62 of chance."""
    milliseconds, rest = divmod(time.time_ns(), 1_000_000)
    value = (milliseconds & (1 << 48) - 1) << 80
    value |= 0x7 << 76 | rest * 4096 // 1_000_000 << 64
    value |= 0b10 << 62 | int.from_bytes(os.urandom(8), "big") & (1 << 62) - 1
    return uuid.UUID(int=value)


def readable(prefix: str, year: int, number: int) -> str:
    """`ACT-2026-0142`: what people say on the telephone and paste into the search box."""
    return f"{prefix}-{year}-{number:04d}"
