"""Discussions in the office: those of an activity, one of them, and what moderators do."""

import uuid
from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from symposia.accounts.permissions import Permission
from symposia.accounts.queries import local_day
from symposia.activities.wall import may
from symposia.learning.actions.contributions import Said, contribute
from symposia.learning.actions.discussions import (
    change_discussion,
    open_discussion,
    remove_discussion,
    tell_of_discussion,
)
from symposia.learning.actions.moderation import (
    hide_contribution,
    keep_contribution,
    pin_contribution,
    show_contribution,
)
from symposia.learning.discussing import (
    discussions_of,
    reports_about,
    threads_of,
    voice_of_office,
)
from symposia.learning.discussion_lists import CONTRIBUTION_TONES
from symposia.learning.discussion_rules import objection_to_speaking, objection_to_telling
from symposia.learning.models import Contribution, Discussion, DiscussionKind, Moderation, Practice
from symposia.shared.refusals import Refused
from symposia.shared.times import day_at
from symposia.web.gates import requires
from symposia.web.learner.talk_forms import ContributionForm
from symposia.web.office.activity_tabs import activity_or_404, frame_of
from symposia.web.office.asking import Question, ask, do, given, seen_in
from symposia.web.office.discussion_forms import (
    DiscussionForm,
    HidingForm,
    discussion_as_asked,
)
from symposia.web.requests import UserRequest
from symposia.web.walls import shown

SEES, WORKS = Permission.VIEW_EVALUATIONS, Permission.MANAGE_EVALUATIONS
FOLDER = "office/discussions"


