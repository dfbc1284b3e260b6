"""Objectives: the list with what each still lacks, and the page where one gets its grounds."""

import uuid
from typing import Any

from django import forms
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods

from symposia.accounts.permissions import Permission
from symposia.activities.queries import activities_of_objectives
from symposia.curriculum.actions.objectives import Grounds, ground_objective
from symposia.curriculum.models import Objective
from symposia.curriculum.policies.gaps import objection_to_changing_gap
from symposia.curriculum.policies.objectives import missing_of
from symposia.curriculum.queries.guidelines import citable, current_guideline
from symposia.curriculum.standards.reading import competencies
from symposia.web.gates import requires
from symposia.web.office.asking import Question, ask, given
from symposia.web.requests import UserRequest


class GroundsForm(forms.Form):
    """The recommendation an objective follows, and its local figure."""

    guideline = forms.ChoiceField(label=gettext_lazy("Guideline"), required=False)
    recommendation = forms.CharField(
        label=gettext_lazy("Recommendation"),
        help_text=gettext_lazy("Its number or words, such as 3.5.1, class I."),
        max_length=300,
        required=False,
    )
    local_figure = forms.CharField(
        label=gettext_lazy("Local figure"),
        help_text=gettext_lazy("How it stands here, such as 58 % of 214 patients."),
        max_length=120,
        required=False,
    )
    local_source = forms.CharField(
        label=gettext_lazy("Where the figure is from"), max_length=200, required=False
    )

    def __init__(self, *args: Any, objective: Objective, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cited = objective.guideline
        choices = [("", _("None")), *citable()]
        if cited and not cited.is_current:
            choices.append((str(cited.pk), _("%(cited)s (superseded)") % {"cited": cited}))
        self.fields["guideline"].choices = choices  # type: ignore[attr-defined]


@require_GET
@requires(Permission.VIEW_CURRICULUM)
def show(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    """What it promises, what it rests on, which activities took it on, what is missing."""
    objective = _objective(request, pk)
    context = {
        "objective": objective,
        "competency": competencies().get(objective.competency),
        "missing": missing_of(objective),
        "activities": activities_of_objectives([objective.pk]),
        "may_manage": request.access.holds(Permission.MANAGE_CURRICULUM),
        "objection": objection_to_changing_gap(objective.gap),
    }
    return render(request, "office/objectives/detail.html", context)


@require_http_methods(["GET", "POST"])
@requires(Permission.MANAGE_CURRICULUM)
def grounds(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    """Say which recommendation it follows and which figure shows the need here."""
    objective = _objective(request, pk)
    first = {
        "guideline": str(objective.guideline_id or ""),
        "recommendation": objective.recommendation,
        "local_figure": objective.local_figure,
        "local_source": objective.local_source,
    }
    back = reverse("objective", args=[objective.pk])

    def act(data: dict[str, Any]) -> str:
        chosen = data.pop("guideline")
        kept = objective.guideline if chosen == first["guideline"] else current_guideline(chosen)
        ground_objective(objective, Grounds(guideline=kept, **data), by=request.actor)
        return back

    question = Question(
        _("Grounds of the objective"),
        objective.text,
        back,
        _("Save the grounds"),
        objection=objection_to_changing_gap(objective.gap),
    )
    form = GroundsForm(given(request), initial=first, objective=objective)
    return ask(request, form, question, act)


def _objective(request: UserRequest, pk: uuid.UUID) -> Objective:
    rows = Objective.objects.visible_to(request.access).select_related(
        "gap", "guideline__superseded_by"
    )
    return get_object_or_404(rows, pk=pk)
