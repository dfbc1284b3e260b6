"""A question about a product: answered to whoever asked, or declined with a reason."""

import uuid
from collections.abc import Callable
from typing import Any

from django import forms
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_POST

from symposia.accounts.permissions import Permission
from symposia.learning.actions.medical_answers import (
    answer_medical_question,
    decline_medical_question,
)
from symposia.learning.audience_rules import LONGEST_ANSWER
from symposia.learning.medical_lists import medical_answer_of, medical_questions
from symposia.learning.medical_rules import LONGEST_REASON
from symposia.learning.models import AudienceQuestion, MedicalAnswer
from symposia.web.gates import requires
from symposia.web.office.asking import do
from symposia.web.parts import Fact
from symposia.web.requests import UserRequest

PAGE = "office/audience/medical_question.html"
# Whoever answers for content answers; whoever may read answers of learners reads.
_ANSWERS = Permission.MANAGE_CURRICULUM


class _ToAPerson(forms.Form):
    reply_to = forms.EmailField(
        label=gettext_lazy("Answers go to"),
        help_text=gettext_lazy("A person who reads what is written back."),
        max_length=254,
    )


class MedicalAnswerForm(_ToAPerson):
    """An answer to whoever asked."""

    answer = forms.CharField(
        label=gettext_lazy("Answer"),
        max_length=LONGEST_ANSWER,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=gettext_lazy("Sent by mail to whoever asked, once. The room does not see it."),
    )
    field_order = ("answer", "reply_to")


class MedicalDecliningForm(_ToAPerson):
    """Why it is not answered."""

    reason = forms.CharField(
        label=gettext_lazy("Reason"),
        max_length=LONGEST_REASON,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("Whoever asked reads it."),
    )
    field_order = ("reason", "reply_to")


def listed(_request: UserRequest) -> dict[str, Any]:
    """Beside the list: who answers, and whom it is kept from."""
    return {
        "sub": _("Handed over by moderators; answered by mail to whoever asked, not to the room.")
    }


@require_GET
@requires(Permission.VIEW_EVALUATIONS)
def question(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    """What was asked, and what became of it."""
    return _page(request, _question(request, pk))


@require_POST
@requires(Permission.MANAGE_CURRICULUM)
def answer(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    """Answer by mail."""
    found, form = _question(request, pk), MedicalAnswerForm(request.POST)
    if not form.is_valid():
        return _page(request, found, answer_form=form, status=422)
    said = form.cleaned_data

    def act() -> None:
        answer_medical_question(found, said["answer"], reply_to=said["reply_to"], by=request.actor)

    return _do(request, found, act, _("Answered; whoever asked gets it by mail."))


@require_POST
@requires(Permission.MANAGE_CURRICULUM)
def decline(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    """Decline with a reason."""
    found, form = _question(request, pk), MedicalDecliningForm(request.POST)
    if not form.is_valid():
        return _page(request, found, declining_form=form, status=422)
    said = form.cleaned_data

    def act() -> None:
        decline_medical_question(found, said["reason"], reply_to=said["reply_to"], by=request.actor)

    return _do(request, found, act, _("Declined; whoever asked reads why."))


def _do(
    request: UserRequest, found: AudienceQuestion, act: Callable[[], None], done: str
) -> HttpResponse:
    return do(request, act, reverse("medical_question", args=[found.pk]), done)


def _page(
    request: UserRequest, found: AudienceQuestion, *, status: int = 200, **given: forms.Form
) -> HttpResponse:
    kept = medical_answer_of(found)
    initial = {"reply_to": request.user.email}
    context: dict[str, Any] = {
        "question": found,
        "activity": found.activity,
        "session": found.session,
        "kept": kept,
        "facts": _facts(found, kept),
        "may_answer": kept is None and request.access.holds(_ANSWERS),
        "answer_form": MedicalAnswerForm(initial=initial),
        "declining_form": MedicalDecliningForm(initial=initial),
    }
    return render(request, PAGE, context | given, status=status)


def _facts(found: AudienceQuestion, kept: MedicalAnswer | None) -> list[Fact]:
    facts = [
        Fact(_("Activity"), found.activity.title),
        Fact(_("Session"), found.session.title),
        Fact(_("Asked by"), found.asker_name),
        Fact(_("Handed over by"), found.handed_by_name),
    ]
    if found.due_on:
        facts.append(Fact(_("Answer by"), date_format(found.due_on, "j M Y")))
    if kept:
        facts += [
            Fact(_("State"), kept.get_outcome_display()),
            Fact(_("By"), kept.by_name),
            Fact(_("Answers go to"), kept.reply_to),
        ]
    return facts


def _question(request: UserRequest, pk: uuid.UUID) -> AudienceQuestion:
    found: AudienceQuestion = get_object_or_404(medical_questions(request.access), pk=pk)
    return found
