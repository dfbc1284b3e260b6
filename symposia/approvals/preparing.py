"""Whoever prepares what is signed does not sign it: who has prepared a subject so far."""

import uuid
from collections.abc import Collection

from symposia.approvals.queries import person_behind
from symposia.shared.actors import Actor

# A personal link or a device names no member who could sign, nor does work without a person.
_PEOPLE = {"person", "token"}


def with_preparer(people: Collection[uuid.UUID], by: Actor) -> list[uuid.UUID]:
    """Those who prepared a subject, and whoever changes it now."""
    person = person_behind(by) if by.kind in _PEOPLE else None
    return sorted({*people, person}) if person else sorted(people)
