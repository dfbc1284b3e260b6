"""What a curriculum review should know of activities: those held since the last one."""

from collections.abc import Iterable
from datetime import datetime

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from symposia.activities.models import OVER, Activity
from symposia.curriculum.agenda_sources import Proposed, agenda_source
from symposia.curriculum.models import ItemKind


@agenda_source("outcomes")
def held_activities(since: datetime) -> Iterable[Proposed]:
    """Activities that took place since, whose outcome is to be looked at."""
    rows = Activity.objects.filter(state__in=OVER, ends_at__gt=since).order_by("starts_at", "pk")
    for activity in rows:
        note = _("held on %(day)s") % {"day": date_format(activity.wall_starts, "j M Y")}
        yield Proposed(ItemKind.OUTCOME, str(activity), note, "activity", activity.pk)
