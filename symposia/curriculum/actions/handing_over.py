import uuid

from django.db import transaction

from symposia.accounts.actions.handing_over import hand_over
from symposia.curriculum.open_work import OWNED, news_of
from symposia.shared.actors import Actor


@transaction.atomic
def hand_over_curriculum(leaver: uuid.UUID, successor: uuid.UUID, *, by: Actor) -> int:
    """Somebody else goes on with a leaver's plans, gaps, promises and news; how much it is."""
    owned = sum(hand_over(rows(leaver), successor, by=by) for rows in OWNED)
    return owned + hand_over(news_of(leaver), successor, by=by, field="assigned_to")
