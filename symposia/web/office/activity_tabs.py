"""What stands around every page of one activity: header, readiness rail, tabs.

A page about an activity calls `workspace(request, pk, tab)` for its context, extends
`office/activities/workspace.html` and fills the block `tab`. A new tab is one line in TABS.
"""

import uuid
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.shortcuts import get_object_or_404
from django.urls import NoReverseMatch, reverse
from django.utils.functional import Promise
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from symposia.accounts.permissions import Permission
from symposia.activities.facts import Known, Reading, read_facts
from symposia.activities.lasting import is_enduring, objection_to_recording
from symposia.activities.lists import TONES
from symposia.activities.models import Activity, State
from symposia.activities.owing import facts_hidden
from symposia.activities.policies import objection_to_moving, objection_to_step
from symposia.activities.readiness import Readiness, readiness_of
from symposia.activities.reading import loaded_once
from symposia.activities.wall import Subject, may
from symposia.approvals.queries import sees_request
from symposia.credits.queries import offers_of
from symposia.credits.wording import Part, filled
from symposia.registrations.queries import seats_shown
from symposia.shared.refusals import Objection
from symposia.web.openings import link_to
from symposia.web.parts import Node, Tab
from symposia.web.requests import UserRequest
from symposia.web.walls import shown


@dataclass(frozen=True)
class ActivityTab:
    """A page of the activity; hidden from whoever may not open it."""

    label: str | Promise
    url_name: str
    permission: Permission
    # The names of the facts whose blocks this tab mends: it shows a red dot then.
    mends: tuple[str, ...] = ()
    # What it shows, where its permission is about something else.
    subject: Subject | None = None
    # Whoever may open that one needs this one no more: the name of another tab.
    unless: str = ""
    # Opened seldom enough to stand behind "More".
    seldom: bool = False
    # Only of what is studied at any time.
    of_enduring: bool = False


TABS = [
    # What is planned, then what is done with it.
    ActivityTab(
        gettext_lazy("Overview"),
        "activity",
        Permission.VIEW_ACTIVITIES,
        ("needs", "plan", "place"),
    ),
    ActivityTab(gettext_lazy("Agenda"), "activity_agenda", Permission.VIEW_ACTIVITIES, ("agenda",)),
    ActivityTab(
        gettext_lazy("Faculty"), "activity_faculty", Permission.VIEW_ACTIVITIES, ("faculty",)
    ),
    ActivityTab(
        gettext_lazy("Disclosures"),
        "activity_disclosures",
        Permission.VIEW_PEOPLE_OF_ACTIVITY,
        ("planning_disclosures", "disclosures"),
        Subject.CONTENT,
    ),
    ActivityTab(
        gettext_lazy("Lessons"),
        "activity_course",
        Permission.VIEW_PEOPLE_OF_ACTIVITY,
        ("lessons",),
        Subject.CONTENT,
        of_enduring=True,
    ),
    ActivityTab(
        gettext_lazy("Content"),
        "activity_content",
        Permission.VIEW_PEOPLE_OF_ACTIVITY,
        ("content",),
        Subject.CONTENT,
        seldom=True,
    ),
    ActivityTab(
        gettext_lazy("Slides"),
        "activity_slides",
        Permission.VIEW_ACTIVITIES,
        ("content",),
        Subject.CONTENT,
        unless="activity_content",
        seldom=True,
    ),
    ActivityTab(
        gettext_lazy("Agreements"),
        "activity_agreements",
        Permission.VIEW_MONEY,
        ("agreements",),
        seldom=True,
    ),
    ActivityTab(
        gettext_lazy("People from outside"),
        "activity_externals",
        Permission.VIEW_PEOPLE_OF_ACTIVITY,
        seldom=True,
    ),
    ActivityTab(
        gettext_lazy("Logistics"), "activity_logistics", Permission.VIEW_ACTIVITIES, seldom=True
    ),
    ActivityTab(gettext_lazy("Tasks"), "activity_tasks", Permission.VIEW_ACTIVITIES),
    ActivityTab(gettext_lazy("Money"), "activity_money", Permission.VIEW_MONEY, ("budget",)),
    ActivityTab(
        gettext_lazy("Bills"), "activity_bills", Permission.VIEW_BILLS, ("bills",), seldom=True
    ),
    ActivityTab(
        gettext_lazy("Receipts"),
        "activity_expenses",
        Permission.VIEW_BILLS,
        ("expenses",),
        seldom=True,
    ),
    ActivityTab(
        gettext_lazy("Rules"),
        "activity_rules",
        Permission.VIEW_RULES,
        ("rules",),
        Subject.MONEY,
    ),
    ActivityTab(
        gettext_lazy("Invitations"), "invitations", Permission.VIEW_PEOPLE_OF_ACTIVITY, seldom=True
    ),
    ActivityTab(gettext_lazy("People"), "activity_people", Permission.VIEW_PEOPLE_OF_ACTIVITY),
    ActivityTab(gettext_lazy("Attendance"), "activity_attendance", Permission.VIEW_ATTENDANCE),
    ActivityTab(
        gettext_lazy("Audience"), "activity_audience", Permission.VIEW_EVALUATIONS, seldom=True
    ),
    ActivityTab(
        gettext_lazy("Learners"), "activity_progress", Permission.VIEW_ATTENDANCE, of_enduring=True
    ),
    ActivityTab(
        gettext_lazy("Evaluation"), "activity_evaluation", Permission.VIEW_EVALUATIONS, seldom=True
    ),
    ActivityTab(
        gettext_lazy("Discussions"),
        "activity_discussions",
        Permission.VIEW_EVALUATIONS,
        seldom=True,
    ),
    ActivityTab(gettext_lazy("Tests"), "activity_tests", Permission.VIEW_EVALUATIONS, seldom=True),
    ActivityTab(gettext_lazy("Credits"), "activity_credits", Permission.VIEW_CREDITS, seldom=True),
    ActivityTab(
        gettext_lazy("Insights"), "activity_insights", Permission.VIEW_INSIGHTS, seldom=True
    ),
    ActivityTab(gettext_lazy("History"), "activity_history", Permission.VIEW_ACTIVITIES),
]


