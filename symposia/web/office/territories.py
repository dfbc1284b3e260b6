"""Territories: who holds each, who will, who did; and who held a doctor on a day."""

import uuid
from datetime import date
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods

from symposia.accounts.memberships import member_of_id, members, role_of_id, roles
from symposia.accounts.permissions import Permission
from symposia.accounts.policies import NOT_A_MEMBER
from symposia.accounts.queries import local_day
from symposia.directory.actions.assignments import Days, assign_territory, end_assignment
from symposia.directory.models import Assignment, Clinician, Territory
from symposia.directory.territories import holders_on
from symposia.shared.refusals import Refused
from symposia.web.gates import requires
from symposia.web.office.asking import Question, ask, given
from symposia.web.office.clinician_record import directory_views
from symposia.web.office.meeting_forms import DAY
from symposia.web.requests import UserRequest

_SEES, _GIVES = Permission.VIEW_DIRECTORY, Permission.MANAGE_ACCESS
FOLDER = "office/territories"


class AssignmentForm(forms.Form):
    """Who holds a territory, in which role, from when until when."""

    person = forms.TypedChoiceField(label=gettext_lazy("Person"), coerce=uuid.UUID)
    role = forms.TypedChoiceField(label=gettext_lazy("Role"), coerce=uuid.UUID)
    from_on = forms.DateField(
        label=gettext_lazy("From"),
        widget=DAY,
        help_text=gettext_lazy("Whoever holds it until then hands it on the day before."),
    )
    until_on = forms.DateField(
        label=gettext_lazy("Last day"),
        widget=DAY,
        required=False,
        help_text=gettext_lazy("Empty: until somebody else takes over."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        people = [(str(each.membership.pk), str(each.membership.user)) for each in members()]
        given_here = [(str(role.pk), role.name) for role in roles() if not role.decides]
        for name, choices in (("person", people), ("role", given_here)):
            self.fields[name].choices = [("", _("Choose")), *choices]  # type: ignore[attr-defined]


class EndForm(forms.Form):
    """Until when somebody holds a territory, and why not longer."""

    on = forms.DateField(label=gettext_lazy("Last day"), widget=DAY)
    reason = forms.CharField(
        label=gettext_lazy("Reason"), max_length=500, widget=forms.Textarea(attrs={"rows": 2})
    )


class DayForm(forms.Form):
    """A day somebody asks about."""

    on = forms.DateField(label=gettext_lazy("Day"), widget=DAY)


def listed(_request: UserRequest) -> dict[str, Any]:
    """Beside the other lists of the directory."""
    return {"views": directory_views("territories")}


def shown(request: UserRequest, pk: uuid.UUID) -> dict[str, Any]:
    """Around the history of a territory: who holds it today, and who takes over when."""
    territory, today = _territory(request, pk), local_day(now())
    standing = Assignment.objects.of(territory).not_over(today).with_people()
    return {
        "territory": territory,
        "today": today,
        "standing": list(standing.order_by("role__name", "from_on")),
        "may_assign": request.access.everywhere(_GIVES),
    }


@require_http_methods(["GET", "POST"])
@requires(_GIVES)
def assign(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    """Give a territory to somebody, from a day on."""
    territory = get_object_or_404(Territory.objects.visible_to(request.access, _GIVES), pk=pk)
    back = _address(request, territory)

    def act(said: dict[str, Any]) -> str:
        person, role = member_of_id(said["person"]), role_of_id(said["role"])
        if person is None or role is None:
            raise Refused(NOT_A_MEMBER)
        days = Days(said["from_on"], said["until_on"])
        assign_territory(territory, person, role, days, by=request.actor)
        messages.success(request, _("The territory is given."))
        return back

    form = AssignmentForm(given(request), initial={"from_on": local_day(now())})
    title = _("Who holds %(territory)s") % {"territory": territory}
    note = _(
        "The role comes on the first day by itself and ends with the last. It reaches this part of"
        " the map and what lies inside."
    )
    return ask(request, form, Question(title, _("Territory"), back, _("Give"), note), act)


@require_http_methods(["GET", "POST"])
@requires(_GIVES)
def end(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    """Let a territory go after a day."""
    rows = Assignment.objects.visible_to(request.access, _GIVES).with_people()
    found = get_object_or_404(rows, pk=pk)
    back = _address(request, found.territory)

    def act(said: dict[str, Any]) -> str:
        end_assignment(found, said["on"], reason=said["reason"], by=request.actor)
        messages.success(request, _("Saved."))
        return back

    form = EndForm(given(request), initial={"on": local_day(now())})
    said = {"person": found.membership.user, "territory": found.territory}
    title = _("%(person)s lets %(territory)s go") % said
    return ask(request, form, Question(title, _("Territory"), back, _("Save")), act)


@require_GET
@requires(_SEES)
def holders(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    """Who held a doctor's part of the map on a day."""
    seen = Clinician.objects.visible_to(request.access)
    clinician, today = get_object_or_404(seen, pk=pk), local_day(now())
    form = DayForm(request.GET if "on" in request.GET else None, initial={"on": today})
    day: date | None = today
    if form.is_bound:
        day = form.cleaned_data["on"] if form.is_valid() else None
    context = {
        "clinician": clinician,
        "form": form,
        "day": day,
        "held": list(holders_on(clinician, day)) if day else [],
    }
    return render(request, f"{FOLDER}/holders.html", context, status=422 if form.errors else 200)


def _territory(request: UserRequest, pk: uuid.UUID) -> Territory:
    seen = Territory.objects.visible_to(request.access).select_related("parent")
    return get_object_or_404(seen, pk=pk)


def _address(request: UserRequest, territory: Territory) -> str:
    """The territory's page, or that of access for whoever sees no directory."""
    if request.access.holds(_SEES):
        return reverse("territory", kwargs={"pk": territory.pk})
    return reverse("access")
