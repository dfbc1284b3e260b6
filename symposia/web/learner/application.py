"""An application by its personal link: what was said, what is asked, what became of it."""

import uuid
from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from symposia.activities.actions.applications import (
    answer_application,
    change_application,
    hand_in_application,
    withdraw_application,
)
from symposia.activities.application_letters import APPLICATION
from symposia.activities.application_lists import APPLICATION_TONES
from symposia.activities.applications import (
    application_by_id,
    last_word,
    questions_of,
    steps_of_application,
)
from symposia.activities.models import Application
from symposia.shared.actors import Actor
from symposia.shared.refusals import Refused
from symposia.web.application_form import (
    AnswersForm,
    ApplicationForm,
    WithdrawalForm,
    application_as_asked,
)
from symposia.web.links import personal_link

FORM = "learner/application/form.html"


@require_GET
@personal_link(APPLICATION)
def status(request: Any, pk: uuid.UUID, token: str) -> HttpResponse:
    """How far it is, and what is to be done next."""
    application = _application(pk)
    asked = questions_of(application)
    context = {
        "application": application,
        "organisation": request.organisation,
        "tone": APPLICATION_TONES[application.state],
        "asked": asked,
        "open": [each for each in asked if not each.answer],
        "steps": steps_of_application(application),
        "said": last_word(application),
        "token": token,
    }
    return render(request, "learner/application/status.html", context)


@require_http_methods(["GET", "POST"])
@personal_link(APPLICATION)
def edit(request: Any, pk: uuid.UUID, token: str) -> HttpResponse:
    """Change what is applied for."""
    application = _application(pk)
    form = ApplicationForm(
        request.POST or None,
        initial=application_as_asked(application),
        organisation=request.organisation,
    )

    def act() -> None:
        seen = form.cleaned_data["seen_version"] or 0
        change_application(application, form.facts(), seen_version=seen, by=_by(application))

    return _asked(request, token, form, _("What you apply for"), act)


@require_http_methods(["GET", "POST"])
@personal_link(APPLICATION)
def questions(request: Any, pk: uuid.UUID, token: str) -> HttpResponse:
    """Answer the questions of the type."""
    application = _application(pk)
    form = AnswersForm(request.POST or None, asked=questions_of(application))

    def act() -> None:
        answer_application(application, form.answers(), by=_by(application))

    return _asked(request, token, form, _("Questions"), act)


@require_POST
@personal_link(APPLICATION)
def submit(request: Any, pk: uuid.UUID, token: str) -> HttpResponse:
    """Hand it in."""
    application = _application(pk)
    try:
        hand_in_application(application, by=_by(application))
    except Refused as refused:
        messages.error(request, str(refused))
    return redirect("application_status", token)


@require_http_methods(["GET", "POST"])
@personal_link(APPLICATION)
def withdraw(request: Any, pk: uuid.UUID, token: str) -> HttpResponse:
    """Take the wish back."""
    application = _application(pk)
    form = WithdrawalForm(request.POST or None)

    def act() -> None:
        reason = form.cleaned_data["reason"]
        withdraw_application(application, reason=reason, by=_by(application))

    return _asked(request, token, form, _("Withdraw the application"), act)


def _asked(
    request: Any, token: str, form: forms.Form, title: str, act: Callable[[], None]
) -> HttpResponse:
    if request.method == "POST" and form.is_valid():
        try:
            act()
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            return redirect("application_status", token)
    context = {"form": form, "title": title, "token": token}
    code = 422 if form.is_bound and not form.is_valid() else 200
    return render(request, FORM, context, status=code)


def _application(pk: uuid.UUID) -> Application:
    found = application_by_id(pk)
    if found is None:
        raise Http404
    return found


def _by(application: Application) -> Actor:
    return Actor("link", application.pk, application.applicant)