def activity_or_404(
    request: UserRequest, pk: uuid.UUID, permission: Permission = Permission.VIEW_ACTIVITIES
) -> Activity:
    """The activity, if this person may see it with this permission."""
    rows = Activity.objects.visible_to(request.access, permission).select_related("owner")
    found = get_object_or_404(rows, pk=pk)
    shown(request, found, permission)
    return found


def workspace(request: UserRequest, pk: uuid.UUID, tab: str) -> dict[str, Any]:
    """The frame of a page about one activity; `tab` is the url name of the page."""
    return frame_of(request, activity_or_404(request, pk), tab)


def frame_of(request: UserRequest, activity: Activity, tab: str) -> dict[str, Any]:
    """Header facts, rail and tabs of an activity that is at hand already."""
    hidden = facts_hidden(request.access, activity.mode)
    known = [k for k in read_facts(activity) if k.fact.name not in hidden]
    readiness = readiness_of(activity, known, at=now())
    return {
        "activity": activity,
        "tabs": _tabs(request, activity, readiness, tab),
        "nodes": [_node(request, activity, known) for known in readiness.known],
        "readiness": readiness,
        "rail_done": _("%(a)d of %(b)d") % {"a": readiness.done, "b": len(readiness.known)},
        "blockers": _blockers(len(readiness.blocked)),
        "next": readiness.next,
        "seldom": _seldom(activity),
        "may_plan": may(request.access, activity.mode, Permission.PLAN_ACTIVITIES),
        "may_read_journal": request.access.holds(Permission.VIEW_JOURNAL),
        "offers": offers_shown(activity),
        "seats": seats_shown(activity, request.access),
        "state_tone": TONES[activity.state],
        "is_enduring": is_enduring(activity),
    }


def _seldom(activity: Activity) -> dict[str, Objection | None]:
    """What is needed seldom, each with why it cannot be done now."""
    return {
        "postponing": objection_to_step(activity, State.POSTPONED),
        "moving": objection_to_moving(activity),
        "cancelling": objection_to_step(activity, State.CANCELLED),
        "recording": objection_to_recording(activity),
    }


@dataclass(frozen=True)
class Offer:
    """How much credit, in the body's own words."""

    maximum: Decimal
    unit: list[Part]


def offers_shown(activity: Activity) -> list[Offer]:
    """A company's activity never offers an accreditor's credit."""
    if not activity.is_independent:
        return []
    return [
        Offer(offer.maximum, filled(offer.system.statements["unit"], {}))
        for offer in loaded_once(activity, offers_of)
    ]


def _blockers(count: int) -> str:
    if not count:
        return ""
    return ngettext("%(n)d condition is missing", "%(n)d conditions are missing", count) % {
        "n": count
    }


def _tabs(
    request: UserRequest, activity: Activity, readiness: Readiness, current: str
) -> list[Tab]:
    blocked = {known.fact.name for known in readiness.blocked}
    open_ = {
        tab.url_name: tab
        for tab in TABS
        if may(request.access, activity.mode, tab.permission, tab.subject)
        and (not tab.of_enduring or is_enduring(activity))
    }
    return [
        Tab(
            tab.label,
            href,
            current=tab.url_name == current,
            alert=_("something is missing") if blocked & set(tab.mends) else "",
            behind=tab.seldom and tab.url_name != current,
        )
        for tab in open_.values()
        if tab.unless not in open_ and (href := _address(tab.url_name, activity))
    ]


def _node(request: UserRequest, activity: Activity, known: Known) -> Node:
    """A reading as the rail draws it; it leads only where this person may go."""
    reading = known.reading
    name, _arguments = reading.link or ("", ())
    href = _leads_to(request, activity, reading)
    says = str(reading.objection) if reading.state == "blocked" and reading.objection else ""
    # What a page says is told beside the rail to those alone who may open it.
    detail = reading.detail if href or not name else ""
    return Node(
        known.fact.label,
        reading.state,
        href,
        count=reading.count,
        lead=_("Missing:") if says else "",
        detail=says or detail or reading.owner,
    )


def _leads_to(request: UserRequest, activity: Activity, reading: Reading) -> str:
    """Not everybody who sees an activity sees what was asked about it."""
    name, arguments = reading.link or ("", ())
    if not name or (
        name == "approval" and not sees_request(request.access, arguments[0], at=now())
    ):
        return ""
    return link_to(request.access, name, arguments, mode=activity.mode)


def _address(url_name: str, activity: Activity) -> str:
    """The address of a tab, or nothing where this installation does not have it."""
    try:
        return reverse(url_name, args=[activity.pk])
    except NoReverseMatch:
        return ""
