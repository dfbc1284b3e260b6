"""The disclosures that activities rely on, for the impact of a new version of rules."""

import uuid
from collections.abc import Collection

from django.db.models import Q

from symposia.activities.models import Contributor, Disclosure, SessionFaculty, TeamMember
from symposia.compliance.hanging import Hanging, hangs_on


@hangs_on("activity", "disclosures")
def disclosures_relied_on(activity_ids: Collection[uuid.UUID]) -> list[Hanging]:
    """What everybody in control of these activities disclosed last, each person once."""
    faculty = SessionFaculty.objects.filter(session__activity__in=list(activity_ids))
    team = TeamMember.objects.filter(activity__in=list(activity_ids)).values("contributor")
    listed = faculty.filter(clinician__isnull=False).values("clinician")
    named = faculty.filter(clinician=None).values("name")
    people = Contributor.objects.filter(
        Q(pk__in=team) | Q(clinician__in=listed) | Q(clinician=None, user=None, name__in=named)
    )
    rows = Disclosure.objects.last_of_each().filter(contributor__in=people.values("pk"))
    found = rows.select_related("contributor")
    return [
        Hanging(str(each.contributor_id), each.contributor.name)
        for each in sorted(found, key=lambda each: each.contributor.name)
    ]
