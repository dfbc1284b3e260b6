"""What may be paid, and who releases it: pure rules."""

import uuid
from collections.abc import Sequence
from datetime import date

from django.utils.translation import gettext_lazy as _

from symposia.activities.models import Activity, Agreement, AgreementState
from symposia.compliance.models import Finding, Result
from symposia.finance.models import (
    BatchState,
    HandedIn,
    HandedInState,
    Payee,
    PayeeKind,
    Payment,
    PaymentBatch,
    PaymentState,
)
from symposia.shared.money import Money
from symposia.shared.refusals import Objection

NOT_OUR_ACCOUNT = Objection("not_our_account", _("Choose one of our own accounts to pay from."))
PAYS_BEFORE_TODAY = Objection("pays_yesterday", _("The day to pay has passed."))
NOT_OPEN = Objection("batch_not_open", _("This batch is not being put together: %(state)s."))
NOT_ACCEPTED = Objection("not_accepted_yet", _("%(number)s is not accepted by finance."))
POSTED_BACK = Objection(
    "posted_back", _("What was posted for %(number)s was taken back; it is not paid.")
)
IN_A_BATCH = Objection("in_a_batch", _("%(number)s is in %(batch)s already."))
OTHER_CURRENCY = Objection(
    "payment_currency", _("%(number)s is in %(theirs)s; this batch pays in %(ours)s.")
)
BY_CARD = Objection("paid_by_card", _("%(number)s was paid with a card of the house."))
NOBODY_TO_REPAY = Objection("nobody_to_repay", _("A program handed %(number)s in: nobody paid it."))
NOT_SIGNED = Objection("agreement_not_signed", _("%(number)s is not signed by both."))
NOT_OVER = Objection(
    "service_not_given", _("%(activity)s has not taken place yet; a fee is paid afterwards.")
)
NO_FEE = Objection("agreement_no_fee", _("%(number)s has no fee."))
ABOVE_CAP = Objection(
    "fee_above_cap",
    _("%(fee)s is above %(ceiling)s, the ceiling of fair market value. It is not paid."),
)
RULE_FORBIDS = Objection("rule_forbids_paying", _("%(rule)s: %(why)s It is not paid."))
NOTHING_LEFT = Objection("nothing_left_to_pay", _("Nothing of %(number)s is left to pay."))
EMPTY_BATCH = Objection("batch_empty", _("Nothing is in this batch yet."))
OWN_BATCH = Objection(
    "own_batch", _("You put this batch together, or a part of it; somebody else releases it.")
)
OWN_DETAILS_IN_IT = Objection(
    "own_details_in_batch",
    _("You changed the bank details of %(name)s lately; somebody else releases this."),
)
NOT_ALL_SEEN = Objection(
    "batch_not_all_seen", _("This batch pays for activities whose money you do not see.")
)
NOT_PLANNED = Objection("payment_not_planned", _("This does not wait to be paid: %(state)s."))
OTHER_AMOUNT = Objection("told_other_amount", _("The payment of this reference is of %(amount)s."))
NOT_SENT = Objection("told_not_sent", _("The payment of this reference is “%(state)s”."))
NOT_RELEASED = Objection("batch_not_released", _("The file is there once the batch is released."))
OTHER_FILE = Objection(
    "batch_file_differs",
    _("The file would not be the one that was released. Tell whoever runs this installation."),
)


def objection_to_batch(account: Payee, pays_on: date, *, today: date) -> Objection | None:
    """From one of our own accounts, on a day that has not passed."""
    if account.kind != PayeeKind.HOUSE:
        return NOT_OUR_ACCOUNT
    return PAYS_BEFORE_TODAY if pays_on < today else None


def objection_to_changing_batch(batch: PaymentBatch) -> Objection | None:
    """While it is put together."""
    if batch.state == BatchState.OPEN:
        return None
    return NOT_OPEN.about(state=batch.get_state_display())


def objection_to_paying_paper(
    paper: HandedIn, *, is_reversed: bool, currency: str, is_by_card: bool
) -> Objection | None:
    """What finance accepted and has not taken back, in the currency of the batch."""
    number = paper.number
    if paper.state != HandedInState.ACCEPTED:
        return NOT_ACCEPTED.about(number=number)
    if is_reversed:
        return POSTED_BACK.about(number=number)
    if is_by_card:
        return BY_CARD.about(number=number)
    if paper.currency != currency:
        return OTHER_CURRENCY.about(number=number, theirs=paper.currency, ours=currency)
    return None


def objection_to_paying_fee(
    agreement: Agreement, activity: Activity, *, currency: str
) -> Objection | None:
    """Signed by both, for what has taken place, within fair market value."""
    number, rate = agreement.number, agreement.rate
    objections = (
        (agreement.state != AgreementState.SIGNED, NOT_SIGNED.about(number=number)),
        (not agreement.each_minor, NO_FEE.about(number=number)),
        (not activity.is_over, NOT_OVER.about(activity=activity.number)),
        (
            agreement.currency != currency,
            OTHER_CURRENCY.about(number=number, theirs=agreement.currency, ours=currency),
        ),
        (
            rate is not None and agreement.each_minor > rate.ceiling_minor,
            ABOVE_CAP.about(fee=agreement.each, ceiling=rate.ceiling) if rate else None,
        ),
    )
    return next((objection for holds, objection in objections if holds), None)


def objection_by_rules(findings: Sequence[Finding]) -> Objection | None:
    """What a rule forbids and nobody excepted is not paid."""
    for each in findings:
        if each.result == Result.BLOCK and each.override is None:
            return RULE_FORBIDS.about(rule=each.title, why=each.message)
    return None


def objection_to_second_payment(number: str, standing: Payment | None) -> Objection | None:
    """Everything is paid once."""
    if standing is None:
        return None
    return IN_A_BATCH.about(number=number, batch=standing.batch.number)


def objection_to_nothing(number: str, left: Money) -> Objection | None:
    """Something is left once taxes are withheld."""
    return NOTHING_LEFT.about(number=number) if left.minor <= 0 else None


def objection_to_leaving_out(payment: Payment) -> Objection | None:
    """While it is planned."""
    if payment.state == PaymentState.PLANNED:
        return None
    return NOT_PLANNED.about(state=payment.get_state_display())


def objection_to_releasing(
    batch: PaymentBatch,
    payments: Sequence[Payment],
    *,
    by_id: uuid.UUID | None,
    fresh: Sequence[Payee],
    today: date,
) -> Objection | None:
    """Nobody releases what they put together, nor what goes where they lately pointed it; `fresh`
    are the payees whose bank details this person changed so lately."""
    if batch.state != BatchState.OPEN:
        return NOT_OPEN.about(state=batch.get_state_display())
    if not payments:
        return EMPTY_BATCH
    if by_id is None or by_id in {batch.made_by_id, *(each.added_by_id for each in payments)}:
        return OWN_BATCH
    if fresh:
        return OWN_DETAILS_IN_IT.about(name=fresh[0].name)
    return PAYS_BEFORE_TODAY if batch.pays_on < today else None


def objection_to_told(payment: Payment, moved: Money) -> Objection | None:
    """What left the account is what was released; what came back is what had left."""
    state = payment.state
    if moved.minor == -payment.amount_minor and state == PaymentState.RELEASED:
        return None
    is_out = state in (PaymentState.RELEASED, PaymentState.PAID)
    if moved.minor == payment.amount_minor and is_out:
        return None
    if abs(moved.minor) != payment.amount_minor:
        return OTHER_AMOUNT.about(amount=payment.amount)
    return NOT_SENT.about(state=payment.get_state_display())
