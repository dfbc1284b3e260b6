"""What the audience asked, as faculty read it on a phone: answered in writing, without names that
were not given."""

import uuid
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from symposia.activities.faculty_letters import FACULTY
from symposia.activities.models import FacultyInvitation
from symposia.learning.actions.audience_questions import answer_in_writing, ask_session
from symposia.learning.audience import for_faculty, hours_of, session_of_audience
from symposia.learning.models import AudienceQuestion
from symposia.shared.actors import Actor
from symposia.shared.refusals import Refused
from symposia.web.audience_forms import AskForm, WrittenForm
from symposia.web.links import personal_link

PAGE = "learner/faculty/audience.html"


class AskInForm(AskForm):
    """A question of faculty's own, and in which session."""

    session = forms.ChoiceField(label=gettext_lazy("Session"))
    field_order = ("session", "text", "name")

    def __init__(self, *args: Any, invitation: FacultyInvitation, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        hours = hours_of(invitation.activity)
        named = [(str(each.session.pk), each.session.title) for each in hours]
        self.fields["session"].choices = named  # type: ignore[attr-defined]


@never_cache
@require_GET
@personal_link(FACULTY)
def questions(request: Any, pk: uuid.UUID, token: str) -> HttpResponse:
    """What the room asked, most wanted first in each session, and what nobody has answered."""
    return _page(request, _invitation(pk), token)


@require_POST
@personal_link(FACULTY)
def write(request: Any, pk: uuid.UUID, token: str, question_pk: uuid.UUID) -> HttpResponse:
    """Answer one of them in writing; whoever asked is told by mail."""
    invitation = _invitation(pk)
    asked = for_faculty(invitation.activity)
    found = next((each for each in asked if each.pk == question_pk), None)
    if found is None:
        raise Http404
    form = WrittenForm(request.POST)
    if form.is_valid():
        try:
            answer_in_writing(found, form.cleaned_data["answer"], by=_person(invitation))
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _("Answered; whoever asked is told by mail."))
            return redirect("faculty_audience", token)
    return _page(request, invitation, token, written={found.pk: form}, status=422)


@require_POST
@personal_link(FACULTY)
def ask(request: Any, pk: uuid.UUID, token: str) -> HttpResponse:
    """Put a question to a session."""
    invitation = _invitation(pk)
    form = AskInForm(request.POST, invitation=invitation)
    if form.is_valid():
        chosen = uuid.UUID(form.cleaned_data["session"])
        session = session_of_audience(invitation.activity_id, chosen)
        if session is None:
            raise Http404
        try:
            text = form.cleaned_data["text"]
            ask_session(session, text, is_named=form.is_named, by=_person(invitation))
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _("Asked; it waits in the queue."))
            return redirect("faculty_audience", token)
    return _page(request, invitation, token, form=form, status=422)


def _page(
    request: Any,
    invitation: FacultyInvitation,
    token: str,
    *,
    written: dict[uuid.UUID, WrittenForm] | None = None,
    form: AskInForm | None = None,
    status: int = 200,
) -> HttpResponse:
    asked = for_faculty(invitation.activity)
    context = {
        "token": token,
        "activity": invitation.activity,
        "questions": [(each, _form_for(each, written or {})) for each in asked],
        "form": form or AskInForm(invitation=invitation),
    }
    return render(request, PAGE, context, status=status)


def _form_for(
    question: AudienceQuestion, written: dict[uuid.UUID, WrittenForm]
) -> WrittenForm | None:
    """The form of an answer, where there is none yet; each field under a name of its own."""
    if question.answer:
        return None
    return written.get(question.pk) or WrittenForm(auto_id=f"id_{question.pk.hex}_%s")


def _invitation(pk: uuid.UUID) -> FacultyInvitation:
    """Of somebody who has said yes; whoever has not reads no questions."""
    found = get_object_or_404(FacultyInvitation.objects.with_names(), pk=pk)
    if not found.accepted:
        raise Http404
    return found


def _person(invitation: FacultyInvitation) -> Actor:
    return Actor("link", invitation.pk, invitation.contributor.name)
