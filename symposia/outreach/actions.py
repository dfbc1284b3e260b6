import uuid
from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.utils.timezone import now

from symposia.accounts.queries import this_organisation
from symposia.activities.models import Activity
from symposia.audit.actions import record
from symposia.directory.actions.consents import ConsentFacts, state_consent
from symposia.directory.models import Channel, Clinician, ConsentSource, Purpose
from symposia.directory.queries import said_last
from symposia.notifications.actions import queue_message, suppress_address
from symposia.outreach.events import InvitationAccepted, InvitationDeclined, InvitationsSent
from symposia.outreach.letters import Letters
from symposia.outreach.models import CalendarChange, ChangeKind, Invitation, State
from symposia.outreach.policies import (
    objection_to_inviting,
    objection_to_replying,
    objection_to_withdrawing,
)
from symposia.outreach.queries import calendar_sequence, latest_change
from symposia.outreach.selection import Sorted, sort_out
from symposia.shared.actors import Actor, job_actor
from symposia.shared.events import announce
from symposia.shared.jobs import defer_named
from symposia.shared.refusals import refuse_if

TELL_CHANGE = "outreach.tell_change"
CALENDAR = job_actor("calendar")
INVITATION = "outreach.invitation"
MESSAGES: dict[str, str] = {
    ChangeKind.MOVED: "outreach.change",
    ChangeKind.POSTPONED: "outreach.postponement",
    ChangeKind.CANCELLED: "outreach.cancellation",
}


@transaction.atomic
def invite_clinicians(activity: Activity, clinicians: Iterable[Clinician], *, by: Actor) -> Sorted:
    """Ask clinicians to come: a personal message with a calendar entry for each."""
    activity = Activity.objects.locked(activity.pk)
    at = now()

    refuse_if(objection_to_inviting(activity, at=at))

    answer = sort_out(activity, clinicians)
    letters = Letters.for_activity(activity, this_organisation(), at=at)
    for clinician in answer.invited:
        invitation = _ask(activity, clinician, by=by, at=at)
        record(by, "invitation.sent", invitation)
        _write(INVITATION, letters, invitation, by=by)
    announce(InvitationsSent(activity.pk))
    return answer


def _ask(activity: Activity, clinician: Clinician, *, by: Actor, at: datetime) -> Invitation:
    """A new invitation, or a withdrawn one that stands again."""
    facts = {
        "address": clinician.email,
        "invited_by_id": by.id,
        "invited_by_name": by.name[:200],
        "sent_at": at,
        "sequence": calendar_sequence(activity),
    }
    before = Invitation.objects.select_for_update().filter(
        activity=activity, clinician=clinician
    ).first()  # fmt: skip
    if before:
        before.move(State.SENT, replied_at=None, **facts)
        return before
    invitation = Invitation(activity=activity, clinician=clinician, **facts)
    invitation.save(force_insert=True)
    return invitation


def _write(
    message: str, letters: Letters, invitation: Invitation, *, by: Actor, reason: str = ""
) -> None:
    gone = message not in {INVITATION, MESSAGES[ChangeKind.MOVED]}
    clinician = invitation.clinician
    queue_message(
        message,
        to_address=invitation.address,
        to_name=clinician.full_name,
        values=letters.values(invitation) | {"reason": reason},
        language=letters.language(clinician),
        calendar=letters.calendar(invitation, gone=gone),
        about=("outreach.Invitation", invitation.pk),
        by=by,
    )


@transaction.atomic
def record_reply(invitation: Invitation, *, accepted: bool, by: Actor) -> Invitation:
    """Take a clinician's answer; saying the same again changes nothing."""
    invitation = Invitation.objects.locked(invitation.pk)
    activity = invitation.activity
    at = now()

    refuse_if(objection_to_replying(invitation, activity, accepted=accepted, at=at))

    answer = State.ACCEPTED if accepted else State.DECLINED
    if invitation.state == answer:
        return invitation
    invitation.move(answer, replied_at=at)
    record(by, f"invitation.{answer}", invitation)
    kind = InvitationAccepted if accepted else InvitationDeclined
    announce(kind(invitation.pk, activity.pk, invitation.clinician_id))
    return invitation


@transaction.atomic
def withdraw_invitation(invitation: Invitation, *, by: Actor, reason: str) -> Invitation:
    """Take an invitation back; its link no longer takes answers, a place held becomes free."""
    invitation = Invitation.objects.locked(invitation.pk)
    had_accepted = invitation.state == State.ACCEPTED

    refuse_if(objection_to_withdrawing(invitation))

    invitation.move(State.WITHDRAWN)
    record(by, "invitation.withdrawn", invitation, reason=reason)
    if had_accepted:
        announce(InvitationDeclined(invitation.pk, invitation.activity_id, invitation.clinician_id))
    return invitation


@transaction.atomic
def stop_invitations(invitation: Invitation, *, by: Actor) -> None:
    """Invite the address of this invitation to nothing more; the clinician said so."""
    suppress_address(invitation.address, by=by)
    way = (Channel.EMAIL, Purpose.INVITATIONS)
    said = said_last([invitation.clinician_id], *way).get(invitation.clinician_id)
    if said is None or said.given:
        facts = ConsentFacts(
            Purpose.INVITATIONS,
            Channel.EMAIL,
            given=False,
            source=ConsentSource.BUTTON,
            proof=invitation.activity.number,
        )
        state_consent(invitation.clinician, facts, by=by)


@transaction.atomic
def note_calendar_change(
    activity_id: uuid.UUID, kind: str, *, reason: str = "", by: Actor = CALENDAR
) -> None:
    """Remember that calendars must follow, and ask for the messages that tell people."""
    activity = Activity.objects.locked(activity_id)
    if activity.in_planning:
        return
    change = CalendarChange(
        activity=activity, sequence=calendar_sequence(activity) + 1, kind=kind, reason=reason
    )
    change.save(force_insert=True)
    record(by, "calendar.changed", change, reason=reason)
    defer_named(TELL_CHANGE, change_id=str(change.pk))


@transaction.atomic
def tell_change(change_id: uuid.UUID, *, by: Actor = CALENDAR, limit: int = 50) -> int:
    """Write to the next people who do not know of a change; returns how many were told."""
    change = CalendarChange.objects.select_related("activity").get(pk=change_id)
    if change != latest_change(change.activity):
        return 0  # the newer one tells all of it
    letters = Letters.for_activity(change.activity, this_organisation(), at=now())
    waiting = Invitation.objects.to_tell(change).with_names().order_by("pk")
    told = list(waiting.select_for_update(of=("self",), skip_locked=True)[:limit])
    for invitation in told:
        invitation.sequence = change.sequence
        invitation.save(update_fields=["sequence"])
        record(by, "invitation.updated", invitation, details={"sequence": change.sequence})
        _write(MESSAGES[change.kind], letters, invitation, by=by, reason=change.reason)
    return len(told)
