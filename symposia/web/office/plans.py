"""Plans: of a year and of its parts, with envelope, approval and the activities they hold."""

import uuid
from collections.abc import Callable
from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from symposia.accounts.permissions import Permission
from symposia.activities.actions.plans import place_in_plan
from symposia.activities.lists import TONES
from symposia.activities.models import Activity, Series
from symposia.activities.policies import objection_to_changing
from symposia.approvals.queries import latest_of
from symposia.audit.queries import entries_about
from symposia.curriculum.actions.plans import (
    SUBJECT,
    change_plan,
    end_plan,
    make_plan,
    reopen_plan,
    set_planning_rule,
    submit_plan,
)
from symposia.curriculum.lists.plans import PLAN_TONES
from symposia.curriculum.models import Plan, PlanState
from symposia.curriculum.policies.plans import (
    objection_to_changing_plan,
    objection_to_plan_step,
    objection_to_reopening_plan,
)
from symposia.curriculum.queries.plans import parts_total, planning_rule
from symposia.finance.lists import MONEY
from symposia.shared.money import Money
from symposia.shared.refusals import Objection
from symposia.web.gates import requires
from symposia.web.office.activity_tabs import activity_or_404
from symposia.web.office.asking import Question, ask, do, given
from symposia.web.office.plan_forms import (
    ChoosePlanForm,
    PlanForm,
    PlanReasonForm,
    RuleForm,
    plan_as_asked,
)
from symposia.web.office.record_history import history_of
from symposia.web.requests import UserRequest


@require_http_methods(["GET", "POST"])
@requires(Permission.MANAGE_CURRICULUM)
def new(request: UserRequest) -> HttpResponse:
    form = _form(request, {"parent": request.GET.get("parent", "")})

    def act(_data: dict[str, Any]) -> str:
        plan = make_plan(form.facts(), owner=request.user, by=request.actor)
        return reverse("plan", args=[plan.pk])

    question = Question(_("New plan"), _("Plans"), reverse("plans"), _("Make the plan"))
    return ask(request, form, question, act)


