"""Whoever looks after a group of staff reminds those of it who have not finished."""

from collections.abc import Sequence
from datetime import timedelta

from django.db import transaction
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _

from symposia.accounts.permissions import Access
from symposia.audit.actions import record
from symposia.credits.actions.reminders import remind_to_finish
from symposia.credits.queries import FINISH
from symposia.credits.staff_progress import progress_rows
from symposia.directory.models import StaffGroup
from symposia.notifications.models import Delivery
from symposia.registrations.models import Registration
from symposia.registrations.staff_rules import NOBODY_CHOSEN, NOT_LED, NOT_OF_GROUP
from symposia.registrations.staffing import is_led_by, staff_today
from symposia.shared.actors import Actor
from symposia.shared.refusals import Objection, refuse_if

# Nobody is written to more often about one activity, whoever asks for it.
PAUSE = timedelta(days=1)
NOTHING_OWED = Objection(
    "staff_nothing_owed", _("There is nothing to finish: done, or still to come.")
)
REMINDED_LATELY = Objection(
    "staff_reminded_lately", _("This person was written to about it within a day.")
)
# Somebody's place, and why nothing was written, if so.
Reminder = tuple[Registration, Objection | None]


@transaction.atomic
def remind_staff(
    group: StaffGroup, registrations: Sequence[Registration], *, access: Access, by: Actor
) -> list[Reminder]:
    """Send those who have not finished the way to what is left; for each why not, if so."""
    refuse_if(None if is_led_by(group, access.user_id) else NOT_LED)
    refuse_if(None if registrations else NOBODY_CHOSEN)

    at, chosen = now(), [each.pk for each in registrations]
    theirs = progress_rows(staff_today(group), access, at).filter(pk__in=chosen)
    rows = {row.pk: row for row in theirs}
    late = Delivery.objects.filter(template_code=FINISH, queued_at__gt=at - PAUSE)
    told = set(late.filter(subject_id__in=chosen).values_list("subject_id", flat=True))
    said: dict[object, Objection | None] = {}
    for pk in chosen:
        row = rows.get(pk)
        said[pk] = _objection(row.standing, was_told=pk in told) if row else NOT_OF_GROUP
    due = [rows[pk] for pk in sorted(rows) if said[pk] is None]
    for outcome in remind_to_finish(due, by=by):
        if isinstance(outcome.answer, Objection):
            said[outcome.key] = outcome.answer
    written = sum(objection is None for objection in said.values())
    if written:
        record(by, "staff.reminded", group, details={"people": written})
    return [(each, said[each.pk]) for each in registrations]


def _objection(standing: str, *, was_told: bool) -> Objection | None:
    if standing != "owes":
        return NOTHING_OWED
    return REMINDED_LATELY if was_told else None
