from datetime import datetime

from django.utils.translation import gettext_lazy as _

from symposia.activities.models import Activity
from symposia.directory.models import Clinician
from symposia.directory.policies import NO_ADDRESS
from symposia.outreach.models import Invitation, State
from symposia.outreach.queries import Known
from symposia.shared.refusals import Objection

NOT_OPEN = Objection(
    "not_open", _("People are invited once the activity is open for registration.")
)
OVER = Objection("over", _("The activity has begun or is over."))
DEACTIVATED = Objection("deactivated", _("is no longer active in the directory"))
SUPPRESSED = Objection("suppressed", _("asked for no more invitations"))
ALREADY_INVITED = Objection("already_invited", _("was invited before: %(state)s"))
SAME_ADDRESS = Objection("same_address", _("has the same address as somebody else you chose"))
WITHDRAWN = Objection(
    "withdrawn", _("This invitation was withdrawn. Ask the organiser if you would like to come.")
)
TAKES_NO_ANSWER = Objection(
    "takes_no_answer", _("The activity no longer takes answers. Write to the organiser.")
)


def objection_to_inviting(activity: Activity, *, at: datetime) -> Objection | None:
    """Whether people may be invited to the activity at all."""
    if not activity.is_open:
        return NOT_OPEN
    return OVER if activity.starts_at <= at else None


def objection_to_inviting_clinician(clinician: Clinician, known: Known) -> Objection | None:
    """Why this clinician is skipped."""
    before = known.invited.get(clinician.pk)
    if before and before.state != State.WITHDRAWN:
        return ALREADY_INVITED.about(state=before.get_state_display())
    if clinician.deactivated_at:
        return DEACTIVATED
    if not clinician.email:
        return NO_ADDRESS
    if clinician.email.lower() in known.suppressed:
        return SUPPRESSED
    return known.not_asked.get(clinician.pk)


def objection_to_replying(
    invitation: Invitation, activity: Activity, *, accepted: bool, at: datetime
) -> Objection | None:
    """Saying no is possible until the activity is over; saying yes while it takes people."""
    if invitation.state == State.WITHDRAWN:
        return WITHDRAWN
    if accepted and not activity.is_open:
        return TAKES_NO_ANSWER
    return TAKES_NO_ANSWER if activity.ends_at <= at else None


def objection_to_withdrawing(invitation: Invitation) -> Objection | None:
    return WITHDRAWN if invitation.state == State.WITHDRAWN else None
