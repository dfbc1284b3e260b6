"""What bodies ask of one activity: what is owed, the facts they want, who supported it."""

import uuid
from decimal import Decimal
from functools import partial
from typing import Any

from django import forms
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from symposia.accounts.permissions import Permission
from symposia.activities.models import Activity
from symposia.finance.queries import books_currency
from symposia.reporting.actions.facts import (
    FactsOfActivity,
    keep_activity_facts,
    note_support,
    withdraw_support,
)
from symposia.reporting.due_lists import DUE_TONES
from symposia.reporting.models import CommercialSupport, Outcome, Providership
from symposia.reporting.queries import dues_of, facts_of, support_of
from symposia.shared.money import Money
from symposia.web.gates import requires
from symposia.web.office.activity_tabs import activity_or_404
from symposia.web.office.asking import Question, ask, do, given
from symposia.web.requests import UserRequest
from symposia.web.walls import shown

_VIEW, _DO = Permission.VIEW_CREDITS, Permission.AWARD_CREDITS
_SAID = (
    ("", gettext_lazy("Not said yet")),
    ("yes", gettext_lazy("Yes")),
    ("no", gettext_lazy("No")),
)


class FactsForm(forms.Form):
    """What bodies ask of an activity and nobody else does."""

    region = forms.RegexField(
        label=gettext_lazy("State or province"),
        regex=r"^[A-Za-z]{2}$",
        help_text=gettext_lazy("Its two letters, where people met in one room: MA."),
        required=False,
    )
    providership = forms.ChoiceField(label=gettext_lazy("Provided"), choices=Providership.choices)
    joint_with = forms.CharField(
        label=gettext_lazy("Together with"), max_length=200, required=False
    )
    has_support = forms.ChoiceField(
        label=gettext_lazy("Supported by a company"), choices=_SAID, required=False
    )
    designed_for = forms.MultipleChoiceField(
        label=gettext_lazy("Designed to change"),
        choices=Outcome.choices,
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    measured = forms.MultipleChoiceField(
        label=gettext_lazy("Change was measured in"),
        choices=Outcome.choices,
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    observer = forms.CharField(
        label=gettext_lazy("Observer of the council"), max_length=200, required=False
    )
    body_number = forms.CharField(
        label=gettext_lazy("Number the body gave it"),
        help_text=gettext_lazy(
            "PARS gives one when it takes the activity in; leading zeros count."
        ),
        max_length=40,
        required=False,
    )

    def facts(self) -> FactsOfActivity:
        said = dict(self.cleaned_data)
        supported = {"yes": True, "no": False}.get(said.pop("has_support"))
        return FactsOfActivity(**said, has_support=supported)


class SupportForm(forms.Form):
    """What a company gave."""

    source = forms.CharField(label=gettext_lazy("Company"), max_length=200)
    amount = forms.DecimalField(
        label=gettext_lazy("Amount"), min_value=0, max_digits=12, decimal_places=2, required=False
    )
    in_kind = forms.CharField(label=gettext_lazy("In kind"), max_length=200, required=False)


@require_GET
@requires(_VIEW)
def show(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    """What is owed of it, and what its bodies will read."""
    return _page(request, activity_or_404(request, pk, _VIEW))


@require_http_methods(["GET", "POST"])
@requires(_DO)
def facts(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    """Say what bodies ask of it."""
    activity = activity_or_404(request, pk, _DO)
    kept = facts_of(activity)
    said = {name: getattr(kept, name) for name in FactsForm.base_fields}
    said["has_support"] = {True: "yes", False: "no", None: ""}[kept.has_support]
    form = FactsForm(given(request), initial=said)
    back = reverse("activity_reports", args=[pk])

    def act(_said: dict[str, Any]) -> str:
        keep_activity_facts(activity, form.facts(), by=request.actor)
        return back

    question = Question(_("What bodies ask of it"), str(activity), back, _("Keep it"))
    return ask(request, form, question, act)


@require_POST
@requires(_DO)
def support(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    """Note what a company gave."""
    activity, form = activity_or_404(request, pk, _DO), SupportForm(request.POST)
    if not form.is_valid():
        return _page(request, activity, form=form, status=422)
    said = form.cleaned_data
    amount = Money(said["amount"] or Decimal(0), books_currency())
    act = partial(
        note_support,
        *(activity, said["source"], amount),
        in_kind=said["in_kind"],
        by=request.actor,
    )
    return do(request, act, reverse("activity_reports", args=[pk]), _("Noted."))


@require_POST
@requires(_DO)
def withdraw(request: UserRequest, pk: uuid.UUID, support_pk: uuid.UUID) -> HttpResponse:
    """Take back what was noted of a company."""
    activity = activity_or_404(request, pk, _DO)
    rows = CommercialSupport.objects.visible_to(request.access, _DO).filter(activity=activity)
    act = partial(withdraw_support, get_object_or_404(rows, pk=support_pk), by=request.actor)
    return do(request, act, reverse("activity_reports", args=[pk]), _("Taken back."))


def _page(
    request: UserRequest, activity: Activity, *, form: SupportForm | None = None, **more: Any
) -> HttpResponse:
    shown(request, activity, _VIEW)
    kept = facts_of(activity)
    context = {
        "activity": activity,
        "dues": [(due, DUE_TONES[due.state]) for due in dues_of(activity)],
        "facts": kept,
        "designed": _labels(kept.designed_for),
        "support": support_of(activity),
        "form": form or SupportForm(),
        "may_act": request.access.holds(_DO),
        "may_bind": activity.is_over and request.access.everywhere(_DO),
    }
    return render(request, "office/reports/activity.html", context, **more)


def _labels(codes: list[str]) -> str:
    return ", ".join(str(Outcome(code).label) for code in codes)
