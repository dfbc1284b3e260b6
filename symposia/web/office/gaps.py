"""Gaps: the list, a new one, the page of one with its evidence, objectives and activities."""

import uuid
from collections.abc import Callable
from typing import Any

from django import forms
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from symposia.accounts.permissions import Permission
from symposia.activities.queries import activities_of_objectives
from symposia.audit.queries import entries_about
from symposia.curriculum.actions.gaps import (
    EvidenceFacts,
    GapFacts,
    add_evidence,
    change_gap,
    close_gap,
    record_gap,
    remove_evidence,
    reopen_gap,
)
from symposia.curriculum.actions.objectives import add_objective, remove_objective
from symposia.curriculum.lists.gaps import GAPS, TONES
from symposia.curriculum.models import EvidenceKind, Gap, NeedType
from symposia.curriculum.policies.gaps import objection_to_changing_gap, objection_to_closing_gap
from symposia.curriculum.policies.objectives import missing_of
from symposia.curriculum.queries.guidelines import citable, current_guideline
from symposia.curriculum.queries.priorities import priority_of, statements_of
from symposia.curriculum.standards.reading import competency_choices
from symposia.shared.refusals import Refused
from symposia.web.gates import requires
from symposia.web.office.asking import WhyForm, do
from symposia.web.office.meanwhile import what_changed
from symposia.web.office.planning import views_of
from symposia.web.office.record_history import history_of
from symposia.web.requests import UserRequest

SHOW = "office/gaps/detail.html"
EDIT = "office/gaps/edit.html"


class GapForm(forms.Form):
    """What is said about a gap."""

    title = forms.CharField(label=gettext_lazy("Title"), max_length=200)
    statement = forms.CharField(
        label=gettext_lazy("The gap in practice"),
        help_text=gettext_lazy("What clinicians do today, and what good practice asks of them."),
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=4000,
    )
    need_type = forms.ChoiceField(
        label=gettext_lazy("Underlying need"),
        help_text=gettext_lazy("They do not know; know but cannot apply; can but do not do it."),
        choices=NeedType.choices,
        widget=forms.RadioSelect,
    )
    population = forms.CharField(label=gettext_lazy("Whom it concerns"), max_length=200)
    measure = forms.CharField(
        label=gettext_lazy("Measure"),
        help_text=gettext_lazy("What will show whether practice changed."),
        max_length=200,
        required=False,
    )
    baseline = forms.CharField(label=gettext_lazy("Today"), max_length=80, required=False)
    target = forms.CharField(label=gettext_lazy("Target"), max_length=80, required=False)
    seen_version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def facts(self) -> GapFacts:
        given = {k: v for k, v in self.cleaned_data.items() if k != "seen_version"}
        return GapFacts(**given)


