"""Activities: the list, a new one, its overview, its facts, its objectives, its history."""

import uuid
from datetime import date, datetime, time, timedelta
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from symposia.accounts.permissions import Permission
from symposia.activities.actions.planning import change_activity, choose_objectives
from symposia.activities.actions.plans import create_in_plan
from symposia.activities.facts import Reading
from symposia.activities.models import Activity, State
from symposia.activities.organisers import council_hours_of, organiser_of
from symposia.activities.origins import kinship_shown
from symposia.activities.own_types import answers_of, types_here
from symposia.activities.policies import objection_to_amending, objection_to_changing
from symposia.activities.queries import agenda_of, findings_about, objectives_of
from symposia.activities.readiness import Readiness
from symposia.activities.reading import loaded_once, one_reading
from symposia.activities.serving import served_by
from symposia.activities.wall import Subject, may, objection_to_planning
from symposia.assessment.queries import questions_by_objective
from symposia.audit.queries import entries_about
from symposia.compliance.models import Result
from symposia.curriculum.models import Objective, Plan
from symposia.registrations.models import Admission
from symposia.shared.refusals import Refused, refuse_if
from symposia.web.gates import requires
from symposia.web.office.activity_forms import (
    ActivityForm,
    NewActivityForm,
    ObjectivesForm,
    as_asked,
)
from symposia.web.office.activity_tabs import activity_or_404, frame_of, workspace
from symposia.web.office.meanwhile import what_changed
from symposia.web.office.plan_forms import plan_choices
from symposia.web.office.record_history import history_of, history_with_roles, told_to
from symposia.web.public.dates import public_path
from symposia.web.requests import UserRequest

NEW = "office/activities/new.html"
EDIT = "office/activities/edit.html"
OBJECTIVES = "office/activities/objectives.html"


@require_http_methods(["GET", "POST"])
@requires(Permission.PLAN_ACTIVITIES)
def new(request: UserRequest) -> HttpResponse:
    """One page of questions; the draft exists once they are answered."""
    form = _new_form(request)
    if form.is_bound and form.is_valid():
        try:
            refuse_if(objection_to_planning(request.access, form.cleaned_data["mode"]))
            activity = create_in_plan(
                form.facts(),
                _plan(request, form.cleaned_data["plan"]),
                mode=form.cleaned_data["mode"],
                objectives=_chosen(form.cleaned_data["objectives"]),
                owner=request.user,
                by=request.actor,
            )
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            return redirect("activity_agenda", activity.pk)
    return render(request, NEW, {"form": form}, status=422 if form.errors else 200)


def _new_form(request: UserRequest) -> NewActivityForm:
    mine = request.organisation
    first: dict[str, Any] = {
        "zone": mine.zone,
        "country": mine.country,
        "delivery": "in_person",
    }
    first |= _usual(request.GET.get("type", ""))
    first["objectives"] = request.GET.getlist("objective")
    first["plan"] = request.GET.get("plan", "")
    return NewActivityForm(
        request.POST if request.method == "POST" else None,
        initial=first,
        organisation=mine,
        plans=plan_choices(request.access),
    )


def _plan(request: UserRequest, chosen: str) -> Plan | None:
    return Plan.objects.visible_to(request.access).get(pk=chosen) if chosen else None


def _usual(code: str) -> dict[str, Any]:
    """What an activity of this type usually looks like."""
    kind = types_here().get(code)
    if kind is None:
        return {}
    starts = datetime.combine(date.min, time(9))
    ends = starts + timedelta(minutes=min(kind.minutes, 14 * 60))
    return {
        "type": code,
        "mode": kind.modes[0],
        "delivery": kind.delivery,
        "starts": starts.time(),
        "ends": ends.time(),
    }


