import hashlib
from typing import Any

from django.db import transaction
from django.utils.timezone import now

from symposia.accounts.actions import next_numbers
from symposia.accounts.queries import local_day, person_behind, this_organisation
from symposia.activities.actions.amending import note_preparer, refuse_blocked
from symposia.activities.actions.rules import check_rules
from symposia.activities.agreed import (
    AgreementFacts,
    agreement_with,
    rate_on,
    values_for,
    words_now,
)
from symposia.activities.agreeing import (
    filled,
    objection_to_accepting,
    objection_to_agreeing_above,
    objection_to_countersigning,
    objection_to_drafting,
    objection_to_ending_agreement,
    objection_to_factor,
    objection_to_fee,
    objection_to_paper,
    objection_to_sending,
    objection_to_signed_file,
    objection_to_words_of_term,
)
from symposia.activities.agreement_letters import write_agreement
from symposia.activities.agreement_printing import print_agreement
from symposia.activities.events import ActivityChanged, AgreementChanged
from symposia.activities.models import Activity, Agreement, AgreementState, Contributor
from symposia.activities.policies import AMENDABLE
from symposia.activities.tasks_of_faculty import invitation_of
from symposia.audit.actions import record
from symposia.shared.actors import Actor
from symposia.shared.changing import changed_values, objection_to_overwriting
from symposia.shared.events import announce
from symposia.shared.refusals import refuse_if
from symposia.work.files import store_file

PURPOSE = "agreement"
PDF = "application/pdf"
_UNAGREED: dict[str, Any] = {
    "above_agreed_by_id": None,
    "above_agreed_by_name": "",
    "above_agreed_at": None,
}


@transaction.atomic
def draft_agreement(
    activity: Activity, person: Contributor, facts: AgreementFacts, *, by: Actor
) -> Agreement:
    """Write down what a person does in an activity and what they are paid, at the card's rate."""
    activity = Activity.objects.locked(activity.pk)

    refuse_if(objection_to_drafting(activity, person, agreement_with(activity.pk, person.pk)))

    agreement = Agreement(
        activity=activity, contributor=person, made_by_id=person_behind(by), **facts.values()
    )
    agreement.rate = _rate_for(agreement)

    refuse_if(objection_to_fee(agreement, currency=this_organisation().currency))

    agreement.number = next_numbers("AGR", year=local_day().year)[0]
    agreement.save(force_insert=True)
    note_preparer(activity, by=by)
    record(by, "agreement.drafted", agreement, details=_said(agreement))
    announce(AgreementChanged(activity.pk, agreement.pk))
    return agreement


@transaction.atomic
def change_agreement(
    agreement: Agreement, facts: AgreementFacts, *, seen_version: int, by: Actor
) -> Agreement:
    """Change a draft; whoever agreed to a fee above the card has not agreed to another one."""
    agreement = _locked(agreement)
    changes = changed_values(agreement, facts.values())

    refuse_if(objection_to_sending(agreement) if agreement.state != AgreementState.DRAFT else None)
    refuse_if(objection_to_overwriting(seen_version=seen_version, version=agreement.version))
    for each in changes:
        setattr(agreement, each["field"], each["now"])
    agreement.rate = _rate_for(agreement)
    refuse_if(objection_to_fee(agreement, currency=this_organisation().currency))

    if not changes:
        return agreement
    _set(agreement, made_by_id=person_behind(by), **_UNAGREED)
    note_preparer(agreement.activity, by=by)
    record(by, "agreement.changed", agreement, details={"changes": changes})
    announce(AgreementChanged(agreement.activity_id, agreement.pk))
    return agreement


@transaction.atomic
def agree_above_card(agreement: Agreement, *, by: Actor) -> Agreement:
    """A second person finds a fee above the card fair, for the reason that is given."""
    agreement = _locked(agreement)
    person = person_behind(by)

    refuse_if(objection_to_agreeing_above(agreement, by_id=person))

    _set(
        agreement,
        above_agreed_by_id=person,
        above_agreed_by_name=by.name,
        above_agreed_at=now(),
    )
    record(by, "agreement.above_agreed", agreement, reason=agreement.above_because)
    return agreement


@transaction.atomic
def send_agreement(agreement: Agreement, *, by: Actor) -> Agreement:
    """Freeze the words, set them as a PDF, and ask the person to accept them."""
    agreement = _locked(agreement)

    invitation = invitation_of(agreement.activity_id, agreement.contributor_id)
    email = agreement.contributor.email
    refuse_if(objection_to_sending(agreement, email=email, is_invited=invitation is not None))
    refuse_if(objection_to_words_of_term(agreement, words_now()))

    _freeze(agreement, by=by)
    agreement.move(AgreementState.SENT, sent_at=now(), accepted_at=None, accepted_by_name="")
    record(by, "agreement.sent", agreement, details={"sha256": agreement.sha256})
    if invitation:
        write_agreement(agreement, invitation, this_organisation(), by=by)
    announce(AgreementChanged(agreement.activity_id, agreement.pk))
    return agreement


