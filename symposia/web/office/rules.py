"""Rules: the packs in force with their values, sources and what is still to verify."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_POST

from symposia.accounts.permissions import Permission
from symposia.compliance.actions.values import set_own_parameter
from symposia.compliance.models import RulePack
from symposia.compliance.queries import PackOnScreen, pack_of, packs_on_screen
from symposia.shared.refusals import Refused
from symposia.web.gates import requires
from symposia.web.requests import UserRequest


class OwnValueForm(forms.Form):
    """A value that a rule leaves to the organisation."""

    value = forms.CharField(label=gettext_lazy("Value"), max_length=60)
    effective_from = forms.DateField(
        label=gettext_lazy("From"),
        widget=forms.DateInput(attrs={"type": "date"}),
        help_text=gettext_lazy("Activities from this day on are judged by it."),
    )
    reason = forms.CharField(label=gettext_lazy("Why, and who decided it"), max_length=500)


@require_GET
@requires(Permission.VIEW_RULES)
def show(request: UserRequest) -> HttpResponse:
    """Every version of every pack, those that bind this organisation first."""
    return render(request, "office/rules/show.html", _context(request))


@require_POST
@requires(Permission.MANAGE_RULES)
def set_value(request: UserRequest, pk: int, name: str) -> HttpResponse:
    """Set one of the organisation's own values from a day on."""
    row = get_object_or_404(RulePack, pk=pk)
    form = OwnValueForm(request.POST, auto_id=f"{name}_%s")
    if not form.is_valid():
        context = _context(request, wrong=(pk, name, form))
        return render(request, "office/rules/show.html", context, status=422)
    try:
        set_own_parameter(pack_of(row), name, by=request.actor, **form.cleaned_data)
        messages.success(request, _("The value is set."))
    except Refused as refused:
        messages.error(request, str(refused))
    return redirect("rules")


def _context(request: UserRequest, wrong: Any = None) -> dict[str, Any]:
    may_manage = request.access.holds(Permission.MANAGE_RULES)
    return {
        "packs": [
            {"shown": shown, "forms": _forms(shown, wrong) if may_manage else []}
            for shown in packs_on_screen(localdate())
        ],
        "on": localdate(),
    }


def _forms(shown: PackOnScreen, wrong: Any) -> list[dict[str, Any]]:
    """A form for each value that is the organisation's to set."""
    if not (shown.binds and shown.in_force):
        return []
    made = []
    for each in shown.values:
        if each.parameter.owner != "organisation":
            continue
        name = each.parameter.name
        form = OwnValueForm(
            initial={"value": each.value, "effective_from": localdate()}, auto_id=f"{name}_%s"
        )
        if wrong and wrong[:2] == (shown.row.pk, name):
            form = wrong[2]
        made.append({"parameter": each.parameter, "form": form})
    return made
