"""Binders of evidence: drawn or chosen, made, looked through, taken home."""

import uuid
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.timezone import localdate, now
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from symposia.accounts.permissions import Permission
from symposia.activities.models.activities import Type
from symposia.reporting.actions.binders import choose_binder, draw_binder, take_binder
from symposia.reporting.binder_papers import archive_of
from symposia.reporting.drawing import MOST, SAMPLE, DrawRule
from symposia.reporting.models import Binder, BinderEdition, BinderInvitation
from symposia.reporting.queries import activities_bound, files_bound, last_edition
from symposia.reporting.tasks import start_binder
from symposia.shared.refusals import Refused
from symposia.web.gates import requires
from symposia.web.office.activity_tabs import activity_or_404
from symposia.web.office.asking import Question, ask, do, given
from symposia.web.office.binder_views import activity_said, programme_said, summary_of
from symposia.web.pdfs import archive_file
from symposia.web.requests import UserRequest
from symposia.work.models import Job
from symposia.work.queries import job_leading_to

_VIEW, _DO, _TAKE = Permission.VIEW_CREDITS, Permission.AWARD_CREDITS, Permission.EXPORT
FOLDER = "office/binders"


class DrawForm(forms.Form):
    """From what a sample is drawn."""

    title = forms.CharField(label=gettext_lazy("What it is for"), max_length=200)
    from_year = forms.IntegerField(
        label=gettext_lazy("From the year"), min_value=2000, max_value=2100
    )
    until_year = forms.IntegerField(
        label=gettext_lazy("Until the year"), min_value=2000, max_value=2100
    )
    types = forms.MultipleChoiceField(
        label=gettext_lazy("Types"),
        help_text=gettext_lazy("None chosen: every type."),
        choices=Type.choices,
        widget=forms.SelectMultiple(attrs={"size": 6}),
        required=False,
    )
    size = forms.IntegerField(
        label=gettext_lazy("Activities"),
        help_text=gettext_lazy("ACCME picks up to fifteen for a review."),
        min_value=1,
        max_value=MOST,
    )
    seed = forms.CharField(
        label=gettext_lazy("Seed"),
        help_text=gettext_lazy(
            "Empty: one is made and kept. The same seed draws the same activities again."
        ),
        max_length=40,
        required=False,
    )

    def rule(self) -> DrawRule:
        said = self.cleaned_data
        years = (said["from_year"], said["until_year"])
        return DrawRule(*years, tuple(said["types"]), said["size"])


class ChooseForm(forms.Form):
    """Which activities are bound."""

    title = forms.CharField(label=gettext_lazy("What it is for"), max_length=200)
    numbers = forms.CharField(
        label=gettext_lazy("Numbers of the activities"),
        help_text=gettext_lazy("One a line: ACT-2026-0142."),
        widget=forms.Textarea(attrs={"rows": 6}),
        max_length=2000,
    )


@require_http_methods(["GET", "POST"])
@requires(_DO, of_all=True)
def draw(request: UserRequest) -> HttpResponse:
    """Draw a sample by type and year, and begin to gather its evidence."""
    year = localdate().year
    first = {"from_year": year - 1, "until_year": year, "size": SAMPLE}
    form = DrawForm(given(request), initial=first)

    def act(said: dict[str, Any]) -> str:
        made = draw_binder(said["title"], form.rule(), seed=said["seed"], by=request.actor)
        return _started(request, made)

    note = _("Round by round one activity of each type and year, in the order of the seed.")
    question = Question(_("Draw a sample"), _("Binders"), reverse("binders"), _("Draw"), note)
    return ask(request, form, question, act)


@require_http_methods(["GET", "POST"])
@requires(_DO, of_all=True)
def choose(request: UserRequest) -> HttpResponse:
    """Name the activities, and begin to gather their evidence."""
    form = ChooseForm(given(request))

    def act(said: dict[str, Any]) -> str:
        numbers = said["numbers"].replace(",", "\n").splitlines()
        return _started(request, choose_binder(said["title"], numbers, by=request.actor))

    back = reverse("binders")
    question = Question(_("Choose activities"), _("Binders"), back, _("Gather the evidence"))
    return ask(request, form, question, act)


@require_POST
@requires(_DO, of_all=True)
def of_activity(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    """The binder of one activity alone."""
    activity = activity_or_404(request, pk, _DO)
    back = reverse("activity_reports", args=[pk])
    made: list[Binder] = []

    def act() -> None:
        made.append(choose_binder(activity.title, [activity.number], by=request.actor))
        _started(request, made[0])

    response = do(request, act, back)
    return redirect("binder", made[0].pk) if made else response


def _started(request: UserRequest, binder: Binder) -> str:
    address = reverse("binder", args=[binder.pk])
    start_binder(binder, by=request.actor, href=address)
    return address


@require_GET
@requires(_VIEW, of_all=True)
def show(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    """How it came about, how far it is, what its activities lack, and who reads it."""
    binder = _binder(request, pk)
    edition, job = last_edition(binder), job_leading_to(reverse("binder", args=[pk]))
    guests = BinderInvitation.objects.of(binder)
    context = {
        "binder": binder,
        "edition": edition,
        "job": job if job and not _is_kept(job, edition) else None,
        "waits": bool(job and job.finished_at is None),
        "bound": summary_of(edition) if edition else [],
        "programme": programme_said(request, edition) if edition else [],
        "activities": [] if edition else activities_bound(binder),
        "guests": [(each, each.opens(now())) for each in guests],
        "may_act": request.access.everywhere(_DO),
        "may_take": request.access.holds(_TAKE),
    }
    return render(request, f"{FOLDER}/show.html", context)


def _is_kept(job: Job, edition: BinderEdition | None) -> bool:
    """Whether what the work made is on the page already."""
    return edition is not None and job.result_id == edition.paper_id


@require_GET
@requires(_VIEW, of_all=True)
def activity(request: UserRequest, pk: uuid.UUID, position: int) -> HttpResponse:
    """One activity of a binder: criterion by criterion, with the way to what is missing."""
    binder, edition = _made(request, pk)
    context = {
        "binder": binder,
        "edition": edition,
        "said": activity_said(request, edition, position),
    }
    return render(request, f"{FOLDER}/activity.html", context)


@require_POST
@requires(_DO, of_all=True)
def make(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    """Gather the evidence anew; what was made before stays as it was."""
    binder = _binder(request, pk)
    address = reverse("binder", args=[pk])
    said = _("It is being made. It is safe to leave this page.")
    return do(request, lambda: start_binder(binder, by=request.actor, href=address), address, said)


@require_GET
@requires(_VIEW, _TAKE, of_all=True)
def archive(request: UserRequest, pk: uuid.UUID) -> HttpResponseBase:
    """The paper and every file, with a manifest of their hashes."""
    binder = _binder(request, pk)
    try:
        edition = take_binder(binder, by=request.actor)
    except Refused as refused:
        messages.error(request, str(refused))
        return redirect("binder", pk)
    name = f"{binder.number}-{edition.number}"
    return archive_file(archive_of(edition, files_bound(edition)), name)


def _binder(request: UserRequest, pk: uuid.UUID) -> Binder:
    return get_object_or_404(Binder.objects.visible_to(request.access), pk=pk)


def _made(request: UserRequest, pk: uuid.UUID) -> tuple[Binder, BinderEdition]:
    binder = _binder(request, pk)
    edition = last_edition(binder)
    if edition is None:
        raise Http404
    return binder, edition
