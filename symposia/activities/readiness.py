"""The rail of an activity: which conditions hold, what blocks, what comes next."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import OuterRef, QuerySet
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, ngettext_lazy

from symposia.activities.apart import too_near_in
from symposia.activities.facts import Condition, Fact, Known, Reading, Stage, register_fact
from symposia.activities.models import (
    APPROVED_ON,
    Activity,
    ActivityObjective,
    DeliveryForm,
    Mode,
    State,
)
from symposia.activities.numbers import number_of, register_numbers
from symposia.activities.policies import (
    objection_to_starting,
    objection_to_step,
)
from symposia.activities.queries import (
    agenda_of,
    evaluation_of,
    facts_known_of,
    findings_about,
    register_rows,
    steps_of,
)
from symposia.activities.reading import Batch, loaded_once, read_together, rows_of
from symposia.activities.separation import objection_to_nearness
from symposia.activities.types import enduring_types
from symposia.approvals.models import ApprovalRequest
from symposia.approvals.models import State as RequestState
from symposia.compliance.models import Evaluation, Result
from symposia.shared.counting import CountOf
from symposia.shared.refusals import Objection
from symposia.shared.tenancy import is_behind

NO_OBJECTIVES = Objection(
    "no_objectives", gettext_lazy("No objective is chosen: say which gap this works on.")
)
NO_VENUE = Objection("no_venue", gettext_lazy("The venue has no name and city yet."))
NO_STREAM = Objection("no_stream", gettext_lazy("The address for joining online is missing."))
NO_SESSIONS = Objection("no_sessions", gettext_lazy("The agenda has no session."))
NOTHING_CREDITABLE = Objection(
    "nothing_creditable", gettext_lazy("No minute of the agenda counts for credit.")
)
CLASHES = Objection(
    "clashes", gettext_lazy("Two sessions need “%(what)s” at the same time: %(first)s, %(second)s.")
)
NO_FACULTY = Objection("no_faculty", gettext_lazy("Nobody teaches yet in: %(sessions)s."))
ASKED_AGAIN = Objection(
    "asked_again",
    gettext_lazy("It changed after it was approved. It waits again for: %(steps)s."),
)

CHANGE_NOT_APPROVED = Objection(
    "change_not_approved",
    gettext_lazy(
        "A change was not approved (%(number)s). What was approved before stands: put the change"
        " back, or change it again."
    ),
)

_WARNINGS = ngettext_lazy("%(n)d warning", "%(n)d warnings", "n")
_BLOCKS = ngettext_lazy("%(n)d rule blocks", "%(n)d rules block", "n")
BEFORE_SUBMISSION = frozenset({Stage.SUBMIT})
_AFTER_OPENING = APPROVED_ON - {State.APPROVED}


@dataclass(frozen=True)
class Next:
    """The one step that an activity waits for, and why it may not be taken now."""

    action: str
    label: str | Promise
    objection: Objection | None


@dataclass(frozen=True)
class Readiness:
    """How far an activity is: the conditions in their order, what blocks, what is next."""

    known: list[Known]
    next: Next | None

    @property
    def done(self) -> int:
        return sum(k.reading.state in {"done", "sealed"} for k in self.known)

    @property
    def blocked(self) -> list[Known]:
        return [k for k in self.known if k.reading.state == "blocked"]


_NEXT: dict[str, tuple[str, State, Stage | None, str | Promise]] = {
    State.DRAFT: ("submit", State.SUBMITTED, Stage.SUBMIT, gettext_lazy("Submit for approval")),
    State.RETURNED: ("submit", State.SUBMITTED, Stage.SUBMIT, gettext_lazy("Submit again")),
    State.APPROVED: ("open", State.OPEN, Stage.OPEN, gettext_lazy("Open for registration")),
    State.OPEN: ("start", State.RUNNING, Stage.START, gettext_lazy("Start")),
    State.RUNNING: ("hold", State.HELD, None, gettext_lazy("Mark as held")),
    State.HELD: ("reconcile", State.RECONCILING, None, gettext_lazy("Close the books")),
    State.RECONCILING: ("close", State.CLOSED, Stage.CLOSE, gettext_lazy("Close the activity")),
}


def readiness_of(activity: Activity, known: list[Known], *, at: datetime) -> Readiness:
    """Put the readings of an activity together with the step it waits for."""
    return Readiness(known, next_of(activity, known, at=at))


def next_of(activity: Activity, known: Sequence[Known], *, at: datetime) -> Next | None:
    """The step that comes next; none while others decide or when nothing is left."""
    found = _NEXT.get(activity.state)
    if found is None:
        return None
    action, to, stage, label = found
    objection = objection_to_step(activity, to, stage=stage, known=known)
    if objection is None and action == "start":
        objection = objection_to_starting(activity, at=at)
    return Next(action, label, objection)


def _held(activity: Activity) -> Condition:
    """A condition that holds: signed with the plan, or simply met."""
    return "sealed" if activity.is_approved_on else "done"


def _blocked(objection: Objection, link: tuple[str, list[Any]], count: str = "") -> Reading:
    return Reading("blocked", objection, link, count=count)


def _needs(activity: Activity) -> Reading | None:
    if activity.mode == Mode.PROMOTIONAL:
        return None
    link = ("activity_objectives", [activity.pk])
    count = number_of(activity, "objectives")
    if not count:
        return _blocked(NO_OBJECTIVES, link)
    words = ngettext("%(n)d objective", "%(n)d objectives", count) % {"n": count}
    return Reading(_held(activity), link=link, detail=words)


def _place(activity: Activity) -> Reading:
    link = ("activity_edit", [activity.pk])
    if activity.delivery != DeliveryForm.ONLINE and not (activity.venue_name and activity.city):
        return _blocked(NO_VENUE, link)
    if activity.delivery != DeliveryForm.IN_PERSON and not activity.online_address:
        return _blocked(NO_STREAM, link)
    return Reading(_held(activity), link=link)


def _agenda(activity: Activity) -> Reading:
    link = ("activity_agenda", [activity.pk])
    agenda = loaded_once(activity, agenda_of)
    if not agenda.slots:
        return _blocked(NO_SESSIONS, link)
    if activity.is_independent and not agenda.creditable_minutes:
        return _blocked(NOTHING_CREDITABLE, link)
    for clash in agenda.clashes:
        what = {"what": clash.what, "first": clash.first.title, "second": clash.second.title}
        return _blocked(CLASHES.about(**what), link)
    near, asked = loaded_once(activity, too_near_in)
    if near and asked:
        return _blocked(objection_to_nearness(near[0], int(asked.value)), link)
    minutes = _("%(n)d min") % {"n": agenda.minutes}
    return Reading(_held(activity), link=link, count=minutes)


def _faculty(activity: Activity) -> Reading | None:
    agenda = loaded_once(activity, agenda_of)
    teaching = [s for s in agenda.slots if s.session.creditable_minutes]
    if not teaching:
        return None
    link = ("activity_faculty", [activity.pk])
    named = [slot for slot in teaching if slot.faculty]
    count = _("%(a)d of %(b)d") % {"a": len(named), "b": len(teaching)}
    missing = ", ".join(slot.session.title for slot in teaching if not slot.faculty)
    if missing:
        return _blocked(NO_FACULTY.about(sessions=missing), link, count)
    return Reading(_held(activity), link=link, count=count)


def _is_older(evaluation: Evaluation, activity: Activity) -> bool:
    """Whether anything that rules decide on changed since they looked: as they would see it now,
    except to whoever does not see all of it."""
    return not is_behind() and bool(evaluation.facts != loaded_once(activity, facts_known_of))


def _rules(activity: Activity) -> Reading:
    link = ("activity_rules", [activity.pk])
    evaluation = loaded_once(activity, evaluation_of)
    if evaluation is None:
        return Reading("waiting", link=link, detail=_("Checked when you submit"))
    if activity.in_planning and _is_older(evaluation, activity):
        return Reading("waiting", link=link, detail=_("Changed since it was checked"))
    findings = [f for f in loaded_once(activity, findings_about) if f.result != Result.PASS]
    if evaluation.result == Result.BLOCK:
        blocks = [f"{f.rule} {f.message}" for f in findings if f.holds_back]
        says = next(iter(blocks), "")
        return Reading("blocked", link=link, count=_counted(blocks, _BLOCKS), detail=says)
    return Reading(_held(activity), link=link, count=_counted(findings, _WARNINGS))


def _counted(found: Sequence[Any], words: Any) -> str:
    return words % {"n": len(found)} if found else ""


def request_rows(activity_id: uuid.UUID) -> QuerySet[ApprovalRequest]:
    """The newest request about an activity: one row, or none."""
    return ApprovalRequest.objects.of_subject("activity", activity_id)[:1]


def _approval(activity: Activity) -> Reading:
    request = next(iter(rows_of(activity.pk, request_rows)), None)
    if activity.state == State.RETURNED:
        last = [s for s in steps_of(activity) if s.to_state == State.RETURNED][-1]
        link = ("approval", [request.pk]) if request else None
        return Reading("blocked", link=link, detail=last.reason)
    if activity.in_planning or request is None:
        return Reading("waiting")
    return _asked(request, ("approval", [request.pk]))


def _asked(request: ApprovalRequest, link: tuple[str, list[Any]]) -> Reading:
    if request.state == RequestState.OPEN:
        steps = ", ".join(step.name for step in request.waits_for)
        waits = _("Waits for %(step)s") % {"step": steps}
        again = ASKED_AGAIN.about(steps=steps) if request.first_approved_at else None
        return Reading("now", again, link, count=request.number, detail=waits)
    if request.state == RequestState.APPROVED:
        return Reading("sealed", link=link, count=request.number)
    if request.is_back:
        return _blocked(CHANGE_NOT_APPROVED.about(number=request.number), link, request.number)
    return Reading("waiting", link=link, detail=str(RequestState(request.state).label))


def _opened(activity: Activity) -> Reading:
    if activity.state in _AFTER_OPENING:
        return Reading("done")
    return Reading("now" if activity.state == State.APPROVED else "waiting")


def _took_place(activity: Activity) -> Reading:
    if activity.is_over:
        return Reading("done")
    state: Condition = "now" if activity.state == State.RUNNING else "waiting"
    if activity.type in enduring_types():
        ends = date_format(activity.wall_ends, "j M Y")
        return Reading(state, count=_("until %(day)s") % {"day": ends})
    return Reading(state, count=date_format(activity.wall_starts, "D j M H:i"))


def _closed(activity: Activity) -> Reading:
    if activity.state == State.CLOSED:
        return Reading("sealed")
    return Reading("now" if activity.state == State.RECONCILING else "waiting")


def register_own_facts() -> None:
    """The conditions that this context itself knows of."""
    chosen = ActivityObjective.objects.filter(activity=OuterRef("pk"))
    register_numbers(objectives=CountOf(chosen))
    register_rows()
    read_together(Batch.RAIL, request_rows)
    for name, label, read, order, needed in (
        ("needs", gettext_lazy("Needs and objectives"), _needs, 10, BEFORE_SUBMISSION),
        ("place", gettext_lazy("Date and place"), _place, 20, BEFORE_SUBMISSION),
        ("agenda", gettext_lazy("Agenda"), _agenda, 30, BEFORE_SUBMISSION),
        ("faculty", gettext_lazy("Faculty"), _faculty, 40, BEFORE_SUBMISSION),
        ("rules", gettext_lazy("Rules"), _rules, 55, frozenset()),
        ("approval", gettext_lazy("Approval"), _approval, 60, frozenset({Stage.OPEN})),
        ("opened", gettext_lazy("Open for registration"), _opened, 70, frozenset()),
        ("held", gettext_lazy("Held"), _took_place, 85, frozenset()),
        ("closed", gettext_lazy("Report and close"), _closed, 95, frozenset()),
    ):
        register_fact(Fact(name, label, read, needed, order))
