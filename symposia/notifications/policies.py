from collections.abc import Sequence

from django.core.exceptions import ValidationError
from django.core.validators import validate_domain_name, validate_email
from django.utils.translation import gettext_lazy as _

from symposia.notifications.models import Delivery, MessageTemplate, MessageVersion, State
from symposia.notifications.reports import Report
from symposia.notifications.wording import PLACEHOLDER, Button, Wording
from symposia.shared.refusals import Objection

BAD_ADDRESS = Objection("bad_address", _("“%(address)s” is not an e-mail address."))
NOT_FAILED = Objection(
    "not_failed", _("Only a message that failed or was refused can be sent again.")
)
NO_REASON = Objection(
    "return_reason", _("Write how the person asked to be invited again; it stays in the journal.")
)
NOT_A_REPORT = Objection(
    "not_a_report",
    _("This is no report of a mail server (RFC 3464) and no complaint (RFC 5965)."),
)
NOT_OURS = Objection(
    "not_ours", _("The report is about a message that this organisation did not send.")
)
NO_DOMAIN = Objection("no_domain", _("“%(domain)s” is no domain: write example.org."))
NO_PACE = Objection("no_pace", _("At least one message a minute, or nothing ever leaves."))
WORDS_IN_USE = Objection("words_in_use", _("These words are in use already."))
TOO_LATE = Objection("too_late", _("This message has already left."))
UNKNOWN_PLACEHOLDERS = Objection(
    "unknown_placeholders", _("This message knows no %(names)s; it knows %(known)s.")
)
LOST_LINK = Objection(
    "lost_link", _("The message needs its button [..]({%(link)s}): people answer through it.")
)

LINK_IN_SUBJECT = Objection(
    "link_in_subject",
    _("A personal link stands in the body alone: subjects are read by others than the receiver."),
)


def objection_to_address(address: str) -> Objection | None:
    """Refuses what is no single address, line breaks above all."""
    try:
        validate_email(address)
    except ValidationError:
        return BAD_ADDRESS.about(address=address[:80])
    return None


def objection_to_lifting(reason: str) -> Objection | None:
    """Who asked not to be invited is invited again only if they asked for that."""
    return None if reason.strip() else NO_REASON


def objection_to_retrying(delivery: Delivery) -> Objection | None:
    """Only what did not arrive is sent again."""
    return None if delivery.state in {State.FAILED, State.BOUNCED} else NOT_FAILED


def objection_to_cancelling_message(delivery: Delivery) -> Objection | None:
    """A message is kept back while no mail server has it."""
    return None if delivery.state == State.WAITING else TOO_LATE


def objection_to_wording(shipped: Wording, own: Wording) -> Objection | None:
    """An organisation chooses its words, not what is filled in nor where people answer."""
    if unknown := own.unknown_placeholders:
        braced = ", ".join(f"{{{name}}}" for name in sorted(unknown))
        known = ", ".join(f"{{{name}}}" for name in sorted(own.placeholders))
        return UNKNOWN_PLACEHOLDERS.about(names=braced, known=known)
    if any(name.endswith("link") for name in PLACEHOLDER.findall(own.subject)):
        return LINK_IN_SUBJECT
    kept = {block.link for block in own.blocks if isinstance(block, Button)}
    for block in shipped.blocks:
        if isinstance(block, Button) and block.link not in kept:
            return LOST_LINK.about(link=block.link)
    return None


def objection_to_using_words(
    version: MessageVersion, template: MessageTemplate | None
) -> Objection | None:
    """Words are taken into use once; another version takes their place."""
    in_use = template is not None and template.version_id == version.pk
    return WORDS_IN_USE if in_use else None


def objection_to_pace(domain: str, per_minute: int) -> Objection | None:
    """A pace is of a domain as it stands in addresses, and lets something through."""
    try:
        validate_domain_name(domain)
    except ValidationError:
        return NO_DOMAIN.about(domain=domain[:80])
    return None if per_minute > 0 else NO_PACE


def objection_to_reports(reports: Sequence[Report]) -> Objection | None:
    """Only what says what became of a message changes anything."""
    return None if reports else NOT_A_REPORT


def objection_to_report(delivery: Delivery | None) -> Objection | None:
    """Nobody marks an address to which nothing was sent."""
    return None if delivery else NOT_OURS
