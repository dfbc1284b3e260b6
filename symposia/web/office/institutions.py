"""Institutions: the list, one of them with who works there, added and corrected by hand."""

import uuid
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from symposia.accounts.permissions import Permission
from symposia.accounts.queries import local_day
from symposia.directory.actions.institutions import (
    InstitutionFacts,
    change_institution,
    enter_institution,
)
from symposia.directory.affiliating import as_day
from symposia.directory.models import Institution, InstitutionKind, OwnOf
from symposia.directory.own_queries import own_fields_seen, own_said
from symposia.web.gates import requires
from symposia.web.office.asking import Question, ask, given
from symposia.web.office.clinician_record import directory_views
from symposia.web.office.own_inputs import add_own_inputs, own_facts, own_given
from symposia.web.requests import UserRequest

_MANAGES = Permission.MANAGE_DIRECTORY


class InstitutionForm(forms.Form):
    """What a house is called, what it is and where it stands."""

    name = forms.CharField(label=gettext_lazy("Name"), max_length=200)
    kind = forms.ChoiceField(label=gettext_lazy("Kind"), choices=InstitutionKind.choices)
    city = forms.CharField(label=gettext_lazy("City"), max_length=100, required=False)
    region = forms.CharField(label=gettext_lazy("State or region"), max_length=60, required=False)
    country = forms.CharField(
        label=gettext_lazy("Country"),
        help_text=gettext_lazy("A code of two letters, like US or IN."),
        max_length=2,
        required=False,
    )


def listed(request: UserRequest) -> dict[str, Any]:
    """Beside the list: the other lists of the directory."""
    return {
        "views": directory_views("institutions"),
        "may_manage": request.access.holds(_MANAGES),
    }


def shown(request: UserRequest, institution_pk: uuid.UUID) -> dict[str, Any]:
    """Around those who work at an institution: what it is, and the same people as a list."""
    found = _institution(request, institution_pk)
    day = as_day(request.GET.get("on", "")) or local_day()
    return {
        "institution": found,
        "may_manage": request.access.holds(_MANAGES),
        "own_facts": own_facts(own_said(request.access, found)),
        "as_people": urlencode({"works_at": f"{found.name} {day.isoformat()}"}),
    }


@require_http_methods(["GET", "POST"])
@requires(_MANAGES)
def new(request: UserRequest) -> HttpResponse:
    """Note a house."""
    form = InstitutionForm(given(request), initial={"country": request.organisation.country})
    fields = own_fields_seen(request.access, OwnOf.INSTITUTION)
    add_own_inputs(form, fields, is_new=True)

    def act(said: dict[str, Any]) -> str:
        own = own_given(form, fields)
        made = enter_institution(InstitutionFacts(**said), by=request.actor, own=own)
        return reverse("institution", args=[made.pk])

    back = reverse("institutions")
    question = Question(_("Another institution"), _("Institutions"), back, _("Note it"))
    return ask(request, form, question, act)


@require_http_methods(["GET", "POST"])
@requires(_MANAGES)
def edit(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    """Correct what is said of a house."""
    found, back = _institution(request, pk), reverse("institution", args=[pk])
    first = {name: getattr(found, name) for name in InstitutionForm.base_fields}
    form = InstitutionForm(given(request), initial=first)
    fields = own_fields_seen(request.access, OwnOf.INSTITUTION)
    add_own_inputs(form, fields, own_said(request.access, found))

    def act(said: dict[str, Any]) -> str:
        own = own_given(form, fields)
        change_institution(found, InstitutionFacts(**said), by=request.actor, own=own)
        return back

    note = _("Lists, badges and letters of everybody who works there say it at once.")
    question = Question(_("Correct the institution"), found.name, back, _("Save"), note)
    return ask(request, form, question, act)


def _institution(request: UserRequest, pk: uuid.UUID) -> Institution:
    return get_object_or_404(Institution.objects.visible_to(request.access), pk=pk)
