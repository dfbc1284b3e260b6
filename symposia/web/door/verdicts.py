"""A verdict in words: the same for the page without script and for the script."""

from dataclasses import dataclass
from typing import Any
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from symposia.attendance.actions import Verdict
from symposia.attendance.policies import DOOR_NOT_YET, NO_SEAT, SEAT_ELSEWHERE
from symposia.web.formats import clock, day

# Outcome of the action -> colour and shape of the screen.
LOOKS = {"in": "in", "out": "in", "again": "again", "desk": "desk"}


@dataclass(frozen=True)
class Said:
    """What stands on the screen after a scan."""

    verdict: str
    outcome: str
    title: str
    who: str
    lines: tuple[str, ...]
    next: str

    def as_json(self) -> dict[str, Any]:
        return {
            "verdict": self.verdict,
            "outcome": self.outcome,
            "title": self.title,
            "who": self.who,
            "lines": list(self.lines),
            "next": self.next,
        }


def said(verdict: Verdict, zone: str) -> Said:
    """The words for a verdict, times on the clock of the venue."""
    return Said(
        verdict=LOOKS[verdict.outcome],
        outcome=verdict.outcome,
        title=_title(verdict),
        who=verdict.name,
        lines=tuple(filter(None, _lines(verdict, zone))),
        next=_next(verdict),
    )


def is_moved(verdict: Verdict) -> bool:
    """Whether the person has a place here, and none in the session of this door."""
    moved = {NO_SEAT.code, SEAT_ELSEWHERE.code}
    return verdict.objection is not None and verdict.objection.code in moved


def _title(verdict: Verdict) -> str:
    if verdict.objection == DOOR_NOT_YET:
        return _("Not open yet")
    return _("Another session") if is_moved(verdict) else _titles()[verdict.outcome]


def _titles() -> dict[str, str]:
    return {
        "in": _("Checked in"),
        "out": _("Checked out"),
        "again": _("Already seen"),
        "desk": _("See desk"),
    }


def _lines(verdict: Verdict, zone: str) -> list[str]:
    about = " · ".join(filter(None, [verdict.credential, verdict.institution]))
    if verdict.outcome in {"in", "out"}:
        return [about]
    lines = [str(verdict.objection or "")]
    if verdict.before:
        at = clock(verdict.before.at.astimezone(ZoneInfo(zone)))
        who = verdict.before.by_name
        lines.append(_("Since %(clock)s, by %(who)s") % {"clock": at, "who": who})
    if verdict.opens_at:
        opens_at = verdict.opens_at.astimezone(ZoneInfo(zone))
        lines.append(
            _("It opens on %(day)s at %(clock)s.")
            % {"day": day(opens_at), "clock": clock(opens_at)}
        )
    if verdict.cancelled_at:
        when = day(verdict.cancelled_at.astimezone(ZoneInfo(zone)))
        lines.append(_("Given up on %(day)s") % {"day": when})
    if verdict.ticket_code and verdict.outcome == "desk" and not verdict.opens_at:
        lines.append(_("Tell the desk: %(code)s") % {"code": verdict.ticket_code})
    return lines


def _next(verdict: Verdict) -> str:
    if verdict.outcome == "again":
        return _("Same ticket in a second hand? Ask for a name. Both readings are kept.")
    if is_moved(verdict):
        return _("Show the way there. If the person wants in here, the desk can help.")
    if verdict.objection == DOOR_NOT_YET:
        return _("The phone works. Read the ticket again once the door is open.")
    if verdict.outcome == "desk":
        return _("The desk can help; nobody has done anything wrong.")
    return ""
