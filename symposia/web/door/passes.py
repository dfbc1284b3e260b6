"""The pass of a door: signed when the page opens, carried by each scan instead of a session.

It names person, organisation and activity; whether the person may still check in is looked up with
every scan. So a scan needs no session, no cookie and one transaction.
"""

import uuid
from dataclasses import dataclass
from typing import Any

from django.core import signing
from django.http import HttpRequest

from symposia.shared.actors import Actor

_SALT = "symposia.door"
# Longer than the longest day at a door.
VALID_SECONDS = 18 * 3600


@dataclass(frozen=True)
class Pass:
    """Who stands at which door."""

    organisation_id: uuid.UUID
    activity_id: uuid.UUID
    user_id: uuid.UUID
    name: str

    def actor(self) -> Actor:
        return Actor("person", self.user_id, self.name)


def make_pass(request: Any, activity_id: uuid.UUID) -> str:
    """The pass for the page that this member opens."""
    named = [
        str(request.organisation.pk),
        str(activity_id),
        str(request.user.pk),
        request.actor.name,
    ]
    return signing.dumps(named, salt=_SALT)


def pass_of(request: HttpRequest) -> Pass | None:
    """The pass that a request carries, if we signed it and it is not too old."""
    scheme, _space, text = request.headers.get("Authorization", "").partition(" ")
    if scheme != "Door":
        return None
    try:
        organisation, activity, user, name = signing.loads(text, salt=_SALT, max_age=VALID_SECONDS)
    except signing.BadSignature:
        return None
    return Pass(uuid.UUID(organisation), uuid.UUID(activity), uuid.UUID(user), name)
