"""The public register beside the directory: look up, compare, fill from, add."""

import uuid

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_POST

from symposia.accounts.permissions import Permission
from symposia.directory.actions.registry import add_from_registry, fill_from_registry
from symposia.directory.models import RegistryEntry, Scheme
from symposia.directory.policies.registry import objection_to_dead_number
from symposia.directory.queries import holders_of, registry_loads
from symposia.directory.registry.comparing import FIELDS, compared, entry_of
from symposia.shared.refusals import Refused
from symposia.web.gates import requires
from symposia.web.office.clinician_record import clinician_or_404, directory_views, record_of
from symposia.web.requests import UserRequest

FOLDER = "office/registry"
MOST = 50


class TakeForm(forms.Form):
    """The fields to take over from the register."""

    fields_ = forms.MultipleChoiceField(
        label=gettext_lazy("Take over"), choices=list(FIELDS.items())
    )


@require_GET
@requires(Permission.VIEW_DIRECTORY)
def show(request: UserRequest) -> HttpResponse:
    """People of the register by number or name, each with whoever holds the number here."""
    text = request.GET.get("q", "").strip()[:200]
    found = list(RegistryEntry.objects.search(text)[: MOST + 1]) if text else []
    context = {
        "text": text,
        "rows": [],
        "more": len(found) > MOST,
        "loads": registry_loads(),
        "may_manage": request.access.holds(Permission.MANAGE_DIRECTORY),
        "views": directory_views("registry"),
    }
    if found:
        held = holders_of(Scheme.NPI, [each.number for each in found[:MOST]], request.access)
        context["rows"] = [(each, held.get(each.number)) for each in found[:MOST]]
    return render(request, f"{FOLDER}/show.html", context)


@require_POST
@requires(Permission.MANAGE_DIRECTORY)
def add(request: UserRequest, number: str) -> HttpResponse:
    """Put somebody of the register into the directory."""
    entry = get_object_or_404(RegistryEntry, pk=number)
    try:
        made = add_from_registry(entry, by=request.actor)
    except Refused as refused:
        messages.error(request, str(refused))
        return redirect("registry")
    messages.success(request, _("Added from the public register."))
    return redirect("clinician", made.pk)


@require_GET
@requires(Permission.VIEW_DIRECTORY)
def of_person(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    """Field by field what the directory and the register say."""
    clinician = clinician_or_404(request, pk)
    entry = entry_of(clinician)
    context = record_of(request, clinician, "clinician_registry") | {
        "entry": entry,
        "fields": compared(clinician, entry) if entry else [],
        "dead": objection_to_dead_number(entry),
        "likely": [] if entry else list(RegistryEntry.objects.search(clinician.full_name)[:5]),
    }
    return render(request, f"{FOLDER}/person.html", context)


@require_POST
@requires(Permission.MANAGE_DIRECTORY)
def fill(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    """Take over the fields that were ticked."""
    clinician = clinician_or_404(request, pk, Permission.MANAGE_DIRECTORY)
    form = TakeForm({"fields_": request.POST.getlist("field")})
    if not form.is_valid():
        messages.error(request, _("Choose what to take over."))
        return redirect("clinician_registry", pk)
    try:
        done = fill_from_registry(clinician, form.cleaned_data["fields_"], by=request.actor)
    except Refused as refused:
        messages.error(request, str(refused))
    else:
        waiting = ", ".join(each.called for each in done.waiting)
        said = _("Saved. A second person decides on: %s.") % waiting if waiting else _("Saved.")
        messages.success(request, said)
    return redirect("clinician_registry", pk)
