"""The public page of one activity: what, when, where, how many places, and a form to register."""

from typing import Any

from allauth.core import ratelimit
from django import forms
from django.conf import settings
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.timezone import get_current_timezone, get_default_timezone, now
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_POST

from symposia.accounts.models import Organisation
from symposia.accounts.queries import organisation_by_code
from symposia.activities.control import statements_of
from symposia.activities.models import OVER, UPCOMING, Activity, DeliveryForm, Session
from symposia.activities.organisers import council_hours_of
from symposia.activities.queries import faculty_of
from symposia.directory.models import Profession
from symposia.outreach.facts import lines_of
from symposia.outreach.letters import place_of
from symposia.registrations.actions.replies import ask_for_a_place
from symposia.registrations.choosing import choosable
from symposia.registrations.models import Admission, Attending, RegistrationQuestion
from symposia.registrations.policies import Applicant, objection_to_asking
from symposia.registrations.queries import seats_of
from symposia.shared.actors import Actor
from symposia.shared.refusals import Refused
from symposia.shared.tenancy import acting_in
from symposia.shared.times import day_at
from symposia.web.gates import open_to_all, own_transaction
from symposia.web.middleware.tenancy import run_once
from symposia.web.public.dates import (
    calendar_file,
    calendar_links,
    is_shown,
    public_path,
    signed_query,
)
from symposia.web.question_fields import QuestionsForm
from symposia.web.session_fields import SessionsField

PAGE = "public/activity/activity.html"
SHOWN = UPCOMING | OVER


class PlaceForm(QuestionsForm):
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
    attending = forms.ChoiceField(label=_("How do you come?"), choices=Attending.choices)
    sessions = SessionsField()

    def __init__(self, *args: Any, activity: Activity, **kwargs: Any) -> None:
        asked = list(RegistrationQuestion.objects.of(activity))
        super().__init__(*args, questions=asked, **kwargs)
        if activity.delivery != DeliveryForm.HYBRID:
            del self.fields["attending"]
        if places := choosable(activity):
            self.fields["sessions"].offer(places, activity.zone)  # type: ignore[attr-defined]
        else:
            del self.fields["sessions"]

    def applicant(self) -> Applicant:
        """Who asks, and what they answered."""
        return Applicant(**self.own(), answers=self.answers())


@require_GET
@open_to_all("the public page of an activity that is open; shows nothing personal")
@own_transaction
def activity(request: Any, code: str, number: str) -> HttpResponse:
    """The facts of an activity and the form to register."""
    organisation = organisation_or_404(request, code)
    with acting_in(organisation.pk):
        found, admission = _activity(request, number)
        form = PlaceForm(activity=found)
        return _page(request, organisation, found, form, admission=admission)


@require_POST
@open_to_all("anybody may ask for a place; the answer goes to the address alone")
@own_transaction
def register(request: Any, code: str, number: str) -> HttpResponse:
    """Take the wish for a place; the ticket comes by mail."""
    organisation = organisation_or_404(request, code)
    if not ratelimit.consume(request, action="public_registration"):
        too_often: HttpResponse = ratelimit.respond_429(request)
        return too_often
    with acting_in(organisation.pk):
        found, admission = _activity(request, number)
        request.actor = Actor("link", None, f"public page {found.number}")
        return run_once(request, lambda: _register(request, organisation, found, admission))  # type: ignore[return-value]


@require_GET
@open_to_all("says that a message was sent, the same to everybody")
@own_transaction
def asked(request: Any, code: str, number: str) -> HttpResponse:
    """Where to look for the ticket; says the same whether somebody was registered before."""
    organisation = organisation_or_404(request, code)
    with acting_in(organisation.pk):
        context = {"activity": _activity(request, number)[0], "code": code}
        return render(request, "public/activity/asked.html", context)


def _register(
    request: Any, organisation: Organisation, activity: Activity, admission: Admission
) -> HttpResponse:
    form = PlaceForm(request.POST, activity=activity)
    if not form.is_valid():
        return _page(request, organisation, activity, form, admission=admission, status=422)
    applicant = form.applicant()
    by = Actor("link", None, applicant.full_name)
    try:
        ask_for_a_place(applicant, activity, organisation=organisation, by=by)
    except Refused as refused:
        form.add_error(None, str(refused))
        return _page(request, organisation, activity, form, admission=admission, status=422)
    return redirect("public_activity_asked", organisation.code, activity.number)


@require_GET
@open_to_all("the date of a public activity as a file for a calendar")
@own_transaction
def calendar(request: Any, code: str, number: str) -> HttpResponse:
    """The date as a file for any calendar."""
    organisation = organisation_or_404(request, code)
    with acting_in(organisation.pk):
        found, admission = _activity(request, number)
        page = f"{settings.ORIGIN}{public_path(found, admission, organisation)}"
        file = calendar_file(found, organisation, page)
    response = HttpResponse(file, content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{found.number}.ics"'
    return response


def _page(
    request: Any,
    organisation: Organisation,
    activity: Activity,
    form: PlaceForm,
    *,
    admission: Admission,
    **more: Any,
) -> HttpResponse:
    address = f"{settings.ORIGIN}{public_path(activity, admission, organisation)}"
    sessions = list(Session.objects.of(activity))
    context = {
        "activity": activity,
        "address": address,
        "signed_query": signed_query(activity, admission, organisation),
        "faculty": sorted({(f.name, f.get_role_display()) for f in faculty_of(activity)}),
        "lines": lines_of(activity),
        "calendars": calendar_links(activity, address),
        "admission": admission,
        "place": place_of(activity),
        # Whose zone we know reads their own time beside the venue's anyway.
        "knows_reader": get_current_timezone() != get_default_timezone(),
        "organiser": organisation,
        "sessions": sessions,
        "has_days": len({day_at(each.starts_at, activity.zone) for each in sessions}) > 1,
        "seats": seats_of(activity),
        "hours": council_hours_of(activity),
        "statement": next(iter(statements_of(activity)), None),
        "form": form,
        "objection": objection_to_asking(activity, admission, at=now()),
    }
    return render(request, PAGE, context, **more)


def organisation_or_404(request: Any, code: str) -> Organisation:
    """The organisation of the address; the page is about it, whoever is signed in elsewhere."""
    organisation = organisation_by_code(code)
    if organisation is None:
        raise Http404
    request.organisation = organisation
    return organisation


def _activity(request: Any, number: str) -> tuple[Activity, Admission]:
    """Only what the public may know of: never a draft, nor what waits for approval; what is by
    invitation, whoever has its signed address."""
    if "\0" in number:
        raise Http404
    found = get_object_or_404(Activity, number=number, state__in=SHOWN)
    admission = Admission.objects.of(found)
    if not is_shown(found, admission, request.GET.get("key", "")):
        raise Http404
    return found, admission
