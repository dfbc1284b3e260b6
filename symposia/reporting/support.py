"""Who pays for an activity, as whoever thinks of coming is told: names, no amounts."""

import uuid
from collections import defaultdict
from collections.abc import Sequence

from django.utils.translation import gettext as _

from symposia.accounts.models import Organisation
from symposia.accounts.queries import this_organisation
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


def funding_by(names: Sequence[str], organiser: Organisation | None = None) -> str:
    """Who pays, in words: a company that organises does, and whoever gives; nothing where nobody
    is known to."""
    said = [_("Supported by %(names)s") % {"names": ", ".join(names)}] if names else []
    if organiser and organiser.is_company:
        said = [_("Organised and paid by %(name)s") % {"name": organiser}, *said]
    return ". ".join(said)


@invitation_line("funding")
def funding_of(activity: Activity) -> str:
    """Who pays for an activity; nothing while no support is noted for what a provider offers."""
    names = supporters_of([activity]).get(activity.pk, [])
    return funding_by(names, None if activity.is_independent else this_organisation())
