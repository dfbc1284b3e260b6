"""How somebody is reached: every way that is known, noted, described, tried and preferred."""

import uuid
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from symposia.accounts.permissions import Permission
from symposia.accounts.queries import local_day
from symposia.directory.actions.contact_files import import_contacts
from symposia.directory.actions.contacts import (
    add_contact,
    describe_contact,
    prefer_contact,
    remove_contact,
    verify_contact,
)
from symposia.directory.contact_lines import COLUMNS, ContactLine, judge_contacts
from symposia.directory.contacting import ContactFacts
from symposia.directory.line_files import NO_LINES
from symposia.directory.lines import LINE_END
from symposia.directory.models import ChangeRequest, Clinician, ContactKind, ContactPoint
from symposia.directory.reaching import contacts_of
from symposia.shared.refusals import Refused, refuse_if
from symposia.web.gates import requires
from symposia.web.office.asking import Question, WhyForm, ask, do, given
from symposia.web.office.clinician_record import clinician_or_404, directory_views, record_of
from symposia.web.office.line_files import LinesForm, handed_in
from symposia.web.office.meeting_forms import DAY
from symposia.web.requests import UserRequest

_SEES, _MANAGES = Permission.VIEW_DIRECTORY, Permission.MANAGE_DIRECTORY


class DescriptionForm(forms.Form):
    """What a way to reach somebody is for, since when and until when, and who says so."""

    label = forms.CharField(
        label=gettext_lazy("Called"),
        help_text=gettext_lazy("Practice, home, secretary."),
        max_length=60,
        required=False,
    )
    from_on = forms.DateField(label=gettext_lazy("From"), widget=DAY, required=False)
    until_on = forms.DateField(
        label=gettext_lazy("Until"),
        help_text=gettext_lazy("The last day. Empty: it goes on."),
        widget=DAY,
        required=False,
    )
    source = forms.CharField(label=gettext_lazy("Who says so"), max_length=200, required=False)


class ContactForm(DescriptionForm):
    """Another way to reach somebody."""

    kind = forms.ChoiceField(label=gettext_lazy("Kind"), choices=ContactKind.choices)
    value = forms.CharField(
        label=gettext_lazy("Address or number"),
        help_text=gettext_lazy("Of a postal address every line, with the country last."),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=600,
    )
    field_order = ("kind", "value")


class TriedForm(forms.Form):
    """How one knows that it reaches the person."""

    how = forms.CharField(
        label=gettext_lazy("How you know"),
        help_text=gettext_lazy("She answered, a letter came back with the new address."),
        max_length=200,
    )


@require_GET
@requires(_SEES)
def of_person(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    """Every way to reach somebody, and which of each kind is used."""
    clinician, today = clinician_or_404(request, pk), local_day()
    found = contacts_of(clinician, today)
    context = record_of(request, clinician, "clinician_contacts") | {
        "contacts": [(each, each.row is not None and each.row.has_ended(today)) for each in found],
        "may_read_outbox": request.access.holds(Permission.VIEW_OUTBOX),
    }
    return render(request, "office/contacts/of_person.html", context)


@require_http_methods(["GET", "POST"])
@requires(_MANAGES)
def new(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    """Note another way."""
    clinician = clinician_or_404(request, pk, _MANAGES)
    back = _back(clinician)
    first = {name: request.GET.get(name, "")[:600] for name in ("kind", "value")}
    form = ContactForm(given(request), initial=first)

    def act(said: dict[str, Any]) -> str:
        add_contact(clinician, ContactFacts(**said), by=request.actor)
        return back

    note = _("What is used now stays in use until you prefer another one.")
    question = Question(_("Another way to reach them"), clinician.called, back, _("Note it"), note)
    return ask(request, form, question, act)


@require_http_methods(["GET", "POST"])
@requires(_MANAGES)
def describe(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    """Say better what it is for and until when it holds."""
    row = _row(request, pk)
    names = ("label", "from_on", "until_on", "source")
    form = DescriptionForm(given(request), initial={name: getattr(row, name) for name in names})

    def act(said: dict[str, Any]) -> str:
        describe_contact(row, ContactFacts(row.kind, row.value, **said), by=request.actor)
        return _back(row.clinician)

    question = Question(row.one_line, row.clinician.called, _back(row.clinician), _("Save"))
    return ask(request, form, question, act)


@require_POST
@requires(_MANAGES)
def prefer(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    """Use this one from now on."""
    row = _row(request, pk)

    def act() -> None:
        done = prefer_contact(row, by=request.actor)
        waits = isinstance(done, ChangeRequest)
        said = _("It waits for a second person; you are told what they decide.")
        messages.success(request, said if waits else _("This one is used from now on."))

    return do(request, act, _back(row.clinician))


@require_http_methods(["GET", "POST"])
@requires(_MANAGES)
def tried(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    """Say that it reaches the person."""
    row = _row(request, pk)

    def act(said: dict[str, Any]) -> str:
        verify_contact(row, said["how"], by=request.actor)
        return _back(row.clinician)

    title = _("It reaches the person")
    question = Question(title, row.one_line, _back(row.clinician), _("Note it"))
    return ask(request, TriedForm(given(request)), question, act)


@require_http_methods(["GET", "POST"])
@requires(_MANAGES)
def remove(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    """Take away what never reached the person."""
    row = _row(request, pk)

    def act(said: dict[str, Any]) -> str:
        remove_contact(row, by=request.actor, reason=said["reason"])
        return _back(row.clinician)

    note = _("What reached them once and does no more has a last day instead.")
    question = Question(
        *(_("This was never right"), row.one_line, _back(row.clinician), _("Take it away"), note)
    )
    return ask(request, WhyForm(given(request)), question, act)


@require_http_methods(["GET", "POST"])
@requires(Permission.IMPORT_CLINICIANS)
def many(request: UserRequest) -> HttpResponse:
    """What a file says, line by line; taken once somebody has seen what would be."""
    form = LinesForm(given(request), request.FILES or None)
    judged: list[ContactLine] = []
    text = name = ""
    if form.is_bound and form.is_valid():
        try:
            text, name = handed_in(request, form, between=LINE_END)
            judged = judge_contacts(request.access, text)
            refuse_if(None if judged else NO_LINES)
            if request.POST.get("take"):
                count = import_contacts(judged, file_name=name, by=request.actor)
                said = ngettext("%d line was taken.", "%d lines were taken.", count) % count
                messages.success(request, said)
                return redirect("contacts")
        except Refused as no:
            form.add_error(None, str(no))
    context = {
        "form": form,
        "text": text,
        "name": name,
        "judged": judged,
        "taken": sum(line.is_taken for line in judged),
        "columns": COLUMNS,
    }
    status = 422 if form.errors else 200
    return render(request, "office/contacts/many.html", context, status=status)


def listed(request: UserRequest) -> dict[str, Any]:
    """Beside the other lists of the directory, and a file to hand in."""
    return {
        "views": directory_views("contacts"),
        "may_import": request.access.holds(Permission.IMPORT_CLINICIANS),
    }


def _back(clinician: Clinician) -> str:
    return reverse("clinician_contacts", args=[clinician.pk])


def _row(request: UserRequest, pk: uuid.UUID) -> ContactPoint:
    people = Clinician.objects.within(request.access, _MANAGES)
    rows = ContactPoint.objects.for_list().filter(clinician__in=people)
    return get_object_or_404(rows, pk=pk)
