"""What a representative sends from the own phone: approved text, a personal link, an address."""

import re
from dataclasses import dataclass
from urllib.parse import quote

from symposia.directory.models import Channel
from symposia.notifications.queries import wording_of
from symposia.notifications.rendering import plain_words
from symposia.outreach.letters import Letters
from symposia.outreach.models import Invitation

HANDOVER = "outreach.handover"
BY_HAND = (Channel.CHAT, Channel.SMS)


@dataclass(frozen=True)
class HandedOver:
    """An invitation in somebody's hands: its text and the address that opens it on a phone."""

    invitation: Invitation
    text: str
    href: str


def handed_over(letters: Letters, invitation: Invitation, channel: str) -> HandedOver:
    """The text in the clinician's language, ready to be sent by chat or as a text message."""
    clinician = invitation.clinician
    wording = wording_of(HANDOVER, letters.language(clinician))
    text = plain_words(wording, letters.values(invitation))
    number = re.sub(r"\D", "", clinician.phone)
    if channel == Channel.SMS:
        plus = "+" if clinician.phone.strip().startswith("+") else ""
        return HandedOver(invitation, text, f"sms:{plus}{number}?body={quote(text)}")
    return HandedOver(invitation, text, f"https://wa.me/{number}?text={quote(text)}")
