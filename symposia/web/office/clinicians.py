"""People of the directory: one person's page, adding and correcting by hand."""

import uuid
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from symposia.accounts.permissions import Permission
from symposia.audit.queries import entries_about
from symposia.directory.actions.changes import correct_clinician, note_number, propose_change
from symposia.directory.actions.clinicians import (
    add_clinician,
    deactivate_clinician,
    reactivate_clinician,
)
from symposia.directory.changing import ChangeFacts
from symposia.directory.models import (
    ChangeRequest,
    Clinician,
    OwnField,
    OwnOf,
    Proposable,
    Territory,
)
from symposia.directory.own_queries import own_fields_seen, own_said
from symposia.directory.queries import resembling
from symposia.notifications.queries import suppression_of
from symposia.shared.countries import country_name
from symposia.shared.refusals import Refused
from symposia.web.gates import requires
from symposia.web.office.asking import Question, ask, do, given
from symposia.web.office.clinician_forms import (
    ClinicianForm,
    CorrectionForm,
    IdentifierForm,
    NewClinicianForm,
    ReasonForm,
    said_of,
    usual_scheme,
)
from symposia.web.office.clinician_record import (
    clinician_or_404,
    directory_views,
    groups_view,
    record_of,
)
from symposia.web.office.own_inputs import own_facts, own_given
from symposia.web.office.record_history import history_of
from symposia.web.parts import Fact
from symposia.web.requests import UserRequest

FOLDER = "office/clinicians"
_MANAGES = Permission.MANAGE_DIRECTORY


