"""One question of an audience: shown or not, joined with another, answered, handed over."""

import uuid
from typing import Any

from django import forms
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from symposia.accounts.permissions import Permission
from symposia.learning.actions.audience_questions import (
    answer_in_writing,
    hand_question_over,
    hide_question,
    join_questions,
    mark_answered_in_room,
    show_question,
)
from symposia.learning.audience import others_of, votes_for
from symposia.learning.audience_rules import (
    objection_to_deciding_question,
    objection_to_handing_over,
)
from symposia.learning.models import AudienceQuestion, QuestionState
from symposia.web.audience_forms import HidingForm, InRoomForm, JoiningForm, WrittenForm
from symposia.web.gates import requires
from symposia.web.office.audience import do_in_queue
from symposia.web.parts import Fact
from symposia.web.requests import UserRequest
from symposia.web.walls import shown

PAGE = "office/audience/question.html"
_VIEW, _MANAGE = Permission.VIEW_EVALUATIONS, Permission.MANAGE_EVALUATIONS


@require_GET
@requires(Permission.VIEW_EVALUATIONS)
def question(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    """A question with who asked it and what can be done with it."""
    return _page(request, _question(request, pk, _VIEW))


def _page(
    request: UserRequest, found: AudienceQuestion, *, status: int = 200, **forms_given: forms.Form
) -> HttpResponse:
    others = others_of(found) if found.is_unanswered else []
    context: dict[str, Any] = {
        "question": found,
        "session": found.session,
        "activity": found.activity,
        "facts": _facts(found),
        "may_manage": request.access.holds(_MANAGE),
        "no_showing": objection_to_deciding_question(found, QuestionState.SHOWN),
        "no_handing": objection_to_handing_over(found, found.activity.mode),
        "may_write": not found.answer and (found.is_unanswered or found.is_answered),
        "written_form": WrittenForm(),
        "room_form": InRoomForm(),
        "hiding_form": HidingForm(),
        "joining_form": JoiningForm(others=others) if others else None,
    }
    return render(request, PAGE, context | forms_given, status=status)


def _facts(found: AudienceQuestion) -> list[Fact]:
    told = _("The room sees the name.") if found.is_named else _("The room does not see the name.")
    facts = [
        Fact(_("State"), found.get_state_display()),
        Fact(_("Session"), found.session.title),
        Fact(_("Asked by"), f"{found.asker_name}. {told}"),
        Fact(_("Votes"), str(votes_for(found))),
    ]
    if found.hidden_because:
        facts.append(Fact(_("Why it is not shown"), found.hidden_because))
    if found.merged_into:
        href = reverse("audience_question", args=[found.merged_into_id])
        facts.append(Fact(_("Joined with"), found.merged_into.text, href=href))
    if found.handed_at:
        href = reverse("medical_question", args=[found.pk])
        facts.append(Fact(_("Handed to medical affairs by"), found.handed_by_name, href=href))
    return facts


@require_POST
@requires(Permission.MANAGE_EVALUATIONS)
def show(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    """Let the room see it."""
    found = _question(request, pk, _MANAGE)
    return do_in_queue(request, found, lambda: show_question(found, by=request.actor), _("Shown."))


@require_POST
@requires(Permission.MANAGE_EVALUATIONS)
def hide(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    """Keep it from the room, and say why."""
    found, form = _question(request, pk, _MANAGE), HidingForm(request.POST)
    if not form.is_valid():
        return _page(request, found, hiding_form=form, status=422)
    reason = form.cleaned_data["reason"]
    done = _("Not shown; whoever asked reads why.")
    return do_in_queue(
        request, found, lambda: hide_question(found, reason=reason, by=request.actor), done
    )


@require_POST
@requires(Permission.MANAGE_EVALUATIONS)
def join(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    """Take it as the same as another; its votes go there."""
    found = _question(request, pk, _MANAGE)
    form = JoiningForm(request.POST, others=others_of(found))
    if not form.is_valid():
        return _page(request, found, joining_form=form, status=422)
    other, done = form.chosen(), _("Joined; its votes count for the other.")
    return do_in_queue(request, found, lambda: join_questions(found, other, by=request.actor), done)


@require_POST
@requires(Permission.MANAGE_EVALUATIONS)
def answered_in_room(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    """Say that it was answered in the room."""
    found, form = _question(request, pk, _MANAGE), InRoomForm(request.POST)
    if not form.is_valid():
        return _page(request, found, room_form=form, status=422)

    def act() -> None:
        mark_answered_in_room(found, answer=form.cleaned_data["said"], by=request.actor)

    return do_in_queue(request, found, act, _("Marked as answered."))


@require_POST
@requires(Permission.MANAGE_EVALUATIONS)
def write(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    """Answer it in writing."""
    found, form = _question(request, pk, _MANAGE), WrittenForm(request.POST)
    if not form.is_valid():
        return _page(request, found, written_form=form, status=422)
    answer, done = form.cleaned_data["answer"], _("Answered; whoever asked is told by mail.")
    return do_in_queue(
        request, found, lambda: answer_in_writing(found, answer, by=request.actor), done
    )


@require_POST
@requires(Permission.MANAGE_EVALUATIONS)
def hand_over(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    """Mark it as one for medical affairs."""
    found = _question(request, pk, _MANAGE)
    done = _("Handed over; it stands in the list of what medical affairs answers.")
    return do_in_queue(request, found, lambda: hand_question_over(found, by=request.actor), done)


def _question(request: UserRequest, pk: uuid.UUID, permission: Permission) -> AudienceQuestion:
    rows = AudienceQuestion.objects.visible_to(request.access, permission)
    found = get_object_or_404(rows.select_related("activity", "session", "merged_into"), pk=pk)
    shown(request, found.activity, permission)
    return found