@require_http_methods(["GET", "POST"])
@requires(Permission.MANAGE_CURRICULUM)
def edit(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    """The facts of a plan; who saves over somebody else's change is shown it instead."""
    plan = _plan(request, pk)
    first = plan_as_asked(plan)
    form, back = _form(request, first), reverse("plan", args=[pk])

    def act(data: dict[str, Any]) -> str:
        seen = data["seen_version"] or 0
        change_plan(plan, form.facts(), seen_version=seen, by=request.actor)
        return back

    objection = objection_to_changing_plan(plan)
    question = Question(_("Edit the plan"), str(plan), back, _("Save"), objection=objection)
    return ask(request, form, question, act, first)


@require_GET
@requires(Permission.VIEW_CURRICULUM)
def show(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    """Its parts, its activities with their money, how far its approval is."""
    plan = _plan(request, pk)
    parts = list(Plan.objects.parts_of(plan))
    within = [plan.pk, *(part.pk for part in parts)]
    activities = _activities(request, within)
    context = {
        "plan": plan,
        "tone": PLAN_TONES[plan.state],
        "parts": [{"plan": part, "tone": PLAN_TONES[part.state]} for part in parts],
        "given_out": parts_total(plan),
        "series": list(Series.objects.visible_to(request.access).under(within)),
        "activities": activities,
        "estimated": sum((a["estimate"] for a in activities), Money.zero(plan.currency)),
        "asked": latest_of(SUBJECT, plan.pk),
        "entries": history_of(entries_about(plan.pk)[:50]),
        "may_manage": request.access.holds(Permission.MANAGE_CURRICULUM),
        "may_plan": request.access.holds(Permission.PLAN_ACTIVITIES),
        "may_see_money": request.access.holds(Permission.VIEW_MONEY),
        "changing": objection_to_changing_plan(plan),
        "submitting": objection_to_plan_step(plan, PlanState.SUBMITTED),
        "is_living": plan.state != PlanState.ENDED,
    }
    return render(request, "office/plans/detail.html", context)


@require_POST
@requires(Permission.MANAGE_CURRICULUM)
def submit(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    """Ask for the approvals of the plan."""
    plan = _plan(request, pk)
    back = reverse("plan", args=[pk])
    return do(request, lambda: submit_plan(plan, by=request.actor), back)


@require_http_methods(["GET", "POST"])
@requires(Permission.MANAGE_CURRICULUM)
def reopen(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    """Take up an approved plan to change it; it needs its approvals again."""
    note = _("It needs its approvals again; until then nothing under it may be opened.")
    return _why(request, pk, reopen_plan, objection_to_reopening_plan, (_("Reopen the plan"), note))


@require_http_methods(["GET", "POST"])
@requires(Permission.MANAGE_CURRICULUM)
def end(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    """Plan no longer under it."""
    note = _("Activities that are open go on; nothing more is planned under it.")
    return _why(request, pk, end_plan, _objection_to_ending, (_("End the plan"), note))


@require_http_methods(["GET", "POST"])
@requires(Permission.MANAGE_CURRICULUM)
def rule(request: UserRequest) -> HttpResponse:
    """Say whether activities need an approved plan, and how many months ahead."""
    back, now = reverse("plans"), planning_rule()
    first = {"needs_plan": now.needs_plan, "months_ahead": now.months_ahead} if now else {}

    def act(data: dict[str, Any]) -> str:
        set_planning_rule(by=request.actor, **data)
        return back

    question = Question(
        _("What activities need of a plan"),
        _("Plans"),
        back,
        _("Set the rule"),
        _("An activity that belongs to a plan always waits for its approval."),
    )
    form = RuleForm(given(request), initial={"months_ahead": 0} | first)
    return ask(request, form, question, act)


@require_http_methods(["GET", "POST"])
@requires(Permission.PLAN_ACTIVITIES, Permission.VIEW_CURRICULUM)
def choose(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    """Say which plan an activity belongs to."""
    activity = activity_or_404(request, pk, Permission.PLAN_ACTIVITIES)
    back = reverse("activity", args=[pk])

    def act(data: dict[str, Any]) -> str:
        chosen = _plan(request, uuid.UUID(data["plan"])) if data["plan"] else None
        place_in_plan(activity, chosen, by=request.actor)
        return back

    first = {"plan": str(activity.plan_id or "")}
    form = ChoosePlanForm(given(request), initial=first, access=request.access)
    question = Question(
        _("Plan of the activity"),
        str(activity),
        back,
        _("Save the plan"),
        objection=objection_to_changing(activity),
    )
    return ask(request, form, question, act)


def _why(
    request: UserRequest,
    pk: uuid.UUID,
    action: Callable[..., Plan],
    objection_to: Callable[[Plan], Objection | None],
    words: tuple[str, str],
) -> HttpResponse:
    plan, (title, note) = _plan(request, pk), words
    back = reverse("plan", args=[pk])

    def act(data: dict[str, Any]) -> str:
        action(plan, reason=data["reason"], by=request.actor)
        return back

    question = Question(title, str(plan), back, title, note, objection_to(plan))
    return ask(request, PlanReasonForm(given(request)), question, act)


def _objection_to_ending(plan: Plan) -> Objection | None:
    return objection_to_plan_step(plan, PlanState.ENDED)


def _activities(request: UserRequest, plan_ids: list[uuid.UUID]) -> list[dict[str, Any]]:
    """The activities under plans; with their estimates for whoever may see money."""
    if request.access.holds(Permission.VIEW_MONEY):
        rows = MONEY.rows_for(request.access, {}).under(plan_ids)  # type: ignore[attr-defined]
        found = [(a, Money.from_minor(a.estimate, a.currency)) for a in rows]
    else:
        currency = request.organisation.currency
        rows = Activity.objects.visible_to(request.access).under(plan_ids)
        found = [(a, Money.zero(currency)) for a in rows]
    return [{"activity": a, "estimate": money, "tone": TONES[a.state]} for a, money in found]


def _form(request: UserRequest, first: dict[str, Any]) -> PlanForm:
    here = request.organisation
    return PlanForm(given(request), initial=first, access=request.access, organisation=here)


def _plan(request: UserRequest, pk: uuid.UUID) -> Plan:
    rows = Plan.objects.visible_to(request.access).select_related("parent", "owner")
    return get_object_or_404(rows, pk=pk)
