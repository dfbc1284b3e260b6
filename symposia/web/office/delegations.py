"""Delegations: who signs in whose place, from when to when."""

import uuid
from typing import Any

from django import forms
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from symposia.accounts.permissions import Permission
from symposia.accounts.queries import role_names
from symposia.approvals.actions import DelegationFacts, delegate_signing, end_delegation
from symposia.approvals.models import Delegation
from symposia.approvals.policies import objection_to_ending_delegation
from symposia.approvals.queries import possible_delegates
from symposia.audit.queries import entries_about
from symposia.web.gates import requires
from symposia.web.office.asking import Question, ask, do, given
from symposia.web.office.meeting_forms import DAY
from symposia.web.office.record_history import history_of
from symposia.web.requests import UserRequest


class DelegationForm(forms.Form):
    """Who stands in, with which role, from when to when."""

    delegate = forms.ChoiceField(label=gettext_lazy("Who signs in your place"))
    role = forms.ChoiceField(label=gettext_lazy("With which role"), required=False)
    starts_on = forms.DateField(label=gettext_lazy("First day"), widget=DAY)
    ends_on = forms.DateField(label=gettext_lazy("Last day"), widget=DAY)
    reason = forms.CharField(label=gettext_lazy("Why"), max_length=300)

    def __init__(self, request: UserRequest, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        people = possible_delegates(request.access, at=now())
        self.names = {str(each.pk): str(each) for each in people}
        roles = sorted(request.access.roles_with(Permission.DECIDE_APPROVALS))
        self.fields["delegate"].choices = list(self.names.items())  # type: ignore[attr-defined]
        called = role_names()
        self.fields["role"].choices = [  # type: ignore[attr-defined]
            ("", _("All I decide with")),
            *((role, called.get(role, role)) for role in roles),
        ]

    def facts(self) -> DelegationFacts:
        data = self.cleaned_data
        return DelegationFacts(
            uuid.UUID(data["delegate"]),
            self.names[data["delegate"]],
            data["starts_on"],
            data["ends_on"],
            data["reason"],
            data["role"],
        )


@require_http_methods(["GET", "POST"])
@requires(Permission.DECIDE_APPROVALS)
def new(request: UserRequest) -> HttpResponse:
    """Let a colleague sign in one's place for some days."""
    form = DelegationForm(request, given(request))

    def act(_data: dict[str, Any]) -> str:
        delegate_signing(form.facts(), access=request.access, by=request.actor)
        return reverse("delegations")

    question = Question(
        _("Somebody signs in my place"),
        _("Delegations"),
        reverse("delegations"),
        _("Delegate"),
        _("What you prepared stays out of reach for both of you, and so does a second signature."),
    )
    return ask(request, form, question, act)


@require_GET
@requires(Permission.DECIDE_APPROVALS)
def show(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    """One delegation with its history."""
    found = _found(request, pk)
    context = {
        "delegation": found,
        "objection": objection_to_ending_delegation(found, request.access),
        "entries": history_of(entries_about(found.pk)[:50]),
    }
    return render(request, "office/approvals/delegation.html", context)


@require_POST
@requires(Permission.DECIDE_APPROVALS)
def end(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    """Take it back."""
    found, back = _found(request, pk), reverse("delegation", args=[pk])
    done = _("The delegation has ended.")
    return do(
        request,
        lambda: end_delegation(found, access=request.access, by=request.actor),
        back,
        done,
    )


def _found(request: UserRequest, pk: uuid.UUID) -> Delegation:
    return get_object_or_404(Delegation.objects.visible_to(request.access), pk=pk)
