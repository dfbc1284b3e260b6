"""Whether a series may be planned, and may skip, move or add a day. Pure: no query, no clock."""

from collections.abc import Sequence
from datetime import date, timedelta

from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from symposia.activities.disclosing import WHO_IS_IT
from symposia.activities.models import Activity, Refresh, TeamRole
from symposia.activities.recurrence import Frequency, Rule, days_of
from symposia.curriculum.models import Plan
from symposia.curriculum.policies.plans import objection_to_joining
from symposia.shared.refusals import Objection

NO_DAY = Objection("no_day", _("No day fits between the first and the last one."))
SERIES_TOO_LONG = Objection(
    "series_too_long", _("A series is planned for at most 15 months at a time.")
)
OVER_MIDNIGHT = Objection("over_midnight", _("A session of a series ends on the day it begins."))
NOT_A_DAY = Objection("not_a_day", _("%(day)s is no day of this series."))
ALREADY_A_DAY = Objection("already_a_day", _("%(day)s is a day of this series already."))
SAME_DAY = Objection("same_day", _("It takes place on that day already."))
FROZEN_SESSION = Objection(
    "frozen_session",
    _("%(activity)s is “%(state)s”: cancel or move the activity itself."),
)
REFRESH_FIRST = Objection(
    "refresh_first", _("Taken over from another year and not looked at yet: %(statements)s")
)
LOOKED_AT = Objection("looked_at", _("%(who)s looked at this already."))
SAY_WHY = Objection("day_off_reason", _("Say why; a holiday is a reason."))
LONGEST = timedelta(days=460)
_DAY = 24 * 60


def objection_to_rule(rule: Rule, *, starts_minute: int, minutes: int) -> Objection | None:
    """A series has days, not too many, and each of its sessions lies within one."""
    if rule.until_on - rule.first_on > LONGEST:
        return SERIES_TOO_LONG
    if starts_minute + minutes > _DAY:
        return OVER_MIDNIGHT
    return None if days_of(rule) else NO_DAY


def objection_to_exception(
    days: Sequence[date], day: date, moved_to: date | None, *, reason: str
) -> Objection | None:
    """A day of the series is skipped or moved, for a reason."""
    if not reason.strip():
        return SAY_WHY
    if day not in days:
        return NOT_A_DAY.about(day=said_day(day))
    return SAME_DAY if moved_to == day else None


def objection_to_extra_day(days: Sequence[date], day: date, *, reason: str) -> Objection | None:
    """A day is added that the series does not have, for a reason."""
    if not reason.strip():
        return SAY_WHY
    return ALREADY_A_DAY.about(day=said_day(day)) if day in days else None


def objection_to_moving_occasion(activity: Activity | None) -> Objection | None:
    """What was submitted stays: the activity itself is moved or cancelled, by its own rules."""
    if activity is None or activity.in_planning or activity.state == "cancelled":
        return None
    return FROZEN_SESSION.about(activity=activity.number, state=activity.get_state_display())


def objection_to_refreshes(still_open: Sequence[Refresh]) -> Objection | None:
    """What was taken over is looked at before it is used."""
    if not still_open:
        return None
    return REFRESH_FIRST.about(statements="; ".join(each.statement for each in still_open))


def objection_to_looking(refresh: Refresh) -> Objection | None:
    """What was taken over is looked at once."""
    return LOOKED_AT.about(who=refresh.looked_by_name) if refresh.looked_at else None


def objection_to_plan_of_series(plan: Plan | None, rule: Rule) -> Objection | None:
    """A series belongs to a plan that is not ended and holds its first day and its last."""
    days = days_of(rule)
    if plan is None or not days:
        return None
    return objection_to_joining(plan, days[0]) or objection_to_joining(plan, days[-1])


def plan_on(plan: Plan | None, day: date) -> Plan | None:
    """The plan of a series, on a day that it holds; a day moved out of it belongs to none."""
    return plan if plan and objection_to_joining(plan, day) is None else None


def objection_to_series_team(name: str, role: str) -> Objection | None:
    """Somebody known, in a role there is."""
    return None if name.strip() and role in TeamRole.values else WHO_IS_IT


def said_rule(repeats: str, interval: int) -> str:
    """How often it takes place, in words."""
    words = {
        Frequency.DAILY: ngettext("every day", "every %(n)d days", interval),
        Frequency.WEEKLY: ngettext("every week", "every %(n)d weeks", interval),
        Frequency.MONTHLY_WEEKDAY: ngettext(
            "every month on the same weekday", "every %(n)d months on the same weekday", interval
        ),
        Frequency.MONTHLY_DAY: ngettext(
            "every month on the same day", "every %(n)d months on the same day", interval
        ),
    }
    return words[Frequency(repeats)] % {"n": interval}


def said_day(day: date) -> str:
    """A day inside a sentence."""
    return date_format(day, "j M Y")