@require_GET
@requires(SEES)
def of_activity(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    """The discussions of an activity, and how much was said in each."""
    activity = activity_or_404(request, pk, SEES)
    context = frame_of(request, activity, "activity_discussions")
    context["discussions"] = discussions_of(activity)
    context["may_work"] = may(request.access, activity.mode, WORKS)
    return render(request, f"{FOLDER}/activity.html", context)


@require_http_methods(["GET", "POST"])
@requires(WORKS)
def new(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    """Open a discussion in an activity."""
    activity = activity_or_404(request, pk, WORKS)
    first = {
        "kind": DiscussionKind.JOURNAL_CLUB,
        "moderation": Moderation.AFTER,
        "edit_minutes": 15,
        "opens_on": local_day(),
    }
    form = DiscussionForm(given(request), initial=first)

    def act(_said: dict[str, Any]) -> str:
        made = open_discussion(activity, form.facts(), by=request.actor)
        return reverse("discussion", args=[made.pk])

    back = reverse("activity_discussions", args=[pk])
    question = Question(_("New discussion"), activity.title, back, _("Open it"))
    return ask(request, form, question, act)


@require_http_methods(["GET", "POST"])
@requires(WORKS)
def edit(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    """Say otherwise what is discussed, until when, and how it is moderated."""
    discussion = discussion_or_404(request, pk, WORKS)
    first = discussion_as_asked(discussion)
    form = DiscussionForm(given(request), initial=first)
    back = reverse("discussion", args=[pk])

    def act(said: dict[str, Any]) -> str:
        seen = said["seen_version"] or 0
        change_discussion(discussion, form.facts(), seen_version=seen, by=request.actor)
        return back

    question = Question(_("Edit discussion"), discussion.title, back, _("Save"))
    return ask(request, form, question, act, first)


@require_GET
@requires(SEES)
def show(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    """Everything that was said, with what a moderator may do about it."""
    discussion = discussion_or_404(request, pk, SEES)
    shown(request, discussion.activity, SEES)
    return _page(request, discussion)


@require_POST
@requires(WORKS)
def say(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    """Say something as the organiser, or reply."""
    discussion = discussion_or_404(request, pk, WORKS)
    form = ContributionForm(request.POST, discussion=discussion)
    if form.is_valid():
        said = Said(form.cleaned_data["text"], _head(request), form.cleaned_data.get("question"))
        try:
            contribute(discussion, voice_of_office(request.actor), said, by=request.actor)
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            return redirect("discussion", pk)
    return _page(request, discussion, form)


@require_POST
@requires(WORKS)
def tell(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    """Write to everybody with a place."""
    discussion = discussion_or_404(request, pk, WORKS)
    done = _("Everybody with a place is written to, each with a link of their own.")
    return do(
        request,
        lambda: tell_of_discussion(discussion, by=request.actor),
        reverse("discussion", args=[pk]),
        done,
    )


@require_POST
@requires(WORKS)
def remove(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    """Take a discussion away in which nobody has spoken."""
    discussion = discussion_or_404(request, pk, WORKS)
    activity_pk = discussion.activity_id
    try:
        remove_discussion(discussion, by=request.actor)
    except Refused as refused:
        messages.error(request, str(refused))
        return redirect("discussion", pk)
    return redirect("activity_discussions", activity_pk)


@require_POST
@requires(WORKS)
def let_show(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    """Show what waits, or what was hidden."""
    seen = seen_in(request)
    return _moderated(
        request, pk, lambda each: show_contribution(each, seen_version=seen, by=request.actor)
    )


@require_POST
@requires(WORKS)
def keep(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    """Let stand what was reported."""
    return _moderated(request, pk, lambda each: keep_contribution(each, by=request.actor))


@require_POST
@requires(WORKS)
def pin(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    """Put a thread first, or back into its place."""
    pinned = request.POST.get("pinned") != "no"
    return _moderated(
        request, pk, lambda each: pin_contribution(each, pinned=pinned, by=request.actor)
    )


@require_http_methods(["GET", "POST"])
@requires(WORKS)
def hide(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    """Hide something, with a reason that its author reads."""
    found = contribution_or_404(request, pk)
    shown(request, found.activity, WORKS)
    back = place_of(found)

    def act(said: dict[str, Any]) -> str:
        hide_contribution(found, said["reason"], by=request.actor)
        return back

    note = f"{found.author_name}: {found.text}"
    question = Question(_("Hide it"), _("What was said"), back, _("Hide it"), note)
    return ask(request, HidingForm(given(request)), question, act)


def _moderated(
    request: UserRequest, pk: uuid.UUID, act: Callable[[Contribution], Any]
) -> HttpResponse:
    found = contribution_or_404(request, pk)
    return do(request, lambda: act(found), f"{place_of(found)}#said-{pk}")


def threads_moderated(request: UserRequest, place: Discussion | Practice) -> list[dict[str, Any]]:
    """The threads of a place with the reports about each word."""
    threads = threads_of(place, voice_of_office(request.actor))
    every = [each for one in threads for each in (one.head, *one.replies)]
    reports = reports_about([each.pk for each in every])

    def told(each: Contribution) -> dict[str, Any]:
        tone = CONTRIBUTION_TONES[each.state]
        return {"said": each, "tone": tone, "reports": reports.get(each.pk, [])}

    return [
        {"head": told(one.head), "replies": [told(each) for each in one.replies]} for one in threads
    ]


def _page(
    request: UserRequest, discussion: Discussion, form: ContributionForm | None = None
) -> HttpResponse:
    on = day_at(now(), discussion.activity.zone)
    voice = voice_of_office(request.actor)
    context = {
        "discussion": discussion,
        "activity": discussion.activity,
        "threads": threads_moderated(request, discussion),
        "form": form or ContributionForm(discussion=discussion),
        "objection": objection_to_speaking(discussion, voice, on=on),
        "telling": objection_to_telling(discussion, on=on),
        "may_work": may(request.access, discussion.activity.mode, WORKS),
    }
    status = 422 if form is not None and form.errors else 200
    return render(request, f"{FOLDER}/discussion.html", context, status=status)


def place_of(found: Contribution) -> str:
    """The page of the office on which it stands."""
    if found.discussion_id:
        return reverse("discussion", args=[found.discussion_id])
    return reverse("practice", args=[found.practice_id])


def discussion_or_404(request: UserRequest, pk: uuid.UUID, permission: Permission) -> Discussion:
    rows = Discussion.objects.visible_to(request.access, permission).select_related("activity")
    return get_object_or_404(rows, pk=pk)


def contribution_or_404(request: UserRequest, pk: uuid.UUID) -> Contribution:
    rows = Contribution.objects.visible_to(request.access, WORKS)
    return get_object_or_404(rows.select_related("activity", "discussion", "practice"), pk=pk)


def _head(request: UserRequest) -> Contribution | None:
    said = request.POST.get("head", "")
    try:
        return contribution_or_404(request, uuid.UUID(said)) if said else None
    except ValueError:
        return None