@transaction.atomic
def recall_agreement(agreement: Agreement, *, reason: str, by: Actor) -> Agreement:
    """Take a sent agreement back to be changed; an acceptance of it counts no longer."""
    agreement = _locked(agreement)

    refuse_if(objection_to_ending_agreement(agreement, reason=reason))
    refuse_if(objection_to_accepting(agreement, seen=agreement.sha256))

    agreement.move(AgreementState.DRAFT, accepted_at=None, accepted_by_name="", sent_at=None)
    record(by, "agreement.recalled", agreement, reason=reason)
    return agreement


@transaction.atomic
def accept_agreement(agreement: Agreement, *, seen: str, by: Actor) -> Agreement:
    """The person accepts exactly the words they were shown."""
    agreement = _locked(agreement)

    refuse_if(objection_to_accepting(agreement, seen=seen))

    if agreement.accepted_at:
        return agreement
    _set(agreement, accepted_at=now(), accepted_by_name=by.name)
    record(by, "agreement.accepted", agreement, details={"sha256": seen})
    return agreement


@transaction.atomic
def countersign_agreement(agreement: Agreement, *, factor: str, by: Actor) -> Agreement:
    """The organisation signs what the person accepted; the engagement counts from now on."""
    agreement = _locked(agreement)

    refuse_if(objection_to_countersigning(agreement))
    refuse_if(objection_to_factor(factor))

    _sign(agreement, factor=factor, by=by)
    return agreement


@transaction.atomic
def hand_in_signed(agreement: Agreement, content: bytes, *, factor: str, by: Actor) -> Agreement:
    """Keep the agreement as both signed it on paper; the hash of the file is what is signed."""
    agreement = _locked(agreement)

    refuse_if(objection_to_paper(agreement))
    refuse_if(objection_to_signed_file(content))
    refuse_if(objection_to_factor(factor))

    file = store_file(
        content,
        name=f"{agreement.number}-signed.pdf",
        content_type=PDF,
        purpose=PURPOSE,
        subject_id=agreement.activity_id,
        by=by,
    )
    paper = {"file": file, "sha256": file.sha256, "accepted_at": agreement.accepted_at or now()}
    if agreement.state == AgreementState.DRAFT:
        paper["text"] = _words(agreement)
    name = agreement.contributor.name
    _sign(agreement, factor=factor, by=by, accepted_by_name=name, **paper)
    return agreement


@transaction.atomic
def end_agreement(agreement: Agreement, *, reason: str, by: Actor) -> Agreement:
    """It does not bind any more, for a reason; its fee is no longer part of the estimate."""
    agreement = _locked(agreement)

    refuse_if(objection_to_ending_agreement(agreement, reason=reason))

    agreement.move(AgreementState.ENDED, ended_at=now(), ended_because=reason.strip())
    note_preparer(agreement.activity, by=by)
    record(by, "agreement.ended", agreement, reason=reason)
    announce(AgreementChanged(agreement.activity_id, agreement.pk))
    announce(ActivityChanged(agreement.activity_id, ("agreements",)))
    return agreement


def _sign(agreement: Agreement, *, factor: str, by: Actor, **paper: Any) -> None:
    agreement.move(
        AgreementState.SIGNED,
        version=agreement.version + 1,
        signed_by_id=person_behind(by),
        signed_by_name=by.name,
        signed_at=now(),
        factor=factor,
        **paper,
    )
    details = {"sha256": agreement.sha256, "factor": factor}
    record(by, "agreement.signed", agreement, details=details)
    announce(AgreementChanged(agreement.activity_id, agreement.pk))
    # The rules count this engagement beside every other, one transaction at a time.
    if agreement.activity.state in AMENDABLE:
        refuse_blocked(agreement.activity, by=by)
    else:
        check_rules(agreement.activity, by=by, commits=True)


def _rate_for(agreement: Agreement) -> Any:
    day = agreement.activity.wall_starts.date()
    wanted = {"service": agreement.service, "tier": agreement.tier, "unit": agreement.unit}
    found = rate_on(day, **wanted)
    return found if found and found.currency == agreement.currency else None


def _words(agreement: Agreement) -> str:
    return filled(words_now(), values_for(agreement, this_organisation()))


def _freeze(agreement: Agreement, *, by: Actor) -> None:
    agreement.text = _words(agreement)
    content = print_agreement(agreement, this_organisation())
    agreement.file = store_file(
        content,
        name=f"{agreement.number}.pdf",
        content_type=PDF,
        purpose=PURPOSE,
        subject_id=agreement.activity_id,
        by=by,
    )
    agreement.sha256 = hashlib.sha256(content).hexdigest()
    agreement.version += 1
    agreement.save()


def _said(agreement: Agreement) -> dict[str, Any]:
    return {
        "person": agreement.contributor.name,
        "fee": str(agreement.fee),
        "above": agreement.is_above,
    }


def _set(agreement: Agreement, **values: Any) -> None:
    for name, value in values.items():
        setattr(agreement, name, value)
    agreement.version += 1
    agreement.save()


def _locked(agreement: Agreement) -> Agreement:
    Activity.objects.locked(agreement.activity_id)
    found = Agreement.objects.locked(agreement.pk)
    found.activity = Activity.objects.get(pk=found.activity_id)
    return found
