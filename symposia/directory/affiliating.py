"""Where somebody works, in the words that people, files and programs say it in."""

import re
from dataclasses import dataclass
from datetime import date

from django.db import models
from django.utils.dateparse import parse_date
from django.utils.translation import gettext_lazy as _


class Earlier(models.TextChoices):
    """What becomes of the primary place that stood before another one."""

    ENDS = "ends", _("It ends the day before")
    STAYS = "stays", _("It goes on, no longer as the primary one")
    KEEP = "keep", _("Nothing: say no if there is one")


@dataclass(frozen=True)
class AffiliationFacts:
    """Where, as what, from when until when."""

    institution: str
    city: str = ""
    role: str = ""
    department: str = ""
    from_on: date | None = None
    until_on: date | None = None
    is_primary: bool = False
    source: str = ""
    # Of another primary place whose days meet these.
    earlier: str = Earlier.ENDS


def as_day(text: str) -> date | None:
    """A day as files and addresses write it; nothing where it is none."""
    try:
        return parse_date(text.strip())
    except ValueError:
        return None


_DAY_AFTER = re.compile(r"^(?P<place>.*?)[\s,]*(?P<day>\d{4}-\d{2}-\d{2})?$")


def place_and_day(text: str) -> tuple[str, date | None]:
    """A place, and the day written after it if there is one."""
    found = _DAY_AFTER.match(text.strip())
    if found is None:
        return text.strip(), None
    return found["place"], as_day(found["day"] or "")
