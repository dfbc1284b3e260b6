from datetime import date

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from symposia.directory.contacting import ContactFacts
from symposia.directory.models import ContactKind, ContactPoint
from symposia.shared.refusals import Objection

NO_EMAIL = Objection("contact_no_email", _("“%(value)s” is not an e-mail address."))
NO_PHONE = Objection("contact_no_phone", _("A telephone number has digits, and at most 40 signs."))
NO_POSTAL = Objection("contact_no_address", _("Write the lines of the address."))
KNOWN_CONTACT = Objection("contact_known", _("This is noted of the person already."))
CONTACT_BACKWARDS = Objection("contact_backwards", _("The last day lies before the first one."))
IS_USED = Objection(
    "contact_in_use",
    _("This is the one that is used. Prefer another one first, then let this one end."),
)
IS_OVER = Objection("contact_over", _("This was over on %(day)s; it is not used any more."))
NOTHING_USED = Objection(
    "no_contact_in_use",
    _("No other one is used. Prefer another one first, then take this one away."),
)
HOW_VERIFIED = Objection(
    "how_contact_verified", _("Write how you know that it reaches the person.")
)
WHY_CONTACT_GONE = Objection(
    "why_contact_removed", _("Write why it was wrong; the journal keeps the reason.")
)
NO_CONTACT_TO_TAKE = Objection(
    "no_contact_to_take", _("No line of this file would add a way to reach anybody.")
)
_LONGEST_PHONE, _LONGEST_EMAIL = 40, 254


def objection_to_contact(facts: ContactFacts, known: ContactPoint | None) -> Objection | None:
    """Something that reaches somebody, noted once."""
    if objection := _objection_to_value(facts):
        return objection
    return KNOWN_CONTACT if known else objection_to_days(facts)


def objection_to_days(facts: ContactFacts) -> Objection | None:
    """It ends after it begins."""
    is_backwards = facts.from_on and facts.until_on and facts.until_on < facts.from_on
    return CONTACT_BACKWARDS if is_backwards else None


def _objection_to_value(facts: ContactFacts) -> Objection | None:
    if facts.kind == ContactKind.EMAIL:
        return None if _is_email(facts.value) else NO_EMAIL.about(value=facts.value[:80])
    if facts.kind == ContactKind.PHONE:
        is_number = any(c.isdigit() for c in facts.value) and len(facts.value) <= _LONGEST_PHONE
        return None if is_number else NO_PHONE
    return None if facts.value.strip() else NO_POSTAL


def _is_email(text: str) -> bool:
    try:
        validate_email(text)
    except ValidationError:
        return False
    return len(text) <= _LONGEST_EMAIL


def objection_to_preferring(row: ContactPoint, *, today: date) -> Objection | None:
    """Only what reaches somebody today is used."""
    if row.until_on and row.has_ended(today):
        return IS_OVER.about(day=date_format(row.until_on, "j M Y"))
    return None


def objection_to_ending_contact(
    *, is_used: bool, until_on: date | None, today: date
) -> Objection | None:
    """What is used goes on being used until another one is preferred."""
    ends = until_on is not None and until_on < today
    return IS_USED if is_used and ends else None


def objection_to_verifying(how: str) -> Objection | None:
    """Somebody who says that it works says how they know."""
    return None if how.strip() else HOW_VERIFIED


def objection_to_removing_contact(
    *, is_used: bool, is_last_known: bool, reason: str
) -> Objection | None:
    """Only what was wrong is taken away, and not what is used, or was while nothing else is."""
    if is_used or is_last_known:
        return IS_USED if is_used else NOTHING_USED
    return None if reason.strip() else WHY_CONTACT_GONE
