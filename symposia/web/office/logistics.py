"""What is arranged around an activity: catering, travel, stay, hires, and what each costs."""

import uuid
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from symposia.accounts.permissions import Permission
from symposia.activities.actions.arrangements import (
    advance_arrangement,
    arrange,
    change_arrangement,
)
from symposia.activities.arranged import fault_of, logistics_of, people_around
from symposia.activities.arrangement_lists import TONES
from symposia.activities.arranging import (
    objection_to_arranging,
    objection_to_changing_arrangement,
)
from symposia.activities.models import Activity, Arrangement, ArrangementState, Session, Venue
from symposia.activities.wall import may
from symposia.audit.queries import entries_about
from symposia.finance.actions.budgets import follow_arrangements
from symposia.finance.arrangements import differences_of, more_than_estimated
from symposia.finance.policies import objection_to_estimating
from symposia.finance.queries import books_currency
from symposia.shared.lists import Words
from symposia.shared.refusals import Refused
from symposia.web.gates import requires
from symposia.web.office.activity_tabs import activity_or_404, frame_of
from symposia.web.office.asking import do, given
from symposia.web.office.logistics_forms import ArrangementForm, as_asked, first_of
from symposia.web.office.logistics_rules import heard, said_by_rules
from symposia.web.office.meanwhile import what_changed
from symposia.web.office.record_history import history_of
from symposia.web.requests import UserRequest

FOLDER = "office/logistics"
TAB = "activity_logistics"


class CancellationForm(forms.Form):
    """Why something is called off."""

    reason = forms.CharField(label=gettext_lazy("Reason"), max_length=300, required=False)


# What a press says that takes something further; calling it off asks for a reason.
STEP_WORDS: dict[str, Words] = {
    ArrangementState.PLANNED: gettext_lazy("Mark as planned"),
    ArrangementState.REQUESTED: gettext_lazy("Mark as requested"),
    ArrangementState.CONFIRMED: gettext_lazy("Mark as confirmed"),
    ArrangementState.DELIVERED: gettext_lazy("Mark as delivered"),
}


