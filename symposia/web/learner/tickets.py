"""The ticket of a place: opened by a personal link, shown at the door, given up with one press."""

import uuid
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_POST

from symposia.assessment.models import Purpose
from symposia.assessment.queries.tests import find_test
from symposia.directory.models import Profession
from symposia.finance.owed import owed_for
from symposia.learning.letters import audience_path
from symposia.outreach.letters import place_of
from symposia.outreach.queries import calendar_sequence
from symposia.registrations.actions.line import take_offer
from symposia.registrations.actions.places import cancel_registration
from symposia.registrations.actions.questions import answer_questions
from symposia.registrations.actions.sessions import choose_sessions
from symposia.registrations.actions.substitution import name_substitute
from symposia.registrations.answers import Answered, answers_of
from symposia.registrations.choosing import Option, options_of
from symposia.registrations.letters import TICKET, calendar_of
from symposia.registrations.models import Admission, Registration, TicketKey
from symposia.registrations.policies import (
    Applicant,
    objection_to_cancelling,
    objection_to_naming_another,
    objection_to_taking_an_offer,
)
from symposia.registrations.spots import spot_of
from symposia.registrations.tickets import ticket_text
from symposia.shared.actors import Actor
from symposia.shared.refusals import Refused
from symposia.web.learner.fees import CodeForm
from symposia.web.links import personal_link
from symposia.web.qr import qr_svg
from symposia.web.question_fields import QuestionsForm
from symposia.web.session_fields import SessionsForm

PAGE = "learner/tickets/ticket.html"


class SubstituteForm(forms.Form):
    """Who comes instead."""

    full_name = forms.CharField(label=gettext_lazy("Name as on the licence"), max_length=200)
    email = forms.EmailField(
        label=gettext_lazy("E-mail"),
        help_text=gettext_lazy("The ticket comes here."),
        max_length=254,
    )
    profession = forms.ChoiceField(
        label=gettext_lazy("Profession"),
        choices=[("", gettext_lazy("Choose")), *Profession.choices],
    )


class ApologyForm(forms.Form):
    """Why somebody cannot come; nobody has to say it."""

    reason = forms.CharField(
        label=gettext_lazy("Why can you not come?"),
        help_text=gettext_lazy("The organiser reads it. Nothing about your health is needed."),
        max_length=300,
        required=False,
    )


@require_GET
@personal_link(TICKET)
def ticket(request: Any, pk: uuid.UUID, token: str) -> HttpResponse:
    """A large code and what to know; needs no script and prints well."""
    return _page(request, _registration(pk), token)


def _pre_test(registration: Registration, token: str) -> str:
    """Where the pre-test of the activity is taken, while it can be."""
    test = find_test(registration.activity, Purpose.PRE)
    if test is None or not test.is_open or registration.activity.starts_at <= now():
        return ""
    return reverse("finish_test", args=[token, Purpose.PRE])


def _page(
    request: Any, registration: Registration, token: str, *, status: int = 200, **forms_given: Any
) -> HttpResponse:
    """The ticket; a form that was given stands in the place of an empty one."""
    options, answers = options_of(registration), answers_of(registration)
    number = TicketKey.objects.current_number()
    text = ticket_text(request.organisation.code, registration.pk, number)
    context = {
        "registration": registration,
        "activity": registration.activity,
        "place": place_of(registration.activity),
        "token": token,
        "spot": spot_of(registration),
        "code": qr_svg(text, _("Your ticket as a code to scan")),
        "objection": objection_to_cancelling(registration, registration.activity, at=now()),
        "form": SubstituteForm(),
        "apology": ApologyForm(),
        "options": options,
        "chosen": [each for each in options if each.choice],
        "owed": owed_for(registration),
        "code_form": CodeForm(),
        "questions": answers,
        "answered": [each for each in answers if each.values],
        "answers_form": _answers_form(answers),
        "sessions_form": _sessions_form(registration, options),
        "no_naming": objection_to_naming_another(Admission.objects.of(registration.activity)),
        "pre_test": _pre_test(registration, token),
        "audience_href": audience_path(request.organisation.code, registration.pk),
        "no_offer": objection_to_taking_an_offer(registration, at=now()),
    }
    return render(request, PAGE, context | forms_given, status=status)


