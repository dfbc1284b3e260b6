"""Bringing the past: hand a file in, look at its rows, bring it in, compare, sign, take it back."""

import uuid
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from symposia.accounts.permissions import Permission
from symposia.directory.lists import TONES
from symposia.reporting.actions.past import PURPOSE, receive_past
from symposia.reporting.actions.past_standing import sign_past, undo_past
from symposia.reporting.models import PastKind
from symposia.reporting.past.columns import COLUMNS
from symposia.reporting.past.rules import (
    LARGEST,
    PAST_TOO_LARGE,
    TAKE_BACK_FOR,
    objection_to_bringing_in,
    objection_to_looking_again,
    objection_to_taking_past_back,
)
from symposia.reporting.past.sums import differences_in, sums_of
from symposia.reporting.past_lists import past_files
from symposia.reporting.queries import signed_of
from symposia.reporting.tasks import start_past_check, start_past_import
from symposia.shared.refusals import Refused
from symposia.web.gates import requires
from symposia.web.office.asking import Question, WhyForm, ask, do, given
from symposia.web.office.import_templates import template_file
from symposia.web.parts import Figure
from symposia.web.requests import UserRequest
from symposia.work.imports.kept import kept_upload
from symposia.work.models import Import, ImportState, Outcome
from symposia.work.queries import job_leading_to

_GATE = Permission.IMPORT_CLINICIANS
FOLDER = "office/past"


class PastForm(forms.Form):
    """A file of the past, and what it brings."""

    kind = forms.ChoiceField(label=gettext_lazy("What it brings"), choices=PastKind.choices)
    file = forms.FileField(
        label=gettext_lazy("File"),
        help_text=gettext_lazy(
            "The template, or the export of PARS (activities): CSV or XLSX, at most 25 MB."
        ),
        widget=forms.ClearableFileInput(attrs={"accept": ".csv,.txt,.tsv,.xlsx,.xls,.ods"}),
    )


class SignForm(forms.Form):
    """Answering for a file."""

    note = forms.CharField(
        label=gettext_lazy("Why file and records differ"),
        help_text=gettext_lazy("Needed where they do."),
        widget=forms.Textarea(attrs={"rows": 2}),
        max_length=500,
        required=False,
    )


@require_http_methods(["GET", "POST"])
@requires(_GATE, of_all=True)
def new(request: UserRequest) -> HttpResponse:
    """Hand in a file; nothing comes in before its rows were looked at."""
    form = PastForm(given(request), request.FILES or None)
    if form.is_bound and form.is_valid():
        said = form.cleaned_data
        try:
            return redirect(_looked_at(request, received(request, said["kind"], said["file"])))
        except Refused as refused:
            form.add_error("file", str(refused))
    kinds = [(kind, label, COLUMNS[kind]) for kind, label in PastKind.choices]
    context = {"form": form, "kinds": kinds}
    return render(request, f"{FOLDER}/new.html", context, status=422 if form.errors else 200)


def received(request: Any, kind: str, file: Any) -> Import:
    """Keep what was handed in, as it is. Raises Refused in words."""
    by = request.actor
    with kept_upload(file, purpose=PURPOSE, by=by, largest=LARGEST, too_large=PAST_TOO_LARGE) as (
        path,
        kept,
    ):
        return receive_past(path, kind, kept, by=by)


def _looked_at(request: UserRequest, made: Import) -> str:
    address = _address(made)
    start_past_check(made, by=request.actor, href=address)
    return address


@require_GET
@requires(_GATE)
def template(request: UserRequest, kind: str, form: str) -> HttpResponse:
    """The table to fill in, with an example row, or what its columns mean."""
    if kind not in COLUMNS:
        raise Http404
    return template_file(COLUMNS[kind], form, name=kind.replace("_", "-"))


def shown(request: UserRequest, pk: uuid.UUID) -> dict[str, Any]:
    """Around the report of the rows: how far the file is, its counts, the next step."""
    made = _file(request, pk)
    job, signed = job_leading_to(_address(made)), signed_of(made)
    back = objection_to_taking_past_back(made, reason="-", signed=bool(signed), at=now())
    return {
        "made": made,
        "kind": PastKind(made.kind).label,
        "tone": TONES[ImportState(made.state)],
        "job": job,
        "waits": bool(job and job.finished_at is None),
        "figures": [
            Figure(label, str(made.counts.get(name, 0)), f"{_address(made)}?outcome={name}")
            for name, label in Outcome.choices
            if made.counts.get(name)
        ],
        "may_bring_in": made.state == ImportState.CHECKED,
        "may_look_again": objection_to_looking_again(made) is None,
        "objection": objection_to_bringing_in(made),
        "may_take_back": back is None,
        "until": made.finished_at + TAKE_BACK_FOR if made.finished_at else None,
        "came_in": made.came_in,
        "signed": signed,
    }


@require_POST
@requires(_GATE, of_all=True)
def check(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    """Look at the rows once more, against what is there now."""
    made = _file(request, pk)
    return do(request, lambda: _looked_at(request, made), _address(made))


@require_POST
@requires(_GATE, of_all=True)
def bring_in(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    """Bring in what the dry run showed."""
    made = _file(request, pk)
    address = _address(made)
    return do(request, lambda: start_past_import(made, by=request.actor, href=address), address)


@require_http_methods(["GET", "POST"])
@requires(_GATE, of_all=True)
def undo(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    """Take the file back, with the reason."""
    made = _file(request, pk)

    def act(said: dict[str, Any]) -> str:
        undo_past(made, reason=said["reason"], by=request.actor)
        messages.success(request, _("It was taken back. The file and the report of its rows stay."))
        return _address(made)

    note = _("All of it happens in one go, or nothing does.")
    title = _("Take the file back")
    question = Question(title, made.file_name, _address(made), _("Take it back"), note)
    return ask(request, WhyForm(given(request)), question, act)


@require_GET
@requires(_GATE, of_all=True)
def sums(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    """The file beside what is here: rows and credit by heading and year, and how they differ."""
    return _sums(request, _file(request, pk), SignForm())


@require_POST
@requires(_GATE, of_all=True)
def sign(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    """Answer for it by name."""
    made, form = _file(request, pk), SignForm(request.POST)
    if form.is_valid():
        try:
            sign_past(made, note=form.cleaned_data["note"], by=request.actor)
        except Refused as refused:
            form.add_error("note", str(refused))
        else:
            return redirect("past_sums", made.pk)
    return _sums(request, made, form, status=422)


def _sums(request: UserRequest, made: Import, form: SignForm, **more: Any) -> HttpResponse:
    lines = sums_of(made)
    context = {
        "made": made,
        "kind": PastKind(made.kind).label,
        "lines": lines,
        "differences": differences_in(lines),
        "signed": signed_of(made),
        "may_sign": made.state == ImportState.DONE,
        "form": form,
    }
    return render(request, f"{FOLDER}/sums.html", context, **more)


def _file(request: UserRequest, pk: uuid.UUID) -> Import:
    found: Import = get_object_or_404(past_files(request.access), pk=pk)
    return found


def _address(made: Import) -> str:
    return reverse("past_rows", kwargs={"pk": made.pk})
