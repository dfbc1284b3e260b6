import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.timezone import now

from symposia.accounts.queries import (
    access_of_ids,
    local_day,
    person_behind,
    this_organisation,
)
from symposia.activities.models import Activity
from symposia.audit.actions import record, record_each
from symposia.directory.actions.consents import withdraw_purpose
from symposia.directory.models import Clinician, Purpose
from symposia.notifications.actions import queue_each, suppress_address
from symposia.outreach.allotted import allotted_to, is_left_out
from symposia.outreach.allotting import NONE_ALLOTTED
from symposia.outreach.events import (
    InvitationAccepted,
    InvitationDeclined,
    InvitationsSent,
    InvitationWithdrawn,
)
from symposia.outreach.letters import MESSAGES, Letters
from symposia.outreach.models import CalendarChange, Invitation, State
from symposia.outreach.policies import (
    objection_to_inviting,
    objection_to_replying,
    objection_to_withdrawing,
)
from symposia.outreach.queries import calendar_sequence, latest_change
from symposia.outreach.selection import Sorted, sort_out, within_allotment
from symposia.outreach.sending import INVITATION
from symposia.shared.actors import Actor, job_actor
from symposia.shared.events import announce
from symposia.shared.jobs import defer_named
from symposia.shared.planned import insert_each, update_each
from symposia.shared.refusals import refuse_if

TELL_CHANGE = "outreach.tell_change"
CALENDAR = job_actor("calendar")


@transaction.atomic
def invite_clinicians(activity: Activity, clinicians: Iterable[Clinician], *, by: Actor) -> Sorted:
    """Ask clinicians to come: a personal message with a calendar entry for each."""
    activity = Activity.objects.locked(activity.pk)
    at = now()

    person = person_behind(by)
    access = access_of_ids(person, activity.organisation_id, at=at) if person else None

    refuse_if(objection_to_inviting(activity, at=at))
    refuse_if(NONE_ALLOTTED if access and is_left_out(activity, access) else None)

    allotted = allotted_to(activity, person)
    answer = within_allotment(sort_out(activity, clinicians), allotted, on=local_day())
    letters = Letters.for_activity(activity, this_organisation(), at=at)
    asking = Asking(activity, calendar_sequence(activity), at)
    invitations = ask_each(asking, answer.invited, by=by)
    record_each(by, "invitation.sent", invitations)
    queue_each([letters.message(INVITATION, each) for each in invitations], by=by)
    announce(InvitationsSent(activity.pk))
    return answer


@dataclass(frozen=True)
class Asking:
    """To what people are asked now; the number of the calendar entry is read once for all."""

    activity: Activity
    sequence: int
    at: datetime


def ask_each(asking: Asking, clinicians: Sequence[Clinician], *, by: Actor) -> list[Invitation]:
    """Make a new invitation to each, or let a withdrawn one stand again; whoever calls has checked
    it."""
    activity = asking.activity
    facts = {
        "invited_by_id": person_behind(by),
        "invited_by_name": by.name,
        "taken_over_by": None,
        "sent_at": asking.at,
        "sequence": asking.sequence,
    }
    asked = Invitation.objects.select_for_update().of(activity).to_any_of(clinicians).order_by("pk")
    before = {each.clinician_id: each for each in asked}
    new, invitations = list[Invitation](), list[Invitation]()
    for clinician in clinicians:
        if invitation := before.get(clinician.pk):
            invitation.move(State.SENT, replied_at=None, address=clinician.email, **facts)
            invitation.clinician, invitation.activity = clinician, activity
        else:
            told = {"activity": activity, "clinician": clinician, "address": clinician.email}
            new.append(invitation := Invitation(**told, **facts))
        invitations.append(invitation)
    insert_each(new)
    return invitations


@transaction.atomic
def record_reply(invitation: Invitation, *, accepted: bool, by: Actor) -> Invitation:
    """Take a clinician's answer; saying the same again changes nothing, but for a yes whose place
    has ended since: it asks for one again."""
    invitation = Invitation.objects.locked(invitation.pk)
    activity = invitation.activity
    at = now()

    refuse_if(objection_to_replying(invitation, activity, accepted=accepted, at=at))

    answer = State.ACCEPTED if accepted else State.DECLINED
    if invitation.state != answer:
        invitation.move(answer, replied_at=at)
        record(by, f"invitation.{answer}", invitation)
    elif not accepted:
        return invitation
    kind = InvitationAccepted if accepted else InvitationDeclined
    announce(kind(invitation.pk, activity.pk, invitation.clinician_id))
    return invitation


@transaction.atomic
def settle_answer(activity: Activity, clinician: Clinician, *, by: Actor) -> None:
    """Let the yes of whoever no longer has a place end with it; every other answer stays.

    To be called before anything of the activity is held: whoever says no on the page of the
    invitation holds the invitation first and the places after it."""
    accepted = Invitation.objects.with_names().of(activity).to_any_of([clinician])
    invitation = accepted.filter(state=State.ACCEPTED).select_for_update(of=("self",)).first()
    if invitation:
        invitation.move(State.DECLINED, replied_at=now())
        record(by, "invitation.place_ended", invitation)


@transaction.atomic
def withdraw_invitation(invitation: Invitation, *, by: Actor, reason: str) -> Invitation:
    """Take an invitation back; its link no longer takes answers, a place held becomes free."""
    invitation = Invitation.objects.locked(invitation.pk)
    had_accepted = invitation.state == State.ACCEPTED

    refuse_if(objection_to_withdrawing(invitation))

    invitation.move(State.WITHDRAWN)
    record(by, "invitation.withdrawn", invitation, reason=reason)
    if had_accepted:
        whose = (invitation.pk, invitation.activity_id, invitation.clinician_id)
        announce(InvitationWithdrawn(*whose, reason, by))
    return invitation


@transaction.atomic
def stop_invitations(invitation: Invitation, *, by: Actor) -> None:
    """Invite this clinician to nothing more, by no channel; the clinician said so. Whoever was
    asked on paper or by a message may have no address that could be kept back."""
    if invitation.address:
        suppress_address(invitation.address, by=by)
    proof = invitation.activity.number
    withdraw_purpose(invitation.clinician, Purpose.INVITATIONS, proof=proof, by=by)


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
    update_each(told, ["sequence"])
    said = {each.pk: {"sequence": change.sequence} for each in told}
    record_each(by, "invitation.updated", told, details=said)
    message, reason = MESSAGES[change.kind], change.reason
    queue_each([letters.message(message, each, reason=reason) for each in told], by=by)
    return len(told)
