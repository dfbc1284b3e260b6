"""Who may be asked to teach, and what may be answered. Pure: no query, no clock."""

from django.utils.translation import gettext_lazy as _

from symposia.activities.models import Activity, Contributor, FacultyInvitation
from symposia.shared.refusals import Objection

FACULTY_OVER = Objection("faculty_over", _("The activity is over or called off."))
NO_ADDRESS = Objection(
    "faculty_no_address",
    _("%(name)s has no e-mail address yet. Add it on their page under Disclosures."),
)
ASKED_ALREADY = Objection("faculty_asked", _("%(name)s was asked already."))
DECLINED = Objection("faculty_declined", _("You declined. Tell the organiser if that changes."))
WHY_DECLINED = Objection("faculty_why", _("Say in a word why you cannot."))
ACCEPT_FIRST = Objection("faculty_accept_first", _("Accept first, then do the rest."))
EMPTY_TASK = Objection("faculty_empty", _("Write something, or come back later."))


def objection_to_inviting_faculty(
    activity: Activity, contributor: Contributor, invitation: FacultyInvitation | None
) -> Objection | None:
    """A person with an address is asked once, before the activity is over."""
    if activity.is_past:
        return FACULTY_OVER
    if invitation:
        return ASKED_ALREADY.about(name=contributor.name)
    return None if contributor.email else NO_ADDRESS.about(name=contributor.name)


def objection_to_faculty_answer(
    invitation: FacultyInvitation, *, accepted: bool, reason: str
) -> Objection | None:
    """A no says why; a yes stays open until the activity is over."""
    if invitation.activity.is_past:
        return FACULTY_OVER
    return None if accepted or reason.strip() else WHY_DECLINED


def objection_to_faculty_task(invitation: FacultyInvitation) -> Objection | None:
    """Tasks are done by whoever accepted, before the activity is over."""
    if invitation.activity.is_past:
        return FACULTY_OVER
    if invitation.accepted is None:
        return ACCEPT_FIRST
    if not invitation.accepted:
        return DECLINED
    return None


def objection_to_task_text(text: str) -> Objection | None:
    """A task that asks for words is done with words."""
    return None if text.strip() else EMPTY_TASK