@require_GET
@requires(Permission.VIEW_ACTIVITIES)
def overview(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    """What it is, why it exists, what the rules and its approvers said."""
    with one_reading():
        context = workspace(request, pk, "activity")
        activity = context["activity"]
        reads = may(request.access, activity.mode, Permission.VIEW_RULES, Subject.MONEY)
        findings = loaded_once(activity, findings_about) if reads else []
        context |= {
            "objectives": loaded_once(activity, objectives_of),
            "agenda": loaded_once(activity, agenda_of),
            "findings": [f for f in findings if f.result != Result.PASS],
            "holding": sum(f.result == Result.PASS for f in findings),
            "organiser": organiser_of(activity),
            "hours": council_hours_of(activity),
            "naming": objection_to_amending(activity),
            "public_href": _public_page(request, activity),
            "kinship": kinship_shown(activity, request.access),
            "answers": answers_of(activity),
            "latest": history_of(told_to(request.access, entries_about(activity.pk))[:4]),
            "returned": _returned(activity, context["readiness"]),
            "may_read_approvals": request.access.holds(Permission.VIEW_APPROVALS),
        }
    return render(request, "office/activities/overview.html", context)


def _public_page(request: UserRequest, activity: Activity) -> str:
    """Where the public reads of it, while places may be asked for."""
    if activity.state != State.OPEN:
        return ""
    return public_path(activity, Admission.objects.of(activity), request.organisation)


def _returned(activity: Activity, readiness: Readiness) -> Reading | None:
    """What was asked for, and by which request, as the rail knows it."""
    if activity.state != State.RETURNED:
        return None
    return next((k.reading for k in readiness.known if k.fact.name == "approval"), None)


@require_http_methods(["GET", "POST"])
@requires(Permission.PLAN_ACTIVITIES)
def edit(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    """The facts of the plan; who saves over somebody else's change is shown it instead."""
    activity = activity_or_404(request, pk, Permission.PLAN_ACTIVITIES)
    form = ActivityForm(
        request.POST if request.method == "POST" else None,
        initial=as_asked(activity),
        organisation=request.organisation,
    )
    context: dict[str, Any] = {"form": form, "objection": objection_to_changing(activity)}
    if form.is_bound and form.is_valid():
        seen = form.cleaned_data["seen_version"] or 0
        try:
            change_activity(activity, form.facts(), seen_version=seen, by=request.actor)
        except Refused as refused:
            form.add_error(None, str(refused))
            context["changes"] = what_changed(form, as_asked(activity), refused)
        else:
            messages.success(request, _("Saved."))
            return redirect("activity", activity.pk)
    context |= frame_of(request, activity, "activity")
    return render(request, EDIT, context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
@requires(Permission.PLAN_ACTIVITIES)
def objectives(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    """Which promises of which gaps it takes on."""
    activity = activity_or_404(request, pk, Permission.PLAN_ACTIVITIES)
    form = ObjectivesForm(
        request.POST if request.method == "POST" else None,
        initial={"objectives": [str(each.pk) for each in objectives_of(activity)]},
        choosable=list(Objective.objects.choosable()),
    )
    if form.is_bound and form.is_valid():
        try:
            choose_objectives(activity, _chosen(form.cleaned_data["objectives"]), by=request.actor)
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            return redirect("activity", activity.pk)
    context = frame_of(request, activity, "activity")
    context |= {"form": form, "objection": objection_to_changing(activity)}
    asked = questions_by_objective(activity)
    context["served"] = [(each, asked.get(each.objective.pk, [])) for each in served_by(activity)]
    return render(request, OBJECTIVES, context, status=422 if form.errors else 200)


def _chosen(ids: list[str]) -> list[Objective]:
    return [each for each in Objective.objects.choosable() if str(each.pk) in ids]


@require_GET
@requires(Permission.VIEW_ACTIVITIES)
def history(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    """Everything that happened to it, from the journal."""
    context = workspace(request, pk, "activity_history")
    context["entries"] = history_with_roles(told_to(request.access, entries_about(pk))[:200])
    return render(request, "office/activities/history.html", context)


def list_extra(request: UserRequest) -> dict[str, Any]:
    """What the list of activities shows beside its rows."""
    return {"may_plan": request.access.holds(Permission.PLAN_ACTIVITIES)}
