"""What a person's fields say now, in the words a change of them is proposed and compared in."""

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from symposia.directory.models import (
    SEVERAL,
    Affiliation,
    ChangeRequest,
    Clinician,
    Identifier,
    OwnField,
    Profession,
    Proposable,
)
from symposia.directory.own_queries import own_value_of
from symposia.directory.owning import own_in_words, plain_own, read_own
from symposia.directory.placing_steps import noted, words_of
from symposia.directory.spelling import plain_number
from symposia.shared.refusals import Refused
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
    # Of a place of work: what is to be done with which (`placing_steps.py`); of others,
    # from which file or merge it came.
    place: Mapping[str, Any] = dataclasses.field(default_factory=dict)
    # Which field of one's own; `now` is then what it says, as files write it.
    own: OwnField | None = None


def said_now(clinician: Clinician, field: str) -> str:
    """What the directory says in a field today; of numbers there may be several."""
    if field in SEVERAL:
        return ""
    value: Any = getattr(clinician, field)
    return "" if value is None else str(value)


def own_said_now(clinician: Clinician, field: OwnField) -> str:
    """What a field of one's own says of a person today."""
    row = own_value_of(clinician, field)
    return plain_own(row.said) if row else ""


def said_of(request: ChangeRequest) -> str:
    """What the directory says today of what somebody asked to have changed."""
    clinician: Clinician = request.clinician
    if request.own_field:
        return own_said_now(clinician, request.own_field)
    if request.field != Proposable.AFFILIATION:
        is_number = request.field == Proposable.NUMBER
        return request.was if is_number else said_now(clinician, request.field)
    known = request.facts.get("row")
    row = Affiliation.objects.for_list().filter(pk=known).first() if known else None
    if (noted(row) if row else {}) == request.facts.get("was", {}):
        return request.was
    return words_of(row)[:254] if row else ""


def as_kept(field: str, text: str) -> str:
    """A value as the directory keeps it."""
    text = text.strip()
    if field == Proposable.EMAIL:
        return text.lower()
    return text.upper() if field == Proposable.COUNTRY else text


def shown(field: str, text: str, own: OwnField | None = None) -> str:
    """A value as people read it."""
    if own and text:
        return _own_shown(own, text)
    if field == Proposable.PROFESSION and text in Profession.values:
        return str(Profession(text).label)
    return text


def numbered(clinician: Clinician, scheme: str, issuer: str, text: str) -> Identifier | None:
    """The number of a person that a text means."""
    return clinician.identifiers.filter(
        scheme=scheme, issuer=issuer, value=plain_number(text)
    ).first()


def _own_shown(field: OwnField, text: str) -> str:
    """What a request says of a field of one's own; as it was written where the field can no longer
    say so."""
    try:
        return own_in_words(read_own(field, text))
    except Refused:
        return text
