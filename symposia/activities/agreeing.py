"""When an agreement may be written, sent, signed and ended; what may stand in its words."""

import re
import uuid
from collections.abc import Mapping
from datetime import date, timedelta
from pathlib import Path

from django.utils.translation import gettext_lazy as _

from symposia.activities.models import Activity, Agreement, AgreementState, Contributor, Rate
from symposia.shared.money import Money
from symposia.shared.refusals import Objection
from symposia.work.kinds import PDF, kind_of

PLACEHOLDERS = frozenset(
    {
        *("organisation", "person", "activity", "number", "day", "place"),
        *("service", "services", "quantity", "unit", "rate", "fee", "currency", "until"),
    }
)
DEFAULT_TEXT = Path(__file__).with_name("agreement.en.txt").read_text(encoding="utf-8")
YEAR = timedelta(days=366)
LARGEST = 20 * 1024 * 1024
_FOUND = re.compile(r"\{([^{}]*)\}")

COVERS_TOO_LONG = Objection(
    "covers_too_long",
    _("An agreement covers later activities for at most a year: until %(day)s."),
)
COVERS_BEFORE = Objection("covers_before", _("It covers later activities until after its own day."))
TERM_NOT_IN_WORDS = Objection(
    "term_not_in_words",
    _("The words of agreements do not say {until}. Whoever signs must read what it covers."),
)
NOT_UNDER = Objection(
    "not_under", _("%(number)s does not cover %(person)s on %(day)s. Write an agreement.")
)
NOT_ON_THE_LIST = Objection(
    "placeholder_unknown",
    _("{%(name)s} cannot be filled in. These can: %(known)s."),
)
TEMPLATE_EMPTY = Objection(
    "template_empty", _("The words must name the person and the fee: {person} and {fee}.")
)
NO_AGREEMENT_NOW = Objection(
    "no_agreement_now", _("The activity is “%(state)s”. Nobody is engaged for it any more.")
)
HAS_AGREEMENT = Objection(
    "has_agreement", _("%(person)s has an agreement for this activity already: %(number)s.")
)
WHAT_FOR = Objection("services_missing", _("Say what the person does for the fee."))
NOT_A_QUANTITY = Objection("quantity_missing", _("Say how many hours or days."))
NO_FEE_BELOW_NOTHING = Objection("fee_below_nothing", _("A fee is not less than nothing."))
OTHER_CURRENCY = Objection(
    "agreement_currency", _("The books are kept in %(currency)s; fees are agreed in it.")
)
ABOVE_CEILING = Objection(
    "above_fair_market_value",
    _("%(amount)s is above the ceiling of fair market value, %(ceiling)s. It cannot be agreed."),
)
ABOVE_NEEDS_REASON = Objection(
    "above_needs_reason",
    _("The fee is above the rate card, or the card has none. Write why it is fair."),
)
ABOVE_NEEDS_SECOND = Objection(
    "above_needs_second",
    _("The fee is above the rate card. Another person who keeps the rules agrees to it first."),
)
NOT_ABOVE = Objection("not_above", _("This fee is within the rate card. Nobody has to agree."))
OWN_FEE = Objection("own_fee", _("You wrote this fee. Another person agrees to it."))
NOT_A_DRAFT = Objection("agreement_not_draft", _("It was sent already. Take it back first."))
NOT_SENT = Objection("agreement_not_sent", _("This agreement is “%(state)s”."))
NOT_ACCEPTED = Objection("not_accepted", _("%(person)s has not accepted it yet."))
OTHER_WORDS = Objection(
    "agreement_changed", _("The agreement changed while you read it. Read it again.")
)
NEEDS_FACTOR = Objection(
    "agreement_needs_factor",
    _("Signing asks for a second factor used within the last five minutes."),
)
PAPER_TOO_LARGE = Objection(
    "signed_file_too_large", _("A signed agreement has at most %(megabytes)s megabytes.")
)
NOT_A_PDF = Objection("not_a_signed_pdf", _("Hand in the signed agreement as a PDF."))
WHY_ENDED = Objection("why_ended", _("Write why; it stays with the agreement."))
NO_ADDRESS = Objection(
    "agreement_no_address", _("We know no e-mail address of %(person)s. Write it with the person.")
)
NOT_INVITED = Objection(
    "not_invited",
    _(
        "%(person)s is not invited as faculty yet, and the agreement goes by that link. Invite "
        "first, or hand in what was signed on paper."
    ),
)
RATE_BELOW = Objection("rate_not_positive", _("A rate is more than nothing."))
CEILING_BELOW = Objection("ceiling_below", _("The ceiling does not lie below the rate."))
RATE_BEFORE = Objection(
    "rate_before", _("A rate from %(day)s is on the card already. A new one begins later.")
)
NO_SOURCE = Objection("rate_source", _("Say where the number comes from."))


def objection_to_rate(
    amount: Money, ceiling: Money, *, source: str, from_on: date, last: Rate | None
) -> Objection | None:
    """A rate lies under its ceiling, says where it comes from, and begins after the one before."""
    if amount.minor <= 0:
        return RATE_BELOW
    if ceiling.minor < amount.minor:
        return CEILING_BELOW
    if not source.strip():
        return NO_SOURCE
    return RATE_BEFORE.about(day=last.from_on) if last and from_on <= last.from_on else None


def objection_to_words(text: str) -> Objection | None:
    """Only what is on the list is filled in, and the two things that matter are there."""
    names = _FOUND.findall(text)
    strange = next((name for name in names if name not in PLACEHOLDERS), None)
    if strange is not None:
        return NOT_ON_THE_LIST.about(name=strange, known=", ".join(sorted(PLACEHOLDERS)))
    return None if {"person", "fee"} <= set(names) else TEMPLATE_EMPTY


