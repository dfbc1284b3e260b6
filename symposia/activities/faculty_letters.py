"""What is written to faculty."""

from django.conf import settings
from django.utils.formats import date_format

from symposia.accounts.models import Organisation
from symposia.activities.models import FacultyInvitation
from symposia.shared.links import make_link

FACULTY = "faculty"


def faculty_link(invitation: FacultyInvitation, organisation: Organisation) -> str:
    """The personal address of all the tasks, without a password."""
    return f"{settings.ORIGIN}/f/{make_link(FACULTY, invitation.pk, organisation.code)}/"


def faculty_values(
    invitation: FacultyInvitation, organisation: Organisation, *, left: str
) -> dict[str, str]:
    """The words of a letter to somebody who teaches."""
    activity = invitation.activity
    return {
        "organisation": organisation.name,
        "name": invitation.contributor.name,
        "activity": activity.title,
        "when": date_format(activity.wall_starts, "j F Y, H:i"),
        "left": left,
        "faculty_link": faculty_link(invitation, organisation),
    }
