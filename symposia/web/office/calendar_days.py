"""Days on which an organisation plans nothing, beside the public holidays."""

import uuid
from typing import Any

from django import forms
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from symposia.accounts.permissions import Permission
from symposia.activities.actions.calendar import close_day, reopen_day
from symposia.activities.models import ClosedDay
from symposia.audit.queries import entries_about
from symposia.directory.models import Territory
from symposia.web.gates import requires
from symposia.web.office.asking import Question, ask, do, given
from symposia.web.office.meeting_forms import DAY
from symposia.web.office.record_history import history_of
from symposia.web.requests import UserRequest


class ClosedDayForm(forms.Form):
    """A day and why nothing is planned on it."""

    day = forms.DateField(label=gettext_lazy("Day"), widget=DAY)
    name = forms.CharField(label=gettext_lazy("Why"), max_length=120)
    territory = forms.ChoiceField(
        label=gettext_lazy("Territory"),
        help_text=gettext_lazy("Empty: everywhere."),
        required=False,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        known = [(str(pk), name) for pk, name in Territory.objects.for_choice()]
        self.fields["territory"].choices = [("", _("everywhere")), *known]  # type: ignore[attr-defined]


def listed(request: UserRequest) -> dict[str, Any]:
    return {"may_plan": request.access.holds(Permission.PLAN_ACTIVITIES)}


@require_http_methods(["GET", "POST"])
@requires(Permission.PLAN_ACTIVITIES)
def new(request: UserRequest) -> HttpResponse:
    form = ClosedDayForm(given(request))

    def act(data: dict[str, Any]) -> str:
        chosen = [each for each in [data["territory"]] if each]
        territory = Territory.objects.order_by("pk").filter(pk__in=chosen).first()
        close_day(data["day"], name=data["name"], territory=territory, by=request.actor)
        return reverse("closed_days")

    question = Question(_("New closed day"), _("Closed days"), reverse("closed_days"), _("Add it"))
    return ask(request, form, question, act)


@require_GET
@requires(Permission.VIEW_ACTIVITIES)
def show(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    closed = _closed(request, pk)
    context = {
        "closed": closed,
        "may_plan": request.access.holds(Permission.PLAN_ACTIVITIES),
        "entries": history_of(entries_about(closed.pk)[:50]),
    }
    return render(request, "office/calendar/closed_day.html", context)


@require_POST
@requires(Permission.PLAN_ACTIVITIES)
def remove(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    closed = _closed(request, pk)
    back = reverse("closed_days")
    return do(request, lambda: reopen_day(closed, by=request.actor), back)


def _closed(request: UserRequest, pk: uuid.UUID) -> ClosedDay:
    rows = ClosedDay.objects.visible_to(request.access).select_related("territory")
    return get_object_or_404(rows, pk=pk)
