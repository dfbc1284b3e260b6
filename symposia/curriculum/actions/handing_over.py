import uuid
from collections.abc import Mapping

from django.db import transaction

from symposia.accounts.actions.handing_over import hand_over
from symposia.curriculum.open_work import KINDS
from symposia.shared.actors import Actor


@transaction.atomic
def hand_over_curriculum(
    leaver: uuid.UUID, successors: Mapping[str, uuid.UUID], *, by: Actor
) -> int:
    """Somebody else goes on with a leaver's plans, gaps, promises and news, of each kind who is
    named for it; how much it is."""
    handed = 0
    for kind, who in successors.items():
        rows, field = KINDS[kind]
        handed += hand_over(rows(leaver), who, by=by, field=field)
    return handed
