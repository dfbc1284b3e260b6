"""Series: planned once, held again and again; their days, sessions and exceptions."""

import uuid
from collections.abc import Callable
from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from symposia.accounts.permissions import Permission
from symposia.activities.actions.occasions import (
    add_day,
    avoid_holidays,
    except_day,
    undo_exception,
)
from symposia.activities.actions.refreshing import look_at
from symposia.activities.actions.series import (
    begin_series,
    change_series,
    choose_series_objectives,
    copy_to_next_year,
)
from symposia.activities.models import Refresh, Series, SeriesException
from symposia.activities.repeating import objection_to_looking
from symposia.activities.series import rule_days
from symposia.activities.tasks import ask_for_sessions
from symposia.activities.wall import objection_to_planning
from symposia.curriculum.models import Objective, Plan
from symposia.shared.refusals import refuse_if
from symposia.web.gates import requires
from symposia.web.office.activity_forms import ObjectivesForm
from symposia.web.office.asking import Question, ask, do, given
from symposia.web.office.plan_forms import plan_choices
from symposia.web.office.series_forms import (
    DayForm,
    ExtraDayForm,
    LookForm,
    NewSeriesForm,
    SeriesForm,
    objectives_as_asked,
    series_as_asked,
)
from symposia.web.requests import UserRequest

PLAN = Permission.PLAN_ACTIVITIES


def listed(request: UserRequest) -> dict[str, Any]:
    """What the list of series shows beside its rows."""
    return {"may_plan": request.access.everywhere(PLAN)}


@require_http_methods(["GET", "POST"])
@requires(PLAN)
def new(request: UserRequest) -> HttpResponse:
    mine = request.organisation
    first: dict[str, Any] = {"zone": mine.zone, "country": mine.country}
    first |= {"delivery": "in_person"}
    first |= {"repeats": "weekly", "interval": 1, "plan": request.GET.get("plan", "")}
    plans = plan_choices(request.access)
    form = NewSeriesForm(given(request), initial=first, organisation=mine, plans=plans)

    def act(data: dict[str, Any]) -> str:
        refuse_if(objection_to_planning(request.access, data["mode"]))
        series = begin_series(
            form.facts(),
            mode=data["mode"],
            objectives=_chosen(data["objectives"]),
            owner=request.user,
            plan=_plan(request, data["plan"]),
            by=request.actor,
        )
        return reverse("series", args=[series.pk])

    question = Question(_("New series"), _("Series"), reverse("series_list"), _("Plan the series"))
    return ask(request, form, question, act)


