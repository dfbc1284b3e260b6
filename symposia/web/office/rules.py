"""Rules: the packs in force with their values, sources and what is still to verify."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods

from symposia.accounts.permissions import Permission
from symposia.compliance.actions.own_values import OwnValue, propose_value
from symposia.compliance.queries.packs import PackOnScreen
from symposia.compliance.queries.screens import binding_on_screen, pack_in_force, versions_of
from symposia.web.gates import requires
from symposia.web.office.asking import Question, ask, given
from symposia.web.office.rules_views import views_of
from symposia.web.requests import UserRequest


class OwnValueForm(forms.Form):
    """A value that a rule leaves to the organisation."""

    value = forms.CharField(
        label=gettext_lazy("Value"),
        help_text=gettext_lazy("Empty: from that day on you set none."),
        max_length=60,
        required=False,
    )
    effective_from = forms.DateField(
        label=gettext_lazy("From"),
        widget=forms.DateInput(attrs={"type": "date"}),
        help_text=gettext_lazy(
            "Today or later. Activities from this day on are judged by it, once a second person"
            " has agreed."
        ),
    )
    reason = forms.CharField(label=gettext_lazy("Why, and who decided it"), max_length=500)


@require_GET
@requires(Permission.VIEW_RULES)
def show(request: UserRequest) -> HttpResponse:
    """The packs that bind this organisation; the others on request."""
    everything = "all" in request.GET
    packs = binding_on_screen(localdate(), all_of_them=everything)
    context = {"packs": packs, "everything": everything, **views_of(request, "rules")}
    return render(request, "office/rules/show.html", context)


@require_GET
@requires(Permission.VIEW_RULES)
def pack(request: UserRequest, code: str) -> HttpResponse:
    """One pack: its rules as tables, the values of today, its versions."""
    versions = versions_of(code, localdate())
    wanted = request.GET.get("version")
    named = [each for each in versions if each.row.version == wanted]
    shown = named[0] if named else _shown(code)
    context = {"shown": shown, "versions": versions, **views_of(request, "")}
    return render(request, "office/rules/pack.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.MANAGE_RULES, of_all=True)
def value(request: UserRequest, code: str, name: str) -> HttpResponse:
    """Propose one of the organisation's own values from a day on."""
    shown = _shown(code)
    now_set = next((each for each in shown.values if each.parameter.name == name), None)
    if now_set is None or now_set.parameter.owner != "organisation":
        raise Http404
    first = {"value": now_set.value, "effective_from": localdate()}
    form = OwnValueForm(given(request), initial=first)
    back = reverse("rule_pack", args=[code])

    def act(said: dict[str, Any]) -> str:
        proposal = propose_value(shown.pack, name, OwnValue(**said), by=request.actor)
        messages.success(request, _("Proposed. A second person reads it and puts it in force."))
        return reverse("value_proposal", args=[proposal.pk])

    title = _("Set: %(label)s") % {"label": now_set.parameter.label}
    return ask(request, form, Question(title, shown.pack.title, back, _("Propose it")), act)


def _shown(code: str) -> PackOnScreen:
    found = pack_in_force(code, localdate())
    if found is None:
        raise Http404
    return found