class EvidenceForm(forms.Form):
    """Where it is written that the gap exists."""

    kind = forms.ChoiceField(label=gettext_lazy("Kind of evidence"), choices=EvidenceKind.choices)
    citation = forms.CharField(
        label=gettext_lazy("Citation"), widget=forms.Textarea(attrs={"rows": 2}), max_length=2000
    )
    figure = forms.CharField(
        label=gettext_lazy("Figure"),
        help_text=gettext_lazy("Such as 48 % within 60 minutes, 2025."),
        max_length=120,
        required=False,
    )
    address = forms.URLField(
        label=gettext_lazy("Link"), max_length=500, required=False, assume_scheme="https"
    )
    guideline = forms.ChoiceField(label=gettext_lazy("Guideline it cites"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [("", _("None")), *citable()]
        self.fields["guideline"].choices = choices  # type: ignore[attr-defined]

    def facts(self) -> EvidenceFacts:
        given = dict(self.cleaned_data)
        guideline = current_guideline(given.pop("guideline"))
        return EvidenceFacts(guideline=guideline, **given)


class ObjectiveForm(forms.Form):
    """What a learner will do differently."""

    text = forms.CharField(
        label=gettext_lazy("Objective"),
        help_text=gettext_lazy("Begins with a verb that can be observed: decide, prescribe."),
        max_length=300,
    )
    competency = forms.ChoiceField(label=gettext_lazy("Competency"), choices=competency_choices)


@require_http_methods(["GET", "POST"])
@requires(Permission.MANAGE_CURRICULUM)
def new(request: UserRequest) -> HttpResponse:
    form = GapForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        gap = record_gap(form.facts(), owner=request.user, by=request.actor)
        return redirect("gap", gap.pk)
    return render(request, EDIT, {"form": form}, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
@requires(Permission.MANAGE_CURRICULUM)
def edit(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    """The facts of a gap; who saves over somebody else's change is shown it instead."""
    gap = _gap(request, pk)
    first = {name: getattr(gap, name) for name in GapForm.base_fields if hasattr(gap, name)}
    first["seen_version"] = gap.version
    form = GapForm(request.POST if request.method == "POST" else None, initial=first)
    context: dict[str, Any] = {"gap": gap, "form": form}
    context["objection"] = objection_to_changing_gap(gap)
    if form.is_bound and form.is_valid():
        seen = form.cleaned_data["seen_version"] or 0
        try:
            change_gap(gap, form.facts(), seen_version=seen, by=request.actor)
        except Refused as refused:
            form.add_error(None, str(refused))
            context["changes"] = what_changed(form, first, refused)
        else:
            return redirect("gap", gap.pk)
    return render(request, EDIT, context, status=422 if form.errors else 200)


@require_GET
@requires(Permission.VIEW_CURRICULUM)
def show(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    """Why it is a gap, what is promised about it, which activities work on it."""
    return _show(request, _gap(request, pk))


def _gap(request: UserRequest, pk: uuid.UUID) -> Gap:
    return get_object_or_404(Gap.objects.visible_to(request.access), pk=pk)


def _show(request: UserRequest, gap: Gap, **forms_given: forms.Form) -> HttpResponse:
    """The page of a gap, with a form that came back wrong in place of its empty one."""
    evidence = list(gap.evidence.select_related("guideline").order_by("added_at", "pk"))
    objectives = list(gap.objectives.select_related("guideline").order_by("position", "pk"))
    context: dict[str, Any] = {
        "gap": gap,
        "evidence": evidence,
        "objectives": [{"objective": o, "missing": missing_of(o)} for o in objectives],
        "priority": priority_of(gap),
        "statements": statements_of(gap, localdate()),
        "activities": activities_of_objectives([each.pk for each in objectives]),
        "entries": history_of(entries_about(gap.pk)[:50]),
        "tone": TONES[gap.state],  # type: ignore[index]
        "may_manage": request.access.holds(Permission.MANAGE_CURRICULUM),
        "may_plan": request.access.holds(Permission.PLAN_ACTIVITIES),
        "objection": objection_to_changing_gap(gap),
        "closing_objection": objection_to_closing_gap(gap, pieces_of_evidence=len(evidence)),
        "evidence_form": EvidenceForm(auto_id="evidence_%s"),
        "objective_form": ObjectiveForm(auto_id="objective_%s"),
        "why_form": WhyForm(auto_id="why_%s"),
    }
    context |= forms_given
    is_wrong = any(form.errors for form in forms_given.values())
    return render(request, SHOW, context, status=422 if is_wrong else 200)


@require_POST
@requires(Permission.MANAGE_CURRICULUM)
def evidence_new(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    gap = _gap(request, pk)
    form = EvidenceForm(request.POST, auto_id="evidence_%s")
    if not form.is_valid():
        return _show(request, gap, evidence_form=form)
    return do(request, lambda: add_evidence(gap, form.facts(), by=request.actor), _back(gap))


@require_POST
@requires(Permission.MANAGE_CURRICULUM)
def evidence_remove(request: UserRequest, pk: uuid.UUID, evidence_pk: uuid.UUID) -> HttpResponse:
    gap = _gap(request, pk)
    evidence = get_object_or_404(gap.evidence, pk=evidence_pk)
    return do(request, lambda: remove_evidence(evidence, by=request.actor), _back(gap))


@require_POST
@requires(Permission.MANAGE_CURRICULUM)
def objective_new(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    gap = _gap(request, pk)
    form = ObjectiveForm(request.POST, auto_id="objective_%s")
    if not form.is_valid():
        return _show(request, gap, objective_form=form)
    return do(
        request, lambda: add_objective(gap, by=request.actor, **form.cleaned_data), _back(gap)
    )


@require_POST
@requires(Permission.MANAGE_CURRICULUM)
def objective_remove(request: UserRequest, pk: uuid.UUID, objective_pk: uuid.UUID) -> HttpResponse:
    gap = _gap(request, pk)
    objective = get_object_or_404(gap.objectives, pk=objective_pk)
    return do(request, lambda: remove_objective(objective, by=request.actor), _back(gap))


@require_POST
@requires(Permission.MANAGE_CURRICULUM)
def close(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    return _why(request, _gap(request, pk), close_gap)


@require_POST
@requires(Permission.MANAGE_CURRICULUM)
def reopen(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    return _why(request, _gap(request, pk), reopen_gap)


def _why(request: UserRequest, gap: Gap, act: Callable[..., Gap]) -> HttpResponse:
    form = WhyForm(request.POST, auto_id="why_%s")
    if not form.is_valid():
        return _show(request, gap, why_form=form)
    reason = form.cleaned_data["reason"]
    return do(request, lambda: act(gap, reason=reason, by=request.actor), _back(gap))


def _back(gap: Gap) -> str:
    return reverse("gap", args=[gap.pk])


def list_extra(request: UserRequest) -> dict[str, Any]:
    """What the list of gaps shows beside its rows."""
    return views_of(request, GAPS.name)
