"""The public page of one activity: what, when, where, how many places, and a form to register."""

from typing import Any

from allauth.core import ratelimit
from django import forms
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_POST

from symposia.accounts.models import Organisation
from symposia.accounts.queries import organisation_by_code
from symposia.activities.control import statements_of
from symposia.activities.models import OVER, UPCOMING, Activity, Session
from symposia.activities.organisers import council_hours_of
from symposia.directory.models import Profession
from symposia.outreach.letters import place_of
from symposia.registrations.actions.replies import ask_for_a_place
from symposia.registrations.models import Source
from symposia.registrations.policies import Applicant, objection_to_a_place
from symposia.registrations.queries import seats_of
from symposia.shared.actors import Actor
from symposia.shared.refusals import Refused
from symposia.shared.tenancy import acting_in
from symposia.web.gates import open_to_all, own_transaction
from symposia.web.middleware.tenancy import run_once

PAGE = "public/activity/activity.html"
SHOWN = UPCOMING | OVER


class PlaceForm(forms.Form):
    """What is asked of somebody who registers without an account."""

    full_name = forms.CharField(
        label=_("Name as on your licence"),
        help_text=_("Printed on the certificate."),
        max_length=200,
    )
    email = forms.EmailField(
        label=_("E-mail"), help_text=_("Your ticket comes here."), max_length=254
    )
    profession = forms.ChoiceField(
        label=_("Profession"), choices=[("", _("Choose")), *Profession.choices]
    )


@require_GET
@open_to_all("the public page of an activity that is open; shows nothing personal")
@own_transaction
def activity(request: Any, code: str, number: str) -> HttpResponse:
    """The facts of an activity and the form to register."""
    organisation = _organisation(request, code)
    with acting_in(organisation.pk):
        return _page(request, organisation, _activity(number), PlaceForm())


@require_POST
@open_to_all("anybody may ask for a place; the answer goes to the address alone")
@own_transaction
def register(request: Any, code: str, number: str) -> HttpResponse:
    """Take the wish for a place; the ticket comes by mail."""
    organisation = _organisation(request, code)
    if not ratelimit.consume(request, action="public_registration"):
        too_often: HttpResponse = ratelimit.respond_429(request)
        return too_often
    request.actor = Actor("link", None, f"public page {number}")
    with acting_in(organisation.pk):
        return run_once(request, lambda: _register(request, organisation, _activity(number)))  # type: ignore[return-value]


@require_GET
@open_to_all("says that a message was sent, the same to everybody")
@own_transaction
def asked(request: Any, code: str, number: str) -> HttpResponse:
    """Where to look for the ticket; says the same whether somebody was registered before."""
    organisation = _organisation(request, code)
    with acting_in(organisation.pk):
        context = {"activity": _activity(number), "code": code}
        return render(request, "public/activity/asked.html", context)


def _register(request: Any, organisation: Organisation, activity: Activity) -> HttpResponse:
    form = PlaceForm(request.POST)
    if not form.is_valid():
        return _page(request, organisation, activity, form, status=422)
    given = form.cleaned_data
    by = Actor("link", None, given["full_name"])
    try:
        ask_for_a_place(Applicant(**given), activity, organisation=organisation, by=by)
    except Refused as refused:
        form.add_error(None, str(refused))
        return _page(request, organisation, activity, form, status=422)
    return redirect("public_activity_asked", organisation.code, activity.number)


def _page(
    request: Any, organisation: Organisation, activity: Activity, form: PlaceForm, **more: Any
) -> HttpResponse:
    context = {
        "activity": activity,
        "place": place_of(activity),
        "organiser": organisation,
        "sessions": list(Session.objects.of(activity)),
        "seats": seats_of(activity),
        "hours": council_hours_of(activity),
        "statement": next(iter(statements_of(activity)), None),
        "form": form,
        "objection": objection_to_a_place(activity, source=Source.OPEN, at=now()),
    }
    return render(request, PAGE, context, **more)


def _organisation(request: Any, code: str) -> Organisation:
    """The organisation of the address; the page is about it, whoever is signed in elsewhere."""
    organisation = organisation_by_code(code)
    if organisation is None:
        raise Http404
    request.organisation = organisation
    return organisation


def _activity(number: str) -> Activity:
    """Only what the public may know of: never a draft, nor what waits for approval."""
    return get_object_or_404(Activity, number=number, state__in=SHOWN)
