"""What a report to a body is: its records, what is wrong with one, how a file of them is written.

A body is a declaration of these; everything else (drafts, files kept, answers, sending again) is
the same for all of them.
"""

import uuid
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from symposia.reporting.models import BodyAccount
from symposia.shared.lists import Words
from symposia.shared.refusals import Objection

Facts = Mapping[str, Any]


@dataclass(frozen=True)
class Scope:
    """Of what a file tells: the activities that ended in a year, or one of them."""

    year: int
    activity_id: uuid.UUID | None = None


@dataclass(frozen=True)
class Line:
    """One record as it stands now: of which activity or award, and what it would say."""

    source_key: str
    activity_id: uuid.UUID | None
    label: str
    facts: dict[str, Any]
    clinician_id: uuid.UUID | None = None


@dataclass(frozen=True)
class Record:
    """A record as a file says it: the name the body keeps it by, added or taken back."""

    record_id: str
    action: str
    facts: Facts


@dataclass(frozen=True)
class Sheet:
    """A file to write: whose, when it was made, its records; a trial is marked where that goes."""

    number: str
    kind: str
    provider: str
    provider_number: str
    made_at: datetime
    year: int
    records: Sequence[Record]
    is_trial: bool = False


@dataclass(frozen=True)
class Parcel:
    """What a web service is sent: the body of the request and how it is marked."""

    body: bytes
    headers: dict[str, str]


Writer = Callable[[Sheet], bytes]
# The account, what the body signs us in with, and the bytes to send.
Wrapper = Callable[[BodyAccount, str, bytes], Parcel]


@dataclass(frozen=True)
class Declared:
    """A report to a body."""

    kind: str
    collect: Callable[[Scope], list[Line]]
    check: Callable[[Facts], list[Objection]]
    # The endings of the files, the first of which goes to a web service, and who writes them.
    writers: Mapping[str, Writer]
    # What is shown of a record, in order.
    shown: Sequence[tuple[str, Words]]
    needs_account: bool = True
    # Of one activity at a time.
    of_one: bool = False
    wrap: Wrapper | None = None
