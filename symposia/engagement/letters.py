"""What goes with a material: the approved words, a personal link, and where it is opened."""

import re
from dataclasses import dataclass
from urllib.parse import quote

from django.conf import settings

from symposia.accounts.models import Organisation
from symposia.directory.models import Channel
from symposia.engagement.models import MaterialShare
from symposia.notifications.queries import wording_of
from symposia.notifications.rendering import plain_words
from symposia.shared.links import make_link

MATERIAL = "material"
MESSAGE, BY_HAND = "engagement.material", "engagement.material_by_hand"


def material_link(share: MaterialShare, organisation: Organisation) -> str:
    """The personal address of what was given; following it opens nothing yet."""
    return f"{settings.ORIGIN}/g/{make_link(MATERIAL, share.pk, organisation.code)}/"


def material_values(share: MaterialShare, organisation: Organisation) -> dict[str, str]:
    """What is filled into the message: nothing but what was approved."""
    return {
        "organisation": organisation.name,
        "name": share.clinician.called,
        "activity": share.activity.title,
        "material": share.material.name,
        "wording": share.material.wording,
        "by": share.by_name,
        "material_link": material_link(share, organisation),
    }


@dataclass(frozen=True)
class Shared:
    """A material that was given: by mail it is on its way, else the text is in somebody's hands."""

    share: MaterialShare
    text: str = ""
    href: str = ""


def in_hand(share: MaterialShare, organisation: Organisation) -> Shared:
    """The text in the clinician's language, ready to be sent from the own phone."""
    clinician = share.clinician
    wording = wording_of(BY_HAND, clinician.language or organisation.language)
    text = plain_words(wording, material_values(share, organisation))
    number = re.sub(r"\D", "", clinician.phone)
    if share.channel == Channel.SMS:
        plus = "+" if clinician.phone.strip().startswith("+") else ""
        return Shared(share, text, f"sms:{plus}{number}?body={quote(text)}")
    return Shared(share, text, f"https://wa.me/{number}?text={quote(text)}")
