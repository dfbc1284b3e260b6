"""What is written to invited people, and what their calendars get."""

from dataclasses import dataclass, replace
from datetime import datetime

from django.conf import settings

from symposia.accounts.models import Organisation
from symposia.activities.models import Activity
from symposia.directory.models import Clinician
from symposia.notifications.calendar import Meeting, calendar_cancellation, calendar_request
from symposia.notifications.local_times import local_time
from symposia.notifications.messages import Envelope, Message
from symposia.notifications.posting import sender_address
from symposia.notifications.wording import Wording
from symposia.outreach.facts import lines_of
from symposia.outreach.models import ChangeKind, Invitation, State
from symposia.shared.links import make_link

MESSAGES: dict[str, str] = {
    ChangeKind.MOVED: "outreach.change",
    ChangeKind.POSTPONED: "outreach.postponement",
    ChangeKind.CANCELLED: "outreach.cancellation",
}


def place_of(activity: Activity) -> str:
    """Where it is, in one line."""
    parts = (activity.venue_name, activity.venue_address, activity.city)
    return ", ".join(part for part in parts if part) or activity.get_delivery_display()


def reply_link(invitation: Invitation, organisation: Organisation) -> str:
    """The personal address where an invitation is answered without a password."""
    return f"{settings.ORIGIN}/r/{make_link('invitation', invitation.pk, organisation.code)}/"


def unsubscribe_link(invitation: Invitation, organisation: Organisation) -> str:
    return f"{settings.ORIGIN}/u/{make_link('unsubscribe', invitation.pk, organisation.code)}/"


def meeting_of(
    activity: Activity, clinician: Clinician, organisation: Organisation, *, sequence: int
) -> Meeting:
    """The activity in this clinician's calendar. Its identity is the pair of activity and
    clinician: the entry of a ticket takes the place of the one of the invitation."""
    return Meeting(
        uid=f"{activity.pk}.{clinician.pk}@symposia",
        sequence=sequence,
        title=activity.title,
        starts_at=activity.starts_at,
        ends_at=activity.ends_at,
        zone=activity.zone,
        place=place_of(activity),
        notes=activity.number,
        link="",
        organiser=organisation.name,
        attendee_name=clinician.called,
        attendee_address=clinician.email,
    )


@dataclass(frozen=True)
class Letters:
    """Writes to the people of one activity; what they share is read once."""

    activity: Activity
    organisation: Organisation
    lines: dict[str, str]
    at: datetime
    # Somebody else than whoever answers for the activity.
    answers_to: str = ""

    @classmethod
    def for_activity(
        cls, activity: Activity, organisation: Organisation, *, at: datetime
    ) -> "Letters":
        return cls(activity, organisation, lines_of(activity), at)

    @property
    def reply_to(self) -> str:
        """Who reads what people write back: whom a campaign names, else the activity's owner."""
        if self.answers_to:
            return self.answers_to
        return self.activity.owner.email if self.activity.owner else ""

    def reply_to_of(self, invitation: Invitation) -> str:
        """Whom a campaign names, else who took the invitation over, else the activity's owner."""
        taken_over = invitation.taken_over_by
        return taken_over.email if taken_over and not self.answers_to else self.reply_to

    def language(self, clinician: Clinician) -> str:
        return clinician.language or self.organisation.language

    def values(self, invitation: Invitation) -> dict[str, str]:
        activity, clinician = self.activity, invitation.clinician
        return {
            "organisation": self.organisation.name,
            "name": clinician.called,
            "activity": activity.title,
            "when": local_time(
                activity.starts_at, activity.ends_at, activity.zone, self.language(clinician)
            ),
            "where": place_of(activity),
            "summary": activity.summary,
            "reply_link": reply_link(invitation, self.organisation),
            "unsubscribe_link": unsubscribe_link(invitation, self.organisation),
            **self.lines,
        }

    def calendar(self, invitation: Invitation, *, gone: bool = False) -> bytes:
        """The entry that asks for the date or moves it, or takes it out."""
        meeting = replace(
            meeting_of(
                *(self.activity, invitation.clinician, self.organisation),
                sequence=invitation.sequence,
            ),
            link=reply_link(invitation, self.organisation),
            attendee_address=invitation.address,
            coming=invitation.state == State.ACCEPTED,
        )
        write = calendar_cancellation if gone else calendar_request
        return write(meeting, organiser_address=sender_address(), at=self.at)

    def message(
        self,
        code: str,
        invitation: Invitation,
        *,
        reason: str = "",
        wording: Wording | None = None,
    ) -> Message:
        """A letter to somebody invited, with what their calendar needs."""
        gone = code in {MESSAGES[ChangeKind.POSTPONED], MESSAGES[ChangeKind.CANCELLED]}
        clinician = invitation.clinician
        envelope: Envelope = {
            "to_name": clinician.full_name,
            "language": self.language(clinician),
            "wording": wording,
            "reply_to": self.reply_to_of(invitation),
            "calendar": self.calendar(invitation, gone=gone),
            "about": ("outreach.Invitation", invitation.pk),
        }
        values = self.values(invitation) | {"reason": reason}
        return Message(code, invitation.address, values, envelope)
