"""Curricula: steps in their order, editions, publication, and how far somebody is."""

import uuid
from collections.abc import Callable
from typing import Any, Literal

from django import forms
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from symposia.accounts.permissions import Permission
from symposia.audit.queries import entries_about
from symposia.curriculum.actions.curricula import (
    CurriculumFacts,
    add_step,
    begin_edition,
    change_curriculum,
    make_curriculum,
    move_step,
    publish_curriculum,
    remove_step,
    retire_curriculum,
)
from symposia.curriculum.lists.curricula import CURRICULUM_TONES
from symposia.curriculum.models import CompletionRule, Curriculum, CurriculumStep, Objective
from symposia.curriculum.policies.curricula import (
    objection_to_changing_curriculum,
    objection_to_next_edition,
    objection_to_publishing,
    objection_to_retiring,
    progress_in,
)
from symposia.curriculum.queries.curricula import draft_of, learnt_of, steps_of_curriculum
from symposia.directory.queries import find_clinicians
from symposia.web.gates import requires
from symposia.web.office.asking import Question, WhyForm, ask, do, given
from symposia.web.office.record_history import history_of
from symposia.web.requests import UserRequest

# How many people a search for progress shows.
SHOWN = 10


class CurriculumForm(forms.Form):
    """For whom, and when it is completed."""

    title = forms.CharField(label=gettext_lazy("Title"), max_length=200)
    audience = forms.CharField(label=gettext_lazy("For whom"), max_length=200)
    rule = forms.ChoiceField(
        label=gettext_lazy("Completed by"),
        choices=CompletionRule.choices,
        widget=forms.RadioSelect,
        initial=CompletionRule.ALL,
    )
    at_least = forms.IntegerField(
        label=gettext_lazy("Number of steps"), min_value=1, max_value=200, required=False
    )
    in_order = forms.BooleanField(
        label=gettext_lazy("Steps count only in their order"), required=False
    )
    purpose = forms.CharField(
        label=gettext_lazy("Purpose"),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=4000,
        required=False,
    )
    seen_version = forms.IntegerField(widget=forms.HiddenInput, required=False)


class StepForm(forms.Form):
    """An objective as the next step."""

    objective = forms.ChoiceField(label=gettext_lazy("Objective"))
    required = forms.BooleanField(
        label=gettext_lazy("Must be learnt"), required=False, initial=True
    )

    def __init__(self, *args: Any, choosable: list[Objective], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(str(o.pk), f"{o.text} ({o.gap.number})") for o in choosable]
        self.fields["objective"].choices = choices  # type: ignore[attr-defined]


@require_http_methods(["GET", "POST"])
@requires(Permission.MANAGE_CURRICULUM)
def new(request: UserRequest) -> HttpResponse:
    def act(data: dict[str, Any]) -> str:
        made = make_curriculum(_facts(data), owner=request.user, by=request.actor)
        return reverse("curriculum", args=[made.pk])

    question = Question(_("New curriculum"), _("Curricula"), reverse("curricula"), _("Make it"))
    return ask(request, CurriculumForm(given(request)), question, act)


