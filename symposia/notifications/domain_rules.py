"""Whether mail may leave from a domain, in words. No query, no clock."""

from collections.abc import Sequence
from datetime import datetime

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext_lazy as _

from symposia.notifications.models import SenderDomain
from symposia.notifications.sender_records import Expected, Finding, Kind
from symposia.shared.lists import Words
from symposia.shared.refusals import Objection

LONGEST = 200
NO_SENDER_DOMAIN = Objection(
    "no_sender_domain", _("“%(domain)s” is no domain that mail can come from: write example.org.")
)
NOT_AT_DOMAIN = Objection(
    "not_at_domain", _("The address must be at the domain itself, as events@%(domain)s.")
)
CHECK_ASKED = Objection("check_asked", _("The name servers are being asked at this moment."))

# What is the matter with a record, and what to do.
PROBLEMS: dict[str, Words] = {
    "spf_missing": _("There is no SPF record. Publish this one."),
    "spf_twice": _("There are two SPF records, so none counts. Make one of them."),
    "spf_too_long": _(
        "The SPF record and what it includes ask for more than ten lookups, so receivers ignore"
        " it. Take out what no longer sends for you."
    ),
    "spf_without_us": _(
        "The SPF record does not name our mail servers. Add %(spf)s before its all."
    ),
    "dkim_missing": _("There is no key at this name. Publish this record."),
    "dkim_twice": _("There are two texts at this name, so neither counts. Leave this one alone."),
    "dkim_other_key": _("Another key stands at this name. Put this one in its place."),
    "dkim_key_lost": _(
        "The private half of the key cannot be opened any more. Save the domain again: that makes"
        " another pair."
    ),
    "dmarc_missing": _(
        "There is no DMARC record. Publish this one, or with p=none while you only watch."
    ),
    "dmarc_twice": _("There are two DMARC records, so none counts. Leave one."),
    "dmarc_without_policy": _("The DMARC record does not say what p is: none, quarantine, reject."),
    "unanswered": _("The name servers of the domain have not answered for three days."),
}
WHAT_FOR: dict[str, Words] = {
    Kind.SPF: _("which mail servers may send for the domain"),
    Kind.DKIM: _("the key that our signature is checked with"),
    Kind.DMARC: _("what receivers do with mail that is neither"),
}


def normal_domain(text: str) -> str:
    """As DNS has it: small letters, no @ before it, no dot behind it."""
    plain = text.strip().lower().removeprefix("@").rstrip(".")
    try:
        return plain.encode("idna").decode()
    except UnicodeError:
        return plain


def normal_address(text: str) -> str:
    """An address whose domain is as DNS has it."""
    local, _at, domain = text.strip().lower().rpartition("@")
    return f"{local}@{normal_domain(domain)}"


def sentence_of(problem: str, expected: Expected) -> str:
    """What is the matter with a record, and what to do; nothing where it holds."""
    return str(PROBLEMS[problem]) % {"spf": expected.spf} if problem else ""


def objection_to_sender_domain(domain: str, address: str) -> Objection | None:
    """Mail comes from an address at the domain itself: then its records speak for it."""
    # Without what comes before it in DNS: `_dmarc.` and the name of the key.
    if not _is_address(f"a@{domain}") or len(domain) > LONGEST:
        return NO_SENDER_DOMAIN.about(domain=domain[:80])
    is_there = _is_address(address) and address.rpartition("@")[2] == domain
    return None if is_there else NOT_AT_DOMAIN.about(domain=domain)


def _is_address(text: str) -> bool:
    try:
        validate_email(text)
    except ValidationError:
        return False
    return len(text) <= 254


def objection_to_checking(domain: SenderDomain, at: datetime) -> Objection | None:
    """One check at a time."""
    return CHECK_ASKED if domain.is_being_checked(at) else None


def holds(findings: Sequence[Finding]) -> bool:
    """Mail leaves from a domain when each record is as it has to be."""
    return bool(findings) and not any(each.problem for each in findings)
