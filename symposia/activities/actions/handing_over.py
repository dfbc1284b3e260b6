import uuid
from collections.abc import Mapping

from django.db import transaction

from symposia.accounts.actions.handing_over import hand_over
from symposia.activities.open_work import activities_of, milestones_of, series_of
from symposia.shared.actors import Actor

KINDS = {"activities": activities_of, "series": series_of, "milestones": milestones_of}


@transaction.atomic
def hand_over_activities(
    leaver: uuid.UUID, successors: Mapping[str, uuid.UUID], *, by: Actor
) -> int:
    """Somebody else owns what a leaver planned and owes what they had not done, of each kind who
    is named for it; how much it is."""
    return sum(hand_over(KINDS[kind](leaver), who, by=by) for kind, who in successors.items())
