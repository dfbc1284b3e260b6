"""What an activity owes: its milestones and its documents, and the files that were handed in."""

import uuid
from collections.abc import Callable
from typing import Any

from django import forms
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from symposia.accounts.memberships import members
from symposia.accounts.models import User
from symposia.accounts.permissions import Permission
from symposia.accounts.queries import role_names
from symposia.activities.actions.duties import (
    HandedIn,
    add_document,
    add_milestone,
    assign_milestone,
    complete_milestone,
    hand_in_document,
    reopen_milestone,
    waive_document,
)
from symposia.activities.duties import LARGEST, objection_to_document
from symposia.activities.duty_lists import DUTY_TONES
from symposia.activities.models import Activity, DocumentSlot, DutyState, Milestone
from symposia.activities.signed import asked_again_by
from symposia.activities.wall import may
from symposia.audit.queries import entries_about
from symposia.web.gates import requires
from symposia.web.office.activity_tabs import activity_or_404, workspace
from symposia.web.office.asking import Question, ask, do, given, warned_of
from symposia.web.office.record_history import history_of
from symposia.web.requests import UserRequest


class DutyForm(forms.Form):
    """One more thing that is owed."""

    title = forms.CharField(label=gettext_lazy("What"), max_length=200)
    days = forms.IntegerField(
        label=gettext_lazy("Days"),
        help_text=gettext_lazy("From the day it begins; less than 0 is before it."),
        min_value=-1000,
        max_value=1000,
    )


