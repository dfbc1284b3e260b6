"""The organisation itself: which one a person works in, and what is printed of it."""

from django import forms
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_POST

from symposia.accounts.actions import change_organisation
from symposia.accounts.permissions import Permission
from symposia.web.gates import requires, signed_in
from symposia.web.requests import UserRequest
from symposia.web.zone_choices import zone_choices

PAGE = "office/organisation/edit.html"


class OrganisationForm(forms.Form):
    """What an organisation is called, its clock, and what its certificates print."""

    name = forms.CharField(label=_("Name"), max_length=200)
    zone = forms.ChoiceField(label=_("Time zone"), choices=zone_choices())
    accreditation_statement = forms.CharField(
        label=_("Accreditation statement"),
        help_text=_("Printed on certificates, word for word as your accreditor gives it."),
        widget=forms.Textarea(attrs={"rows": 4}),
        required=False,
        max_length=2000,
    )


@require_GET
@requires(Permission.MANAGE_ORGANISATION)
def edit(request: UserRequest) -> HttpResponse:
    mine = request.organisation
    first = {
        "name": mine.name,
        "zone": mine.zone,
        "accreditation_statement": mine.accreditation_statement,
    }
    return render(request, PAGE, {"form": OrganisationForm(initial=first)})


@require_POST
@requires(Permission.MANAGE_ORGANISATION)
def change(request: UserRequest) -> HttpResponse:
    form = OrganisationForm(request.POST)
    if not form.is_valid():
        return render(request, PAGE, {"form": form}, status=422)
    change_organisation(request.organisation, by=request.actor, **form.cleaned_data)
    return redirect("organisation")


@require_POST
@signed_in
def switch(request: UserRequest) -> HttpResponse:
    """Work in another of one's own organisations; the middleware ignores any other."""
    request.session["organisation"] = request.POST.get("organisation", "")[:40]
    return redirect("start")
