from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.timezone import now

from symposia.accounts.queries import this_organisation
from symposia.audit.actions import record
from symposia.directory.asking import ways_of
from symposia.directory.consent_lines import ConsentLine, accepted
from symposia.directory.consent_words import Basis
from symposia.directory.events import ConsentChanged
from symposia.directory.letters import write_own_page
from symposia.directory.models import Clinician, ConsentBasis, ConsentSource, ConsentStatement
from symposia.directory.policies.asking import (
    NO_ADDRESS_FOR_PAGE,
    NOTHING_TO_TAKE,
    NOTHING_TO_WITHDRAW,
    objection_to_basis,
    objection_to_proof,
    objection_to_statement,
)
from symposia.directory.queries import bases, channels_left
from symposia.shared.actors import Actor
from symposia.shared.events import announce
from symposia.shared.refusals import refuse_if
from symposia.work.models import StoredFile


@dataclass(frozen=True)
class ConsentFacts:
    """What a person said, when, and how one knows."""

    purpose: str
    channel: str
    given: bool
    source: str = ConsentSource.SELF
    proof: str = ""
    proof_file: StoredFile | None = None
    # Now, and the words of the organisation as they stand, unless said otherwise.
    said_at: datetime | None = None
    wording: str = ""


@transaction.atomic
def state_consent(clinician: Clinician, facts: ConsentFacts, *, by: Actor) -> ConsentStatement:
    """Note what a person said of being reached one way for one purpose; the last word stands."""
    clinician = Clinician.objects.locked(clinician.pk)
    at = now()
    said_at = facts.said_at or at
    heard_by = by.name if facts.source == ConsentSource.VOICE else ""
    proof = facts.proof.strip() or heard_by

    refuse_if(objection_to_statement(facts.purpose, facts.channel, said_at=said_at, at=at))
    refuse_if(objection_to_proof(facts.source, proof, facts.proof_file is not None))

    statement = ConsentStatement.objects.create(
        clinician=clinician,
        purpose=facts.purpose,
        channel=facts.channel,
        given=facts.given,
        wording=facts.wording.strip() or str(bases()[facts.purpose].wording),
        source=facts.source,
        proof=proof[:300],
        proof_file=facts.proof_file,
        said_at=said_at,
        recorded_at=at,
        recorded_by_id=by.id,
        recorded_by_name=by.name,
    )
    said = "given" if facts.given else "withdrawn"
    details = {"clinician": clinician.pk, "purpose": facts.purpose, "channel": facts.channel}
    record(by, f"consent.{said}", statement, details=details)
    announce(ConsentChanged(clinician.pk, facts.purpose, facts.channel, facts.given))
    return statement


@transaction.atomic
def withdraw_all_consent(
    clinician: Clinician, *, by: Actor, source: str = ConsentSource.SELF, proof: str = ""
) -> list[ConsentStatement]:
    """The person wants to be asked nothing more: each way that was still open is closed."""
    ways = [way for purpose in ways_of(clinician) for way in purpose.ways]
    still_open = [way for way in ways if way.said is None or way.said.given]

    refuse_if(None if still_open else NOTHING_TO_WITHDRAW)

    return [
        state_consent(
            clinician,
            ConsentFacts(way.purpose, way.channel, given=False, source=source, proof=proof),
            by=by,
        )
        for way in still_open
    ]


@transaction.atomic
def withdraw_purpose(clinician: Clinician, purpose: str, *, proof: str, by: Actor) -> None:
    """The person pressed the button of a message: asked for this no more, by no channel."""
    source = ConsentSource.BUTTON
    for channel in channels_left(clinician.pk, purpose):
        facts = ConsentFacts(purpose, channel, given=False, source=source, proof=proof)
        state_consent(clinician, facts, by=by)


@transaction.atomic
def change_consent_basis(basis: Basis, *, by: Actor) -> ConsentBasis:
    """Say on what a purpose rests here; what people said under other words keeps those."""
    refuse_if(objection_to_basis(basis))

    row = ConsentBasis.objects.select_for_update().filter(purpose=basis.purpose).first()
    was = bases()[basis.purpose]
    row = row or ConsentBasis(purpose=basis.purpose)
    row.asks_without, row.legal_basis = basis.asks_without, str(basis.legal_basis)
    row.wording, row.changed_at, row.changed_by_name = str(basis.wording), now(), by.name
    row.save()
    changes = [
        {"field": name, "was": str(getattr(was, name)), "now": str(getattr(basis, name))}
        for name in ("asks_without", "legal_basis", "wording")
        if getattr(was, name) != getattr(basis, name)
    ]
    record(by, "consent.basis_changed", row, details={"changes": changes})
    return row


@transaction.atomic
def import_consents(lines: Sequence[ConsentLine], *, file_name: str, by: Actor) -> int:
    """Take what a file says people said, in its order; answers how many statements that made."""
    taken = accepted(lines)

    refuse_if(None if taken else NOTHING_TO_TAKE)

    for clinician, line in taken:
        proof = " · ".join(filter(None, (file_name, line.proof)))
        facts = ConsentFacts(
            line.purpose,
            line.channel,
            line.given,
            source=ConsentSource.IMPORT,
            proof=proof,
            said_at=line.said_at,
            wording=line.wording,
        )
        state_consent(clinician, facts, by=by)
    record(by, "consent.imported", details={"file": file_name, "statements": len(taken)})
    return len(taken)


@transaction.atomic
def send_own_page(clinician: Clinician, *, by: Actor) -> None:
    """Let the person see and say it all without an account; the address goes to them alone."""
    refuse_if(None if clinician.email else NO_ADDRESS_FOR_PAGE)

    write_own_page(clinician, this_organisation(), by=by)
    record(by, "clinician.own_page_sent", clinician)
