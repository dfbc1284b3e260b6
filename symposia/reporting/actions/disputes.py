"""Recipients object to what stands of them, and are answered; what files ask of a recipient."""

import uuid
from dataclasses import dataclass

from django.db import transaction
from django.utils.timezone import now

from symposia.accounts.queries import local_day
from symposia.audit.actions import record
from symposia.directory.models import Clinician, Institution
from symposia.reporting.events import DisputeAnswered, TransferDisputed
from symposia.reporting.models import (
    DisputeState,
    RecipientFacts,
    TransferDispute,
    TransferOfValue,
)
from symposia.reporting.transfer_rules import (
    answer_by,
    objection_to_answering,
    objection_to_disputing,
    objection_to_hospital_number,
)
from symposia.reporting.transfers.schemes import scheme_rule
from symposia.shared.actors import Actor
from symposia.shared.events import announce
from symposia.shared.refusals import refuse_if


@transaction.atomic
def dispute_transfer(
    transfer: TransferOfValue, clinician: Clinician, words: str, *, by: Actor
) -> TransferDispute:
    """Say that a transfer is not as it stands; it is answered by a day."""
    transfer = TransferOfValue.objects.locked(transfer.pk)
    is_open = TransferDispute.objects.open().filter(transfer=transfer).exists()

    refuse_if(objection_to_disputing(transfer, is_open, words))

    rule = scheme_rule(transfer.scheme) if transfer.scheme else None
    made = TransferDispute.objects.create(
        transfer=transfer,
        activity_id=transfer.activity_id,
        clinician=clinician,
        words=words.strip()[:1000],
        edition=transfer.share.edition,
        due_on=answer_by(rule, local_day()),
    )
    record(by, "transfer.disputed", made, details={"number": transfer.number})
    announce(TransferDisputed(transfer.pk, made.pk))
    return made


@transaction.atomic
def answer_dispute(
    dispute: TransferDispute, state: str, answer: str, *, by: Actor
) -> TransferDispute:
    """Answer an objection: corrected, once something changed, or reported as it was."""
    dispute = TransferDispute.objects.locked(dispute.pk)
    transfer = TransferOfValue.objects.select_related("share").get(pk=dispute.transfer_id)

    refuse_if(objection_to_answering(dispute, state, answer, transfer.share.edition))

    _settle(dispute, state, answer, by)
    record(by, f"dispute.{state}", dispute, reason=answer)
    announce(DisputeAnswered(transfer.pk, dispute.pk))
    return dispute


@transaction.atomic
def withdraw_dispute(dispute: TransferDispute, *, by: Actor) -> TransferDispute:
    """Take an objection back; the recipient's own step."""
    dispute = TransferDispute.objects.locked(dispute.pk)

    state = DisputeState.WITHDRAWN
    refuse_if(objection_to_answering(dispute, state, "-", dispute.edition))

    _settle(dispute, state, "", by)
    record(by, "dispute.withdrawn", dispute)
    return dispute


def _settle(dispute: TransferDispute, state: str, answer: str, by: Actor) -> None:
    dispute.move(state, answer=answer.strip()[:1000], answered_at=now(), answered_by_name=by.name)


@dataclass(frozen=True)
class AskedOfRecipient:
    """Where somebody practises and how a body calls them."""

    street: str = ""
    postal_code: str = ""
    hospital_number: str = ""
    body_type: str = ""


@transaction.atomic
def keep_recipient_facts(
    of: Clinician | Institution, facts: AskedOfRecipient, *, by: Actor
) -> RecipientFacts:
    """Say what files of transfers ask of a recipient."""
    refuse_if(objection_to_hospital_number(facts.hospital_number))

    key: dict[str, uuid.UUID] = {
        "clinician_id" if isinstance(of, Clinician) else "institution_id": of.pk
    }
    kept = RecipientFacts.objects.select_for_update().filter(**key).first()
    kept = kept or RecipientFacts(**key)
    kept.street, kept.postal_code = facts.street.strip()[:55], facts.postal_code.strip()[:20]
    kept.hospital_number = facts.hospital_number.strip()
    kept.body_type = facts.body_type
    kept.changed_at, kept.changed_by_name = now(), by.name
    kept.save()
    record(by, "recipient.facts_kept", kept)
    return kept
