"""Months and quarters of the books: the tasks of closing one, and opening it again by two."""

import uuid
from datetime import date
from typing import Any

from django import forms
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from symposia.accounts.permissions import Permission
from symposia.accounts.queries import local_day
from symposia.audit.queries import entries_about
from symposia.finance.actions.periods import (
    agree_to_reopen,
    ask_to_reopen,
    begin_closing,
    close_period,
    leave_closed,
)
from symposia.finance.closing import tasks_of
from symposia.finance.models import BooksPeriod, PeriodKind, PeriodReopening, PeriodState
from symposia.finance.period_lists import PERIOD_TONES
from symposia.finance.period_rules import objection_to_deciding_reopening, said_of
from symposia.web.gates import requires
from symposia.web.office.asking import Question, WhyForm, ask, do, given
from symposia.web.office.meeting_forms import DAY
from symposia.web.office.record_history import history_of
from symposia.web.requests import UserRequest

SEES, CLOSES = Permission.VIEW_MONEY, Permission.POST_MONEY


class PeriodForm(forms.Form):
    """Which month or quarter."""

    kind = forms.ChoiceField(label=gettext_lazy("Length"), choices=PeriodKind.choices)
    first = forms.DateField(label=gettext_lazy("First day"), widget=DAY)


class CloseForm(forms.Form):
    """Why something is carried over."""

    reason = forms.CharField(
        label=gettext_lazy("Why what is still open is carried over"),
        widget=forms.Textarea(attrs={"rows": 2}),
        max_length=300,
        required=False,
    )


@require_http_methods(["GET", "POST"])
@requires(CLOSES, of_all=True)
def new(request: UserRequest) -> HttpResponse:
    """Begin to close a month or quarter that is over."""
    form = PeriodForm(given(request), initial={"first": _month_before(local_day())})

    def act(said: dict[str, Any]) -> str:
        made = begin_closing(said["kind"], said["first"], by=request.actor)
        return reverse("books_period", args=[made.pk])

    note = _("Nothing is closed yet: the page says what is still open, and whose turn it is.")
    question = Question(
        *(_("Begin to close"), _("Months and quarters"), reverse("books_periods")),
        *(_("Begin"), note),
    )
    return ask(request, form, question, act)


@require_GET
@requires(SEES, of_all=True)
def show(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    """What stands between a period and its closing, and who owes what."""
    period = _period(request, pk)
    reopenings = PeriodReopening.objects.of(period)
    context = {
        "period": period,
        "name": said_of(period),
        "tone": PERIOD_TONES[PeriodState(period.state)],
        "tasks": [] if period.is_closed else tasks_of(period, request.access),
        "reopenings": [
            {
                "asked": each,
                "agreeing": objection_to_deciding_reopening(
                    each, by_id=request.user.pk, agrees=True
                ),
            }
            for each in reopenings[:20]
        ],
        "may_close": request.access.everywhere(CLOSES),
        "entries": history_of(entries_about(pk)[:50]),
    }
    return render(request, "office/budget/period.html", context)


@require_http_methods(["GET", "POST"])
@requires(CLOSES, of_all=True)
def close(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    """Close it."""
    period, back = _period(request, pk), reverse("books_period", args=[pk])

    def act(said: dict[str, Any]) -> str:
        close_period(period, reason=said["reason"], by=request.actor)
        return back

    note = _("From then on nothing is posted on its days. Two people open it again.")
    question = Question(_("Close the books"), said_of(period), back, _("Close"), note)
    return ask(request, CloseForm(given(request)), question, act)


@require_http_methods(["GET", "POST"])
@requires(CLOSES, of_all=True)
def reopen(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    """Ask that it opens again."""
    period, back = _period(request, pk), reverse("books_period", args=[pk])

    def act(said: dict[str, Any]) -> str:
        ask_to_reopen(period, reason=said["reason"], by=request.actor)
        return back

    note = _("A second person reads why and agrees, or leaves it closed.")
    question = Question(_("Open the books again"), said_of(period), back, _("Ask for it"), note)
    return ask(request, WhyForm(given(request)), question, act)


@require_POST
@requires(CLOSES, of_all=True)
def agree(request: UserRequest, pk: uuid.UUID, asked_pk: uuid.UUID) -> HttpResponse:
    """A second person opens it."""
    asked, back = _asked(request, pk, asked_pk), reverse("books_period", args=[pk])
    done = _("The books are open again.")
    return do(request, lambda: agree_to_reopen(asked, by=request.actor), back, done)


@require_POST
@requires(CLOSES, of_all=True)
def leave(request: UserRequest, pk: uuid.UUID, asked_pk: uuid.UUID) -> HttpResponse:
    """They stay closed."""
    asked, back = _asked(request, pk, asked_pk), reverse("books_period", args=[pk])
    return do(request, lambda: leave_closed(asked, by=request.actor), back)


def _month_before(today: date) -> date:
    return date.fromordinal(today.replace(day=1).toordinal() - 1).replace(day=1)


def _period(request: UserRequest, pk: uuid.UUID) -> BooksPeriod:
    return get_object_or_404(BooksPeriod.objects.visible_to(request.access), pk=pk)


def _asked(request: UserRequest, pk: uuid.UUID, asked_pk: uuid.UUID) -> PeriodReopening:
    return get_object_or_404(PeriodReopening.objects.of(_period(request, pk)), pk=asked_pk)
