import uuid
from dataclasses import dataclass


@dataclass(frozen=True)
class MoneyPosted:
    """An amount of an activity's budget is now another."""

    activity_id: uuid.UUID
    kind: str
