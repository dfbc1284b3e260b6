"""Discussions on a phone, without a script: for learners and for faculty, each by the own link."""

import uuid
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from symposia.activities.models import Activity
from symposia.learning.actions.contributions import (
    EDIT_MINUTES,
    Said,
    contribute,
    edit_contribution,
    report_contribution,
    withdraw_contribution,
)
from symposia.learning.actions.following import follow_discussion, stop_following
from symposia.learning.discussing import (
    Voice,
    discussions_of,
    following_of,
    said_where,
    threads_of,
)
from symposia.learning.discussion_rules import (
    objection_to_editing,
    objection_to_reading,
    objection_to_speaking,
)
from symposia.learning.models import Contribution, Discussion
from symposia.shared.actors import Actor
from symposia.shared.refusals import Refused
from symposia.shared.times import day_at
from symposia.web.learner.talk_forms import ContributionForm, EditForm, ReportForm

FOLDER = "learner/talk"


@dataclass(frozen=True)
class Door:
    """Through which link somebody came in, who speaks, and where the pages of that link are."""

    prefix: str
    token: str
    voice: Voice
    activity: Activity
    back: str
    by: Actor

    def to(self, name: str, *args: object) -> str:
        return reverse(f"{self.prefix}_{name}", args=[self.token, *args])


@require_GET
def index(request: Any, door: Door) -> HttpResponse:
    """The discussions of the activity."""
    at = now()
    rows = [
        (each, door.to("discussion", each.pk), _stand(door, each, at))
        for each in discussions_of(door.activity)
    ]
    context = {"door": door, "activity": door.activity, "rows": rows}
    return render(request, f"{FOLDER}/discussions.html", context)


@require_GET
def show(request: Any, door: Door, discussion_pk: uuid.UUID) -> HttpResponse:
    """The paper, the questions, what was said, and the box to say something."""
    return _page(request, door, _discussion(door, discussion_pk))


@require_POST
def say(request: Any, door: Door, discussion_pk: uuid.UUID) -> HttpResponse:
    """Say something, or reply."""
    discussion = _discussion(door, discussion_pk)
    head = _head(door, request.POST.get("head", ""))
    form = ContributionForm(request.POST, discussion=discussion)
    if form.is_valid():
        said = Said(form.cleaned_data["text"], head, form.cleaned_data.get("question"))
        try:
            kept = contribute(discussion, door.voice, said, by=door.by)
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            if not kept.is_shown:
                messages.success(request, _("Thank you. A moderator looks at it first."))
            return redirect(f"{door.to('discussion', discussion.pk)}#said-{kept.pk}")
    return _page(request, door, discussion, form=form, head=head)


@require_http_methods(["GET", "POST"])
def edit(request: Any, door: Door, contribution_pk: uuid.UUID) -> HttpResponse:
    """Change the own words within a short while."""
    found = _contribution(door, contribution_pk)
    if not door.voice.wrote(found):
        raise Http404
    first = {"text": found.text, "seen_version": found.version}
    form = EditForm(request.POST or None, initial=first)
    minutes = found.discussion.edit_minutes if found.discussion else EDIT_MINUTES
    objection = objection_to_editing(found, door.voice, minutes, at=now())

    def act(said: dict[str, Any]) -> None:
        seen = said["seen_version"] or 0
        edit_contribution(found, door.voice, said["text"], seen_version=seen, by=door.by)

    around = {"title": _("Change what you said"), "submit": _("Save"), "objection": objection}
    return _asked(request, door, found, form, act, around)


@require_POST
def withdraw(request: Any, door: Door, contribution_pk: uuid.UUID) -> HttpResponse:
    """Take the own words back."""
    found = _contribution(door, contribution_pk)
    try:
        withdraw_contribution(found, door.voice, by=door.by)
        messages.success(request, _("It is taken back, and counts for nothing."))
    except Refused as refused:
        messages.error(request, str(refused))
    return redirect(_place(door, found))


