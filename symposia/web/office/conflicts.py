"""The attendance of an activity reconciled: each conflict decided, then all of it signed."""

import uuid
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_GET, require_POST

from symposia.accounts.permissions import Permission
from symposia.attendance.actions.conflicts import (
    Decision,
    accept_proposals,
    decide_conflict,
    find_conflicts,
    reopen_conflict,
)
from symposia.attendance.actions.signing import sign_attendance
from symposia.attendance.conflict_lists import CONFLICT_TONES, CONFLICTS
from symposia.attendance.conflict_words import (
    CHOICE_WORDS,
    proposal_of,
    sentence_of_conflict,
    who_in,
)
from symposia.attendance.conflicts import CHOICES
from symposia.attendance.explaining import explain_presence
from symposia.attendance.models import Conflict, ConflictKind
from symposia.attendance.policies import objection_to_deciding, objection_to_signing
from symposia.attendance.queries import people_for_desk
from symposia.attendance.reconciling import (
    last_signature,
    neighbours_of,
    similar_to,
    undecided_in,
)
from symposia.directory.models import Clinician
from symposia.registrations.models import Registration
from symposia.shared.refusals import Refused
from symposia.web.formats import clock_in
from symposia.web.gates import requires
from symposia.web.office.activity_tabs import activity_or_404, frame_of
from symposia.web.office.asking import do
from symposia.web.presence_timeline import presence_drawn
from symposia.web.requests import UserRequest
from symposia.web.walls import shown

PAGE = "office/attendance/conflict.html"
_VIEW, _MANAGE = Permission.VIEW_ATTENDANCE, Permission.MANAGE_REGISTRATIONS


