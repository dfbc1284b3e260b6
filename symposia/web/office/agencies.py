"""Agencies that send people: the list, who works where for each, and the end of one."""

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
from symposia.accounts.queries import local_day
from symposia.activities.actions.agencies import (
    AgencyFacts,
    add_agency,
    change_agency,
    end_agency,
)
from symposia.activities.models import Agency, ExternalMember
from symposia.activities.partners import objection_to_changing_agency
from symposia.audit.queries import entries_about
from symposia.web.gates import requires
from symposia.web.office.asking import Question, ask, given
from symposia.web.office.meeting_forms import DAY
from symposia.web.office.record_history import history_of
from symposia.web.requests import UserRequest

FOLDER = "office/agencies"
SEES, PLANS = Permission.VIEW_PEOPLE_OF_ACTIVITY, Permission.PLAN_ACTIVITIES
_FACTS = ("name", "contact", "contact_email", "active_from", "active_until")


class AgencyForm(forms.Form):
    """Who it is and from when until when it works for us."""

    name = forms.CharField(label=gettext_lazy("Name"), max_length=200)
    contact = forms.CharField(label=gettext_lazy("Contact"), max_length=200, required=False)
    contact_email = forms.EmailField(label=gettext_lazy("E-mail"), max_length=254, required=False)
    active_from = forms.DateField(label=gettext_lazy("From"), widget=DAY)
    active_until = forms.DateField(
        label=gettext_lazy("Until"),
        help_text=gettext_lazy("Empty: no end is agreed. Nobody it sends signs in longer."),
        widget=DAY,
        required=False,
    )
    seen_version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def facts(self) -> AgencyFacts:
        return AgencyFacts(**{name: self.cleaned_data[name] for name in _FACTS})


class AgencyEndingForm(forms.Form):
    """Why its work ends, for whom of those that were looked at."""

    seen = forms.CharField(widget=forms.HiddenInput, required=False)
    reason = forms.CharField(
        label=gettext_lazy("Why"), widget=forms.Textarea(attrs={"rows": 3}), max_length=500
    )

    def clean_seen(self) -> list[uuid.UUID]:
        try:
            return [uuid.UUID(each) for each in self.cleaned_data["seen"].split()]
        except ValueError as wrong:
            raise forms.ValidationError(_("Open this page again.")) from wrong


def listed(request: UserRequest) -> dict[str, Any]:
    return {"may_manage": request.access.everywhere(PLANS)}


@require_GET
@requires(SEES)
def show(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    """One agency: whom one asks, who works where, until when they sign in."""
    agency = get_object_or_404(Agency.objects.visible_to(request.access), pk=pk)
    context = {
        "agency": agency,
        "is_active": agency.is_active(local_day()),
        "people": list(ExternalMember.objects.visible_to(request.access).sent_by(agency)),
        "may_manage": request.access.everywhere(PLANS),
        "objection": objection_to_changing_agency(agency),
        "entries": history_of(entries_about(agency.pk)[:50]),
    }
    return render(request, f"{FOLDER}/show.html", context)


@require_http_methods(["GET", "POST"])
@requires(PLANS)
def new(request: UserRequest) -> HttpResponse:
    """Put an agency on the list."""
    form = AgencyForm(given(request), initial={"active_from": local_day()})

    def act(_said: dict[str, Any]) -> str:
        return reverse("agency", args=[add_agency(form.facts(), by=request.actor).pk])

    question = Question(_("New agency"), _("Agencies"), reverse("agencies"), _("Save"))
    return ask(request, form, question, act)


@require_http_methods(["GET", "POST"])
@requires(PLANS)
def edit(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    """Another contact, other days."""
    agency, back = _managed(request, pk), reverse("agency", args=[pk])
    first = {name: getattr(agency, name) for name in _FACTS} | {"seen_version": agency.version}
    form = AgencyForm(given(request), initial=first)

    def act(said: dict[str, Any]) -> str:
        seen = said["seen_version"] or 0
        change_agency(agency, form.facts(), seen_version=seen, by=request.actor)
        return back

    question = Question(
        *(agency.name, _("Agencies"), back, _("Save")),
        objection=objection_to_changing_agency(agency),
    )
    return ask(request, form, question, act, first)


@require_http_methods(["GET", "POST"])
@requires(PLANS)
def end(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    """Look at everybody it sent, then end the work of all of them at once."""
    agency, back = _managed(request, pk), reverse("agency", args=[pk])
    people = list(ExternalMember.objects.sent_by(agency))
    seen = " ".join(str(each.pk) for each in people)
    form = AgencyEndingForm(given(request), initial={"seen": seen})

    def act(said: dict[str, Any]) -> str:
        end_agency(agency, reason=said["reason"], seen=said["seen"], by=request.actor)
        return back

    question = Question(
        *(_("End the work of this agency"), agency.name, back, _("End it for all of them")),
        objection=objection_to_changing_agency(agency),
        template=f"{FOLDER}/end.html",
        more={"people": people},
    )
    return ask(request, form, question, act)


def _managed(request: UserRequest, pk: uuid.UUID) -> Agency:
    return get_object_or_404(Agency.objects.managed_by(request.access), pk=pk)