@require_http_methods(["GET", "POST"])
@requires(PLAN)
def edit(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    """The facts of a series; who saves over somebody else's change is shown it instead."""
    series = series_or_404(request, pk)
    first, back = series_as_asked(series), reverse("series", args=[pk])
    form = SeriesForm(given(request), initial=first, organisation=request.organisation)

    def act(data: dict[str, Any]) -> str:
        seen = data["seen_version"] or 0
        change_series(series, form.facts(), seen_version=seen, by=request.actor)
        return back

    note = _("Sessions in planning follow, except where somebody has said something else of them.")
    question = Question(_("Edit the series"), str(series), back, _("Save"), note)
    return ask(request, form, question, act, first)


@require_http_methods(["GET", "POST"])
@requires(PLAN)
def objectives(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    """What each session is to change."""
    series = series_or_404(request, pk)
    back = reverse("series", args=[pk])
    form = ObjectivesForm(
        given(request),
        initial={"objectives": objectives_as_asked(series)},
        choosable=list(Objective.objects.choosable()),
    )

    def act(data: dict[str, Any]) -> str:
        choose_series_objectives(series, _chosen(data["objectives"]), by=request.actor)
        return back

    note = _("Sessions that are made from now on take them on.")
    question = Question(_("Objectives of the series"), str(series), back, _("Save"), note)
    return ask(request, form, question, act)


@require_POST
@requires(PLAN)
def sessions(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    """Make an activity for each day that has none, as a job that one may leave."""
    here = reverse("series", args=[pk])
    return _do(request, pk, lambda series: ask_for_sessions(series, by=request.actor, href=here))


@require_http_methods(["GET", "POST"])
@requires(PLAN)
def exception(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    """Skip a day or hold it on another."""
    series = series_or_404(request, pk)
    back = reverse("series", args=[pk])
    days = [(each.isoformat(), date_format(each, "D j M Y")) for each in rule_days(series)]
    first = {"day": request.GET.get("day", "")}
    form = DayForm(given(request), initial=first, days=days)

    def act(data: dict[str, Any]) -> str:
        day = next(each for each in rule_days(series) if each.isoformat() == data["day"])
        except_day(series, day, moved_to=data["moved_to"], reason=data["reason"], by=request.actor)
        return back

    question = Question(_("Skip or move a day"), str(series), back, _("Save"))
    return ask(request, form, question, act)


@require_http_methods(["GET", "POST"])
@requires(PLAN)
def extra_day(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    """Hold it on one day more."""
    series = series_or_404(request, pk)
    back = reverse("series", args=[pk])

    def act(data: dict[str, Any]) -> str:
        add_day(series, data["day"], reason=data["reason"], by=request.actor)
        return back

    question = Question(_("Add a day"), str(series), back, _("Add the day"))
    return ask(request, ExtraDayForm(given(request)), question, act)


@require_POST
@requires(PLAN)
def exception_undo(request: UserRequest, pk: uuid.UUID, exception_pk: uuid.UUID) -> HttpResponse:
    """Follow the rule again on that day."""
    series = series_or_404(request, pk)
    found = get_object_or_404(SeriesException, series=series, pk=exception_pk)
    back = reverse("series", args=[pk])
    return do(request, lambda: undo_exception(found, by=request.actor), back)


@require_POST
@requires(PLAN)
def holidays(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    """Move every day that meets a public holiday as proposed."""
    return _do(request, pk, lambda series: avoid_holidays(series, by=request.actor))


@require_POST
@requires(PLAN)
def copy(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    """The same series a year on."""
    found: list[Series] = []
    back = reverse("series", args=[pk])
    series = series_or_404(request, pk)
    answer = do(
        request,
        lambda: found.append(copy_to_next_year(series, by=request.actor)),
        back,
        _("This is next year's series. Look at what was taken over."),
    )
    return redirect("series", found[0].pk) if found else answer


@require_http_methods(["GET", "POST"])
@requires(PLAN)
def look(request: UserRequest, pk: uuid.UUID, refresh_pk: uuid.UUID) -> HttpResponse:
    """Say that something taken over was looked at."""
    series = series_or_404(request, pk)
    found = get_object_or_404(Refresh, series=series, pk=refresh_pk)
    return asked_to_look(request, found, str(series), reverse("series", args=[pk]))


def asked_to_look(request: UserRequest, found: Refresh, parent: str, back: str) -> HttpResponse:
    """The question about one thing that was taken over."""

    def act(data: dict[str, Any]) -> str:
        look_at(found, note=data["note"], by=request.actor)
        return back

    question = Question(
        _("Taken over: look at it"),
        parent,
        back,
        _("I looked at it"),
        f"{found.get_kind_display()}: {found.statement}",
        objection_to_looking(found),
    )
    return ask(request, LookForm(given(request)), question, act)


def series_or_404(request: UserRequest, pk: uuid.UUID, permission: Permission = PLAN) -> Series:
    rows = Series.objects.visible_to(request.access, permission).select_related(
        "owner", "plan__parent"
    )
    return get_object_or_404(rows, pk=pk)


def _plan(request: UserRequest, chosen: str) -> Plan | None:
    return Plan.objects.visible_to(request.access).get(pk=chosen) if chosen else None


def missing_words(count: int) -> str:
    return ngettext("Make %(n)d session", "Make %(n)d sessions", count) % {"n": count}


def _do(request: UserRequest, pk: uuid.UUID, act: Callable[[Series], Any]) -> HttpResponse:
    series = series_or_404(request, pk)
    return do(request, lambda: act(series), reverse("series", args=[pk]))


def _chosen(ids: list[str]) -> list[Objective]:
    return [each for each in Objective.objects.choosable() if str(each.pk) in ids]
