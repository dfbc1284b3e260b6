"""Curriculum reviews: the agenda made from what changed, decisions, actions, minutes."""

import uuid
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from symposia.accounts.permissions import Permission
from symposia.audit.queries import entries_about
from symposia.curriculum.actions.meetings import (
    MeetingFacts,
    add_point,
    agree_action,
    cancel_meeting,
    change_meeting,
    decide_point,
    draw_up_agenda,
    finish_action,
    hold_meeting,
    plan_meeting,
    remove_point,
)
from symposia.curriculum.lists.meetings import MEETING_TONES
from symposia.curriculum.models import AgendaItem, AgreedAction, Meeting
from symposia.curriculum.policies.meetings import (
    objection_to_changing_meeting,
    objection_to_finishing,
)
from symposia.web.gates import requires
from symposia.web.office.asking import Question, WhyForm, ask, do, given
from symposia.web.office.meeting_forms import (
    ActionForm,
    DecisionForm,
    DoneForm,
    MeetingForm,
    MinutesForm,
    PointForm,
)
from symposia.web.office.record_history import history_of
from symposia.web.requests import UserRequest

# The page of what a point is about.
POINT_PAGES = {
    "gap": "gap",
    "survey": "survey",
    "plan": "plan",
    "news": "news_item",
    "policy": "office_policy",
    "activity": "activity",
}


@require_http_methods(["GET", "POST"])
@requires(Permission.MANAGE_CURRICULUM)
def new(request: UserRequest) -> HttpResponse:
    def act(data: dict[str, Any]) -> str:
        meeting = plan_meeting(_facts(data), chair=request.user, by=request.actor)
        return reverse("meeting", args=[meeting.pk])

    question = Question(
        _("Plan a meeting"),
        _("Curriculum reviews"),
        reverse("meetings"),
        _("Plan it"),
        _("Its agenda is made from what changed since the last one."),
    )
    first = {"title": _("Curriculum review"), "on": localdate(), "next_after_months": 1}
    return ask(request, MeetingForm(given(request), initial=first), question, act)


