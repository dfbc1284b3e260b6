"""Who is not asked, and why: noted, allowed by a letter, lifted."""

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
from symposia.directory.actions.restrictions import (
    RestrictionFacts,
    add_restriction_kind,
    lift_person_restriction,
    note_letter,
    restrict_person,
)
from symposia.directory.models import Effect, PersonRestriction
from symposia.directory.queries import kinds_of_restriction
from symposia.web.gates import requires
from symposia.web.office.asking import Question, ask, given
from symposia.web.office.clinician_record import clinician_or_404
from symposia.web.office.meeting_forms import DAY
from symposia.web.requests import UserRequest


class RestrictionForm(forms.Form):
    """Why somebody is not asked."""

    kind = forms.ChoiceField(label=gettext_lazy("Why"))
    source = forms.CharField(
        label=gettext_lazy("Who says so"),
        help_text=gettext_lazy("A register, the employer, the person, the family."),
        max_length=200,
    )
    from_on = forms.DateField(label=gettext_lazy("From"), widget=DAY)
    until_on = forms.DateField(
        label=gettext_lazy("Until"),
        help_text=gettext_lazy("Empty: until somebody lifts it."),
        widget=DAY,
        required=False,
    )
    reason = forms.CharField(
        label=gettext_lazy("Reason"),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=1000,
        required=False,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        known = kinds_of_restriction().values()
        self.fields["kind"].choices = [(k.code, k.name) for k in known]  # type: ignore[attr-defined]


class LetterForm(forms.Form):
    """The letter that allows to ask somebody."""

    letter = forms.CharField(
        label=gettext_lazy("Which letter"),
        help_text=gettext_lazy("From whom, of which day, and where it lies."),
        max_length=200,
    )
    until = forms.DateField(
        label=gettext_lazy("It holds until"),
        help_text=gettext_lazy("Empty: as long as the restriction."),
        widget=DAY,
        required=False,
    )


class LiftingForm(forms.Form):
    """Why a restriction no longer holds."""

    reason = forms.CharField(
        label=gettext_lazy("Why it no longer holds"),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=500,
    )


class KindForm(forms.Form):
    """A reason of the organisation's own."""

    name = forms.CharField(label=gettext_lazy("Reason"), max_length=100)
    effect = forms.ChoiceField(label=gettext_lazy("What it does"), choices=Effect.choices)


@require_http_methods(["GET", "POST"])
@requires(Permission.MANAGE_DIRECTORY)
def new(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    """Keep somebody from being asked."""
    clinician = clinician_or_404(request, pk, Permission.MANAGE_DIRECTORY)
    back = reverse("clinician_consent", args=[pk])
    form = RestrictionForm(given(request), initial={"from_on": local_day()})

    def act(said: dict[str, Any]) -> str:
        restrict_person(clinician, RestrictionFacts(**said), by=request.actor)
        return back

    note = _("Whoever chooses people to invite sees the reason. Places already held stay.")
    question = Question(_("Do not ask"), clinician.called, back, _("Restrict"), note)
    return ask(request, form, question, act)


@require_http_methods(["GET", "POST"])
@requires(Permission.MANAGE_DIRECTORY)
def letter(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    """Note the letter that allows it."""
    row = _row(request, pk)
    back = reverse("clinician_consent", args=[row.clinician_id])

    def act(said: dict[str, Any]) -> str:
        note_letter(row, said["letter"], until=said["until"], by=request.actor)
        return back

    title = _("The letter is there")
    question = Question(title, str(row), back, _("Note the letter"))
    return ask(request, LetterForm(given(request)), question, act)


@require_http_methods(["GET", "POST"])
@requires(Permission.MANAGE_DIRECTORY)
def lift(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    """Say why it no longer holds."""
    row = _row(request, pk)
    back = reverse("clinician_consent", args=[row.clinician_id])

    def act(said: dict[str, Any]) -> str:
        lift_person_restriction(row, reason=said["reason"], by=request.actor)
        return back

    question = Question(_("Lift the restriction"), str(row), back, _("Lift it"))
    return ask(request, LiftingForm(given(request)), question, act)


@require_GET
@requires(Permission.VIEW_DIRECTORY)
def kinds(request: UserRequest) -> HttpResponse:
    """Why people are not asked here."""
    context = {
        "kinds": kinds_of_restriction().values(),
        "may_add": request.access.holds(Permission.MANAGE_ORGANISATION),
    }
    return render(request, "office/consents/kinds.html", context)


@require_http_methods(["GET", "POST"])
@requires(Permission.MANAGE_ORGANISATION)
def new_kind(request: UserRequest) -> HttpResponse:
    """A reason of the organisation's own."""
    back = reverse("restriction_kinds")

    def act(said: dict[str, Any]) -> str:
        add_restriction_kind(said["name"], said["effect"], by=request.actor)
        return back

    title, parent = _("Another reason"), _("Why people are not asked")
    return ask(request, KindForm(given(request)), Question(title, parent, back, _("Add")), act)


def _row(request: UserRequest, pk: uuid.UUID) -> PersonRestriction:
    rows = PersonRestriction.objects.visible_to(request.access, Permission.MANAGE_DIRECTORY)
    return get_object_or_404(rows.for_list(), pk=pk)
