"""What an activity asks of whoever registers, who answered what, and how many of each."""

import uuid
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from symposia.accounts.permissions import Permission
from symposia.activities.models import Activity
from symposia.registrations.actions.questions import (
    answer_questions,
    ask_question,
    ask_usual_questions,
    change_question,
    withdraw_question,
)
from symposia.registrations.answers import answers_of, counts_of
from symposia.registrations.lists import PEOPLE
from symposia.registrations.models import (
    Need,
    QuestionKind,
    Registration,
    RegistrationQuestion,
    said,
)
from symposia.registrations.policies import objection_to_terms
from symposia.registrations.question_lists import QUESTIONS
from symposia.registrations.question_rules import (
    QuestionFacts,
    in_words,
    objection_to_answering_now,
)
from symposia.web.gates import requires
from symposia.web.office.activity_tabs import activity_or_404, frame_of
from symposia.web.office.asking import Question, ask, do, given
from symposia.web.question_fields import QuestionsForm
from symposia.web.requests import UserRequest
from symposia.web.walls import shown

_MANAGE = Permission.MANAGE_REGISTRATIONS
FORM = "office/people/question.html"


class AskForm(forms.Form):
    """One question: its words, how it is answered, and of whom it is asked."""

    text = forms.CharField(label=gettext_lazy("Question"), max_length=300)
    hint = forms.CharField(label=gettext_lazy("Hint"), max_length=200, required=False)
    kind = forms.ChoiceField(
        label=gettext_lazy("Answered"), choices=QuestionKind.choices, widget=forms.RadioSelect
    )
    choices = forms.CharField(
        label=gettext_lazy("Answers to choose from"),
        help_text=gettext_lazy("One a line."),
        max_length=4_000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    need = forms.ChoiceField(
        label=gettext_lazy("About"),
        choices=[("", gettext_lazy("Something else")), *Need.choices],
        help_text=gettext_lazy("Meals go to the kitchen, access to the room and the door."),
        required=False,
    )
    required = forms.BooleanField(label=gettext_lazy("It must be answered"), required=False)
    after = forms.ChoiceField(label=gettext_lazy("Ask it"), required=False)
    seen_version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, others: list[RegistrationQuestion], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.others = {each.pk: each for each in others if each.parent_id is None}
        self.fields["after"].choices = [  # type: ignore[attr-defined]
            ("", _("Of everybody")),
            *(
                (f"{each.pk} {answer}", f"{each.text} {said([answer])}")
                for each in self.others.values()
                for answer in each.possible
            ),
        ]

    def clean_choices(self) -> str:
        """One answer a line, without blanks."""
        return "\n".join(in_words(self.cleaned_data["choices"].splitlines()))

    def facts(self) -> QuestionFacts:
        """What is asked, as it was said here."""
        given = {k: v for k, v in self.cleaned_data.items() if k != "seen_version"}
        key, _space, answer = given.pop("after").partition(" ")
        choices = tuple(given.pop("choices").splitlines())
        has_choices = given["kind"] in {QuestionKind.CHOICE, QuestionKind.SEVERAL}
        return QuestionFacts(
            **given,
            choices=choices if has_choices else (),
            parent=self.others[uuid.UUID(key)] if key else None,
            parent_answer=answer,
        )


def listed(request: UserRequest, activity_pk: uuid.UUID) -> dict[str, Any]:
    """Around the list: how many gave each answer, and what one may ask."""
    activity = activity_or_404(request, activity_pk, Permission.VIEW_PEOPLE_OF_ACTIVITY)
    return {
        **frame_of(request, activity, PEOPLE.name),
        "counts": counts_of(activity),
        "may_manage": request.access.holds(_MANAGE),
        "objection": objection_to_terms(activity, at=now()),
    }


def of_everybody(request: UserRequest, activity_pk: uuid.UUID) -> dict[str, Any]:
    """Around the list of answers."""
    activity = activity_or_404(request, activity_pk, Permission.VIEW_PEOPLE_OF_ACTIVITY)
    return frame_of(request, activity, PEOPLE.name)


@require_http_methods(["GET", "POST"])
@requires(_MANAGE)
def new(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    """Ask something more."""
    activity = activity_or_404(request, pk, _MANAGE)
    back = reverse(QUESTIONS.name, args=[pk])
    form = AskForm(given(request), others=list(RegistrationQuestion.objects.of(activity)))

    def act(_said: dict[str, Any]) -> str:
        ask_question(activity, form.facts(), by=request.actor)
        messages.success(request, _("It is asked from now on."))
        return back

    note = _("Whoever is registered already answers it on the page of their ticket.")
    objection = objection_to_terms(activity, at=now())
    question = Question(_("Ask something"), str(activity), back, _("Ask it"), note, objection)
    return ask(request, form, question, act)


@require_POST
@requires(_MANAGE)
def usual(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    """Ask for meals and access in one step."""
    activity = activity_or_404(request, pk, _MANAGE)
    back = reverse(QUESTIONS.name, args=[pk])
    done = _("Meals and access are asked for from now on.")
    return do(request, lambda: ask_usual_questions(activity, by=request.actor), back, done)


@require_http_methods(["GET", "POST"])
@requires(_MANAGE)
def change(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    """Ask it otherwise."""
    found = _question(request, pk)
    back = reverse(QUESTIONS.name, args=[found.activity_id])
    others = RegistrationQuestion.objects.of(found.activity).exclude(pk=found.pk)
    first = {
        **{name: getattr(found, name) for name in ("text", "hint", "kind", "need", "required")},
        "choices": "\n".join(found.choices),
        "seen_version": found.version,
        "after": f"{found.parent_id} {found.parent_answer}" if found.parent_id else "",
    }
    form = AskForm(given(request), initial=first, others=list(others))

    def act(said: dict[str, Any]) -> str:
        seen = said["seen_version"] or 0
        change_question(found, form.facts(), seen_version=seen, by=request.actor)
        messages.success(request, _("It is asked so from now on."))
        return back

    note = _("What was answered before stays, with the words it was asked in.")
    objection = objection_to_terms(found.activity, at=now())
    question = Question(
        found.text,
        str(found.activity),
        back,
        _("Change it"),
        note,
        objection,
        FORM,
        {"asked": found},
    )
    return ask(request, form, question, act, first)


@require_POST
@requires(_MANAGE)
def withdraw(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    """Ask it no more."""
    found = _question(request, pk)
    back = reverse(QUESTIONS.name, args=[found.activity_id])
    done = _("It is asked no more. Answers that were given stay.")
    return do(request, lambda: withdraw_question(found, by=request.actor), back, done)


@require_http_methods(["GET", "POST"])
@requires(_MANAGE)
def answer(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    """Answer for somebody who told the office."""
    rows = Registration.objects.visible_to(request.access, _MANAGE)
    found = get_object_or_404(rows.with_people(), pk=pk)
    shown(request, found.activity, _MANAGE)
    back, answers = reverse("registration", args=[pk]), answers_of(found)
    form = QuestionsForm(
        given(request),
        questions=[each.question for each in answers],
        said={each.question.pk: each.values for each in answers},
    )

    def act(_said: dict[str, Any]) -> str:
        answer_questions(found, form.answers(), by=request.actor)
        messages.success(request, _("The answers are kept."))
        return back

    title = _("Answers of %(person)s") % {"person": found.clinician.called}
    objection = objection_to_answering_now(found, found.activity, at=now())
    question = Question(title, str(found.activity), back, _("Keep them"), "", objection)
    return ask(request, form, question, act)


def _question(request: UserRequest, pk: uuid.UUID) -> RegistrationQuestion:
    rows = RegistrationQuestion.objects.visible_to(request.access, _MANAGE).asked_now()
    found = get_object_or_404(rows.select_related("activity"), pk=pk)
    activity: Activity = found.activity
    shown(request, activity, _MANAGE)
    return found