class OwnerForm(forms.Form):
    """Who owes a milestone."""

    owner = forms.ChoiceField(label=gettext_lazy("Owner"), required=False)

    def __init__(self, *args: Any, people: list[User], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        known = [("", _("whoever plans the activity")), *((str(p.pk), str(p)) for p in people)]
        self.fields["owner"].choices = known  # type: ignore[attr-defined]


class DocumentForm(forms.Form):
    """A file for a document."""

    file = forms.FileField(label=gettext_lazy("File"))
    note = forms.CharField(label=gettext_lazy("Note"), max_length=300, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        words = _(
            "A PDF, an image, or a Word, PowerPoint or Excel file, up to %(megabytes)s megabytes."
        )
        self.fields["file"].help_text = words % {"megabytes": LARGEST // 1024**2}


class WaiverForm(forms.Form):
    """Why a document is not needed."""

    reason = forms.CharField(label=gettext_lazy("Reason"), max_length=300)


@require_GET
@requires(Permission.VIEW_ACTIVITIES)
def tasks(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    """Milestones and documents, by the day they are due."""
    context = workspace(request, pk, "activity_tasks")
    activity, on = context["activity"], localdate()
    names = role_names()
    context |= {
        "milestones": [_judged(each, names) for each in Milestone.objects.of(activity).judged(on)],
        "documents": [
            _judged(each, names) for each in DocumentSlot.objects.of(activity).judged(on)
        ],
    }
    given = any(each["row"].is_there for each in context["documents"])
    context["may_take"] = given and request.access.holds(Permission.EXPORT)
    return render(request, "office/activities/tasks.html", context)


def _judged(each: Any, names: dict[str, str]) -> dict[str, Any]:
    state = DutyState(each.state)
    return {
        "row": each,
        "state": state.label,
        "tone": DUTY_TONES[state],
        "role": names.get(each.role, each.role),
    }


@require_http_methods(["GET", "POST"])
@requires(Permission.PLAN_ACTIVITIES)
def milestone_new(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    return _new(request, pk, _("New milestone"), add_milestone)


@require_http_methods(["GET", "POST"])
@requires(Permission.PLAN_ACTIVITIES)
def document_new(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    return _new(request, pk, _("New document"), add_document)


def _new(request: UserRequest, pk: uuid.UUID, title: str, add: Callable[..., Any]) -> HttpResponse:
    activity = activity_or_404(request, pk, Permission.PLAN_ACTIVITIES)
    back = reverse("activity_tasks", args=[pk])

    def act(data: dict[str, Any]) -> str:
        add(activity, title=data["title"], days=data["days"], by=request.actor)
        return back

    question = Question(title, activity.title, back, _("Add"))
    return ask(request, DutyForm(given(request)), question, act)


@require_POST
@requires(Permission.PLAN_ACTIVITIES)
def tick(request: UserRequest, pk: uuid.UUID, milestone_pk: uuid.UUID) -> HttpResponse:
    """Tick a milestone off, or take the tick back."""
    milestone = _milestone(request, pk, milestone_pk)
    act = reopen_milestone if "undo" in request.POST else complete_milestone
    back = reverse("activity_tasks", args=[pk])
    return do(request, lambda: act(milestone, by=request.actor), back)


@require_http_methods(["GET", "POST"])
@requires(Permission.PLAN_ACTIVITIES)
def owner(request: UserRequest, pk: uuid.UUID, milestone_pk: uuid.UUID) -> HttpResponse:
    """Who owes it."""
    milestone = _milestone(request, pk, milestone_pk)
    people = [each.membership.user for each in members()]
    form = OwnerForm(
        given(request), initial={"owner": str(milestone.owner_id or "")}, people=people
    )
    back = reverse("activity_tasks", args=[pk])

    def act(data: dict[str, Any]) -> str:
        chosen = next((p for p in people if str(p.pk) == data["owner"]), None)
        assign_milestone(milestone, chosen, by=request.actor)
        return back

    return ask(request, form, Question(_("Owner"), milestone.title, back, _("Save")), act)


@require_GET
@requires(Permission.VIEW_ACTIVITIES)
def document(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    """A document with its versions; a PDF or an image is shown on the origin of files."""
    slot = _slot(request, pk)
    context = {
        "slot": slot,
        "versions": slot.versions.select_related("file").order_by("-number"),
        "objection": objection_to_document(slot),
        "may_plan": may(request.access, slot.activity.mode, Permission.PLAN_ACTIVITIES),
        "entries": history_of(entries_about(slot.pk)[:50]),
    }
    return render(request, "office/activities/document.html", context)


@require_http_methods(["GET", "POST"])
@requires(Permission.PLAN_ACTIVITIES)
def hand_in(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    """The next version of a document."""
    slot = _slot(request, pk, Permission.PLAN_ACTIVITIES)
    back = reverse("document", args=[pk])
    files = request.FILES if request.method == "POST" else None

    def act(data: dict[str, Any]) -> str:
        file = data["file"]
        handed = HandedIn(file.read(), file.name, data["note"])
        hand_in_document(slot, handed, by=request.actor)
        return back

    # What is due after the day itself is signed by nobody.
    steps = asked_again_by(slot.activity, "document") if slot.days <= 0 else []
    note, objection = warned_of(steps), objection_to_document(slot)
    question = Question(_("Hand in"), slot.title, back, _("Keep this version"), note, objection)
    return ask(request, DocumentForm(given(request), files), question, act)


@require_http_methods(["GET", "POST"])
@requires(Permission.PLAN_ACTIVITIES)
def waive(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    """Why this activity does not need it."""
    slot = _slot(request, pk, Permission.PLAN_ACTIVITIES)
    back = reverse("document", args=[pk])

    def act(data: dict[str, Any]) -> str:
        waive_document(slot, reason=data["reason"], by=request.actor)
        return back

    question = Question(_("Not needed"), slot.title, back, _("Save"))
    return ask(request, WaiverForm(given(request)), question, act)


def _milestone(request: UserRequest, pk: uuid.UUID, milestone_pk: uuid.UUID) -> Milestone:
    activity = activity_or_404(request, pk, Permission.PLAN_ACTIVITIES)
    return get_object_or_404(Milestone.objects.of(activity), pk=milestone_pk)


def _slot(
    request: UserRequest, pk: uuid.UUID, permission: Permission = Permission.VIEW_ACTIVITIES
) -> DocumentSlot:
    seen = Activity.objects.visible_to(request.access, permission)
    rows = DocumentSlot.objects.visible_to(request.access).filter(activity__in=seen)
    return get_object_or_404(rows.select_related("activity"), pk=pk)
