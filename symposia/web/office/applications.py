"""Applications: a member applies, a reviewer reads, returns, refuses or accepts."""

import uuid
from collections.abc import Callable
from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from symposia.accounts.permissions import Permission
from symposia.activities.actions.application_reviews import (
    accept_application,
    assign_reviewer,
    refuse_application,
    return_application,
)
from symposia.activities.actions.applications import begin_application
from symposia.activities.application_letters import APPLICATION
from symposia.activities.application_lists import APPLICATION_TONES
from symposia.activities.applications import (
    applications_of,
    questions_of,
    steps_of_application,
)
from symposia.activities.applying import objection_to_application_step, objection_to_reviewer
from symposia.activities.models import Activity, Application, ApplicationState
from symposia.activities.repeating import said_rule
from symposia.audit.queries import entries_about
from symposia.shared.links import make_link
from symposia.web.application_form import ApplicationForm, first_asked
from symposia.web.gates import requires, signed_in
from symposia.web.office.asking import Question, ask, do, given
from symposia.web.office.record_history import history_of
from symposia.web.requests import UserRequest

PLAN = Permission.PLAN_ACTIVITIES


class ReasonForm(forms.Form):
    """What the applicant is told."""

    reason = forms.CharField(
        label=gettext_lazy("What the applicant is told"),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=2000,
    )


def listed(request: UserRequest) -> dict[str, Any]:
    """The address that partners are given."""
    return {"open_form": request.build_absolute_uri(reverse("apply", args=[_code(request)]))}


@require_http_methods(["GET", "POST"])
@signed_in
def new(request: UserRequest) -> HttpResponse:
    """A member applies for an activity of a department."""
    mine = _mine(request)
    first = first_asked(mine) | {"applicant": str(request.user), "email": request.user.email}
    form = ApplicationForm(given(request), initial=first, organisation=mine)

    def act(_data: dict[str, Any]) -> str:
        made = begin_application(form.facts(), user=request.user, by=request.actor)
        return _status(made, mine.code)

    question = Question(
        _("Apply for an activity"),
        _("My applications"),
        reverse("my_applications"),
        _("Go on"),
        _("The next step asks the questions of its type; then somebody answers you."),
    )
    return ask(request, form, question, act)


@require_GET
@signed_in
def mine(request: UserRequest) -> HttpResponse:
    """What a member applied for, each with its page."""
    code = _mine(request).code
    found = [
        {"application": each, "tone": APPLICATION_TONES[each.state], "href": _status(each, code)}
        for each in applications_of(request.user)
    ]
    return render(request, "office/applications/mine.html", {"applications": found})


@require_GET
@requires(PLAN)
def show(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    """What was applied for, with the answers and what happened."""
    application = _application(request, pk)
    context = {
        "application": application,
        "tone": APPLICATION_TONES[application.state],
        "asked": questions_of(application),
        "how_often": _how_often(application),
        "steps": steps_of_application(application),
        "accepting": objection_to_application_step(application, ApplicationState.ACCEPTED),
        "returning": objection_to_application_step(application, ApplicationState.RETURNED),
        "assigning": objection_to_reviewer(application),
        "entries": history_of(entries_about(application.pk)[:50]),
    }
    return render(request, "office/applications/detail.html", context)


@require_POST
@requires(PLAN)
def take(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    """Become the reviewer of it."""
    application = _application(request, pk)
    back = reverse("application", args=[pk])
    return do(request, lambda: assign_reviewer(application, request.user, by=request.actor), back)


@require_http_methods(["GET", "POST"])
@requires(PLAN)
def accept(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    """Let it become an activity or a series."""
    application = _application(request, pk)
    form = ReasonForm(given(request), initial={"reason": _("We plan it with you.")})

    def act(data: dict[str, Any]) -> str:
        became = accept_application(
            application, reason=data["reason"], owner=request.user, by=request.actor
        )
        name = "activity" if isinstance(became, Activity) else "series"
        return reverse(name, args=[became.pk])

    question = Question(
        _("Accept the application"),
        str(application),
        reverse("application", args=[pk]),
        _("Accept it"),
        _("It becomes a draft with everything the applicant said; you own it."),
        objection_to_application_step(application, ApplicationState.ACCEPTED),
    )
    return ask(request, form, question, act)


@require_http_methods(["GET", "POST"])
@requires(PLAN)
def give_back(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    """Give it back with a question."""
    words = (_("Return the application"), _("Return it"))
    return _answered(request, pk, return_application, ApplicationState.RETURNED, words)


@require_http_methods(["GET", "POST"])
@requires(PLAN)
def refuse(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    """Say no, with the reason."""
    words = (_("Refuse the application"), _("Refuse it"))
    return _answered(request, pk, refuse_application, ApplicationState.REFUSED, words)


def _how_often(application: Application) -> str:
    return said_rule(application.repeats, application.interval) if application.repeats else ""


def _answered(
    request: UserRequest,
    pk: uuid.UUID,
    action: Callable[..., Application],
    to: ApplicationState,
    words: tuple[str, str],
) -> HttpResponse:
    application = _application(request, pk)
    back = reverse("application", args=[pk])

    def act(data: dict[str, Any]) -> str:
        action(application, reason=data["reason"], by=request.actor)
        return back

    objection = objection_to_application_step(application, to)
    question = Question(words[0], str(application), back, words[1], objection=objection)
    return ask(request, ReasonForm(given(request)), question, act)


def _application(request: UserRequest, pk: uuid.UUID) -> Application:
    rows = Application.objects.visible_to(request.access)
    return get_object_or_404(rows.select_related("reviewer", "activity", "series"), pk=pk)


def _mine(request: UserRequest) -> Any:
    """The organisation somebody is a member of; others apply by the open form."""
    if request.access is None or request.organisation is None:
        raise PermissionDenied("membership")
    return request.organisation


def _code(request: UserRequest) -> str:
    return str(request.organisation.code)


def _status(application: Application, code: str) -> str:
    token = make_link(APPLICATION, application.pk, code)
    return reverse("application_status", args=[token])
