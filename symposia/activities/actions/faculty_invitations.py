from datetime import datetime, timedelta

from django.db import transaction
from django.utils.timezone import now

from symposia.accounts.queries import this_organisation
from symposia.activities.actions.content_reviews import Upload, hand_in_content
from symposia.activities.actions.disclosures import DisclosureFacts, give_disclosure
from symposia.activities.events import FacultyAnswered
from symposia.activities.faculty_letters import faculty_values
from symposia.activities.inviting import (
    objection_to_faculty_answer,
    objection_to_faculty_task,
    objection_to_inviting_faculty,
    objection_to_task_text,
)
from symposia.activities.models import (
    Activity,
    ContentItem,
    ContentVersion,
    Contributor,
    Disclosure,
    FacultyInvitation,
)
from symposia.activities.tasks_of_faculty import invitation_of, tasks_of
from symposia.audit.actions import record
from symposia.notifications.actions import queue_message
from symposia.shared.actors import Actor
from symposia.shared.events import announce
from symposia.shared.refusals import refuse_if

ASK, REMIND = "activities.faculty_invitation", "activities.faculty_reminder"
PAUSE, MOST_REMINDERS = timedelta(days=5), 3


@transaction.atomic
def invite_faculty(activity: Activity, contributor: Contributor, *, by: Actor) -> FacultyInvitation:
    """Ask a person for their part: one letter, one link, five tasks."""
    activity = Activity.objects.locked(activity.pk)

    refuse_if(
        objection_to_inviting_faculty(
            activity, contributor, invitation_of(activity.pk, contributor.pk)
        )
    )

    invitation = FacultyInvitation.objects.create(activity=activity, contributor=contributor)
    record(by, "faculty.invited", invitation, details={"name": contributor.name})
    _write(invitation, ASK, by=by)
    return invitation


@transaction.atomic
def answer_faculty_invitation(
    invitation: FacultyInvitation, *, accepted: bool, by: Actor, reason: str = ""
) -> FacultyInvitation:
    """Take a yes, or a no with its reason."""
    invitation = _locked(invitation)

    refuse_if(objection_to_faculty_answer(invitation, accepted=accepted, reason=reason))

    invitation.accepted, invitation.reason = accepted, "" if accepted else reason.strip()
    invitation.answered_at = now()
    invitation.save()
    record(by, "faculty.answered", invitation, reason=invitation.reason)
    announce(FacultyAnswered(invitation.activity_id, invitation.contributor_id, accepted))
    return invitation


def disclose_as_faculty(
    invitation: FacultyInvitation, facts: DisclosureFacts, *, by: Actor
) -> Disclosure:
    """Take a disclosure through a person's own link; it counts in every activity."""
    refuse_if(objection_to_faculty_task(invitation))
    return give_disclosure(invitation.contributor, facts, by=by)


@transaction.atomic
def write_biography(invitation: FacultyInvitation, text: str, *, by: Actor) -> Contributor:
    """Keep what is printed about a person, for every activity."""
    invitation = _locked(invitation)

    refuse_if(objection_to_faculty_task(invitation))
    refuse_if(objection_to_task_text(text))

    person = Contributor.objects.locked(invitation.contributor_id)
    person.biography = text.strip()
    person.save()
    record(by, "contributor.biography_written", person)
    return person


def hand_in_as_faculty(
    invitation: FacultyInvitation, item: ContentItem, upload: Upload, *, by: Actor
) -> ContentVersion:
    """Take slides through a person's own link."""
    refuse_if(objection_to_faculty_task(invitation))
    return hand_in_content(item, upload, by=by)


@transaction.atomic
def say_travel(invitation: FacultyInvitation, text: str, *, by: Actor) -> FacultyInvitation:
    """Keep how a person travels and stays, or that they need nothing."""
    invitation = _locked(invitation)

    refuse_if(objection_to_faculty_task(invitation))
    refuse_if(objection_to_task_text(text))

    invitation.travel, invitation.travel_at = text.strip(), now()
    invitation.save()
    record(by, "faculty.travel_said", invitation)
    return invitation


@transaction.atomic
def remind_faculty(*, at: datetime, by: Actor) -> int:
    """Write again to whoever has something left to do: every few days, a few times, then never."""
    due = FacultyInvitation.objects.to_remind(told_before=at - PAUSE)
    sent = 0
    for invitation in due.filter(reminders__lt=MOST_REMINDERS).with_names():
        if not tasks_of(invitation).left:
            continue
        invitation.told_at = at
        invitation.reminders += 1
        invitation.save()
        record(by, "faculty.reminded", invitation)
        _write(invitation, REMIND, by=by)
        sent += 1
    return sent


def _write(invitation: FacultyInvitation, message: str, *, by: Actor) -> None:
    organisation = this_organisation()
    queue_message(
        message,
        to_address=invitation.contributor.email,
        to_name=invitation.contributor.name,
        values=faculty_values(invitation, organisation, left=tasks_of(invitation).words),
        language=organisation.language,
        about=("activities.FacultyInvitation", invitation.pk),
        by=by,
    )


def _locked(invitation: FacultyInvitation) -> FacultyInvitation:
    rows = FacultyInvitation.objects.with_names()
    return rows.select_for_update(of=("self",)).get(pk=invitation.pk)
