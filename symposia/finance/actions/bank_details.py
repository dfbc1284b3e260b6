"""Where payees are paid: entered by one person, asked back and confirmed by a second one."""

from django.db import transaction
from django.utils.timezone import now

from symposia.accounts.queries import person_behind
from symposia.audit.actions import record
from symposia.finance.bank_rules import (
    DETAILS_DECIDED,
    AccountFacts,
    objection_to_confirming,
    objection_to_details,
    plain,
)
from symposia.finance.banking import sealed_account
from symposia.finance.events import BankDetailsChanged
from symposia.finance.models import BankDetails, Payee
from symposia.shared.actors import Actor
from symposia.shared.events import announce
from symposia.shared.proposals import ProposalState
from symposia.shared.refusals import refuse_if


@transaction.atomic
def enter_details(payee: Payee, facts: AccountFacts, *, by: Actor) -> BankDetails:
    """Say where somebody is paid; nothing is paid there until a second person has asked back. The
    journal names the last four signs and no more."""
    payee = Payee.objects.locked(payee.pk)
    waiting = BankDetails.objects.of(payee).filter(state=ProposalState.WAITING).first()

    refuse_if(objection_to_details(facts, waiting))

    person, account = person_behind(by), plain(facts.account)
    if person is None:
        raise TypeError("a person enters bank details")
    details = BankDetails.objects.create(
        payee=payee,
        holder=facts.holder.strip()[:140],
        account=sealed_account(account),
        tail=account[-4:],
        bank_code=plain(facts.bank_code),
        came_by=facts.came_by,
        reason=facts.reason.strip()[:300],
        proposed_by_id=person,
        proposed_by_name=by.name,
    )
    said = {"payee": payee.name, "account": details.masked, "came_by": details.came_by}
    record(by, "bank_details.proposed", details, reason=details.reason, details=said)
    announce(BankDetailsChanged(payee.pk, details.pk))
    return details


@transaction.atomic
def confirm_details(
    details: BankDetails, *, asked_by: str, note: str = "", by: Actor
) -> BankDetails:
    """A second person has asked the payee through another channel: it is paid there from now on."""
    details = _locked(details)
    person = person_behind(by)

    refuse_if(objection_to_confirming(details, by_id=person, asked_by=asked_by))

    details.asked_by, details.asked_note = asked_by, note.strip()[:300]
    details.move(
        ProposalState.AGREED,
        asked_by=asked_by,
        asked_note=details.asked_note,
        decided_at=now(),
        decided_by_id=person,
        decided_by_name=by.name,
    )
    said = {"account": details.masked, "asked_by": asked_by}
    record(by, "bank_details.agreed", details, reason=details.asked_note, details=said)
    return details


@transaction.atomic
def drop_details(details: BankDetails, *, by: Actor) -> BankDetails:
    """They are wrong, or nobody could be asked: what held before holds again."""
    details = _locked(details)

    is_waiting = details.state == ProposalState.WAITING
    refuse_if(None if is_waiting else DETAILS_DECIDED.about(state=details.get_state_display()))

    details.move(
        ProposalState.DROPPED,
        decided_at=now(),
        decided_by_id=person_behind(by),
        decided_by_name=by.name,
    )
    record(by, "bank_details.dropped", details, details={"account": details.masked})
    return details


def _locked(details: BankDetails) -> BankDetails:
    """Its payee first, as whoever enters others holds it."""
    Payee.objects.locked(details.payee_id)
    return BankDetails.objects.select_related("payee").locked(details.pk)
