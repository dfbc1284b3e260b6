"""Rules of the connections to online meetings, and the secrets that messages are known by."""

import secrets

from django.utils.translation import gettext_lazy as _

from symposia.activities.models import Activity
from symposia.attendance.models import DOOR_STATES, MeetingConnection, Vendor
from symposia.attendance.webhooks import ADAPTERS
from symposia.shared.refusals import Objection
from symposia.shared.sealing import SealBroken, sealed, unsealed

PURPOSE = "meeting connection"
SHORTEST, LONGEST = 8, 200

NO_MEETING = Objection("connection_meeting", _("Enter the meeting as its vendor names it."))
MEETING_TWICE = Objection(
    "connection_twice", _("This meeting is connected already. End that connection first.")
)
SECRET_MISSING = Objection(
    "connection_secret",
    _("Enter the secret token of your Zoom app; without it nobody can tell who writes to us."),
)
SECRET_LENGTH = Objection(
    "connection_secret_length", _("A secret has %(shortest)s to %(longest)s characters.")
)
ENDED_ALREADY = Objection("connection_ended", _("This connection was ended already."))
OTHER_ACTIVITY_SESSION = Objection(
    "connection_session", _("This session is not one of this activity.")
)

NOT_GENUINE = Objection(
    "connection_not_genuine",
    _("A message was not signed with the secret of this connection, or was signed too long ago."),
)
NOT_UNDERSTOOD = Objection(
    "connection_not_understood", _("A message was signed rightly, and not of a shape we know.")
)
SECRET_LOST = Objection(
    "connection_secret_lost",
    _("The secret cannot be read any more. End this connection and make another one."),
)
CLOSED_DOOR = Objection(
    "connection_door_closed", _("A message came while the door of this activity was not open.")
)
REFUSALS = {
    one.code: one.message for one in (NOT_GENUINE, NOT_UNDERSTOOD, SECRET_LOST, CLOSED_DOOR)
}


def objection_to_secret(vendor: str, secret: str) -> Objection | None:
    """Why a vendor's messages cannot be told by this secret; where we make it, none is given."""
    if not secret:
        return SECRET_MISSING if ADAPTERS[vendor].makes_secret else None
    if not SHORTEST <= len(secret) <= LONGEST:
        return SECRET_LENGTH.about(shortest=SHORTEST, longest=LONGEST)
    return None


def objection_to_connecting(
    *, meeting: str, is_twice: bool, is_elsewhere: bool
) -> Objection | None:
    """Why a meeting is not connected to an activity."""
    if not meeting:
        return NO_MEETING
    if is_elsewhere:
        return OTHER_ACTIVITY_SESSION
    return MEETING_TWICE if is_twice else None


def objection_to_ending_connection(connection: MeetingConnection) -> Objection | None:
    """Why a connection to a meeting is not ended now."""
    return ENDED_ALREADY if connection.ended_at else None


def objection_to_telling(activity: Activity) -> Objection | None:
    """Whether what a vendor tells is kept for this activity now."""
    return None if activity.state in DOOR_STATES else CLOSED_DOOR


def new_secret() -> str:
    """A secret for a vendor that is told one: 43 letters that nobody types."""
    return secrets.token_urlsafe(32)


def sealed_secret(secret: str) -> str:
    return sealed(secret, purpose=PURPOSE)


def secret_of(connection: MeetingConnection) -> str | None:
    """The secret of a connection; nothing where the key of the installation was changed."""
    try:
        return unsealed(connection.secret, purpose=PURPOSE)
    except SealBroken:
        return None


def makes_secret(vendor: str) -> bool:
    """Whether a vendor makes its secret, and we are told it."""
    return ADAPTERS[Vendor(vendor)].makes_secret
