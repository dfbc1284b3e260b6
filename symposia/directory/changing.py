"""What a person's fields say now, in the words a change of them is proposed and compared in."""

from dataclasses import dataclass
from typing import Any

from symposia.directory.models import Clinician, Identifier, Profession, Proposable
from symposia.directory.spelling import plain_number
from symposia.work.models import StoredFile


@dataclass(frozen=True)
class ChangeFacts:
    """A field, what it should say, and what shows that this is right.

    Of a number `was` is the one that goes (none: another is added), `now` the one that comes.
    """

    field: str
    now: str = ""
    was: str = ""
    scheme: str = ""
    issuer: str = ""
    evidence: str = ""
    evidence_file: StoredFile | None = None


def said_now(clinician: Clinician, field: str) -> str:
    """What the directory says in a field today; of numbers there may be several."""
    if field == Proposable.NUMBER:
        return ""
    value: Any = getattr(clinician, field)
    return "" if value is None else str(value)


def as_kept(field: str, text: str) -> str:
    """A value as the directory keeps it."""
    text = text.strip()
    if field == Proposable.EMAIL:
        return text.lower()
    return text.upper() if field == Proposable.COUNTRY else text


def shown(field: str, text: str) -> str:
    """A value as people read it."""
    if field == Proposable.PROFESSION and text in Profession.values:
        return str(Profession(text).label)
    return text


def numbered(clinician: Clinician, scheme: str, issuer: str, text: str) -> Identifier | None:
    """The number of a person that a text means."""
    return clinician.identifiers.filter(
        scheme=scheme, issuer=issuer, value=plain_number(text)
    ).first()
