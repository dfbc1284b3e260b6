"""Exceptions from rules, and who or what must not be part of an activity."""

import uuid
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from symposia.accounts.permissions import Permission
from symposia.accounts.queries import local_day
from symposia.compliance.actions.values import (
    RestrictionFacts,
    add_restriction,
    end_override,
    grant_override,
    lift_restriction,
)
from symposia.compliance.models import Finding, Override, Restriction, RestrictionKind
from symposia.directory.models import Clinician
from symposia.web.gates import requires
from symposia.web.office.asking import Question, ask, given
from symposia.web.office.rules_forms import day_field
from symposia.web.requests import UserRequest

WRITES = ["GET", "HEAD", "POST"]


def _words(label: Any, *, hint: Any = "") -> forms.CharField:
    return forms.CharField(
        label=label, help_text=hint, widget=forms.Textarea(attrs={"rows": 3}), max_length=2000
    )


class ExceptionForm(forms.Form):
    """Why somebody is allowed what a rule forbids, and until when."""

    reason = _words(gettext_lazy("Reason"), hint=gettext_lazy("It stands beside the finding."))
    expires_on = day_field(gettext_lazy("Until"), hint=gettext_lazy("At most a year from today."))


class ReasonForm(forms.Form):
    """Why something ends."""

    reason = _words(gettext_lazy("Reason"))


class PersonRestrictionForm(forms.Form):
    """From when until when a person must not be engaged."""

    reason = _words(gettext_lazy("Reason"))
    from_on = day_field(gettext_lazy("From"))
    until_on = day_field(gettext_lazy("Until"), required=False)


class ProductRestrictionForm(PersonRestrictionForm):
    """A word that must not stand in the title, the summary or the agenda of an activity."""

    words = forms.CharField(label=gettext_lazy("Product or topic"), max_length=200)
    field_order = ("words",)


@require_http_methods(WRITES)
@requires(Permission.MANAGE_RULES)
def grant(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    """Make an exception from the rule of one finding."""
    rows = Finding.objects.visible_to(request.access, Permission.MANAGE_RULES)
    found = get_object_or_404(rows.select_related("evaluation", "pack", "own_pack"), pk=pk)
    back = reverse("activity_rules", args=[found.evaluation.subject_id])

    def act(said: dict[str, Any]) -> str:
        grant_override(found, by=request.actor, **said)
        messages.success(request, _("The exception stands."))
        return back

    title = _("Exception from %(rule)s") % {"rule": found.rule}
    note = f"{found.message} {found.citation}"
    question = Question(title, found.evaluation.title, back, _("Make the exception"), note)
    return ask(request, ExceptionForm(given(request)), question, act)


@require_http_methods(WRITES)
@requires(Permission.MANAGE_RULES)
def end(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    """Take an exception back before its day."""
    rows = Override.objects.visible_to(request.access, Permission.MANAGE_RULES)
    override = get_object_or_404(rows, pk=pk)
    back = reverse("activity_rules", args=[override.subject_id])

    def act(said: dict[str, Any]) -> str:
        end_override(override, by=request.actor, **said)
        messages.success(request, _("The rule speaks again."))
        return back

    title = _("End the exception from %(rule)s") % {"rule": override.rule}
    question = Question(title, override.title, back, _("End it"), override.reason)
    return ask(request, ReasonForm(given(request)), question, act)


@require_http_methods(WRITES)
@requires(Permission.MANAGE_RULES, of_all=True)
def restrict(request: UserRequest) -> HttpResponse:
    """Put a product or topic on the list."""
    form = ProductRestrictionForm(given(request), initial={"from_on": local_day()})
    return _restrict(request, form, kind=RestrictionKind.PRODUCT)


@require_http_methods(WRITES)
@requires(Permission.MANAGE_RULES, of_all=True)
def restrict_person(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    """Put somebody of the directory on the list."""
    rows = Clinician.objects.visible_to(request.access)
    person = get_object_or_404(rows, pk=pk)
    form = PersonRestrictionForm(given(request), initial={"from_on": local_day()})
    note = _("%(person)s must not be engaged while this stands.") % {"person": person.called}
    more = {"kind": RestrictionKind.PERSON, "clinician_id": person.pk}
    return _restrict(request, form, note=note, **more)


def _restrict(request: UserRequest, form: forms.Form, note: str = "", **facts: Any) -> HttpResponse:
    back = reverse("restrictions")

    def act(said: dict[str, Any]) -> str:
        add_restriction(RestrictionFacts(**facts, **said), by=request.actor)
        messages.success(request, _("It is on the list."))
        return back

    question = Question(_("New restriction"), _("Restrictions"), back, _("Add"), note)
    return ask(request, form, question, act)


@require_http_methods(WRITES)
@requires(Permission.MANAGE_RULES, of_all=True)
def lift(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    """What a restriction says, and taking it off the list."""
    restriction = get_object_or_404(Restriction.objects.visible_to(request.access), pk=pk)
    back = reverse("restrictions")

    def act(said: dict[str, Any]) -> str:
        lift_restriction(restriction, by=request.actor, **said)
        messages.success(request, _("It is off the list."))
        return back

    question = Question(str(restriction), _("Restrictions"), back, _("Lift it"), restriction.reason)
    return ask(request, ReasonForm(given(request)), question, act)
