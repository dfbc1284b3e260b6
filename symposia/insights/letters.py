"""What is written to those who owe something."""

from collections.abc import Sequence
from datetime import datetime

from django.conf import settings
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import override

from symposia.accounts.models import User
from symposia.accounts.queries import this_organisation
from symposia.insights.models import OpenPoint
from symposia.notifications.actions import queue_message
from symposia.shared.actors import Actor

MOST = 20


def write_open_points(
    person: User, points: Sequence[OpenPoint], *, at: datetime, by: Actor
) -> None:
    """One message for everything that is missing, in the words of the rail, the oldest first."""
    here = this_organisation()
    language = person.language or here.language
    with override(language):
        listed = "\n\n".join(_line(each) for each in points[:MOST])
    queue_message(
        "insights.open_points",
        to_address=person.email,
        to_name=person.full_name,
        values={
            "organisation": here.name,
            "name": str(person),
            "count": str(len(points)),
            "late": str(sum(each.due_at < at for each in points)),
            "list": listed,
            "today_link": f"{settings.ORIGIN}/owed/",
        },
        language=language,
        about=(person._meta.label, person.pk),
        by=by,
    )


def _line(point: OpenPoint) -> str:
    return _("%(day)s: %(what)s %(activity)s") % {
        "day": date_format(point.due_at, "j M Y"),
        "what": point.words,
        "activity": point.activity,
    }
