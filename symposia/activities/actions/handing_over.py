import uuid

from django.db import transaction

from symposia.accounts.actions.handing_over import hand_over
from symposia.activities.open_work import activities_of, milestones_of, series_of
from symposia.shared.actors import Actor


@transaction.atomic
def hand_over_activities(leaver: uuid.UUID, successor: uuid.UUID, *, by: Actor) -> int:
    """Somebody else owns what a leaver planned and owes what they had not done; how much it is."""
    kinds = (activities_of, series_of, milestones_of)
    return sum(hand_over(rows(leaver), successor, by=by) for rows in kinds)
