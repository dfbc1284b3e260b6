"""What the readiness rail of an activity says of its door."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from symposia.activities.facts import Fact, Reading, register_fact
from symposia.activities.models import Activity, State
from symposia.attendance.queries import door_counts, register_door_numbers


def _read(activity: Activity) -> Reading | None:
    link = ("activity_attendance", [activity.pk])
    if activity.state in {State.OPEN, State.RUNNING}:
        counts = door_counts(activity)
        words = _("%(in)s in of %(of)s") % {"in": counts.inside, "of": counts.expected}
        is_running = activity.state == State.RUNNING
        return Reading("now" if is_running else "waiting", link=link, count=words)
    return Reading("done" if activity.is_over else "waiting", link=link)


def register_facts() -> None:
    """Put the door on the rail."""
    register_door_numbers()
    register_fact(Fact("door", gettext_lazy("Door"), _read, order=80))
