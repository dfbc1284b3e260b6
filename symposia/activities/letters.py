"""What is written to the people of the office about the activities they own."""

from collections.abc import Sequence
from datetime import date

from django.conf import settings
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from symposia.accounts.models import User
from symposia.accounts.queries import this_organisation
from symposia.activities.models import Milestone
from symposia.notifications.actions import queue_message
from symposia.shared.actors import Actor

MOST = 20


def remind_owner(person: User, owed: Sequence[Milestone], *, on: date, by: Actor) -> None:
    """One message for everything somebody owes soon or owed already, the oldest first."""
    here = this_organisation()
    queue_message(
        "activities.milestones_due",
        to_address=person.email,
        to_name=person.full_name,
        values={
            "organisation": here.name,
            "name": str(person),
            "count": str(len(owed)),
            "late": str(sum(each.is_late(on) for each in owed)),
            "list": "\n\n".join(_line(each, on) for each in owed[:MOST]),
            "list_link": f"{settings.ORIGIN}/milestones/",
        },
        language=person.language or here.language,
        about=(person._meta.label, person.pk),
        by=by,
    )


def _line(milestone: Milestone, on: date) -> str:
    late, due = _("%(day)s, late: %(what)s, %(activity)s"), _("%(day)s: %(what)s, %(activity)s")
    return (late if milestone.is_late(on) else due) % {
        "day": date_format(milestone.due_on, "j M Y"),
        "what": milestone.title,
        "activity": milestone.activity,
    }
