"""What a representative looks at first: what is late and due, and who waits for an answer."""

import uuid
from dataclasses import dataclass

from symposia.accounts.permissions import Access
from symposia.accounts.queries import local_day
from symposia.engagement.models import FollowUp
from symposia.engagement.team_lists import waiting_for_answers
from symposia.registrations.models import Registration
from symposia.shared.counting import counted_together

# A page for a phone.
MOST = 100


@dataclass(frozen=True)
class DayCounts:
    """The numbers of a day; each leads to its rows."""

    late: int
    due: int
    waiting: int

    @property
    def any(self) -> bool:
        """Whether anything is to be done."""
        return bool(self.late or self.due or self.waiting)


def day_counts(access: Access, user_id: uuid.UUID) -> DayCounts:
    """What is late, what else is to do, and which doctors wait, in one statement."""
    mine = FollowUp.objects.visible_to(access).owned_by(user_id)
    today = local_day()
    late, due = mine.late_on(today), mine.open().filter(due_on__gte=today)
    return DayCounts(*counted_together([late, due, waiting_for_answers(access)]))


def unanswered(access: Access, *, territory_id: uuid.UUID | None = None) -> list[Registration]:
    """The doctors who wait, of one territory or all, those of the next activity first."""
    rows = waiting_for_answers(access)
    if territory_id:
        rows = rows.filter(clinician__territory=territory_id)
    return list(rows.order_by("activity__starts_at", "requested_at", "pk")[:MOST])
