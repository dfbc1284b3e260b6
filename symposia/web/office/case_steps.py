"""Writing a case: a step with its findings and options in one form, and the patient's values."""

import uuid
from typing import Any

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from symposia.accounts.permissions import Permission
from symposia.learning.actions.cases import write_case
from symposia.learning.cases.document import CaseStep
from symposia.learning.cases.editing import new_code, with_new_steps, with_values
from symposia.learning.cases.problems import problems_of
from symposia.learning.models import Case
from symposia.learning.policies import objection_to_authoring
from symposia.web.gates import requires
from symposia.web.office.asking import Question, ask, given
from symposia.web.office.case_forms import StepForm, ValuesForm
from symposia.web.office.cases import case_or_404
from symposia.web.requests import UserRequest

PLANS = Permission.PLAN_ACTIVITIES
STEP, VALUES = "office/cases/step.html", "office/cases/values.html"


@require_http_methods(["GET", "POST"])
@requires(PLANS)
def new(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    """A step after the last one."""
    case = case_or_404(request, pk, PLANS)
    step = CaseStep(new_code("s", [each.code for each in case.document.steps]))
    return _step(request, case, step, _("New step"))


@require_http_methods(["GET", "POST"])
@requires(PLANS)
def edit(request: UserRequest, pk: uuid.UUID, code: str) -> HttpResponse:
    """What one sees at a step, what may be asked for, and what can be decided."""
    case = case_or_404(request, pk, PLANS)
    step = case.document.step(code)
    if step is None:
        raise Http404
    return _step(request, case, step, step.title or _("First step"))


def _step(request: UserRequest, case: Case, step: CaseStep, title: str) -> HttpResponse:
    document, back = case.document, reverse("case", args=[case.lesson_id])
    first = {"seen_version": case.version}
    form = StepForm(given(request), document=document, step=step, initial=first)

    def act(data: dict[str, Any]) -> str:
        written, titles = form.written()
        after = with_new_steps(document, written, titles)
        write_case(case, after, seen_version=data["seen_version"] or 0, by=request.actor)
        if "more" in request.POST:
            return reverse("case_step", args=[case.lesson_id, step.code])
        return f"{back}#step-{step.code}"

    more = {"problems": [each for each in problems_of(document) if each.step == step.code]}
    return ask(request, form, _question(case, title, back, STEP, more), act)


@require_http_methods(["GET", "POST"])
@requires(PLANS)
def values(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    """What is measured or seen of the patient, by name, and how it is at the start."""
    case = case_or_404(request, pk, PLANS)
    back, first = reverse("case", args=[pk]), {"seen_version": case.version}
    form = ValuesForm(given(request), document=case.document, initial=first)

    def act(data: dict[str, Any]) -> str:
        after = with_values(case.document, form.values())
        write_case(case, after, seen_version=data["seen_version"] or 0, by=request.actor)
        return reverse("case_values", args=[pk]) if "more" in request.POST else back

    return ask(request, form, _question(case, _("Values of the patient"), back, VALUES, {}), act)


def _question(case: Case, title: str, back: str, template: str, more: dict[str, Any]) -> Question:
    objection = objection_to_authoring(case.activity)
    return Question(title, case.lesson.title, back, _("Save"), "", objection, template, more)