@require_http_methods(["GET", "POST"])
@requires(Permission.MANAGE_CURRICULUM)
def edit(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    meeting = _meeting(request, pk)
    names = ("title", "on", "place", "next_after_months")
    first = {name: getattr(meeting, name) for name in names} | {"seen_version": meeting.version}

    def act(data: dict[str, Any]) -> str:
        seen = data["seen_version"] or 0
        change_meeting(meeting, _facts(data), seen_version=seen, by=request.actor)
        return _back(meeting)

    question = _question(meeting, _("Edit the meeting"), _("Save"))
    return ask(request, MeetingForm(given(request), initial=first), question, act, first)


@require_GET
@requires(Permission.VIEW_CURRICULUM)
def show(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    """Agenda with decisions, actions, minutes."""
    meeting = _meeting(request, pk)
    items = list(meeting.items.order_by("position", "pk"))
    may_manage = request.access.holds(Permission.MANAGE_CURRICULUM)
    context = {
        "meeting": meeting,
        "tone": MEETING_TONES[meeting.state],
        "points": [{"item": item, "href": _href(item, may_manage=may_manage)} for item in items],
        "actions": list(meeting.actions.select_related("owner", "item").order_by("due_on", "pk")),
        "entries": history_of(entries_about(meeting.pk)[:50]),
        "may_manage": may_manage,
        "changing": objection_to_changing_meeting(meeting),
    }
    return render(request, "office/meetings/detail.html", context)


@require_POST
@requires(Permission.MANAGE_CURRICULUM)
def agenda(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    """Add what changed since the agenda was made."""
    meeting = _meeting(request, pk)

    def act() -> None:
        count = len(draw_up_agenda(meeting, by=request.actor))
        said = ngettext("%(n)d point was added.", "%(n)d points were added.", count)
        messages.success(request, said % {"n": count})

    return do(request, act, _back(meeting))


@require_http_methods(["GET", "POST"])
@requires(Permission.MANAGE_CURRICULUM)
def point_new(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    meeting = _meeting(request, pk)

    def act(data: dict[str, Any]) -> str:
        add_point(meeting, by=request.actor, **data)
        return _back(meeting)

    question = _question(meeting, _("Add a point"), _("Add the point"))
    return ask(request, PointForm(given(request)), question, act)


@require_POST
@requires(Permission.MANAGE_CURRICULUM)
def point_remove(request: UserRequest, pk: uuid.UUID, item_pk: uuid.UUID) -> HttpResponse:
    meeting = _meeting(request, pk)
    item = get_object_or_404(meeting.items, pk=item_pk)
    return do(request, lambda: remove_point(item, by=request.actor), _back(meeting))


@require_http_methods(["GET", "POST"])
@requires(Permission.MANAGE_CURRICULUM)
def decide(request: UserRequest, pk: uuid.UUID, item_pk: uuid.UUID) -> HttpResponse:
    """Write what was decided on a point."""
    meeting = _meeting(request, pk)
    item = get_object_or_404(meeting.items, pk=item_pk)

    def act(data: dict[str, Any]) -> str:
        decide_point(item, decision=data["decision"], by=request.actor)
        return _back(meeting)

    question = _question(meeting, item.title, _("Write the decision"))
    form = DecisionForm(given(request), initial={"decision": item.decision})
    return ask(request, form, question, act)


@require_http_methods(["GET", "POST"])
@requires(Permission.MANAGE_CURRICULUM)
def action_new(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    """Write who will do what until when."""
    meeting = _meeting(request, pk)
    items = list(meeting.items.order_by("position", "pk"))
    first = {"owner": str(request.user.pk)}
    form = ActionForm(given(request), initial=first, items=items)

    def act(_data: dict[str, Any]) -> str:
        agree_action(meeting, form.promise(), by=request.actor)
        return _back(meeting)

    return ask(request, form, _question(meeting, _("Agree an action"), _("Agree it")), act)


@require_http_methods(["GET", "POST"])
@requires(Permission.MANAGE_CURRICULUM)
def action_done(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    """Say how something promised was done."""
    rows = AgreedAction.objects.visible_to(request.access).select_related("meeting")
    action = get_object_or_404(rows, pk=pk)
    back = _back(action.meeting)

    def act(data: dict[str, Any]) -> str:
        finish_action(action, note=data["note"], by=request.actor)
        return back

    objection = objection_to_finishing(action)
    question = Question(action.text, str(action.meeting), back, _("It is done"), "", objection)
    return ask(request, DoneForm(given(request)), question, act)


@require_http_methods(["GET", "POST"])
@requires(Permission.MANAGE_CURRICULUM)
def hold(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    """Keep the minutes; the next meeting is planned by itself."""
    meeting = _meeting(request, pk)

    def act(data: dict[str, Any]) -> str:
        _held, following = hold_meeting(meeting, by=request.actor, **data)
        if following:
            words = _("The next one is planned: %(number)s.") % {"number": following.number}
            messages.success(request, words)
        return _back(meeting)

    question = _question(meeting, _("Minutes"), _("Keep the minutes"))
    return ask(request, MinutesForm(given(request)), question, act)


@require_http_methods(["GET", "POST"])
@requires(Permission.MANAGE_CURRICULUM)
def cancel(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    """Call a meeting off, for a reason."""
    meeting = _meeting(request, pk)

    def act(data: dict[str, Any]) -> str:
        cancel_meeting(meeting, reason=data["reason"], by=request.actor)
        return _back(meeting)

    question = _question(meeting, _("Call the meeting off"), _("Call it off"))
    return ask(request, WhyForm(given(request)), question, act)


def _href(item: AgendaItem, *, may_manage: bool) -> str:
    """Where a point leads; a citation is looked at by whoever may decide about it."""
    page = POINT_PAGES.get(item.subject_type)
    if item.subject_type == "citation" and may_manage:
        page = "citation_review"
    return reverse(page, args=[item.subject_id]) if page else ""


def _facts(data: dict[str, Any]) -> MeetingFacts:
    return MeetingFacts(**{k: v for k, v in data.items() if k != "seen_version"})


def _back(meeting: Meeting) -> str:
    return reverse("meeting", args=[meeting.pk])


def _question(meeting: Meeting, title: str, submit: str) -> Question:
    objection = objection_to_changing_meeting(meeting)
    return Question(title, str(meeting), _back(meeting), submit, objection=objection)


def _meeting(request: UserRequest, pk: uuid.UUID) -> Meeting:
    rows = Meeting.objects.visible_to(request.access).select_related("chair")
    return get_object_or_404(rows, pk=pk)
