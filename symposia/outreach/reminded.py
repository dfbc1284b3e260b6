"""Whom the reminders known here concern: the invited, and the people who teach."""

from datetime import datetime

from django.db.models import DateTimeField, Exists, ExpressionWrapper, F, OuterRef, Value

from symposia.accounts.queries import local_day
from symposia.activities.actions.faculty_invitations import PAUSE
from symposia.activities.models import PAST, Disclosure, FacultyInvitation
from symposia.activities.models import State as ActivityState
from symposia.outreach.actions.reminder_letters import remind_invited, remind_of_disclosure
from symposia.outreach.models import Invitation, State, Trigger
from symposia.outreach.reminding import Open, Reader, register_reader


def unanswered_at(at: datetime) -> Open:
    """Invitations to activities that take people and have not begun."""
    rows = Invitation.objects.filter(state=State.SENT).exclude(address="")
    coming = rows.filter(activity__state=ActivityState.OPEN, activity__starts_at__gt=at)
    return coming.with_names()


def owing_disclosure_at(at: datetime) -> Open:
    """Whoever was asked to teach, has not declined, and has no disclosure that counts today."""
    counts = Disclosure.objects.filter(
        contributor=OuterRef("contributor"), expires_on__gte=local_day(at)
    )
    asked = FacultyInvitation.objects.exclude(accepted=False).filter(activity__starts_at__gt=at)
    return asked.exclude(activity__state__in=PAST).filter(~Exists(counts)).with_names()


def register_invitation_reminders() -> None:
    """What is known here: invitations, and the people who teach."""
    register_reader(Trigger.INVITATION, Reader(unanswered_at, remind_invited, "sent_at", "sent_at"))
    # The first letter is not kept; it was at the latest so long before the last one.
    first = ExpressionWrapper(
        F("told_at") - F("reminders") * Value(PAUSE), output_field=DateTimeField()
    )
    teaching = Reader(
        owing_disclosure_at,
        remind_of_disclosure,
        "activity__starts_at",
        first,
        has_clinicians=False,
        name_of=lambda row: row.contributor.name,
    )
    register_reader(Trigger.DISCLOSURE, teaching)
