"""How near the day is by which something that is still open has to be done."""

from dataclasses import dataclass
from datetime import timedelta
from functools import reduce
from operator import or_

from django.db.models import Q

from symposia.accounts.queries import local_day
from symposia.shared.lists import Choice, Rows


@dataclass(frozen=True)
class Near(Choice):
    """A filter by how near the day of what is open is: gone by, within a while, later."""

    within: timedelta = timedelta(0)
    still: str = "open"

    def apply(self, rows: Rows, values: list[str]) -> Rows:
        today, name = local_day(), self.field
        soon = today + self.within
        spans = (
            Q(**{f"{name}__lt": today}),
            Q(**{f"{name}__gte": today, f"{name}__lte": soon}),
            Q(**{f"{name}__gt": soon}),
        )
        named = zip(self.options(), spans, strict=True)
        wanted = [span for (value, _label), span in named if value in values]
        return rows.filter(reduce(or_, wanted), state=self.still) if wanted else rows
