"""How long records are kept, what is held, and who lifted it."""

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
from symposia.activities.models import Activity
from symposia.directory.lines import People
from symposia.directory.models import Clinician
from symposia.reporting.actions.holds import lift_hold, put_hold
from symposia.reporting.binder_lists import subject_of_hold
from symposia.reporting.binder_rules import HOLD_PERSON
from symposia.reporting.keeping import kinds_kept
from symposia.reporting.models import LegalHold
from symposia.shared.refusals import needed
from symposia.web.gates import requires
from symposia.web.office.asking import Question, WhyForm, ask, given
from symposia.web.requests import UserRequest

_VIEW, _DO = Permission.VIEW_JOURNAL, Permission.MANAGE_RULES
FOLDER = "office/retention"


class HoldForm(forms.Form):
    """Over what a hold is put, and why."""

    activity = forms.CharField(
        label=gettext_lazy("Number of the activity"),
        help_text=gettext_lazy("ACT-2026-0142; empty: not over one activity."),
        max_length=20,
        required=False,
    )
    person = forms.CharField(
        label=gettext_lazy("Person"),
        help_text=gettext_lazy(
            "A number of any register, or the e-mail address. Neither: over everything."
        ),
        max_length=254,
        required=False,
    )
    because = forms.CharField(
        label=gettext_lazy("Because"), widget=forms.Textarea(attrs={"rows": 2}), max_length=500
    )


@require_GET
@requires(_VIEW)
def show(request: UserRequest) -> HttpResponse:
    """Kind by kind how long records are kept, and what is held beyond that."""
    holds = LegalHold.objects.visible_to(request.access).standing()
    context = {
        "kinds": kinds_kept(),
        "holds": [
            (each, subject_of_hold(each))
            for each in holds.select_related("activity", "clinician").order_by("put_at", "pk")[:50]
        ],
        "may_act": request.access.everywhere(_DO),
    }
    return render(request, f"{FOLDER}/show.html", context)


@require_http_methods(["GET", "POST"])
@requires(_DO, of_all=True)
def put(request: UserRequest) -> HttpResponse:
    """Hold an activity, a person, or everything."""
    first = {"activity": request.GET.get("activity", ""), "person": request.GET.get("person", "")}
    form = HoldForm(given(request), initial=first)

    def act(said: dict[str, Any]) -> str:
        activity = _activity(request, said["activity"]) if said["activity"] else None
        person = _person(request, said["person"]) if said["person"] else None
        put_hold(said["because"], activity=activity, clinician=person, by=request.actor)
        return reverse("retention")

    note = _("Nothing of it is removed, by nobody and by no clock, until the hold is lifted.")
    question = Question(
        _("Put a legal hold"), _("Retention"), reverse("retention"), _("Hold it"), note
    )
    return ask(request, form, question, act)


def _activity(request: UserRequest, number: str) -> Activity:
    rows = Activity.objects.visible_to(request.access)
    return get_object_or_404(rows, number__iexact=number.strip())


def _person(request: UserRequest, text: str) -> Clinician:
    people = People(request.access, [text], Permission.VIEW_DIRECTORY)
    found, why = people.named(text)
    return needed(found, HOLD_PERSON.about(why=why))


@require_GET
@requires(_VIEW)
def hold(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    """One hold: over what, why, and whether it still stands."""
    found = get_object_or_404(_holds(request), pk=pk)
    context = {
        "hold": found,
        "over": subject_of_hold(found),
        "may_act": request.access.everywhere(_DO),
    }
    return render(request, f"{FOLDER}/hold.html", context)


@require_http_methods(["GET", "POST"])
@requires(_DO, of_all=True)
def lift(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    """Lift a hold, with the reason."""
    rows = LegalHold.objects.standing()
    found = get_object_or_404(rows.select_related("activity", "clinician"), pk=pk)
    back = reverse("retention")

    def act(said: dict[str, Any]) -> str:
        lift_hold(found, reason=said["reason"], by=request.actor)
        return back

    note = _("From then on the clocks alone decide.")
    title = _("Lift %(number)s") % {"number": found.number}
    question = Question(title, subject_of_hold(found), back, _("Lift it"), note)
    return ask(request, WhyForm(given(request)), question, act)


def _holds(request: UserRequest) -> Any:
    rows = LegalHold.objects.visible_to(request.access)
    return rows.select_related("activity", "clinician")