@require_http_methods(["GET", "POST"])
@requires(Permission.MANAGE_CURRICULUM)
def edit(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    """The facts of an edition that is not published."""
    found = _curriculum(request, pk)
    names = ("title", "audience", "rule", "at_least", "in_order", "purpose")
    first = {name: getattr(found, name) for name in names} | {"seen_version": found.version}
    back = reverse("curriculum", args=[pk])

    def act(data: dict[str, Any]) -> str:
        seen = data["seen_version"] or 0
        change_curriculum(found, _facts(data), seen_version=seen, by=request.actor)
        return back

    objection = objection_to_changing_curriculum(found)
    question = Question(_("Edit the curriculum"), str(found), back, _("Save"), "", objection)
    return ask(request, CurriculumForm(given(request), initial=first), question, act, first)


@require_GET
@requires(Permission.VIEW_CURRICULUM)
def show(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    """Its steps, its editions, and for somebody who is asked for, how far they are."""
    found = _curriculum(request, pk)
    steps, may_look = steps_of_curriculum(found), request.access.holds(Permission.VIEW_DIRECTORY)
    asked = request.GET.get("who", "").replace("\x00", "").strip()[:200] if may_look else ""
    people = find_clinicians(request.access, asked, most=SHOWN) if asked else []
    context = {
        "curriculum": found,
        "tone": CURRICULUM_TONES[found.state],
        "steps": steps,
        "editions": list(Curriculum.objects.editions_of(found)),
        "asked": asked,
        "may_look": may_look,
        "people": [
            {"clinician": each, "progress": progress_in(found, steps, learnt_of(found, each.pk))}
            for each in people[:SHOWN]
        ],
        "entries": history_of(entries_about(found.pk)[:50]),
        "may_manage": request.access.holds(Permission.MANAGE_CURRICULUM),
        "changing": objection_to_changing_curriculum(found),
        "publishing": objection_to_publishing(found, steps=len(steps)),
        "retiring": objection_to_retiring(found),
        "beginning": objection_to_next_edition(draft_of(found)),
    }
    return render(request, "office/curricula/detail.html", context)


@require_http_methods(["GET", "POST"])
@requires(Permission.MANAGE_CURRICULUM)
def step_new(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    found = _curriculum(request, pk)
    back = reverse("curriculum", args=[pk])
    there = {step.objective_id for step in steps_of_curriculum(found)}
    choosable = Objective.objects.visible_to(request.access).choosable()
    free = [objective for objective in choosable if objective.pk not in there]

    def act(data: dict[str, Any]) -> str:
        chosen = next(each for each in free if str(each.pk) == data["objective"])
        add_step(found, chosen, required=data["required"], by=request.actor)
        return back

    objection = objection_to_changing_curriculum(found)
    question = Question(_("Add a step"), str(found), back, _("Add the step"), "", objection)
    return ask(request, StepForm(given(request), choosable=free), question, act)


@require_POST
@requires(Permission.MANAGE_CURRICULUM)
def step_move(request: UserRequest, pk: uuid.UUID, step_pk: uuid.UUID, to: str) -> HttpResponse:
    """Change places with the neighbour above or below."""
    way: Literal["up", "down"] = "up" if to == "up" else "down"
    return _on_step(request, pk, step_pk, lambda step: move_step(step, way, by=request.actor))


@require_POST
@requires(Permission.MANAGE_CURRICULUM)
def step_remove(request: UserRequest, pk: uuid.UUID, step_pk: uuid.UUID) -> HttpResponse:
    return _on_step(request, pk, step_pk, lambda step: remove_step(step, by=request.actor))


@require_POST
@requires(Permission.MANAGE_CURRICULUM)
def publish(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    """Put the edition in force."""
    found = _curriculum(request, pk)
    back = reverse("curriculum", args=[pk])
    return do(request, lambda: publish_curriculum(found, by=request.actor), back)


@require_http_methods(["GET", "POST"])
@requires(Permission.MANAGE_CURRICULUM)
def retire(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    """Teach no more by it, for a reason."""
    found = _curriculum(request, pk)
    back = reverse("curriculum", args=[pk])

    def act(data: dict[str, Any]) -> str:
        retire_curriculum(found, reason=data["reason"], by=request.actor)
        return back

    title, objection = _("Retire the curriculum"), objection_to_retiring(found)
    question = Question(title, str(found), back, _("Retire it"), objection=objection)
    return ask(request, WhyForm(given(request)), question, act)


@require_POST
@requires(Permission.MANAGE_CURRICULUM)
def edition_new(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    """Begin the next edition as a copy of this one; it is in the list of editions."""
    found = _curriculum(request, pk)
    back = reverse("curriculum", args=[pk])
    return do(request, lambda: begin_edition(found, by=request.actor), back)


def _on_step(
    request: UserRequest, pk: uuid.UUID, step_pk: uuid.UUID, act: Callable[[CurriculumStep], Any]
) -> HttpResponse:
    step = get_object_or_404(_curriculum(request, pk).steps, pk=step_pk)
    return do(request, lambda: act(step), reverse("curriculum", args=[pk]))


def _facts(data: dict[str, Any]) -> CurriculumFacts:
    return CurriculumFacts(**{k: v for k, v in data.items() if k != "seen_version"})


def _curriculum(request: UserRequest, pk: uuid.UUID) -> Curriculum:
    return get_object_or_404(Curriculum.objects.visible_to(request.access), pk=pk)
