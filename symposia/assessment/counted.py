"""What upper contexts count of an activity's outcomes: people who did something, by Moore's level.

Whoever keeps such a thing registers it in `AppConfig.ready`; the outcomes of an activity count all
of them in one statement, say how each is counted, and keep back what few people did.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from symposia.activities.models import Activity
from symposia.shared.columns import Words


@dataclass(frozen=True)
class Counted:
    """A figure of people: the name of its level, what it is called, how it is counted."""

    level: str
    name: Words
    how: Words
    people: Callable[[Activity], QuerySet[Any]]


_counted: list[Counted] = []


def register_counted(counted: Counted) -> None:
    """Let the outcomes of activities count it too."""
    _counted.append(counted)


def all_counted() -> list[Counted]:
    """Everything that somebody registered, in that order."""
    return list(_counted)
