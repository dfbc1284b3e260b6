"""Who acts: every action names its actor, and nothing reads it from a global."""

import uuid
from dataclasses import dataclass
from typing import Literal

LONGEST_NAME = 200
Kind = Literal["person", "link", "device", "token", "job", "system"]


@dataclass(frozen=True)
class Actor:
    """A person, a personal link, a device, a token, a job or the product itself.

    Contexts below `accounts` know people by this printed name and id alone. It is no longer than
    the columns that keep it, whatever somebody wrote on a public page.
    """

    kind: Kind
    id: uuid.UUID | None
    name: str
    on_behalf_of: str = ""

    def __post_init__(self) -> None:
        for name in ("name", "on_behalf_of"):
            object.__setattr__(self, name, getattr(self, name)[:LONGEST_NAME])


SYSTEM = Actor("system", None, "Symposia")


def job_actor(name: str) -> Actor:
    """The actor of background work that no person asked for."""
    return Actor("job", None, name)
