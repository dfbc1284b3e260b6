"""The evaluation on a phone: every question on one page, nothing lost, no name in the answers."""

import uuid
from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from symposia.assessment.actions import respond_to_evaluation
from symposia.assessment.models import Kind, Question
from symposia.assessment.policies import objection_to_evaluating
from symposia.assessment.queries import Given, current_form, has_answered, options_of, questions_of
from symposia.assessment.taking_part import objection_to_coming
from symposia.credits.letters import LEARNING
from symposia.shared.refusals import Refused
from symposia.web.learner.claim import actor_of, registration_of
from symposia.web.links import personal_link

PAGE = "learner/evaluation/evaluation.html"
DECLINED = "prefer-not-to-say"


class EvaluationPage(forms.Form):
    """One field for each question of the form."""

    def __init__(self, questions: Sequence[Question], data: Any = None) -> None:
        super().__init__(data)
        self.questions = questions
        for question in questions:
            self.fields[name_of(question)] = _field(question)

    def asked(self) -> list[tuple[Question, forms.BoundField]]:
        """Each question with its field."""
        return [(question, self[name_of(question)]) for question in self.questions]

    def given(self) -> Mapping[uuid.UUID, Given]:
        """What was answered to which question."""
        return {q.pk: _given(q, self.cleaned_data[name_of(q)]) for q in self.questions}


@require_http_methods(["GET", "POST"])
@personal_link(LEARNING)
def evaluation(request: Any, pk: uuid.UUID, token: str) -> HttpResponse:
    """Answer the questions of the activity; afterwards the next step is shown."""
    registration = registration_of(pk)
    form = current_form(registration.activity)
    page = EvaluationPage(questions_of(form) if form else [], request.POST or None)
    if request.method == "POST" and page.is_valid():
        try:
            respond_to_evaluation(registration, page.given(), by=actor_of(registration))
        except Refused as refused:
            page.add_error(None, str(refused))
        else:
            messages.success(request, _("Thank you. Your answers are counted without your name."))
            return redirect("finish", token)
    objection = objection_to_evaluating(
        registration,
        form,
        absent=objection_to_coming(registration),
        answered=has_answered(registration),
        at=now(),
    )
    context = {
        "token": token,
        "activity": registration.activity,
        "form": page,
        "count": len(page.questions),
        "objection": objection,
    }
    status = 422 if page.is_bound and not page.is_valid() else 200
    return render(request, PAGE, context, status=status)


def name_of(question: Question) -> str:
    return f"q{question.position}"


def _field(question: Question) -> forms.Field:
    facts: dict[str, Any] = {
        "label": question.text,
        "help_text": question.hint,
        "required": question.required,
        "error_messages": {"required": _("Please choose an answer, or prefer not to say.")},
    }
    if question.kind == Kind.TEXT:
        return forms.CharField(max_length=2000, widget=forms.Textarea({"rows": 4}), **facts)
    options = [*options_of(question), (DECLINED, _("I prefer not to say"))]
    return forms.ChoiceField(choices=options, widget=forms.RadioSelect, **facts)


def _given(question: Question, value: str) -> Given:
    if value == DECLINED and question.kind != Kind.TEXT:
        return Given(declined=True)
    if question.kind == Kind.RATING and value:
        return Given(rating=int(value))
    return Given(text=value)