@require_GET
@requires(Permission.VIEW_ACTIVITIES)
def show(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    """Everything arranged, how far it is, what somebody must do about it."""
    activity = activity_or_404(request, pk)
    sees_money = _sees_money(request, activity)
    context, logistics = frame_of(request, activity, TAB), logistics_of(activity, books_currency())
    context |= {
        "logistics": logistics,
        "rows": [(row, TONES[row.arrangement.state]) for row in logistics.rows],
        "sees_money": sees_money,
        "objection": objection_to_arranging(activity),
        **(_money(request, activity) if sees_money else {}),
    }
    return render(request, f"{FOLDER}/show.html", context)


def _sees_money(request: UserRequest, activity: Activity) -> bool:
    seen = Activity.objects.visible_to(request.access, Permission.VIEW_MONEY)
    return request.access.holds(Permission.VIEW_MONEY) and seen.filter(pk=activity.pk).exists()


def _money(request: UserRequest, activity: Activity) -> dict[str, Any]:
    currency = books_currency()
    differences = differences_of(activity)
    return {
        "currency": currency,
        "differences": differences,
        "more": more_than_estimated(differences, currency),
        "may_estimate": request.access.holds(Permission.PLAN_MONEY),
        "estimating": objection_to_estimating(activity, [], currency=currency),
    }


@require_http_methods(["GET", "POST"])
@requires(Permission.PLAN_ACTIVITIES)
def new(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    """Something new is arranged."""
    activity = activity_or_404(request, pk, Permission.PLAN_ACTIVITIES)
    form = form_for(activity, given(request), first_of(activity))
    if form.is_bound and form.is_valid():
        try:
            arrange(activity, form.facts(), by=request.actor)
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            return redirect(TAB, activity.pk)
    return _form_page(request, activity, form)


def form_for(activity: Activity, sent: Any, first: dict[str, Any]) -> ArrangementForm:
    """The form with the people, sessions and venues of this activity to choose from."""
    return ArrangementForm(
        sent,
        initial=first,
        people=people_around(activity),
        sessions=list(Session.objects.of(activity)),
        venues=list(Venue.objects.offered()),
        currency=books_currency(),
    )


@require_http_methods(["GET", "POST"])
@requires(Permission.PLAN_ACTIVITIES)
def edit(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    """Another supplier, day, number of people or price."""
    arrangement = _arrangement(request, pk, Permission.PLAN_ACTIVITIES)
    activity = arrangement.activity
    first = as_asked(arrangement)
    form, changes = form_for(activity, given(request), first), []
    if form.is_bound and form.is_valid():
        seen = form.cleaned_data["seen_version"] or 0
        try:
            change_arrangement(arrangement, form.facts(), seen_version=seen, by=request.actor)
        except Refused as refused:
            form.add_error(None, str(refused))
            changes = what_changed(form, first, refused)
        else:
            return redirect("arrangement", pk)
    return _form_page(request, activity, form, arrangement=arrangement, changes=changes)


def _form_page(
    request: UserRequest, activity: Activity, form: ArrangementForm, **more: Any
) -> HttpResponse:
    arrangement = more.get("arrangement")
    objection = objection_to_changing_arrangement(arrangement) if arrangement else None
    context = frame_of(request, activity, TAB)
    context |= {
        "form": form,
        "objection": objection or objection_to_arranging(activity),
        "currency": form.currency,
        "said": said_by_rules(activity, form, arrangement),
        **more,
    }
    status = 422 if form.errors else 200
    return render(request, f"{FOLDER}/form.html", context, status=status)


@require_POST
@requires(Permission.PLAN_ACTIVITIES)
def preview(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    """What the rules would say of what is being typed; nothing of it is kept."""
    activity = activity_or_404(request, pk, Permission.PLAN_ACTIVITIES)
    form = form_for(activity, request.POST, {})
    known = Arrangement.objects.of(activity).filter(pk__in=heard(request.POST.get("of", "")))
    context = {"said": said_by_rules(activity, form, known.first())}
    return render(request, f"{FOLDER}/said.html", context)


@require_GET
@requires(Permission.VIEW_ACTIVITIES)
def arrangement(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    """One thing that is arranged: its facts, its steps, its history."""
    found = _arrangement(request, pk, Permission.VIEW_ACTIVITIES)
    context = {
        "arrangement": found,
        "activity": found.activity,
        "tone": TONES[found.state],
        "fault": fault_of(found, found.activity),
        "sees_money": _sees_money(request, found.activity),
        "may_plan": may(request.access, found.activity.mode, Permission.PLAN_ACTIVITIES),
        "steps": [
            (to, STEP_WORDS[to])
            for to in ArrangementState.values
            if found.can_move(to) and to != ArrangementState.CANCELLED
        ],
        "may_cancel": found.can_move(ArrangementState.CANCELLED),
        "form": CancellationForm(),
        "changing": objection_to_changing_arrangement(found),
        "entries": history_of(entries_about(found.pk)[:50]),
    }
    return render(request, f"{FOLDER}/arrangement.html", context)


@require_POST
@requires(Permission.PLAN_ACTIVITIES)
def step(request: UserRequest, pk: uuid.UUID, to: str) -> HttpResponse:
    """Requested, confirmed, delivered, or called off for a reason."""
    found = _arrangement(request, pk, Permission.PLAN_ACTIVITIES)
    back = reverse("arrangement", args=[pk])
    if to not in ArrangementState.values:
        messages.error(request, _("Choose one of the steps."))
        return redirect(back)
    reason = request.POST.get("reason", "")[:300]
    return do(
        request, lambda: advance_arrangement(found, to, reason=reason, by=request.actor), back
    )


@require_POST
@requires(Permission.PLAN_MONEY)
def take_in(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    """Put what is arranged into the estimate; after its approval it is signed for again."""
    activity = activity_or_404(request, pk, Permission.PLAN_MONEY)
    back = reverse(TAB, args=[pk])
    done = _("The estimate says now what is arranged.")
    return do(request, lambda: follow_arrangements(activity, by=request.actor), back, done)


def _arrangement(request: UserRequest, pk: uuid.UUID, permission: Permission) -> Arrangement:
    rows = Arrangement.objects.visible_to(request.access, permission)
    return get_object_or_404(
        rows.select_related("activity", "session", "venue", "contributor"), pk=pk
    )