@require_GET
@requires(Permission.VIEW_DIRECTORY)
def show(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    clinician = clinician_or_404(request, pk)
    if clinician.merged_into_id:
        messages.info(
            request,
            _("%s is the same person; this is the record that was kept.") % clinician.full_name,
        )
        return redirect("clinician", clinician.merged_into_id)
    context = record_of(request, clinician, "clinician") | {
        "resembling": resembling(request.access, clinician),
        "suppression": suppression_of(clinician.email),
        "may_read_outbox": request.access.holds(Permission.VIEW_OUTBOX),
        "facts": _facts(clinician),
        "own_facts": own_facts(own_said(request.access, clinician)),
        "identifiers": clinician.identifiers.all(),
        "identifier_form": IdentifierForm(),
        "reason_form": ReasonForm(),
    }
    return render(request, f"{FOLDER}/show.html", context)


@require_GET
@requires(Permission.VIEW_DIRECTORY)
def history(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    clinician = clinician_or_404(request, pk)
    entries = history_of(entries_about(clinician.pk)[:200])
    context = record_of(request, clinician, "clinician_history") | {"entries": entries}
    return render(request, f"{FOLDER}/history.html", context)


@require_GET
@requires(_MANAGES)
def new(request: UserRequest) -> HttpResponse:
    first = {
        "country": request.organisation.country,
        "scheme": usual_scheme(request.organisation.country),
    }
    form = NewClinicianForm(initial=first, territories=_territories(request), own=_own(request))
    return render(request, f"{FOLDER}/new.html", {"form": form})


@require_POST
@requires(_MANAGES)
def add(request: UserRequest) -> HttpResponse:
    fields = _own(request)
    form = NewClinicianForm(request.POST, territories=_territories(request), own=fields)
    if form.is_valid():
        own = own_given(form, fields)
        numbers = {name: form.cleaned_data.pop(name) for name in ("scheme", "number")}
        try:
            clinician = add_clinician(**_said(form), **numbers, own=own, by=request.actor)
        except Refused as no:
            form.add_error("number", str(no))
        else:
            return redirect("clinician", clinician.pk)
    return render(request, f"{FOLDER}/new.html", {"form": form}, status=422)


@require_GET
@requires(_MANAGES)
def edit(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    clinician = clinician_or_404(request, pk, _MANAGES)
    first = said_of(clinician)
    form = CorrectionForm(
        initial=first,
        territories=_territories(request),
        own=_own(request),
        said=own_said(request.access, clinician),
    )
    return render(request, f"{FOLDER}/edit.html", {"form": form, "clinician": clinician})


@require_POST
@requires(_MANAGES)
def change(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    clinician = clinician_or_404(request, pk, _MANAGES)
    fields = _own(request)
    form = CorrectionForm(request.POST, territories=_territories(request), own=fields)
    if form.is_valid():
        own = own_given(form, fields)
        evidence = form.cleaned_data.pop("evidence")
        try:
            said = _said(form)
            works_at = said.pop("works_at")
            done = correct_clinician(
                clinician, said, by=request.actor, evidence=evidence, works_at=works_at, own=own
            )
        except Refused as no:
            form.cleaned_data["evidence"] = evidence
            form.add_error("evidence", str(no))
        else:
            if done.waiting:
                messages.success(request, _told_of(done.waiting))
            return redirect("clinician", pk)
    context = {"form": form, "clinician": clinician}
    return render(request, f"{FOLDER}/edit.html", context, status=422)


def _told_of(waiting: list[ChangeRequest]) -> str:
    """Which fields wait for a second person."""
    fields = ", ".join(each.called for each in waiting)
    return _("Saved. A second person decides on: %s.") % fields


@require_POST
@requires(_MANAGES)
def identify(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    clinician = clinician_or_404(request, pk, _MANAGES)
    form = IdentifierForm(request.POST)
    if form.is_valid():
        said = form.cleaned_data
        facts = ChangeFacts(Proposable.NUMBER, now=said.pop("number"), **said)
        try:
            noted = note_number(clinician, facts, by=request.actor)
        except Refused as no:
            form.add_error("number", str(no))
        else:
            if isinstance(noted, ChangeRequest):
                messages.success(request, _told_of([noted]))
            return redirect("clinician", pk)
    context = record_of(request, clinician, "clinician") | {
        "resembling": resembling(request.access, clinician),
        "facts": _facts(clinician),
        "own_facts": own_facts(own_said(request.access, clinician)),
        "identifiers": clinician.identifiers.all(),
        "identifier_form": form,
        "reason_form": ReasonForm(),
    }
    return render(request, f"{FOLDER}/show.html", context, status=422)


@require_http_methods(["GET", "POST"])
@requires(_MANAGES)
def remove_number(request: UserRequest, pk: uuid.UUID, number: uuid.UUID) -> HttpResponse:
    """Ask to have a wrong number taken away."""
    clinician = clinician_or_404(request, pk, _MANAGES)
    held = get_object_or_404(clinician.identifiers, pk=number)
    back = reverse("clinician", args=[pk])

    def act(said: dict[str, Any]) -> str:
        told = {"scheme": held.scheme, "issuer": held.issuer, "evidence": said["reason"]}
        facts = ChangeFacts(Proposable.NUMBER, was=held.written or held.value, **told)
        messages.success(request, _told_of([propose_change(clinician, facts, by=request.actor)]))
        return back

    title = _("Take away %(number)s") % {"number": held}
    question = Question(title, clinician.called, back, _("Ask for it"))
    return ask(request, ReasonForm(given(request)), question, act)


@require_POST
@requires(_MANAGES)
def deactivate(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    clinician = clinician_or_404(request, pk, _MANAGES)
    reason = request.POST.get("reason", "")[:500]
    back = reverse("clinician", args=[pk])
    return do(
        request, lambda: deactivate_clinician(clinician, by=request.actor, reason=reason), back
    )


@require_POST
@requires(_MANAGES)
def reactivate(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    clinician = clinician_or_404(request, pk, _MANAGES)
    back = reverse("clinician", args=[pk])
    return do(request, lambda: reactivate_clinician(clinician, by=request.actor), back)


def listed(request: UserRequest) -> dict[str, Any]:
    """Beside the list: what this person may do to it."""
    return {
        "may_manage": request.access.holds(_MANAGES),
        "may_import": request.access.everywhere(Permission.IMPORT_CLINICIANS),
        "may_add_fields": request.access.holds(Permission.MANAGE_ORGANISATION),
        "views": [*directory_views("clinicians"), *groups_view(request.access)],
    }


def _facts(clinician: Clinician) -> list[Fact]:
    institution, territory = clinician.institution, clinician.territory
    country = country_name(clinician.country)
    place = ", ".join(filter(None, (clinician.city, clinician.region, country)))
    said = (
        (_("Name as on the licence"), clinician.full_name),
        (_("Profession"), clinician.get_profession_display()),
        (_("Credential"), clinician.credential),
        (_("Specialty"), clinician.specialty),
        (_("E-mail"), clinician.email),
        (_("Telephone"), clinician.phone),
        (_("Institution"), institution.name if institution else ""),
        (_("Place"), place),
        (_("Territory"), territory.name if territory else ""),
        (_("Time zone"), clinician.zone),
    )
    held = reverse("clinician_holders", args=[clinician.pk])
    reached = {
        territory.name if territory else "": held,
        institution.name if institution else "": reverse("clinician_places", args=[clinician.pk]),
        clinician.email: f"mailto:{clinician.email}",
        clinician.phone: f"tel:{''.join(clinician.phone.split())}",
    }
    return [Fact(label, value, reached.get(value, "")) for label, value in said if value]


def _own(request: UserRequest) -> list[OwnField]:
    """The fields of one's own that this person fills in."""
    return own_fields_seen(request.access, OwnOf.CLINICIAN)


def _territories(request: UserRequest) -> list[tuple[str, str]]:
    seen = Territory.objects.visible_to(request.access).for_choice()
    return [(str(pk), name) for pk, name in seen]


def _said(form: ClinicianForm) -> dict[str, Any]:
    """The form's values as the directory is told them."""
    facts = dict(form.cleaned_data)
    facts["works_at"] = facts.pop("institution")
    if "territory" in facts:
        territory = facts.pop("territory")
        facts["territory_id"] = uuid.UUID(territory) if territory else None
    return facts
