"""Which companies give to an activity, as whoever thinks of coming is told: names, no amounts."""

import uuid
from collections import defaultdict
from collections.abc import Sequence

from django.utils.translation import gettext as _

from symposia.activities.models import Activity
from symposia.outreach.facts import invitation_line
from symposia.reporting.models import CommercialSupport


def supporters_of(activities: Sequence[Activity]) -> dict[uuid.UUID, list[str]]:
    """The companies of each activity that has any, each named once, by its key."""
    found: dict[uuid.UUID, list[str]] = defaultdict(list)
    for row in CommercialSupport.objects.of_each(activities):
        if row.source not in found[row.activity_id]:
            found[row.activity_id].append(row.source)
    return found


def funding_by(names: Sequence[str]) -> str:
    """Who gives, in words; nothing where nobody does."""
    return _("Supported by %(names)s") % {"names": ", ".join(names)} if names else ""


@invitation_line("funding")
def funding_of(activity: Activity) -> str:
    """Who gives to an activity; nothing while no support is noted."""
    return funding_by(supporters_of([activity]).get(activity.pk, []))