@require_POST
@personal_link(TICKET)
def hand_on(request: Any, pk: uuid.UUID, token: str) -> HttpResponse:
    """Somebody else comes instead."""
    registration, form = _registration(pk), SubstituteForm(request.POST)
    if not form.is_valid():
        return _page(request, registration, token, form=form, status=422)
    by = Actor("link", registration.pk, registration.clinician.called)
    applicant = Applicant(**form.cleaned_data)
    try:
        name_substitute(registration, applicant, organisation=request.organisation, by=by)
        said = _("%(name)s has your place now. The ticket goes there by e-mail.")
        messages.success(request, said % {"name": applicant.full_name})
    except Refused as refused:
        form.add_error(None, str(refused))
        return _page(request, registration, token, form=form, status=422)
    return redirect("ticket", token)


def _sessions_form(
    registration: Registration, options: list[Option], given: Any = None
) -> SessionsForm:
    chosen = [str(each.places.session_id) for each in options if each.choice]
    places = [each.places for each in options]
    zone = registration.activity.zone
    return SessionsForm(given, initial={"sessions": chosen}, places=places, zone=zone)


@require_POST
@personal_link(TICKET)
def choose(request: Any, pk: uuid.UUID, token: str) -> HttpResponse:
    """Settle to which sessions one comes."""
    registration = _registration(pk)
    form = _sessions_form(registration, options_of(registration), request.POST)
    by = Actor("link", registration.pk, registration.clinician.called)
    try:
        if form.is_valid():
            choose_sessions(registration, form.cleaned_data["sessions"], by=by)
            messages.success(request, _("Your sessions are saved."))
            return redirect("ticket", token)
    except Refused as refused:
        form.add_error("sessions", str(refused))
    return _page(request, registration, token, sessions_form=form, status=422)


def _answers_form(answers: list[Answered], given: Any = None) -> QuestionsForm:
    said = {each.question.pk: each.values for each in answers}
    return QuestionsForm(given, questions=[each.question for each in answers], said=said)


@require_POST
@personal_link(TICKET)
def answer(request: Any, pk: uuid.UUID, token: str) -> HttpResponse:
    """Answer what the organiser asks, or answer otherwise."""
    registration = _registration(pk)
    form = _answers_form(answers_of(registration), request.POST)
    by = Actor("link", registration.pk, registration.clinician.called)
    try:
        if form.is_valid():
            answer_questions(registration, form.answers(), by=by)
            messages.success(request, _("Your answers are saved."))
            return redirect("ticket", token)
    except Refused as refused:
        form.add_error(None, str(refused))
    return _page(request, registration, token, answers_form=form, status=422)


@require_POST
@personal_link(TICKET)
def accept(request: Any, pk: uuid.UUID, token: str) -> HttpResponse:
    """Take the place that is offered."""
    registration = _registration(pk)
    by = Actor("link", registration.pk, registration.clinician.called)
    try:
        take_offer(registration, by=by)
    except Refused as refused:
        messages.error(request, str(refused))
    return redirect("ticket", token)


@require_POST
@personal_link(TICKET)
def cancel(request: Any, pk: uuid.UUID, token: str) -> HttpResponse:
    """Give the place up, with an apology or without; whoever waited longest gets it."""
    registration, form = _registration(pk), ApologyForm(request.POST)
    by = Actor("link", registration.pk, registration.clinician.called)
    if not form.is_valid():
        return _page(request, registration, token, apology=form, status=422)
    try:
        cancel_registration(registration, reason=form.cleaned_data["reason"], by=by)
    except Refused as refused:
        messages.error(request, str(refused))
    return redirect("ticket", token)


@require_GET
@personal_link(TICKET)
def calendar(request: Any, pk: uuid.UUID, token: str) -> HttpResponse:
    """The date as a file for a calendar."""
    registration = _registration(pk)
    sequence = calendar_sequence(registration.activity)
    file = calendar_of(registration, request.organisation, sequence=sequence, at=now())
    response = HttpResponse(file, content_type="text/calendar; charset=utf-8")
    name = registration.activity.number
    response["Content-Disposition"] = f'attachment; filename="{name}.ics"'
    return response


def _registration(pk: uuid.UUID) -> Registration:
    people = Registration.objects.with_people().select_related("activity__owner")
    return get_object_or_404(people, pk=pk)
