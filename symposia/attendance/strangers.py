"""Somebody as they say of themselves, before it is known who they are."""

from dataclasses import dataclass

from symposia.attendance.matching import Said


@dataclass(frozen=True)
class Stranger:
    """A walk-in as they said it at the door, kept until somebody knows who they are."""

    name: str
    email: str = ""
    profession: str = ""
    institution: str = ""
    number: str = ""

    @property
    def said(self) -> Said:
        return Said(self.name, self.email, self.institution)
