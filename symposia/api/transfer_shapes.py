"""What programs say and are told of transfers of value."""

import uuid
from datetime import date, datetime
from typing import Literal

from ninja import Schema
from pydantic import Field

Kind = Literal["open_payments", "efpia", "ucpmp_events", "ucpmp_annual"]


class DividedOut(Schema):
    """How many shares are another now."""

    changed: int


class PassedOnIn(Schema):
    """What somebody who taught was paid out of a grant, in minor units."""

    clinician: uuid.UUID
    minor: int = Field(gt=0, le=10**13)
    directed: bool = False
    learned_on: date | None = None


class SharersIn(Schema):
    """Who had a cost: people who were there, how many of the house, or the organiser as a grant."""

    clinicians: list[uuid.UUID] = Field(default_factory=list, max_length=2000)
    staff: int = Field(0, ge=0, le=10_000)
    organisation: str = Field("", max_length=200)
    passed_on: list[PassedOnIn] = Field(default_factory=list, max_length=100)


class SharersOut(Schema):
    """How many rows say who had it."""

    rows: int


class DisputeAnswerIn(Schema):
    """What becomes of an objection, in words that the recipient reads."""

    state: Literal["corrected", "upheld"]
    answer: str = Field(min_length=1, max_length=1000)


class TransferDisputeOut(Schema):
    """An objection and what became of it."""

    id: uuid.UUID
    transfer_id: uuid.UUID
    words: str
    due_on: date
    state: str
    answer: str


class RecipientFactsIn(Schema):
    """What files ask of a recipient."""

    street: str = Field("", max_length=55)
    postal_code: str = Field("", max_length=20)
    hospital_number: str = Field("", max_length=6)
    body_type: str = Field("", max_length=60)


class YearlyDueOut(Schema):
    """What is owed of a year."""

    id: uuid.UUID
    kind: str
    year: int
    due_on: date
    keep_until: date
    state: str
    waived_because: str


class YearWaiverIn(Schema):
    """Why a year is not reported."""

    reason: str = Field(min_length=1, max_length=500)


class NewTransferFile(Schema):
    """Of what a file tells: a kind of report and a year of its scheme."""

    kind: Kind
    year: int = Field(ge=2011, le=2100)


class TransferFileOut(Schema):
    """A file of transfers and how far it is."""

    id: uuid.UUID
    number: str
    kind: str
    year: int
    state: str
    made_at: datetime
    validated_at: datetime | None
    sent_at: datetime | None
    answered_at: datetime | None


class TransferAnswerIn(Schema):
    """What the body answered: CSV or XML, as text."""

    content: str = Field(min_length=1, max_length=5_000_000)


class TransferAnswerOut(Schema):
    """How many records the body rejected."""

    rejected: int


class DeclarationIn(Schema):
    """In which position the executive head declares."""

    position: str = Field(min_length=1, max_length=120)


class DeclarationOut(Schema):
    """Who declared which file, by its hash."""

    id: uuid.UUID
    year: int
    sha256: str
    position: str
    declared_at: datetime
    declared_by_name: str
