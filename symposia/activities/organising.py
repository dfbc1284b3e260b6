"""Who may organise an activity, and what credit follows from it."""

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from symposia.activities.models import Activity, Mode, Organiser, Part
from symposia.activities.policies import NOT_NOW
from symposia.shared.refusals import Objection

# ACCME, Standards for Integrity and Independence (2020), eligibility: owned or controlled by no
# company that makes, markets, sells, re-sells or distributes products used by or on patients.
INELIGIBLE = Objection(
    "ineligible_company",
    _(
        "A company that makes, markets, sells or distributes products used by or on patients"
        " never provides accredited education, alone or jointly."
    ),
)
NO_JOINT_PROVIDER = Objection(
    "no_joint_provider",
    _("Joint providers belong to independent education. Name the partner association instead."),
)
NO_ASSOCIATION = Objection(
    "no_association",
    _("An association with a council's approval belongs to a company's scientific meeting."),
)
NO_APPROVAL_TO_ENTER = Objection(
    "no_approval_to_enter",
    _("Name the association or college first that holds the council's approval."),
)
APPROVAL_TOO_LATE = Objection(
    "approval_too_late",
    _("The activity began on %(starts)s: a council's hours need the number before it."),
)
NO_COUNCIL_NUMBER = Objection(
    "no_council_number",
    _("No credit: no council's approval number was entered for this company's meeting."),
)


def objection_to_organiser(activity: Activity, part: str, *, ineligible: bool) -> Objection | None:
    """Whether somebody may stand for the activity beside the organisation."""
    if part == Part.ASSOCIATION:
        return None if activity.mode == Mode.SCIENTIFIC else NO_ASSOCIATION
    if not activity.is_independent:
        return NO_JOINT_PROVIDER
    return INELIGIBLE if ineligible else None


def objection_to_approval(
    activity: Activity, organiser: Organiser, *, at: datetime
) -> Objection | None:
    """The number is entered before the first minute, whatever was approved inside."""
    if organiser.part != Part.ASSOCIATION:
        return NO_APPROVAL_TO_ENTER
    if activity.has_ended:
        return NOT_NOW.about(state=activity.get_state_display())
    if at >= activity.starts_at:
        return APPROVAL_TOO_LATE.about(starts=activity.wall_starts.strftime("%Y-%m-%d %H:%M"))
    return None


def objection_to_council_hours(activity: Activity, organiser: Organiser | None) -> Objection | None:
    """A company's meeting gives hours only by the number that its partner was given in time."""
    entered = organiser.approval_entered_at if organiser else None
    if activity.mode == Mode.SCIENTIFIC and entered and entered < activity.starts_at:
        return None
    return NO_COUNCIL_NUMBER
