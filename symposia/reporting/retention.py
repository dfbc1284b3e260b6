"""How long each kind of record is kept: dated data with its citation, counted from a day."""

import json
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path

from dateutil.relativedelta import relativedelta
from django.utils.translation import gettext_lazy as _

from symposia.shared.dated import Dated, days_taken
from symposia.shared.lists import Words

FILE = Path(__file__).with_name("retention.json")
# From the end of the activity that a record is of, or from when it was made.
FROM_END, FROM_MAKING = "end", "made"
TITLES: dict[str, Words] = {
    "learner_records": _("Attendance, credit and certificates of learners"),
    "activity_files": _("Documents, content and agreements of activities"),
    "reports": _("Reports to bodies and binders"),
    "money": _("Bills, receipts and invoices"),
    "consents": _("Proof of consent"),
}


@dataclass(frozen=True)
class Clock(Dated):
    """How long one kind of record is kept at least, and where that stands."""

    kind: str
    counted: str
    months: int
    purposes: tuple[str, ...]

    @property
    def title(self) -> Words:
        return TITLES[self.kind]

    def until(self, began: date) -> date:
        """The last day on which a record that began on a day is kept."""
        ends: date = began + relativedelta(months=self.months)
        return ends


@lru_cache(maxsize=1)
def clocks() -> tuple[Clock, ...]:
    """Every clock that the product knows."""
    return tuple(_clock(each) for each in json.loads(FILE.read_text(encoding="utf-8"))["clocks"])


def _clock(said: dict[str, object]) -> Clock:
    purposes: tuple[str, ...] = tuple(said.pop("purposes"))  # type: ignore[arg-type]
    return Clock(purposes=purposes, **days_taken(said), **said)  # type: ignore[arg-type]


def clocks_on(day: date) -> list[Clock]:
    """What runs on a day."""
    return [each for each in clocks() if each.holds(day)]


def clock_for(purpose: str, on: date) -> Clock | None:
    """The clock of files that were kept for a purpose; the longest where two name it."""
    found = [each for each in clocks_on(on) if purpose in each.purposes]
    return max(found, key=_months, default=None)


def _months(clock: Clock) -> int:
    return clock.months