@require_http_methods(["GET", "POST"])
def report(request: Any, door: Door, contribution_pk: uuid.UUID) -> HttpResponse:
    """Tell a moderator what is wrong with something."""
    found = _contribution(door, contribution_pk)

    def act(said: dict[str, Any]) -> None:
        report_contribution(found, door.voice, said["reason"], by=door.by)
        messages.success(request, _("Thank you. A moderator looks at it."))

    around: dict[str, Any] = {"title": _("Report it"), "submit": _("Report it")}
    if found.is_shown:
        around["quoted"] = found
    return _asked(request, door, found, ReportForm(request.POST or None), act, around)


@require_POST
def follow(request: Any, door: Door, discussion_pk: uuid.UUID) -> HttpResponse:
    """Hear by mail what is new, or no more."""
    discussion = _discussion(door, discussion_pk)
    place = door.voice.registration
    if place is not None:
        try:
            if request.POST.get("follow") == "no":
                stop_following(discussion, place, by=door.by)
            else:
                follow_discussion(discussion, place, by=door.by)
        except Refused as refused:
            messages.error(request, str(refused))
    return redirect(door.to("discussion", discussion.pk))


def threads_shown(
    door: Door, place: Any, minutes: int, *, head: Contribution | None, form: Any
) -> list[dict[str, Any]]:
    """The threads with what this reader may do with each word."""
    at = now()

    def shown(each: Contribution) -> dict[str, Any]:
        return {
            "said": each,
            "is_own": door.voice.wrote(each),
            "may_edit": objection_to_editing(each, door.voice, minutes, at=at) is None,
            "edit_to": door.to("contribution", each.pk),
            "gone_to": door.to("contribution_withdrawal", each.pk),
            "report_to": door.to("contribution_report", each.pk),
        }

    return [
        {
            "head": shown(thread.head),
            "replies": [shown(each) for each in thread.replies],
            "form": form if head and head.pk == thread.head.pk else None,
        }
        for thread in threads_of(place, door.voice)
    ]


def _page(
    request: Any,
    door: Door,
    discussion: Discussion,
    *,
    form: ContributionForm | None = None,
    head: Contribution | None = None,
) -> HttpResponse:
    at = now()
    voice, objection = door.voice, _stand(door, discussion, at)
    hidden = objection_to_reading(discussion, voice)
    place = voice.registration
    context = {
        "door": door,
        "activity": door.activity,
        "discussion": discussion,
        "objection": objection,
        "form": form if form and head is None else ContributionForm(discussion=discussion),
        "threads": []
        if hidden
        else threads_shown(door, discussion, discussion.edit_minutes, head=head, form=form),
        "to": door.to("contributions", discussion.pk),
        "index": door.to("discussions"),
        "follows": place is not None and following_of(discussion, place) is not None,
        "follow_to": door.to("following", discussion.pk) if place is not None else "",
    }
    status = 422 if form is not None and form.errors else 200
    return render(request, f"{FOLDER}/discussion.html", context, status=status)


def _asked(
    request: Any,
    door: Door,
    found: Contribution,
    form: forms.Form,
    act: Callable[[dict[str, Any]], None],
    around: dict[str, Any],
) -> HttpResponse:
    back = _place(door, found)
    if form.is_bound and form.is_valid():
        try:
            act(form.cleaned_data)
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            return redirect(back)
    context = {"door": door, "activity": door.activity, "form": form, "back": back, **around}
    return render(request, f"{FOLDER}/form.html", context, status=422 if form.errors else 200)


def _stand(door: Door, discussion: Discussion, at: Any) -> Any:
    return objection_to_speaking(discussion, door.voice, on=day_at(at, door.activity.zone))


def _discussion(door: Door, pk: uuid.UUID) -> Discussion:
    return get_object_or_404(Discussion.objects.of(door.activity).select_related("activity"), pk=pk)


def _contribution(door: Door, pk: uuid.UUID) -> Contribution:
    return get_object_or_404(said_where(door.activity), pk=pk)


def _head(door: Door, said: str) -> Contribution | None:
    """What is replied to, where one is named."""
    if not said:
        return None
    try:
        pk = uuid.UUID(said)
    except ValueError:
        return None
    return _contribution(door, pk)


def _place(door: Door, found: Contribution) -> str:
    """The page on which it stands."""
    if found.discussion_id:
        return door.to("discussion", found.discussion_id)
    return reverse("my_practice", args=[door.token, found.practice_id])
