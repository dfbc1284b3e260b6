"""What an account is, and when it may be paid to: pure rules."""

import re
import uuid
from dataclasses import dataclass
from datetime import timedelta

from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from symposia.finance.models import BankDetails, Channel, Payee
from symposia.shared.proposals import ProposalState
from symposia.shared.refusals import Objection

BAD_IBAN = Objection("iban_wrong", _("This IBAN has a slip in it: its check digits do not fit."))
BAD_ACCOUNT = Objection(
    "account_wrong", _("An account number has 4 to 34 letters and digits and nothing else.")
)
BAD_CODE = Objection("bank_code_wrong", _("A bank code has 6 to 14 letters and digits."))
NO_HOLDER = Objection("no_holder", _("Write whose account it is."))
NO_CHANNEL = Objection("no_channel", _("Say how it came."))
SAME_CHANNEL = Objection(
    "same_channel",
    _("They came like that. Ask back another way, under an address or number known before."),
)
DETAILS_WAITING = Objection(
    "details_waiting", _("A change by %(who)s waits already. Confirm it or drop it first.")
)
DETAILS_DECIDED = Objection("details_decided", _("This does not wait any more: %(state)s."))
OWN_DETAILS = Objection(
    "own_details", _("You entered them yourself; a second person asks back and confirms.")
)
NO_DETAILS = Objection("no_details", _("Nobody has said where %(name)s is paid."))
DETAILS_HELD = Objection(
    "details_held",
    _(
        "The bank details of %(name)s changed on %(day)s. They are held until a second person has "
        "asked back through another channel."
    ),
)

_ACCOUNT = re.compile("[0-9A-Z]{4,34}")
_CODE = re.compile("[0-9A-Z]{6,14}")
_IBAN = re.compile("[A-Z]{2}[0-9]{2}[0-9A-Z]{11,30}")


@dataclass(frozen=True)
class AccountFacts:
    """An account as somebody wrote it, and how it came."""

    holder: str
    account: str
    bank_code: str
    came_by: str
    reason: str = ""


def plain(text: str) -> str:
    """Without the spaces and hyphens that people put in."""
    return re.sub(r"[\s.-]", "", text).upper()


def is_iban(account: str) -> bool:
    """Whether it is written as one: a country, two digits, and at least eleven more signs."""
    return bool(_IBAN.fullmatch(account))


def iban_fits(account: str) -> bool:
    """The check of ISO 13616: the remainder by 97 is one."""
    turned = account[4:] + account[:4]
    return int("".join(str(int(each, 36)) for each in turned)) % 97 == 1


def objection_to_details(facts: AccountFacts, waiting: BankDetails | None) -> Objection | None:
    """A holder, an account that can be one, how it came; one change at a time."""
    account, code = plain(facts.account), plain(facts.bank_code)
    objections = (
        (waiting, DETAILS_WAITING.about(who=waiting.proposed_by_name) if waiting else None),
        (not facts.holder.strip(), NO_HOLDER),
        (not _ACCOUNT.fullmatch(account), BAD_ACCOUNT),
        (is_iban(account) and not iban_fits(account), BAD_IBAN),
        (code and not _CODE.fullmatch(code), BAD_CODE),
        (facts.came_by not in Channel.values, NO_CHANNEL),
    )
    return next((objection for holds, objection in objections if holds), None)


def objection_to_confirming(
    details: BankDetails, *, by_id: uuid.UUID | None, asked_by: str
) -> Objection | None:
    """A second person, through another channel, while they wait."""
    if details.state != ProposalState.WAITING:
        return DETAILS_DECIDED.about(state=details.get_state_display())
    if by_id is None or by_id == details.proposed_by_id:
        return OWN_DETAILS
    if asked_by not in Channel.values:
        return NO_CHANNEL
    return SAME_CHANNEL if asked_by == details.came_by else None


def objection_to_paying_there(payee: Payee, details: BankDetails | None) -> Objection | None:
    """What nobody has confirmed holds every payment there."""
    if details is None:
        return NO_DETAILS.about(name=payee.name)
    if details.state == ProposalState.AGREED:
        return None
    day = date_format(details.proposed_at, "j M Y")
    return DETAILS_HELD.about(name=payee.name, day=day)


def is_fresh(details: BankDetails, *, at: object, days: int) -> bool:
    """Whether they changed so lately that whoever changed them releases nothing to them."""
    return bool(details.proposed_at + timedelta(days=days) > at)  # type: ignore[operator]
