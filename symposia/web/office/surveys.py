"""Needs surveys: built, their results with the trend, and how they become evidence."""

import uuid
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from symposia.accounts.permissions import Permission
from symposia.audit.queries import entries_about
from symposia.curriculum.actions.survey_answers import cite_survey
from symposia.curriculum.actions.surveys import (
    QuestionFacts,
    SurveyFacts,
    add_question,
    change_survey,
    close_survey,
    make_next_round,
    make_survey,
    remove_question,
)
from symposia.curriculum.lists.surveys import SURVEY_TONES
from symposia.curriculum.models import Gap, Survey
from symposia.curriculum.policies.surveys import (
    objection_to_changing_survey,
    objection_to_closing_survey,
    objection_to_next_round,
    objection_to_sending_survey,
)
from symposia.curriculum.queries.surveys import (
    later_round,
    questions_of_survey,
    results_of_survey,
)
from symposia.shared.refusals import Refused
from symposia.web.gates import requires
from symposia.web.office.asking import Question, ask, do, given
from symposia.web.office.record_history import history_of
from symposia.web.office.survey_forms import CiteForm, QuestionForm, SurveyForm
from symposia.web.office.survey_sending import SENDING
from symposia.web.requests import UserRequest
from symposia.work.queries import job_under_way


@require_http_methods(["GET", "POST"])
@requires(Permission.MANAGE_SURVEYS)
def new(request: UserRequest) -> HttpResponse:
    def act(data: dict[str, Any]) -> str:
        survey = make_survey(_facts(data), owner=request.user, by=request.actor)
        return reverse("survey", args=[survey.pk])

    question = Question(_("New survey"), _("Needs surveys"), reverse("surveys"), _("Make it"))
    return ask(request, SurveyForm(given(request)), question, act)


@require_http_methods(["GET", "POST"])
@requires(Permission.MANAGE_SURVEYS)
def edit(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    """What is said about a survey that nobody has read yet."""
    survey = _survey(request, pk)
    names = ("title", "introduction", "repeats_after_months")
    first = {name: getattr(survey, name) for name in names} | {"seen_version": survey.version}
    back = reverse("survey", args=[pk])

    def act(data: dict[str, Any]) -> str:
        seen = data["seen_version"] or 0
        change_survey(survey, _facts(data), seen_version=seen, by=request.actor)
        return back

    objection = objection_to_changing_survey(survey)
    question = Question(_("Edit the survey"), str(survey), back, _("Save"), objection=objection)
    return ask(request, SurveyForm(given(request), initial=first), question, act, first)


@require_GET
@requires(Permission.VIEW_CURRICULUM)
def show(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    """Its questions, how many answered, and what they said."""
    survey = _survey(request, pk)
    questions, holds = questions_of_survey(survey), request.access.holds
    job = job_under_way(SENDING, reverse("survey", args=[pk])) if survey.state != "closed" else None
    context = {
        "survey": survey,
        "tone": SURVEY_TONES[survey.state],
        "questions": questions,
        "rounds": list(Survey.objects.rounds_of(survey)),
        "results": results_of_survey(survey),
        "entries": history_of(entries_about(survey.pk)[:50]),
        "may_manage": holds(Permission.MANAGE_SURVEYS),
        "may_cite": holds(Permission.MANAGE_CURRICULUM),
        "may_send": holds(Permission.MANAGE_SURVEYS) and holds(Permission.VIEW_DIRECTORY),
        "changing": objection_to_changing_survey(survey),
        "job": job,
        "sending": objection_to_sending_survey(
            survey, questions=len(questions), is_being_sent=job is not None
        ),
        "closing": objection_to_closing_survey(survey),
        "repeating": objection_to_next_round(survey, later_round(survey)),
    }
    return render(request, "office/surveys/detail.html", context)


@require_http_methods(["GET", "POST"])
@requires(Permission.MANAGE_SURVEYS)
def question_new(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    survey = _survey(request, pk)
    back = reverse("survey", args=[pk])

    def act(data: dict[str, Any]) -> str:
        choices = data["choices"].splitlines()
        facts = QuestionFacts(data["kind"], data["text"], choices, data["required"])
        add_question(survey, facts, by=request.actor)
        return back

    objection = objection_to_changing_survey(survey)
    question = Question(_("Add a question"), str(survey), back, _("Add it"), objection=objection)
    return ask(request, QuestionForm(given(request)), question, act)


@require_POST
@requires(Permission.MANAGE_SURVEYS)
def question_remove(request: UserRequest, pk: uuid.UUID, question_pk: uuid.UUID) -> HttpResponse:
    survey = _survey(request, pk)
    question = get_object_or_404(survey.questions, pk=question_pk)
    back = reverse("survey", args=[pk])
    return do(request, lambda: remove_question(question, by=request.actor), back)


@require_POST
@requires(Permission.MANAGE_SURVEYS)
def close(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    """Take no more answers."""
    survey = _survey(request, pk)
    back = reverse("survey", args=[pk])
    return do(request, lambda: close_survey(survey, by=request.actor), back)


@require_POST
@requires(Permission.MANAGE_SURVEYS)
def next_round(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    """Ask the same questions again."""
    survey = _survey(request, pk)
    try:
        following = make_next_round(survey, by=request.actor)
    except Refused as refused:
        messages.error(request, str(refused))
        return redirect("survey", pk)
    return redirect("survey", following.pk)


@require_http_methods(["GET", "POST"])
@requires(Permission.MANAGE_CURRICULUM)
def cite(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    """Let what a question found be evidence of a gap."""
    survey = _survey(request, pk)
    questions = questions_of_survey(survey)
    back = reverse("survey", args=[pk])

    def act(data: dict[str, Any]) -> str:
        gap = get_object_or_404(Gap.objects.visible_to(request.access), pk=data["gap"])
        asked = next(q for q in questions if str(q.pk) == data["question"])
        cite_survey(survey, asked, gap, by=request.actor)
        return reverse("gap", args=[gap.pk])

    question = Question(_("Use as evidence"), str(survey), back, _("Add to the gap"))
    gaps = Gap.objects.visible_to(request.access).open()
    form = CiteForm(given(request), questions=questions, gaps=gaps)
    return ask(request, form, question, act)


def _facts(data: dict[str, Any]) -> SurveyFacts:
    return SurveyFacts(data["title"], data["introduction"], data["repeats_after_months"])


def _survey(request: UserRequest, pk: uuid.UUID) -> Survey:
    return get_object_or_404(Survey.objects.visible_to(request.access), pk=pk)