def filled(text: str, values: Mapping[str, str]) -> str:
    """The words with their values; a value that looks like a placeholder stays as it is."""
    return _FOUND.sub(lambda found: values.get(found.group(1), found.group(0)), text)


def blocks_of(text: str) -> list[tuple[bool, str]]:
    """The words line by line, each with whether it is a heading."""
    lines = (line.strip() for line in text.splitlines() if line.strip())
    return [(line.startswith("# "), line.removeprefix("# ")) for line in lines]


def objection_to_drafting(
    activity: Activity, person: Contributor, standing: Agreement | None
) -> Objection | None:
    """One agreement with each person, before the activity is over."""
    if activity.is_past:
        return NO_AGREEMENT_NOW.about(state=activity.get_state_display())
    if standing:
        return HAS_AGREEMENT.about(person=person.name, number=standing.number)
    return None


def objection_to_fee(agreement: Agreement, *, currency: str) -> Objection | None:
    """What is agreed lies within the card; above it with a reason; above the ceiling never."""
    if agreement.quantity <= 0:
        return NOT_A_QUANTITY
    if agreement.each_minor < 0:
        return NO_FEE_BELOW_NOTHING
    if agreement.currency != currency:
        return OTHER_CURRENCY.about(currency=currency)
    if not agreement.services.strip():
        return WHAT_FOR
    return objection_to_term(agreement) or _objection_to_amount(agreement)


def _objection_to_amount(agreement: Agreement) -> Objection | None:
    rate = agreement.rate
    if rate and agreement.each_minor > rate.ceiling_minor:
        return ABOVE_CEILING.about(amount=str(agreement.each), ceiling=str(rate.ceiling))
    needs_reason = agreement.is_above and agreement.each_minor
    return None if agreement.above_because.strip() or not needs_reason else ABOVE_NEEDS_REASON


def objection_to_term(agreement: Agreement) -> Objection | None:
    """An agreement covers later activities, for a year at most."""
    if agreement.covers_until is None:
        return None
    day = agreement.activity.wall_starts.date()
    if agreement.covers_until <= day:
        return COVERS_BEFORE
    last = day + YEAR
    return COVERS_TOO_LONG.about(day=last) if agreement.covers_until > last else None


def objection_to_words_of_term(agreement: Agreement, words: str) -> Objection | None:
    """What covers more than one activity says so to whoever signs it."""
    silent = agreement.covers_until is not None and "{until}" not in words
    return TERM_NOT_IN_WORDS if silent else None


def objection_to_calling_off(under: Agreement, person: Contributor, day: date) -> Objection | None:
    """A signed agreement with the same person covers the day."""
    first, last = under.activity.wall_starts.date(), under.covers_until
    covers = last is not None and first <= day <= last
    if covers and under.state == AgreementState.SIGNED and under.contributor_id == person.pk:
        return None
    return NOT_UNDER.about(number=under.number, person=person.name, day=day)


def objection_to_agreeing_above(
    agreement: Agreement, *, by_id: uuid.UUID | None
) -> Objection | None:
    """Somebody else than who wrote the fee looks at it."""
    if agreement.state != AgreementState.DRAFT:
        return NOT_A_DRAFT
    if not agreement.is_above or not agreement.each_minor:
        return NOT_ABOVE
    return OWN_FEE if by_id in {None, agreement.made_by_id} else None


def objection_to_sending(
    agreement: Agreement, *, email: str = "-", is_invited: bool = True
) -> Objection | None:
    """It goes by the link of a person's tasks, so to somebody who was invited."""
    if agreement.state != AgreementState.DRAFT:
        return NOT_A_DRAFT
    if agreement.is_above and agreement.each_minor and agreement.above_agreed_at is None:
        return ABOVE_NEEDS_SECOND
    if not email:
        return NO_ADDRESS.about(person=agreement.contributor.name)
    return None if is_invited else NOT_INVITED.about(person=agreement.contributor.name)


def objection_to_accepting(agreement: Agreement, *, seen: str) -> Objection | None:
    """Whoever accepts accepts exactly the words they were shown."""
    if agreement.state != AgreementState.SENT:
        return NOT_SENT.about(state=agreement.get_state_display())
    return None if seen == agreement.sha256 else OTHER_WORDS


def objection_to_countersigning(agreement: Agreement) -> Objection | None:
    """The organisation signs after the person, exactly once."""
    if agreement.state != AgreementState.SENT:
        return NOT_SENT.about(state=agreement.get_state_display())
    if agreement.accepted_at is None:
        return NOT_ACCEPTED.about(person=agreement.contributor.name)
    return None


def objection_to_factor(factor: str) -> Objection | None:
    """Whoever signs for the organisation has proved a moment ago who they are."""
    return None if factor else NEEDS_FACTOR


def objection_to_paper(agreement: Agreement) -> Objection | None:
    """A signed file takes the place of both signatures on the screen."""
    if agreement.state not in {AgreementState.DRAFT, AgreementState.SENT}:
        return NOT_SENT.about(state=agreement.get_state_display())
    unsent = agreement.state == AgreementState.DRAFT
    return objection_to_sending(agreement) if unsent else None


def objection_to_signed_file(content: bytes) -> Objection | None:
    """What is kept as signed is a whole PDF: a file cut at the limit would be another paper."""
    if len(content) > LARGEST:
        return PAPER_TOO_LARGE.about(megabytes=LARGEST // 1024**2)
    return None if kind_of(content, (PDF,)) else NOT_A_PDF


def objection_to_ending_agreement(agreement: Agreement, *, reason: str) -> Objection | None:
    """An agreement ends once, for a reason."""
    if agreement.state == AgreementState.ENDED:
        return NOT_SENT.about(state=agreement.get_state_display())
    return None if reason.strip() else WHY_ENDED
