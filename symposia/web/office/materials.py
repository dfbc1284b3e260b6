"""What may be given away after activities: proposed, approved by a second person, withdrawn."""

import uuid
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from symposia.accounts.permissions import Permission
from symposia.accounts.queries import local_day, person_behind
from symposia.activities.models import Activity
from symposia.activities.modes import Mode
from symposia.audit.queries import entries_about
from symposia.engagement.actions.materials import (
    approve_material,
    propose_material,
    withdraw_material,
)
from symposia.engagement.lists import MATERIAL_TONES
from symposia.engagement.models import ApprovedMaterial, MaterialKind, MaterialState
from symposia.engagement.policies import (
    LARGEST_FILE,
    LONGEST_WORDING,
    MaterialFacts,
    objection_to_approving,
)
from symposia.web.gates import requires
from symposia.web.office.asking import Question, WhyForm, ask, do, given
from symposia.web.office.meeting_forms import DAY
from symposia.web.office.record_history import history_of
from symposia.web.parts import Fact
from symposia.web.requests import UserRequest

PAGE = "office/engagement/material.html"
_SEES, _PROPOSES = Permission.VIEW_CURRICULUM, Permission.MANAGE_CURRICULUM
_DECIDES = Permission.DECIDE_APPROVALS
MODES = [(each.value, each.label) for each in (Mode.SCIENTIFIC, Mode.PROMOTIONAL)]


class MaterialForm(forms.Form):
    """A version of a material: what it is, its words, where it is, how long it is good."""

    name = forms.CharField(
        label=gettext_lazy("Name"),
        help_text=gettext_lazy("The same name again makes the next version."),
        max_length=120,
    )
    kind = forms.ChoiceField(label=gettext_lazy("Kind"), choices=MaterialKind.choices)
    wording = forms.CharField(
        label=gettext_lazy("Words that go with it"),
        help_text=gettext_lazy("Sent as they stand; representatives add nothing."),
        max_length=LONGEST_WORDING,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    file = forms.FileField(label=gettext_lazy("PDF"), required=False)
    address = forms.URLField(
        label=gettext_lazy("Or its address"), max_length=500, required=False, assume_scheme="https"
    )
    activity = forms.CharField(
        label=gettext_lazy("Of activity"),
        help_text=gettext_lazy("Its number; empty where it may follow any."),
        max_length=40,
        required=False,
    )
    modes = forms.MultipleChoiceField(
        label=gettext_lazy("After activities that are"),
        choices=MODES,
        widget=forms.CheckboxSelectMultiple,
    )
    valid_until = forms.DateField(label=gettext_lazy("Last day"), widget=DAY)

    def facts(self, activity: Activity | None) -> MaterialFacts:
        """What was filled in, for the action."""
        said, sent = self.cleaned_data, self.cleaned_data.get("file")
        return MaterialFacts(
            said["name"],
            said["kind"],
            said["wording"],
            said["modes"],
            said["valid_until"],
            said["address"],
            sent.name if sent else "",
            sent.read(LARGEST_FILE + 1) if sent else b"",
            activity.pk if activity else None,
        )


def listed(request: UserRequest) -> dict[str, Any]:
    """Beside the list: proposing one."""
    return {"may_propose": request.access.holds(_PROPOSES)}


@require_GET
@requires(_SEES)
def material(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    """One version: its words, where it is, who approved it, until when."""
    found = _material(request, pk)
    decides = request.access.holds(_DECIDES)
    objection = objection_to_approving(found, person_behind(request.actor), today=local_day())
    context = {
        "material": found,
        "tone": MATERIAL_TONES[found.state],
        "facts": _facts(found),
        "may_approve": decides and found.state == MaterialState.PROPOSED,
        "may_withdraw": decides and found.state != MaterialState.WITHDRAWN,
        "objection": objection,
        "why_form": WhyForm(),
        "entries": history_of(entries_about(found.pk)[:50]),
    }
    return render(request, PAGE, context)


@require_http_methods(["GET", "POST"])
@requires(_PROPOSES)
def new(request: UserRequest) -> HttpResponse:
    """Propose a material, or the next version of one."""
    sent = request.FILES if request.method == "POST" else None
    form = MaterialForm(given(request), sent)

    def act(said: dict[str, Any]) -> str:
        number = said["activity"].strip()
        rows = Activity.objects.visible_to(request.access)
        activity = get_object_or_404(rows, number__iexact=number) if number else None
        made = propose_material(form.facts(activity), by=request.actor)
        messages.success(request, _("Proposed; somebody else approves it."))
        return reverse("material", args=[made.pk])

    back = reverse("materials")
    note = _("A second person approves it before anybody gives it away.")
    question = Question(
        _("Propose a material"), _("Materials for follow-up"), back, _("Propose"), note
    )
    return ask(request, form, question, act)


@require_POST
@requires(_DECIDES)
def approve(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    """Let it be given away."""
    found = _material(request, pk)
    back = reverse("material", args=[pk])
    done = _("Approved; the version before it is withdrawn.")
    return do(request, lambda: approve_material(found, by=request.actor), back, done)


@require_POST
@requires(_DECIDES)
def withdraw(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    """Give it away no more."""
    found = _material(request, pk)
    reason = request.POST.get("reason", "")
    back = reverse("material", args=[pk])
    done = _("Withdrawn; its links open nothing any more.")
    return do(
        request, lambda: withdraw_material(found, reason=reason, by=request.actor), back, done
    )


def _material(request: UserRequest, pk: uuid.UUID) -> ApprovedMaterial:
    rows = ApprovedMaterial.objects.visible_to(request.access).for_list()
    return get_object_or_404(rows, pk=pk)


def _facts(found: ApprovedMaterial) -> list[Fact]:
    facts = [
        Fact(_("Kind"), found.get_kind_display()),
        Fact(_("After activities that are"), found.mode_words),
        Fact(_("Last day"), date_format(found.valid_until, "j M Y")),
        Fact(_("Proposed by"), found.proposed_by_name),
    ]
    if found.activity:
        facts.append(Fact(_("Of activity"), f"{found.activity.number} {found.activity.title}"))
    if found.approved_by_name:
        facts.append(Fact(_("Approved by"), found.approved_by_name))
    if found.withdrawn_because:
        facts.append(Fact(_("Withdrawn because"), found.withdrawn_because))
    if found.address:
        facts.append(Fact(_("Address"), found.address, href=found.address))
    if found.file_id:
        facts.append(Fact(_("PDF"), str(found.file), href=reverse("file", args=[found.file_id])))
    return facts
