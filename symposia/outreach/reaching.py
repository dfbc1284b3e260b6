"""Whether somebody can be reached by a channel at all, and where. No query, no clock."""

from django.utils.translation import gettext_lazy as _

from symposia.directory.models import Channel, Clinician
from symposia.directory.policies import NO_ADDRESS
from symposia.notifications.models import Cause
from symposia.notifications.policies import objection_to_address
from symposia.notifications.text_rules import number_of, objection_to_number
from symposia.shared.refusals import Objection

# The channels a wave may take; the telephone is a person's own. Two of them go to a number.
OF_WAVES = (Channel.EMAIL, Channel.POST, Channel.SMS, Channel.CHAT)
TO_NUMBERS = frozenset({Channel.SMS, Channel.CHAT})
BAD_ADDRESS = Objection("address_is_none", _("has an e-mail address that is none"))
SUPPRESSED = Objection("suppressed", _("asked for no more invitations"))
REFUSED = Objection("address_refused", _("has an address that the mail server does not know"))
COMPLAINED = Objection("complained", _("reported a message as unwanted"))
NO_PLACE = Objection("no_postal_place", _("has neither an institution nor a city to write to"))
SUPPRESSED_FOR: dict[str, Objection] = {
    Cause.ASKED: SUPPRESSED,
    Cause.BOUNCED: REFUSED,
    Cause.COMPLAINED: COMPLAINED,
}


def objection_to_reaching(
    clinician: Clinician,
    address: str,
    *,
    channel: str,
    cause: str | None,
    has_postal: bool = False,
) -> Objection | None:
    """Why a message that asks somebody to come cannot take this way."""
    if channel == Channel.EMAIL:
        return _objection_to_mail(address, cause)
    if cause == Cause.ASKED:  # who wants no invitations wants none by another way
        return SUPPRESSED
    if channel == Channel.POST:
        return None if has_postal or clinician.institution or clinician.city else NO_PLACE
    return objection_to_number(number_of(clinician.phone))


def _objection_to_mail(address: str, cause: str | None) -> Objection | None:
    if not address:
        return NO_ADDRESS
    if objection_to_address(address):
        return BAD_ADDRESS
    return SUPPRESSED_FOR[cause] if cause else None


def goes_to(clinician: Clinician, channel: str) -> str:
    """What two people must not share, or one gets it twice; a house may be shared."""
    if channel in TO_NUMBERS:
        return number_of(clinician.phone)
    return clinician.email.lower() if channel == Channel.EMAIL else ""


def postal_lines(clinician: Clinician, address: str = "") -> list[str]:
    """The lines of an envelope: the name, then the address that is noted, else where the person
    works or lives."""
    if address:
        return [clinician.full_name, *address.splitlines()]
    place = clinician.institution
    city = clinician.city or (place.city if place else "")
    region = clinician.region or (place.region if place else "")
    lines = [
        clinician.full_name,
        place.name if place else "",
        ", ".join(filter(None, (city, region))),
    ]
    found = [line for line in lines if line]
    country = clinician.country or (place.country if place else "")
    return [*found, country] if found[1:] and country else found
