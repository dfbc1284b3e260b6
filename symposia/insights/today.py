"""What needs a person now: read from the states of things, never kept as a list of its own."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet, Value
from django.db.models.functions import Concat
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from symposia.accounts.permissions import Access, Permission
from symposia.accounts.queries import local_day
from symposia.activities.facts import Stage
from symposia.activities.models import Activity, Series, State
from symposia.activities.wall import FEWEST, only_counts
from symposia.approvals.models import ApprovalRequest
from symposia.approvals.queries import requests_waiting_for
from symposia.engagement.models import AdverseEvent, FollowUp
from symposia.finance.models import Bill, Expense
from symposia.insights.alike import series_of, told_once
from symposia.insights.models import OpenPoint
from symposia.insights.told_at_once import TOLD_AT_ONCE
from symposia.notifications.models import Suppression
from symposia.notifications.queries import undelivered
from symposia.registrations.models import Places
from symposia.reporting.queries import due_soon
from symposia.shared.counting import counted_together

SOON = timedelta(days=30)
WEEK = timedelta(days=7)
# Of each kind of need, the most urgent; a page of all would be read by nobody.
MOST = 20


@dataclass(frozen=True)
class Need:
    """One thing to do: a sentence with its verb, what it is about, until when, where."""

    what: str | Promise
    number: str
    title: str
    due_at: datetime
    tone: str
    url_name: str
    key: str = ""
    owner: str = ""
    # Of so many sessions of a series it is said at once, and of the next of them first.
    sessions: int = 1
    next_at: datetime | None = None
    # How much else the same record lacks.
    more: int = 0

    def is_late(self, at: datetime) -> bool:
        return self.due_at < at


# State → what its owner does next; the activity's start is the last moment for it.
_NEXT: dict[str, tuple[str | Promise, timedelta, str]] = {
    State.RETURNED: (_("Change what was asked and submit again"), timedelta(days=14), "warn"),
    State.DRAFT: (_("Finish the plan and submit it for approval"), timedelta(days=21), ""),
    State.APPROVED: (_("Open registration"), timedelta(days=14), "info"),
    State.POSTPONED: (_("Find a new date or cancel"), timedelta(days=0), "warn"),
}


# What approvers gave back waits for an answer, however far its day is.
_RETURNED = Q(fact="approval", activity__state=State.RETURNED)
# What nobody but approvers and finance can do stands in their own lists.
_OF_OTHERS = Q(fact__in=["approval", "bills", "expenses"], owner=None) & ~_RETURNED


def _near(at: datetime) -> Q:
    return Q(due_at__lt=at + 3 * SOON)


def rows_needing(access: Access, *, at: datetime) -> dict[str, QuerySet[Any]]:
    """The rows behind the needs, by what has to be done, each as far as one page goes."""
    rows: dict[str, QuerySet[Any]] = {}
    if access.holds(Permission.DECIDE_APPROVALS):
        rows["decide"] = requests_waiting_for(access)[:MOST]
    if access.holds(Permission.PLAN_ACTIVITIES):
        mine = Activity.objects.answered_for_by(access, Permission.PLAN_ACTIVITIES)
        rows["mend"] = _to_mend(access, mine, at)[:MOST]
        rows["plan"] = _to_move_on(mine, at)[:MOST]
    if access.holds(Permission.AWARD_CREDITS):
        mine = Activity.objects.answered_for_by(access, Permission.AWARD_CREDITS)
        over = mine.filter(state__in=[State.HELD, State.RECONCILING])
        rows["close"] = over.order_by("ends_at", "pk")[:MOST]
    if access.holds(Permission.POST_MONEY):
        rows["bills"] = Bill.objects.to_decide(access)[:MOST]
        rows["expenses"] = Expense.objects.to_decide(access)[:MOST]
    if access.holds(Permission.AWARD_CREDITS):
        rows["reports"] = due_soon(access)
    rows |= _after_activities(access, at)
    if access.holds(Permission.VIEW_OUTBOX):
        rows["correct"] = undelivered()
        rows["addresses"] = Suppression.objects.visible_to(access).to_mend()
    return rows


def _after_activities(access: Access, at: datetime) -> dict[str, QuerySet[Any]]:
    """Follow-ups of one's own that are late, and what drug safety was not told of yet: of that how
    many there are, and nothing of what they say."""
    rows: dict[str, QuerySet[Any]] = {}
    if access.holds(Permission.INVITE):
        mine = FollowUp.objects.visible_to(access).owned_by(access.user_id)
        rows["follow_ups"] = mine.late_on(local_day(at))
    if access.holds(Permission.MANAGE_ORGANISATION):
        rows["adverse_events"] = AdverseEvent.objects.unsent()
    return rows


def _to_mend(access: Access, mine: QuerySet[Activity], at: datetime) -> QuerySet[Any]:
    """The most urgent of what an activity lacks, or the sessions of a series do."""
    lacks = OpenPoint.objects.visible_to(access, Permission.PLAN_ACTIVITIES)
    near = lacks.filter(_near(at) | _RETURNED, activity__in=mine).exclude(_OF_OTHERS)
    counted = {"told_of": "activity_id", "things": "fact"}
    return told_once(near, "activity_id", first=("due_at", "pk"), counted=counted)


def _to_move_on(mine: QuerySet[Activity], at: datetime) -> QuerySet[Any]:
    """What lacks nothing and waits for its next step."""
    waiting = mine.filter(state__in=list(_NEXT), starts_at__lt=at + 3 * SOON)
    whole = waiting.filter(~Exists(OpenPoint.objects.filter(activity=OuterRef("pk"))))
    counted, first = {"told_of": "pk"}, ("starts_at", "pk")
    return told_once(whole, "pk", first=first, counted=counted, apart=("state",))


def needs_of(access: Access, *, at: datetime) -> list[Need]:
    """Everything this person can act on, the most urgent first."""
    rows = rows_needing(access, at=at)
    told = [name for name in TOLD_AT_ONCE if name in rows]
    count = dict(zip(told, counted_together([rows[name] for name in told]), strict=True))
    found = [
        *map(_decision, rows.get("decide", ())),
        *_planning(access, rows),
        *map(_closing, rows.get("close", ())),
        *_papers(rows),
        *(_counted(name, number, at) for name, number in count.items() if number),
    ]
    return sorted(found, key=lambda need: need.due_at)


def _decision(request: ApprovalRequest) -> Need:
    return Need(
        _("Decide on this request"),
        request.number,
        request.title,
        request.due_at or request.opened_at + timedelta(days=2),
        "warn",
        "approval",
        str(request.pk),
    )


def _planning(access: Access, rows: Mapping[str, QuerySet[Any]]) -> list[Need]:
    """What its planners owe, the sessions of a series as one."""
    if "mend" not in rows:
        return []
    points, waiting = list(rows["mend"].select_related("activity")), list(rows["plan"])
    series = series_of([*(p.activity_id for p in points), *(a.pk for a in waiting)])
    is_led = access.everywhere(Permission.PLAN_ACTIVITIES)
    found = [_of_series(_mending(p), p.activity, p.told_of, series, is_led=is_led) for p in points]
    return found + [_of_series(_plan(a), a, a.told_of, series, is_led=is_led) for a in waiting]


def _of_series(
    need: Need,
    activity: Activity,
    sessions: int,
    series: Mapping[uuid.UUID, Series],
    *,
    is_led: bool,
) -> Need:
    """The same, said of all its sessions; whoever plans everywhere is led to the series."""
    of = series.get(activity.pk)
    if of is None or sessions < 2:
        return need
    said = replace(need, sessions=sessions, next_at=activity.starts_at, title=of.title)
    return replace(said, number=of.number, url_name="series", key=str(of.pk)) if is_led else said


def _mending(point: Any) -> Need:
    """What is missing in the words of the rail, with the field that mends it."""
    late = "stop" if point.stage == Stage.START else "warn"
    return Need(
        point.words,
        point.activity.number,
        point.activity.title,
        point.due_at,
        late,
        point.url_name,
        point.url_key,
        point.owner_name,
        more=point.things - 1,
    )


def _plan(activity: Activity) -> Need:
    what, before, tone = _NEXT[activity.state]
    return _need(activity, what, activity.starts_at - before, tone)


def _closing(activity: Activity) -> Need:
    if activity.state == State.HELD:
        return _need(activity, _("Reconcile attendance"), activity.ends_at + WEEK, "info")
    return _need(activity, _("Close the books"), activity.ends_at + SOON, "")


# What finance does with each kind of paper. Suppliers, and whoever paid out of their own pocket,
# wait for it a week at most.
_PAPERS: dict[str, str | Promise] = {
    "bill": _("Accept this bill or send it back"),
    "expense": _("Accept this receipt or send it back"),
}


def _papers(rows: Mapping[str, QuerySet[Any]]) -> list[Need]:
    """Bills and receipts that wait, read in one statement."""
    if "bills" not in rows:
        return []
    who = Concat("supplier", Value(", "), "supplier_number")
    told = ("activity__title", "handed_in_at")
    bills = rows["bills"].values_list(Value("bill"), "pk", "number", who, *told)
    receipts = rows["expenses"].values_list(Value("expense"), "pk", "number", "paid_to", *told)
    return [
        Need(_PAPERS[kind], number, f"{paid}: {title}", at + WEEK, "info", kind, str(pk))
        for kind, pk, number, paid, title, at in bills.union(receipts, all=True)
    ]


def _need(activity: Activity, what: str | Promise, due: datetime, tone: str) -> Need:
    return Need(what, activity.number, activity.title, due, tone, "activity", str(activity.pk))


def _counted(name: str, count: int, at: datetime) -> Need:
    words, tone, url_name, left = TOLD_AT_ONCE[name]
    return Need(words % count, "", "", at + left, tone, url_name)


@dataclass(frozen=True)
class Upcoming:
    """An activity of the coming fortnight and how full it is."""

    activity: Activity
    # Nothing where the wall keeps small counts from whoever looks.
    taken: int | None
    waiting: int | None


def coming_up(access: Access, *, at: datetime) -> list[Upcoming]:
    """What takes place in the next fourteen days."""
    soon = (
        Activity.objects.visible_to(access)
        .not_over(at)
        .filter(starts_at__lt=at + 2 * WEEK)
        .order_by("starts_at", "pk")[:12]
    )
    places = {p.activity_id: p for p in Places.objects.filter(activity__in=list(soon))}
    none = Places(taken=0, waiting=0)
    few = only_counts(access)
    held = [(activity, places.get(activity.pk, none)) for activity in soon]
    return [
        Upcoming(activity, *_told(activity.mode in few, place.taken, place.waiting))
        for activity, place in held
    ]


def _told(only_many: bool, *counts: int) -> list[int | None]:
    return [None if only_many and count < FEWEST else count for count in counts]


@dataclass(frozen=True)
class Waiting:
    """An activity that somebody else has to move."""

    activity: Activity
    since: datetime


def waiting_on_others(access: Access) -> list[Waiting]:
    """What was submitted and is not decided."""
    if not access.holds(Permission.PLAN_ACTIVITIES):
        return []
    mine = Activity.objects.answered_for_by(access, Permission.PLAN_ACTIVITIES)
    rows = mine.filter(state=State.IN_APPROVAL).order_by("changed_at", "pk")[:10]
    return [Waiting(activity, activity.changed_at) for activity in rows]
