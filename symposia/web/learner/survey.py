"""A survey of needs on a phone: every question on one page, no password, no name in the answers."""

import uuid
from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from symposia.curriculum.actions.survey_answers import answer_survey, stop_surveys
from symposia.curriculum.letters import SURVEY
from symposia.curriculum.models import QuestionKind, SurveyInvitation, SurveyQuestion
from symposia.curriculum.policies.surveys import objection_to_answering
from symposia.curriculum.queries.surveys import options_of_question, questions_of_survey
from symposia.notifications.queries import suppressed_among
from symposia.shared.actors import Actor
from symposia.shared.refusals import Refused
from symposia.web.links import one_click, personal_link


class SurveyPage(forms.Form):
    """One field for each question."""

    def __init__(self, questions: Sequence[SurveyQuestion], data: Any = None) -> None:
        super().__init__(data)
        self.questions = questions
        for place, question in enumerate(questions):
            self.fields[f"q{place}"] = _field(question)

    def asked(self) -> list[tuple[SurveyQuestion, forms.BoundField]]:
        """Each question with its field."""
        return [(question, self[f"q{place}"]) for place, question in enumerate(self.questions)]

    def given(self) -> Mapping[uuid.UUID, str]:
        """What was answered to which question."""
        return {q.pk: self.cleaned_data[f"q{place}"] for place, q in enumerate(self.questions)}


@require_http_methods(["GET", "POST"])
@personal_link(SURVEY)
def survey(request: Any, pk: uuid.UUID, token: str) -> HttpResponse:
    """Answer the questions; afterwards the page says thank you."""
    invitation = _invitation(pk)
    page = SurveyPage(questions_of_survey(invitation.survey), request.POST or None)
    if request.method == "POST" and page.is_valid():
        try:
            answer_survey(invitation, page.given(), by=_person(invitation))
        except Refused as refused:
            page.add_error(None, str(refused))
        else:
            return redirect("survey_answer", token)
    context = {
        "form": page,
        "survey": invitation.survey,
        "organisation": request.organisation,
        "count": len(page.questions),
        "objection": objection_to_answering(invitation),
    }
    status = 422 if page.is_bound and not page.is_valid() else 200
    return render(request, "learner/survey/survey.html", context, status=status)


@require_http_methods(["GET", "POST"])
@personal_link(SURVEY)
def stop(request: Any, pk: uuid.UUID, token: str) -> HttpResponse:
    """A page with one button; looking at it stops nothing."""
    invitation = _invitation(pk)
    if request.method == "POST":
        stop_surveys(invitation, by=_person(invitation))
    address = invitation.address
    context = {
        "token": token,
        "address": address,
        "organisation": request.organisation,
        "is_stopped": bool(suppressed_among([address])),
    }
    return render(request, "learner/survey/stop.html", context)


@csrf_exempt  # mail programs post here by themselves; the signed link is the proof
@one_click("survey_stop")
@personal_link(SURVEY)
def stop_at_once(request: Any, pk: uuid.UUID, token: str) -> HttpResponse:  # of the link
    """The button of a mail program (RFC 8058)."""
    invitation = _invitation(pk)
    stop_surveys(invitation, by=_person(invitation))
    return HttpResponse(status=204)


def _field(question: SurveyQuestion) -> forms.Field:
    unanswered = {"required": _("Please answer this question.")}
    facts: dict[str, Any] = {
        "label": question.text,
        "required": question.required,
        "error_messages": unanswered,
    }
    if question.kind == QuestionKind.TEXT:
        return forms.CharField(max_length=2000, widget=forms.Textarea({"rows": 4}), **facts)
    if question.kind == QuestionKind.RATING:
        facts["help_text"] = _("From 1, little, to 5, much.")
    options = options_of_question(question)
    return forms.ChoiceField(choices=options, widget=forms.RadioSelect, **facts)


def _invitation(pk: uuid.UUID) -> SurveyInvitation:
    rows = SurveyInvitation.objects.with_names()
    return get_object_or_404(rows, pk=pk)


def _person(invitation: SurveyInvitation) -> Actor:
    return Actor("link", invitation.pk, invitation.clinician.called)
