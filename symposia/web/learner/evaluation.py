"""The evaluation on a phone: a page a section, nothing lost, no name in the answers.

The form carries no key under which an answer is told again: such a key is kept with a hash of what
was sent, beside who sent it. Sending twice is harmless, everybody has one response.
"""

import uuid
from typing import Any

from django.contrib import messages
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from symposia.assessment.actions import respond_to_evaluation
from symposia.assessment.actions.parts import respond_to_sessions
from symposia.assessment.models import EvaluationForm
from symposia.assessment.parts import Turn, turn_of
from symposia.assessment.policies import NO_PART_YET, objection_to_evaluating
from symposia.assessment.queries import current_form, has_answered, questions_of
from symposia.assessment.sheets import Said
from symposia.assessment.taking_part import objection_to_coming
from symposia.credits.letters import LEARNING
from symposia.registrations.models import Registration
from symposia.shared.refusals import Objection, Refused
from symposia.web.evaluation_forms import EvaluationPage
from symposia.web.learner.claim import actor_of, registration_of
from symposia.web.links import personal_link

PAGE = "learner/evaluation/evaluation.html"


@require_http_methods(["GET", "POST"])
@personal_link(LEARNING)
def evaluation(request: Any, pk: uuid.UUID, token: str) -> HttpResponse:
    """Answer the questions of the activity; afterwards the next step is shown."""
    registration = registration_of(pk)
    form = current_form(registration.activity)
    turn = turn_of(registration, questions_of(form) if form else [], now())
    page = EvaluationPage(turn.pages, turn.questions, request.POST or None)
    if request.method == "POST" and page.is_valid():
        try:
            _respond(registration, turn, page.said())
        except Refused as refused:
            page.add_error(None, str(refused))
        else:
            messages.success(request, _("Thank you. Your answers are counted without your name."))
            return _done(request, token)
    objection = _objection(registration, form, turn)
    if request.method == "POST" and _by_script(request):
        # Whoever has answered and sends again, because no answer came back, is done as well.
        return JsonResponse({"done": _is_done(registration, turn)}, status=409)
    context = {
        "token": token,
        "activity": registration.activity,
        "draft": _draft(form, registration, turn),
        "is_part": turn.is_part,
        "form": page,
        "pages": page.pages(),
        "count": page.count,
        "objection": objection,
    }
    status = 422 if page.is_bound and not page.is_valid() else 200
    return render(request, PAGE, context, status=status)


def _respond(registration: Registration, turn: Turn, said: Said) -> None:
    """The sessions that are over, or all that is left."""
    by = actor_of(registration)
    if turn.is_part:
        respond_to_sessions(registration, said.blocks, by=by)
    else:
        respond_to_evaluation(registration, said.whole, blocks=said.blocks, by=by)


def _is_done(registration: Registration, turn: Turn) -> bool:
    """Whether nothing is left that was sent: all of it, or the sessions that are over."""
    return has_answered(registration) or (turn.is_part and not turn.sessions)


def _draft(form: EvaluationForm | None, registration: Registration, turn: Turn) -> str:
    """Under what a phone keeps what is not sent yet; each part has its own."""
    if form is None:
        return ""
    return ":".join([str(form.pk), str(registration.pk), *(str(pk) for pk in turn.sessions[:1])])


def _objection(
    registration: Registration, form: EvaluationForm | None, turn: Turn
) -> Objection | None:
    found = objection_to_evaluating(
        registration,
        form,
        absent=objection_to_coming(registration),
        answered=has_answered(registration),
        at=now(),
    )
    return found or (NO_PART_YET if turn.is_part and not turn.sessions else None)


def _by_script(request: Any) -> bool:
    return bool(request.headers.get("Accept") == "application/json")


def _done(request: Any, token: str) -> HttpResponse:
    to = reverse("finish", args=[token])
    return JsonResponse({"done": True, "next": to}) if _by_script(request) else redirect(to)
