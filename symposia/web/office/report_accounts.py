"""As what bodies know the organisation, and as whom they know its learners."""

import uuid
from typing import Any

from django import forms
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from symposia.accounts.permissions import Permission
from symposia.directory.models import Clinician
from symposia.reporting.actions.facts import AccountFacts, keep_body_account, keep_identity
from symposia.reporting.models import Body
from symposia.reporting.queries import account_with, identity_of
from symposia.web.gates import requires
from symposia.web.office.asking import Question, ask, given
from symposia.web.requests import UserRequest

_DO = Permission.AWARD_CREDITS


class AccountForm(forms.Form):
    """As what a body knows the organisation."""

    provider_number = forms.CharField(
        label=gettext_lazy("Provider number"),
        help_text=gettext_lazy("As the body gave it; leading zeros count."),
        max_length=40,
    )
    address = forms.URLField(
        label=gettext_lazy("Web service"),
        help_text=gettext_lazy("Where the body told you of one; else files are handed in there."),
        max_length=300,
        assume_scheme="https",
        required=False,
    )
    key = forms.CharField(
        label=gettext_lazy("Key"),
        help_text=gettext_lazy("It is kept sealed and not shown again; empty leaves it as it is."),
        widget=forms.PasswordInput,
        max_length=200,
        required=False,
    )


class IdentityForm(forms.Form):
    """As whom bodies know a learner."""

    given = forms.CharField(label=gettext_lazy("Given name"), max_length=100)
    family = forms.CharField(label=gettext_lazy("Family name"), max_length=100)
    born = forms.CharField(
        label=gettext_lazy("Day of birth"),
        help_text=gettext_lazy("As 1970-03-31; for pharmacists month and day suffice, 03-31."),
        max_length=10,
        required=False,
    )


@require_http_methods(["GET", "POST"])
@requires(_DO, of_all=True)
def account(request: UserRequest, body: str) -> HttpResponse:
    """Say as what a body knows the organisation."""
    if body not in Body.values:
        raise Http404
    kept = account_with(body)
    first = {"provider_number": kept.provider_number, "address": kept.address} if kept else {}
    form = AccountForm(given(request), initial=first)
    back = reverse("body_accounts")

    def act(said: dict[str, Any]) -> str:
        keep_body_account(body, AccountFacts(**said), by=request.actor)
        return back

    title = Body(body).label
    return ask(request, form, Question(title, _("Accounts with bodies"), back, _("Keep it")), act)


@require_http_methods(["GET", "POST"])
@requires(_DO, of_all=True)
def identity(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    """Say as whom bodies know a learner."""
    clinician = get_object_or_404(Clinician.objects.active(), pk=pk)
    kept = identity_of(pk)
    first = (
        {"given": kept.given_name, "family": kept.family_name, "born": kept.born} if kept else {}
    )
    form = IdentityForm(given(request), initial=first)
    back = reverse("learner_identities")

    def act(said: dict[str, Any]) -> str:
        keep_identity(clinician, said["given"], said["family"], said["born"], by=request.actor)
        return back

    note = _("Told to bodies alone, and only of whoever agreed that credit is reported.")
    question = Question(_("As whom bodies know them"), str(clinician), back, _("Keep it"), note)
    return ask(request, form, question, act)
