"""What the readiness rail of an activity says of its door."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from symposia.activities.facts import Fact, Reading, Stage, register_fact
from symposia.activities.models import Activity, State
from symposia.activities.numbers import numbers_of
from symposia.attendance.policies import objection_to_closing_attendance
from symposia.attendance.queries import door_counts, register_door_numbers
from symposia.attendance.reconciling import register_reconciling_numbers


def _read(activity: Activity) -> Reading | None:
    link = ("activity_attendance", [activity.pk])
    if activity.state in {State.OPEN, State.RUNNING}:
        counts = door_counts(activity)
        words = _("%(in)s in of %(of)s") % {"in": counts.inside, "of": counts.expected}
        is_running = activity.state == State.RUNNING
        return Reading("now" if is_running else "waiting", link=link, count=words)
    return Reading("done" if activity.is_over else "waiting", link=link)


def _read_attendance(activity: Activity) -> Reading | None:
    """Whether the attendance is decided and signed; asked once the activity is over."""
    if not activity.is_over:
        return None
    link = ("activity_conflicts", [activity.pk])
    if activity.state == State.CLOSED:
        return Reading("done", link=link)
    undecided, signed_at, last_reading = numbers_of(
        activity, "open_conflicts", "attendance_signed_at", "last_reading"
    )
    objection = objection_to_closing_attendance(
        undecided=undecided, signed_at=signed_at, last_reading=last_reading
    )
    return Reading("blocked" if objection else "done", objection, link)


def register_facts() -> None:
    """Put the door and the attendance on the rail."""
    register_door_numbers()
    register_reconciling_numbers()
    register_fact(
        Fact(
            "attendance",
            gettext_lazy("Attendance"),
            _read_attendance,
            needed_for=frozenset({Stage.CLOSE}),
            order=85,
        )
    )
    register_fact(Fact("door", gettext_lazy("Door"), _read, order=80))