class DecisionForm(forms.Form):
    """How a conflict is decided, whose place it is where that is asked, and why."""

    choice = forms.ChoiceField(label=gettext_lazy("Your decision"), widget=forms.RadioSelect)
    place = forms.ChoiceField(label=gettext_lazy("Who it is"), required=False)
    reason = forms.CharField(
        label=gettext_lazy("Reason"),
        max_length=300,
        help_text=gettext_lazy("Kept with the decision and in the journal."),
    )

    def __init__(
        self, conflict: Conflict, *args: Any, people: list[tuple[str, str]], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        ways = [(choice, CHOICE_WORDS[choice]) for choice in CHOICES[conflict.kind]]
        self.fields["choice"].choices = ways  # type: ignore[attr-defined]
        self.fields["place"].choices = [("", _("As proposed")), *people]  # type: ignore[attr-defined]
        if conflict.kind != ConflictKind.UNMATCHED:
            del self.fields["place"]


class ReasonForm(forms.Form):
    """Why a decision is taken back, or made for all that are alike."""

    reason = forms.CharField(label=gettext_lazy("Reason"), max_length=300)


class SignatureForm(forms.Form):
    """What the person who signs says."""

    statement = forms.CharField(
        label=gettext_lazy("What you sign"),
        max_length=300,
        initial=gettext_lazy("I have reconciled this attendance; it is right and complete."),
    )


def listed(request: UserRequest, activity_pk: uuid.UUID) -> dict[str, Any]:
    """Around the list: how many are to be decided, who signed, the next step."""
    activity = activity_or_404(request, activity_pk, _VIEW)
    undecided = undecided_in(activity)
    return {
        **frame_of(request, activity, "activity_attendance"),
        "undecided": undecided,
        "signed": last_signature(activity),
        "sign_form": SignatureForm(),
        "sign_objection": objection_to_signing(activity, undecided=undecided),
        "may_decide": request.access.holds(_MANAGE),
    }


def people_listed(request: UserRequest, activity_pk: uuid.UUID) -> dict[str, Any]:
    """Around the list of people nobody has matched: the activity."""
    activity = activity_or_404(request, activity_pk, _VIEW)
    return frame_of(request, activity, "activity_attendance")


@require_GET
@requires(Permission.VIEW_ATTENDANCE)
def show(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    """One conflict: what does not fit, what was seen, what is proposed."""
    return _page(request, _conflict(request, pk, _VIEW))


@require_POST
@requires(Permission.MANAGE_REGISTRATIONS)
def decide(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    """Decide it, and go on with the next one."""
    conflict = _conflict(request, pk, _MANAGE)
    form = DecisionForm(conflict, request.POST, people=_people(request, conflict))
    if not form.is_valid():
        return _page(request, conflict, form=form, status=422)
    try:
        decide_conflict(conflict, _decision(request, form), by=request.actor)
    except Refused as refused:
        form.add_error(None, str(refused))
        return _page(request, conflict, form=form, status=422)
    messages.success(request, _("Decided: %(who)s") % {"who": who_in(conflict)})
    _before, following = neighbours_of(conflict)
    if following:
        return redirect("conflict", following)
    return redirect(CONFLICTS.name, conflict.activity_id)


@require_POST
@requires(Permission.MANAGE_REGISTRATIONS)
def accept_similar(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    """Accept the proposal for this one and for all that are alike."""
    conflict, form = _conflict(request, pk, _MANAGE), ReasonForm(request.POST)
    if not form.is_valid():
        return _page(request, conflict, similar=form, status=422)
    try:
        count = accept_proposals(conflict, reason=form.cleaned_data["reason"], by=request.actor)
    except Refused as refused:
        messages.error(request, str(refused))
        return redirect("conflict", conflict.pk)
    said = ngettext("%(n)d conflict is decided.", "%(n)d conflicts are decided.", count)
    messages.success(request, said % {"n": count})
    return redirect(CONFLICTS.name, conflict.activity_id)


@require_POST
@requires(Permission.MANAGE_REGISTRATIONS)
def reopen(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    """Take a decision back."""
    conflict, form = _conflict(request, pk, _MANAGE), ReasonForm(request.POST)
    if not form.is_valid():
        return _page(request, conflict, undo=form, status=422)
    reason, back = form.cleaned_data["reason"], reverse(CONFLICTS.name, args=[conflict.activity_id])
    done = _("The decision is taken back.")
    return do(
        request, lambda: reopen_conflict(conflict, reason=reason, by=request.actor), back, done
    )


@require_POST
@requires(Permission.MANAGE_REGISTRATIONS)
def look_again(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    """Look through the evidence again."""
    activity = activity_or_404(request, pk, _MANAGE)
    changed = find_conflicts(activity, by=request.actor)
    said = _("%(new)d new, %(gone)d no longer so.")
    messages.success(request, said % {"new": len(changed.new), "gone": len(changed.gone)})
    return redirect(CONFLICTS.name, activity.pk)


@require_POST
@requires(Permission.MANAGE_REGISTRATIONS)
def sign(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    """Sign that the attendance is right."""
    activity, form = activity_or_404(request, pk, _MANAGE), SignatureForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Say what you sign."))
        return redirect(CONFLICTS.name, activity.pk)
    statement, back = form.cleaned_data["statement"], reverse(CONFLICTS.name, args=[activity.pk])
    done = _("The attendance is signed.")
    return do(
        request,
        lambda: sign_attendance(activity, statement=statement, by=request.actor),
        back,
        done,
    )


def _decision(request: UserRequest, form: DecisionForm) -> Decision:
    said = form.cleaned_data
    what, _colon, key = said.get("place", "").partition(":")
    place = clinician = None
    if what == "place":
        rows = Registration.objects.visible_to(request.access, _MANAGE)
        place = get_object_or_404(rows, pk=key)
    elif what == "person":
        clinician = get_object_or_404(Clinician.objects.visible_to(request.access), pk=key)
    return Decision(said["choice"], said["reason"], registration=place, clinician=clinician)


def _people(request: UserRequest, conflict: Conflict) -> list[tuple[str, str]]:
    """Those whom a search finds: with a place here first, then others of the directory."""
    text = request.POST.get("q", "") or request.GET.get("q", "")
    if conflict.kind != ConflictKind.UNMATCHED or not text:
        return []
    found = people_for_desk(conflict.activity, text[:200], access=request.access)
    here = [(f"place:{one.pk}", str(one.clinician)) for one in found.registered]
    others = [
        (f"person:{one.pk}", _("%(name)s (no place yet)") % {"name": one}) for one in found.others
    ]
    return [*here, *others]


def _conflict(request: UserRequest, pk: uuid.UUID, permission: Permission) -> Conflict:
    rows = Conflict.objects.visible_to(request.access, permission).with_people()
    found = get_object_or_404(rows, pk=pk)
    shown(request, found.activity, permission)
    return found


def _page(
    request: UserRequest,
    conflict: Conflict,
    *,
    form: DecisionForm | None = None,
    status: int = 200,
    **forms_given: Any,
) -> HttpResponse:
    activity = conflict.activity
    first = {"choice": conflict.proposal}
    before, following = neighbours_of(conflict)
    place = conflict.registration or conflict.candidate
    explained = explain_presence(place) if place else None
    clock = clock_in(activity.zone)
    context = {
        "conflict": conflict,
        "activity": activity,
        "who": who_in(conflict),
        "tone": CONFLICT_TONES[conflict.state],  # type: ignore[index]
        "sentence": sentence_of_conflict(conflict, clock),
        "proposal": proposal_of(conflict),
        "decided": CHOICE_WORDS.get(conflict.choice),
        "explained": explained,
        "drawn": presence_drawn(explained.presence, explained.sessions, activity.zone)
        if explained
        else None,
        "reasons": explained.sentences(clock) if explained else [],
        "text": request.POST.get("q", "") or request.GET.get("q", ""),
        "form": form or DecisionForm(conflict, initial=first, people=_people(request, conflict)),
        "similar": forms_given.get("similar") or ReasonForm(initial={"reason": _("As proposed")}),
        "similar_count": similar_to(conflict),
        "undo": forms_given.get("undo") or ReasonForm(),
        "objection": objection_to_deciding(
            conflict, activity, choice=conflict.proposal, reason="-"
        ),
        "may_decide": request.access.holds(_MANAGE),
        "previous_id": before,
        "next_id": following,
    }
    return render(request, PAGE, context, status=status)
