"""Signed permission to open a package on the content origin, where no session is known.

A ticket names the organisation, the learner's place, the lesson and the attempt, all of them: who
changes one of them has no ticket. Whoever only looks at a package has another kind, which tells
nothing to anybody.
"""

import uuid
from dataclasses import dataclass

from django.conf import settings

from symposia.work.tickets import read_ids, signed_ids

# A package asks again and again while somebody studies; the place is looked up each time.
SECONDS = 12 * 60 * 60
_ATTEMPT, _LOOK = "symposia.package", "symposia.package.look"


@dataclass(frozen=True)
class AttemptTicket:
    """Whose attempt at which lesson."""

    organisation_id: uuid.UUID
    registration_id: uuid.UUID
    lesson_id: uuid.UUID
    attempt_id: uuid.UUID


@dataclass(frozen=True)
class LookTicket:
    """Who of the office looks at which version of a package."""

    organisation_id: uuid.UUID
    user_id: uuid.UUID
    package_id: uuid.UUID


Ticket = AttemptTicket | LookTicket


def signed(ticket: Ticket) -> str:
    """The ticket as it stands in an address."""
    salt = _ATTEMPT if isinstance(ticket, AttemptTicket) else _LOOK
    return signed_ids(salt, *vars(ticket).values())


def package_url(ticket: Ticket) -> str:
    """The address of a package on the content origin."""
    return f"{settings.CONTENT_ORIGIN}/p/{signed(ticket)}/"


def read_attempt_ticket(text: str, *, seconds: int | None = SECONDS) -> AttemptTicket | None:
    """The ticket of an attempt; nothing where it is too old, of another kind or not ours."""
    found = read_ids(_ATTEMPT, text, count=4, seconds=seconds)
    return AttemptTicket(*found) if found else None


def read_ticket(text: str) -> Ticket | None:
    """A ticket of either kind; nothing where it is too old or not ours."""
    if attempt := read_attempt_ticket(text):
        return attempt
    found = read_ids(_LOOK, text, count=3, seconds=SECONDS)
    return LookTicket(*found) if found else None
