"""Somebody as they say of themselves, before it is known who they are."""

import uuid
from dataclasses import dataclass

from symposia.attendance.matching import Said, identity_of


@dataclass(frozen=True)
class Stranger:
    """A walk-in as they said it at the door, kept until somebody knows who they are."""

    name: str
    email: str = ""
    profession: str = ""
    institution: str = ""
    number: str = ""

    def identity_at_door(self, reading: uuid.UUID) -> str:
        """What makes two walk-ins one person: the address or the number they gave; else each
        reading is somebody of its own, for people share names."""
        mark = self.number.strip().casefold() or ("" if self.email.strip() else str(reading))
        return f"{identity_of(self.said)[:250]}|{mark}"[:300] if mark else identity_of(self.said)

    @property
    def said(self) -> Said:
        return Said(self.name, self.email, self.institution)
