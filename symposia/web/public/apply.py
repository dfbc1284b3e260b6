"""The open form by which a partner applies for an activity; its link goes to the address alone."""

from typing import Any

from allauth.core import ratelimit
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from symposia.accounts.models import Organisation
from symposia.accounts.queries import organisation_by_code
from symposia.activities.actions.applications import begin_application
from symposia.shared.actors import Actor
from symposia.shared.refusals import Refused
from symposia.shared.tenancy import acting_in
from symposia.web.application_form import ApplicationForm, first_asked
from symposia.web.gates import open_to_all, own_transaction
from symposia.web.middleware.tenancy import run_once

PAGE = "public/apply/apply.html"


@require_http_methods(["GET", "POST"])
@open_to_all("anybody may apply for an activity; the link goes to the address alone")
@own_transaction
def apply(request: Any, code: str) -> HttpResponse:
    """Ask who, what, why, when; a draft exists once that is answered."""
    organisation = organisation_of(request, code)
    if request.method == "POST" and not ratelimit.consume(request, action="public_registration"):
        too_often: HttpResponse = ratelimit.respond_429(request)
        return too_often
    request.actor = Actor("link", None, "public application")
    with acting_in(organisation.pk):
        if request.method == "GET":
            form = ApplicationForm(initial=first_asked(organisation), organisation=organisation)
            return _page(request, organisation, form)
        return run_once(request, lambda: _take(request, organisation))  # type: ignore[return-value]


@require_GET
@open_to_all("says that a message was sent, the same to everybody")
@own_transaction
def sent(request: Any, code: str) -> HttpResponse:
    """Where to look for the link."""
    context = {"organisation": organisation_of(request, code)}
    return render(request, "public/apply/sent.html", context)


def organisation_of(request: Any, code: str) -> Organisation:
    """The organisation of the address, whoever is signed in elsewhere."""
    organisation = organisation_by_code(code)
    if organisation is None:
        raise Http404
    request.organisation = organisation
    return organisation


def _take(request: Any, organisation: Organisation) -> HttpResponse:
    form = ApplicationForm(request.POST, organisation=organisation)
    if form.is_valid():
        # Whoever applies writes to an address that need not be theirs.
        to = form.cleaned_data["email"].lower()
        if not ratelimit.consume(request, action="public_application", key=to):
            too_often: HttpResponse = ratelimit.respond_429(request)
            return too_often
        by = Actor("link", None, form.cleaned_data["applicant"])
        try:
            begin_application(form.facts(), by=by)
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            return redirect("apply_sent", organisation.code)
    return _page(request, organisation, form, status=422)


def _page(
    request: Any, organisation: Organisation, form: ApplicationForm, **more: Any
) -> HttpResponse:
    context = {"form": form, "organisation": organisation}
    return render(request, PAGE, context, **more)
