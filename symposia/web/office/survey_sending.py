"""Sending a needs survey: choose whom to ask, see how many and who is left out, then send."""

import uuid
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from symposia.accounts.permissions import Permission
from symposia.curriculum.audience import Audience, audience_now
from symposia.curriculum.models import Survey
from symposia.curriculum.policies.surveys import (
    objection_to_audience,
    objection_to_sending_survey,
)
from symposia.curriculum.queries.surveys import audience_of, questions_of_survey
from symposia.curriculum.tasks import send_survey
from symposia.shared.refusals import Objection
from symposia.web.gates import requires
from symposia.web.office.asking import given
from symposia.web.office.survey_forms import AudienceForm
from symposia.web.requests import UserRequest
from symposia.work.background import request_job
from symposia.work.queries import job_under_way

FOLDER = "office/surveys"
# The kind of the job, as the page of the survey asks for it.
SENDING = "survey"


@require_http_methods(["GET", "POST"])
@requires(Permission.MANAGE_SURVEYS, Permission.VIEW_DIRECTORY)
def send(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    """Choose whom to ask; what was chosen is reviewed, nothing is sent yet."""
    survey = _survey(request, pk)
    form = AudienceForm(given(request), access=request.access)
    objection = _objection(survey)
    if request.method == "POST" and form.is_valid() and not objection:
        return _review(request, survey, form)
    context = {"survey": survey, "form": form, "objection": objection}
    return render(request, f"{FOLDER}/choose.html", context, status=422 if form.is_bound else 200)


@require_POST
@requires(Permission.MANAGE_SURVEYS, Permission.VIEW_DIRECTORY)
def confirm(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    """Send it to exactly as many as the review said, as a job that one may leave."""
    survey = _survey(request, pk)
    form = AudienceForm(request.POST, access=request.access)
    if not form.is_valid() or _objection(survey):
        return redirect("survey_sending", pk)
    audience = _audience(request, survey, form)
    if request.POST.get("seen") != str(len(audience.asked)) or not audience.asked:
        return _review(request, survey, form)
    said = ngettext("%(n)d person is asked.", "%(n)d people are asked.", len(audience.asked))
    said %= {"n": len(audience.asked)}
    request_job(
        send_survey,
        kind=SENDING,
        title=f"{survey.number}: {said}",
        by=request.actor,
        href=reverse("survey", args=[pk]),
        survey_id=str(survey.pk),
        clinician_ids=[str(each.pk) for each in audience.asked],
    )
    messages.success(request, said)
    return redirect("survey", pk)


def _review(request: UserRequest, survey: Survey, form: AudienceForm) -> HttpResponse:
    """How many are asked and who is left out for which reason."""
    audience = _audience(request, survey, form)
    n, people = len(audience.asked), [*audience.asked, *(x.clinician for x in audience.left_out)]
    context: dict[str, Any] = {
        "survey": survey,
        "audience": audience,
        "objection": objection_to_audience(people),
        "chosen": [(name, v) for name in form.fields for v in form.cleaned_data[name]],
        "send_label": ngettext("Send to %(n)d person", "Send to %(n)d people", n) % {"n": n},
        "was_seen": request.POST.get("seen"),
    }
    return render(request, f"{FOLDER}/review.html", context)


def _audience(request: UserRequest, survey: Survey, form: AudienceForm) -> Audience:
    data = form.cleaned_data
    people = audience_of(request.access, data["specialties"], data["professions"])
    return audience_now(survey, people)


def _objection(survey: Survey) -> Objection | None:
    job = job_under_way(SENDING, reverse("survey", args=[survey.pk]))
    questions = len(questions_of_survey(survey))
    return objection_to_sending_survey(survey, questions=questions, is_being_sent=job is not None)


def _survey(request: UserRequest, pk: uuid.UUID) -> Survey:
    return get_object_or_404(Survey.objects.visible_to(request.access), pk=pk)
