"""Whether a reminder may be made, and whether somebody may be written to. No query, no clock."""

from django.utils.translation import gettext_lazy as _

from symposia.activities.models import Activity
from symposia.directory.models import Clinician, Segment
from symposia.directory.policies import NO_ADDRESS
from symposia.notifications.models import Cause
from symposia.notifications.policies import objection_to_address
from symposia.outreach.models import MOST_HOURS, Reminder
from symposia.outreach.policies import DEACTIVATED
from symposia.outreach.reaching import BAD_ADDRESS, REFUSED
from symposia.shared.refusals import Objection

NO_HOURS = Objection("reminder_hours", _("Say how long before or after: from one hour to a year."))
REMINDER_THERE = Objection("reminder_there", _("There is a reminder like this already: %(which)s."))
NOT_IN_THE_DIRECTORY = Objection(
    "reminder_without_clinicians",
    _("This reminder goes to people who teach; a segment of the directory cannot narrow it."),
)
ONLY_THE_ORGANISATIONS = Objection(
    "reminder_of_activity", _("This reminder is the activity's own: switch it off instead.")
)
FOR_ALL = Objection(
    "reminder_for_all",
    _("It goes to the people of every activity: whoever plans the whole organisation changes it."),
)


def objection_to_reminder(
    hours: int, segment: Segment | None, there: Reminder | None, *, has_clinicians: bool
) -> Objection | None:
    """A reminder is counted in hours up to a year, and there is one of a kind."""
    if not 0 < hours <= MOST_HOURS:
        return NO_HOURS
    if segment and not has_clinicians:
        return NOT_IN_THE_DIRECTORY
    return REMINDER_THERE.about(which=there) if there else None


def objection_to_changing_reminder(
    activity: Activity | None, *, everywhere: bool
) -> Objection | None:
    """What reaches the people of every activity is for whoever plans all of them."""
    return None if activity or everywhere else FOR_ALL


def objection_to_pausing(reminder: Reminder) -> Objection | None:
    """An activity does without a reminder of the organisation; its own it switches off."""
    return ONLY_THE_ORGANISATIONS if reminder.activity_id else None


def objection_to_telling(clinician: Clinician, cause: str | None) -> Objection | None:
    """Whether somebody can be written to of what is theirs already: who asked for no more
    invitations is told of the own place nevertheless."""
    if clinician.deactivated_at:
        return DEACTIVATED
    if not clinician.email:
        return NO_ADDRESS
    if objection_to_address(clinician.email):
        return BAD_ADDRESS
    return REFUSED if cause == Cause.BOUNCED else None
