"""Trying out a text that nobody has published: in a process of its own, with limits, no network.

The rules engine has no end of its own. What is published was tried here before, so it may be run
beside everything else; what somebody is still writing may not.
"""

import json
import signal
import subprocess
import sys
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

SECONDS = 10
COMMAND = ["-s", "-m", "symposia.compliance.trying_child"]
_KEPT = 64


class NotTried(Exception):
    """It took too long, or asked for more than it may have; the reason is a word for tests."""


@lru_cache(maxsize=_KEPT)
def looked_over_apart(text: str) -> dict[str, Any]:
    """What is wrong with a pack and what its examples say; the same text says the same again."""
    said: dict[str, Any] = _in_a_child({"do": "look_over", "text": text}, SECONDS)
    return said


def judged_apart(
    text: str, subjects: Sequence[dict[str, Any]], *, seconds: float = 3 * SECONDS
) -> list[dict[str, list[str]]]:
    """What each rule says of each subject: verdict, sentence's name and sentence."""
    asked = {"do": "judge", "text": text, "subjects": list(subjects)}
    said: list[dict[str, list[str]]] = _in_a_child(asked, seconds)
    return said


def _in_a_child(asked: dict[str, Any], seconds: float) -> Any:
    command = [sys.executable, *COMMAND, f"{seconds:.0f}"]
    try:
        done = subprocess.run(  # noqa: S603  # our own program
            command,
            input=json.dumps(asked, default=str).encode(),
            capture_output=True,
            env={"PYTHONPATH": str(Path(__file__).parents[2])},
            timeout=seconds,
            check=False,
        )
    except subprocess.TimeoutExpired as slow:
        raise NotTried("slow") from slow
    if done.returncode or not done.stdout:
        raise NotTried("slow" if done.returncode == -signal.SIGXCPU else "broken")
    return json.loads(done.stdout)
