"""What being there says of learning: an objective is learnt where somebody was who teaches it."""

import uuid
from collections.abc import Collection

from symposia.activities.models import ActivityObjective
from symposia.attendance.queries import minutes_of
from symposia.curriculum.learning import knows_learning
from symposia.registrations.models import Registration


@knows_learning("attendance")
def objectives_attended(
    clinician_id: uuid.UUID, objective_ids: Collection[uuid.UUID]
) -> set[uuid.UUID]:
    """The objectives of activities at which the clinician was seen."""
    links = ActivityObjective.objects.filter(objective__in=objective_ids)
    taught: dict[uuid.UUID, set[uuid.UUID]] = {}
    for activity_id, objective_id in links.values_list("activity_id", "objective_id"):
        taught.setdefault(activity_id, set()).add(objective_id)
    places = Registration.objects.filter(clinician=clinician_id, activity__in=taught)
    found: set[uuid.UUID] = set()
    for place in places.confirmed().select_related("activity"):
        if minutes_of(place).was_there:
            found |= taught[place.activity_id]
    return found
