"""Low-risk requests decided together: the same rules looked at each, and nobody found anything."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_GET, require_POST

from symposia.accounts.permissions import Permission
from symposia.approvals.actions import approve_together
from symposia.approvals.policies import NEEDS_FACTOR
from symposia.approvals.queries import groups_of_low_risk
from symposia.shared.refusals import Refused
from symposia.web.factors import factor_page, factor_way, fresh_factor
from symposia.web.gates import requires
from symposia.web.requests import UserRequest

PAGE = "office/approvals/together.html"


class TogetherForm(forms.Form):
    """Which requests of one group, in exactly which version, and why."""

    seen = forms.MultipleChoiceField(
        label=gettext_lazy("Requests"), widget=forms.CheckboxSelectMultiple
    )
    reason = forms.CharField(
        label=gettext_lazy("Reason"), widget=forms.Textarea(attrs={"rows": 2}), max_length=4000
    )


@require_GET
@requires(Permission.DECIDE_APPROVALS)
def show(request: UserRequest) -> HttpResponse:
    """Groups of requests that differ in nothing a rule looks at."""
    return render(request, PAGE, _context(request))


@require_POST
@requires(Permission.DECIDE_APPROVALS)
def sign(request: UserRequest) -> HttpResponse:
    """Sign each of those chosen; one that changed meanwhile stops them all."""
    form = TogetherForm(request.POST)
    groups = groups_of_low_risk(request.access)
    form.fields["seen"].choices = [  # type: ignore[attr-defined]
        (each.seen, each.request.title) for group in groups for each in group.items
    ]
    if not form.is_valid():
        return render(request, PAGE, _context(request, form), status=422)
    try:
        signed = approve_together(
            form.cleaned_data["seen"],
            reason=form.cleaned_data["reason"],
            factor=fresh_factor(request),
            access=request.access,
            by=request.actor,
        )
    except Refused as refused:
        if refused.objection == NEEDS_FACTOR:
            return redirect(factor_page(request, reverse("approval_batch")))
        messages.error(request, str(refused))
        return redirect("approval_batch")
    text = ngettext("%(n)d request signed.", "%(n)d requests signed.", len(signed))
    messages.success(request, text % {"n": len(signed)})
    return redirect("approval_batch")


def _context(request: UserRequest, form: TogetherForm | None = None) -> dict[str, Any]:
    groups = groups_of_low_risk(request.access)
    factor = fresh_factor(request)
    needed = any(group.step.needs_factor for group in groups) and not factor
    return {
        "groups": groups,
        "form": form or TogetherForm(),
        "way": factor_way(request, reverse("approval_batch")) if needed else None,
    }
