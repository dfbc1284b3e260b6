from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils.timezone import now

from symposia.accounts.queries import local_day, person_behind, this_organisation
from symposia.audit.actions import record
from symposia.credits.events import ExternalCreditDecided, ExternalCreditHandedIn
from symposia.credits.external import (
    RETURN_WHY,
    ExternalFacts,
    objection_to_deciding_external,
    objection_to_external_credit,
    objection_to_proof,
    objection_to_revoking_share,
    objection_to_sharing,
)
from symposia.credits.letters import external_values
from symposia.credits.models import ExternalCredit, ExternalState, TranscriptShare
from symposia.directory.models import Clinician
from symposia.notifications.actions import queue_message
from symposia.shared.actors import Actor
from symposia.shared.events import announce
from symposia.shared.refusals import refuse_if
from symposia.work.files import store_file
from symposia.work.kinds import kind_of

PURPOSE = "external credit"


@dataclass(frozen=True)
class Proof:
    """The certificate or letter of another provider, as it was handed in."""

    name: str
    content: bytes


@transaction.atomic
def hand_in_external_credit(
    clinician: Clinician, facts: ExternalFacts, proof: Proof, *, by: Actor
) -> ExternalCredit:
    """Enter credit that a learner earned elsewhere, with its proof; the office decides."""
    clinician = Clinician.objects.locked(clinician.pk)
    whole = Clinician.objects.of_person(clinician.pk)
    twin = ExternalCredit.objects.standing().filter(
        clinician__in=whole,
        system=facts.system,
        earned_on=facts.earned_on,
        title=facts.title.strip(),
    )

    refuse_if(objection_to_external_credit(facts, twin.first(), today=local_day()))
    refuse_if(objection_to_proof(proof.content))

    file = store_file(
        proof.content,
        name=proof.name,
        content_type=kind_of(proof.content),
        purpose=PURPOSE,
        subject_id=clinician.pk,
        by=by,
    )
    credit = ExternalCredit.objects.create(
        clinician=clinician,
        system=facts.system,
        title=facts.title.strip(),
        provider=facts.provider.strip(),
        earned_on=facts.earned_on,
        amount=facts.amount,
        subjects=sorted(set(facts.subjects)),
        file=file,
        sha256=file.sha256,
    )
    record(by, "external_credit.handed_in", credit, details={"amount": str(credit.amount)})
    announce(ExternalCreditHandedIn(credit.pk, clinician.pk))
    return credit


@transaction.atomic
def accept_external_credit(credit: ExternalCredit, *, by: Actor) -> ExternalCredit:
    """Find the proof right: from here on it counts in transcript and requirements."""
    credit = _to_decide(credit, by=by)
    return _decide(credit, ExternalState.ACCEPTED, "", by=by)


@transaction.atomic
def return_external_credit(credit: ExternalCredit, *, reason: str, by: Actor) -> ExternalCredit:
    """Send it back with what is missing; mended, it may be entered again."""
    credit = _to_decide(credit, by=by)

    refuse_if(None if reason.strip() else RETURN_WHY)

    return _decide(credit, ExternalState.RETURNED, reason, by=by)


@transaction.atomic
def withdraw_external_credit(credit: ExternalCredit, *, by: Actor) -> ExternalCredit:
    """Take back what one entered, while nobody has decided on it."""
    credit = _locked(credit)

    refuse_if(objection_to_deciding_external(credit, own_user_id=None, by_id=None))

    credit.move(ExternalState.WITHDRAWN, decided_at=now(), decided_by_name=by.name)
    record(by, "external_credit.withdrawn", credit)
    announce(ExternalCreditDecided(credit.pk, credit.clinician_id, str(credit.state)))
    return credit


@transaction.atomic
def share_transcript(
    clinician: Clinician,
    board: str,
    expires_at: datetime,
    *,
    days: tuple[date | None, date | None] = (None, None),
    by: Actor,
) -> TranscriptShare:
    """Let one board read the transcript by a link, until a day."""
    at = now()

    refuse_if(objection_to_sharing(board, expires_at, at=at, days=days))

    share = TranscriptShare.objects.create(
        clinician=clinician,
        board=board.strip(),
        from_on=days[0],
        until_on=days[1],
        made_at=at,
        expires_at=expires_at,
    )
    details = {"board": share.board, "until": f"{expires_at:%F}"}
    record(by, "transcript.shared", share, details=details)
    return share


@transaction.atomic
def revoke_transcript_share(share: TranscriptShare, *, by: Actor) -> TranscriptShare:
    """Close the link at once; who opens it is told that it is over."""
    share = TranscriptShare.objects.select_for_update().get(pk=share.pk)
    at = now()

    refuse_if(objection_to_revoking_share(share, at=at))

    share.revoked_at = at
    share.save(update_fields=["revoked_at"])
    record(by, "transcript.unshared", share)
    return share


def _to_decide(credit: ExternalCredit, *, by: Actor) -> ExternalCredit:
    credit = _locked(credit)
    own = credit.clinician.as_kept.user_id

    refuse_if(objection_to_deciding_external(credit, own_user_id=own, by_id=person_behind(by)))
    return credit


def _locked(credit: ExternalCredit) -> ExternalCredit:
    rows = ExternalCredit.objects.select_related("clinician__merged_into", "system")
    return rows.select_for_update(of=("self",)).get(pk=credit.pk)


def _decide(
    credit: ExternalCredit, state: ExternalState, reason: str, *, by: Actor
) -> ExternalCredit:
    credit.move(
        state,
        decided_at=now(),
        decided_by_name=by.name,
        decided_because=reason.strip()[:500],
    )
    record(by, f"external_credit.{state}", credit, reason=credit.decided_because)
    announce(ExternalCreditDecided(credit.pk, credit.clinician_id, str(state)))
    person = credit.clinician.as_kept
    if person.email:
        queue_message(
            "credits.external",
            to_address=person.email,
            to_name=person.called,
            language=person.language or this_organisation().language,
            values=external_values(credit),
            about=(credit._meta.label, credit.pk),
            by=by,
        )
    return credit
