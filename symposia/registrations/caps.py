"""A company's own caps of meetings for one doctor: of a year, of any 365 days, of one topic."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.utils.translation import gettext_lazy as _

from symposia.compliance.rolling import fullest, year_of
from symposia.shared.refusals import Objection

CAP_REACHED = Objection(
    "attendee_cap_reached",
    _("This would be meeting %(count)s of the year, over the cap of %(cap)s for one doctor."),
)
ROLLING_CAP_REACHED = Objection(
    "attendee_rolling_reached",
    _("This would be meeting %(count)s within 365 days, over the cap of %(cap)s for one doctor."),
)
TOPIC_CAP_REACHED = Objection(
    "attendee_topic_cap_reached",
    _(
        "This would be meeting %(count)s on this topic within 365 days, over the cap of %(cap)s"
        " for one doctor."
    ),
)
CAPS_REACHED = (CAP_REACHED, ROLLING_CAP_REACHED, TOPIC_CAP_REACHED)


@dataclass(frozen=True)
class Meeting:
    """Another meeting that a doctor has, or waits for, a place at."""

    on: date
    is_same_topic: bool = False


@dataclass(frozen=True)
class Caps:
    """What an organisation has set: nothing means no cap."""

    year: Decimal | None = None
    rolling: Decimal | None = None
    topic: Decimal | None = None
    year_begins: int = 1


def caps_in(own: Mapping[str, str]) -> Caps | None:
    """The caps among an organisation's own values; nothing where it set none."""
    names = {"year": "attendee_cap", "rolling": "attendee_rolling", "topic": "attendee_topic_cap"}
    found = {part: Decimal(own[name]) for part, name in names.items() if name in own}
    return Caps(**found, year_begins=int(own.get("year_begins", 1))) if found else None


def objection_to_one_more(others: Sequence[Meeting], caps: Caps, *, on: date) -> Objection | None:
    """Whether a meeting on this day is one too many; those to come count as well as those past."""
    year = year_of(on, caps.year_begins)
    of_year = sum(year_of(each.on, caps.year_begins) == year for each in others) + 1
    of_topic = [each.on for each in others if each.is_same_topic]
    found = (
        _over(CAP_REACHED, of_year, caps.year),
        _over(ROLLING_CAP_REACHED, fullest((each.on for each in others), on), caps.rolling),
        _over(TOPIC_CAP_REACHED, fullest(of_topic, on), caps.topic),
    )
    return next(filter(None, found), None)


def _over(objection: Objection, count: int, cap: Decimal | None) -> Objection | None:
    if cap is None or count <= cap:
        return None
    return objection.about(count=count, cap=cap.normalize().to_eng_string())
