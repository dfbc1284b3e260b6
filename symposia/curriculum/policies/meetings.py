from django.utils.translation import gettext_lazy as _

from symposia.curriculum.models import AgendaItem, AgreedAction, Meeting
from symposia.shared.refusals import Objection

MEETING_OVER = Objection("meeting_over", _("This meeting is “%(state)s”: its record stays."))
NO_MINUTES = Objection("no_minutes", _("A meeting is held with minutes. Write what was said."))
NOBODY_PRESENT = Objection("nobody_present", _("Write who was present."))
ACTION_DONE = Objection("action_done", _("This action is done."))
SAY_HOW = Objection("say_how_done", _("Write what was done."))
DECIDED_POINT = Objection(
    "decided_point", _("Something was decided on this point. It stays on the agenda.")
)


def objection_to_changing_meeting(meeting: Meeting) -> Objection | None:
    """The record of a review that was held or called off stays."""
    return None if meeting.is_planned else MEETING_OVER.about(state=meeting.get_state_display())


def objection_to_removing_point(item: AgendaItem) -> Objection | None:
    """A point on which something was decided stays on the agenda."""
    return DECIDED_POINT if item.decision else None


def objection_to_holding(meeting: Meeting, *, minutes: str, present: str) -> Objection | None:
    """A meeting is over once somebody wrote what was said and who was there."""
    if not meeting.is_planned:
        return MEETING_OVER.about(state=meeting.get_state_display())
    if not minutes.strip():
        return NO_MINUTES
    return None if present.strip() else NOBODY_PRESENT


def objection_to_finishing(action: AgreedAction) -> Objection | None:
    """An action is finished once."""
    return ACTION_DONE if action.done_at else None


def objection_to_done_note(note: str) -> Objection | None:
    """Whoever finishes an action says what was done."""
    return None if note.strip() else SAY_HOW
