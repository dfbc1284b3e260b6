"""Who from outside may work for an activity, and how long they may look at it."""

from datetime import date, timedelta

from django.utils.translation import gettext_lazy as _

from symposia.activities.models import Activity, ExternalMember
from symposia.shared.refusals import Objection

# After it is over, bills are still handed in for a while.
LONGEST_AFTER = timedelta(days=180)

OVER = Objection("external_too_late", _("The activity is “%(state)s”. Nobody joins it any more."))
WHO = Objection("external_who", _("Write the name of the person and what they do."))
THERE_ALREADY = Objection(
    "external_there_already", _("Somebody with this address works for the activity already.")
)
NEEDS_ADDRESS = Objection(
    "external_needs_address", _("Whoever signs in needs an e-mail address. Write it first.")
)
HAS_ACCESS = Objection("external_has_access", _("This person may sign in already, until %(day)s."))
NOT_SO_LONG = Objection(
    "external_access_too_long",
    _("Access ends at the latest %(days)s days after the activity, and not in the past."),
)
HAS_ENDED = Objection("external_ended", _("This person does not work for the activity any more."))
WHY = Objection("external_why", _("Write why; it stays in the journal."))


def objection_to_external(
    activity: Activity, *, name: str, task: str, is_there: bool
) -> Objection | None:
    """Somebody from outside joins once, by name and task, before it has ended."""
    if activity.has_ended:
        return OVER.about(state=activity.get_state_display())
    if not name.strip() or not task.strip():
        return WHO
    return THERE_ALREADY if is_there else None


def objection_to_access(
    external: ExternalMember, activity: Activity, until: date, *, today: date
) -> Objection | None:
    """Access is to this activity alone, to an address, and ends by itself."""
    if external.ended_at:
        return HAS_ENDED
    if not external.email:
        return NEEDS_ADDRESS
    if external.may_sign_in(today):
        return HAS_ACCESS.about(day=external.access_until)
    last = activity.wall_ends.date() + LONGEST_AFTER
    return None if today <= until <= last else NOT_SO_LONG.about(days=LONGEST_AFTER.days)


def objection_to_ending_external(external: ExternalMember, *, reason: str) -> Objection | None:
    """The work of somebody from outside ends once, for a reason."""
    if external.ended_at:
        return HAS_ENDED
    return None if reason.strip() else WHY
