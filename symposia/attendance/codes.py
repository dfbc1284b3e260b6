"""What the codes say by which people check themselves in, and what proves that one was seen.

The code of a room follows from the room, the time and the installation's key: nothing is kept of
it, so nothing can be read out beforehand. Scanned, it is exchanged for a *reading*, good for a few
minutes and for one person; typed, it is six letters.
"""

import hashlib
import hmac
import uuid
from base64 import urlsafe_b64decode, urlsafe_b64encode
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.core import signing

from symposia.attendance.models import RoomCode
from symposia.shared.codes import LETTERS

LENGTH = 6
# The code that has just gone still counts: a hand is slower than a clock.
GRACE = 1
# Of codes that are gone it is told that they are old, not that they are unknown.
REMEMBERED = 60
# From the scan to the press of the button, on a slow network.
READING_LASTS = 5 * 60
_SALT = "symposia.room_reading"


@dataclass(frozen=True)
class RoomText:
    """What the code of a room's screen says, once its signature holds."""

    organisation_code: str
    room_id: uuid.UUID
    step: int


@dataclass(frozen=True)
class RoomReading:
    """Somebody has seen the screen of a room; its own id makes it good for one person."""

    organisation_code: str
    room_id: uuid.UUID
    id: uuid.UUID


def step_at(room: RoomCode, at: datetime) -> int:
    """Which of its codes a room shows at a moment."""
    return int(at.timestamp()) // room.seconds


def seconds_left(room: RoomCode, at: datetime) -> int:
    """How long the code that is shown now still stands."""
    return room.seconds - int(at.timestamp()) % room.seconds


def letters_of(room: RoomCode, step: int) -> str:
    """The code to type: 31^6 possibilities, for a minute."""
    number = int.from_bytes(_mac(f"letters {room.pk} {step}")[:8])
    found = []
    for _place in range(LENGTH):
        number, letter = divmod(number, len(LETTERS))
        found.append(LETTERS[letter])
    return "".join(found)


def age_of_letters(room: RoomCode, typed: str, at: datetime) -> int | None:
    """How many changes ago a typed code stood on the screen; nothing if it never did."""
    said = "".join(typed.split()).upper()
    step = step_at(room, at)
    ages = range(REMEMBERED + 1)
    return next((age for age in ages if letters_of(room, step - age) == said), None)


def room_text(room: RoomCode, step: int, organisation_code: str) -> str:
    """The end of the address that the screen shows as a picture."""
    body = urlsafe_b64encode(room.pk.bytes).rstrip(b"=").decode()
    said = f"{organisation_code}.{body}.{step}"
    return f"{said}.{_signature(said)}"


def read_room_text(text: str) -> RoomText | None:
    """What was scanned, or nothing for any text that we did not sign."""
    said, _dot, signature = text[:200].rpartition(".")
    parts = said.split(".")
    is_ours = hmac.compare_digest(_signature(said).encode(), signature.encode())
    if len(parts) != 3 or not is_ours:
        return None
    room_id = uuid.UUID(bytes=urlsafe_b64decode(f"{parts[1]}=="))
    return RoomText(parts[0], room_id, int(parts[2]))


def make_reading(text: RoomText) -> str:
    """What the phone holds instead of the code once it has scanned it in time."""
    said = [text.organisation_code, str(text.room_id), str(uuid.uuid4())]
    return signing.dumps(said, salt=_SALT)


def read_reading(text: str) -> RoomReading | None:
    """The reading, if we gave it out within the last minutes."""
    try:
        code, room_id, reading_id = signing.loads(text, salt=_SALT, max_age=READING_LASTS)
    except signing.BadSignature:
        return None
    return RoomReading(code, uuid.UUID(room_id), uuid.UUID(reading_id))


def _signature(said: str) -> str:
    return urlsafe_b64encode(_mac(f"room {said}")[:12]).decode()


def _mac(said: str) -> bytes:
    key = b"room code " + settings.SECRET_KEY.encode()
    return hmac.new(key, said.encode(), hashlib.sha256).digest()
