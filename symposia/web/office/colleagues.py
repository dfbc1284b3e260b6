"""The people of the house by a file: hand it in, say what its columns mean, look, bring it in."""

import uuid
from collections.abc import Mapping
from itertools import islice
from typing import Any

from django import forms
from django.http import HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from symposia.accounts.memberships import roles
from symposia.accounts.permissions import Permission
from symposia.directory.actions.colleagues import receive_colleagues
from symposia.directory.colleague_lists import COLLEAGUE_IMPORTS
from symposia.directory.colleagues.words import FIELDS, KIND, REASONS
from symposia.directory.lists import TONES
from symposia.directory.models import Territory
from symposia.directory.policies import (
    COLLEAGUES_TOO_LARGE,
    LARGEST_OF_COLLEAGUES,
    objection_to_importing,
)
from symposia.directory.tasks import start_colleague_check, start_colleague_import
from symposia.shared.refusals import Refused
from symposia.web.gates import requires
from symposia.web.list_files import table_file
from symposia.web.office.asking import do
from symposia.web.parts import Figure, Stage
from symposia.web.requests import UserRequest
from symposia.work.apart import Unreadable
from symposia.work.imports.kept import copy_of_kept, kept_upload
from symposia.work.imports.shapes import Shape, table_rows
from symposia.work.models import Import, ImportState, Outcome

FOLDER = "office/colleagues"
_GATE = Permission.MANAGE_ACCESS
_SAMPLES = 3


class FileForm(forms.Form):
    """A file of the people of the house."""

    file = forms.FileField(
        label=gettext_lazy("File"),
        help_text=gettext_lazy("One row is one person; CSV or XLSX, at most 10 MB."),
        widget=forms.ClearableFileInput(attrs={"accept": ".csv,.txt,.tsv,.xlsx,.xls,.ods"}),
    )


class ColumnsForm(forms.Form):
    """Which column of the file says what."""

    def __init__(self, shape: Shape, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        places = [(str(place), name or "?") for place, name in enumerate(shape.header)]
        for target in FIELDS:
            self.fields[target.name] = forms.ChoiceField(
                label=str(target.label),
                help_text=str(target.help_text),
                choices=[("", _("no column")), *places],
                required=target.name == "email",
            )

    def columns(self) -> dict[str, int]:
        return {name: int(place) for name, place in self.cleaned_data.items() if place}


@require_http_methods(["GET", "POST"])
@requires(_GATE)
def new(request: UserRequest) -> HttpResponse:
    """Hand in a file; nothing changes before its rows were looked at."""
    form = FileForm(request.POST, request.FILES) if request.method == "POST" else FileForm()
    if form.is_bound and form.is_valid():
        try:
            made = _receive(request, form.cleaned_data["file"])
        except Unreadable as problem:
            form.add_error("file", str(problem) or _("This file cannot be read."))
        except Refused as no:
            form.add_error("file", str(no))
        else:
            return redirect("colleague_import_columns", made.pk)
    territories = Territory.objects.visible_to(request.access, _GATE).order_by("name", "pk")
    context = {
        "form": form,
        "stages": _stages(0),
        "fields": FIELDS,
        "roles": [(role.code, role.name) for role in roles()],
        "territories": list(territories.values_list("code", "name")),
    }
    return render(request, f"{FOLDER}/new.html", context, status=422 if form.errors else 200)


@require_GET
@requires(_GATE)
def template(request: UserRequest, kind: str) -> StreamingHttpResponse:
    """An empty table with the columns that are understood without being matched."""
    return table_file(kind, [str(field.label) for field in FIELDS], [], name="people")


@require_http_methods(["GET", "POST"])
@requires(_GATE)
def columns(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    """Say what the columns mean, beside the first rows; then the rows are looked at."""
    made = _import(request, pk)
    shape, guessed = Shape.from_json(made.shape), made.mapping["columns"]
    first = {name: str(place) for name, place in guessed.items()}
    form = ColumnsForm(shape, request.POST if request.method == "POST" else None, initial=first)
    if form.is_bound and form.is_valid():
        try:
            start_colleague_check(made, form.columns(), by=request.actor, href=_address(made))
        except Refused as no:
            form.add_error(None, str(no))
        else:
            return redirect(_address(made))
    context = {"form": form, "made": made, "samples": _samples(made, shape), "stages": _stages(1)}
    return render(request, f"{FOLDER}/columns.html", context, status=422 if form.errors else 200)


@require_POST
@requires(_GATE)
def check(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    """Look at the rows once more, as the house is now."""
    made = _import(request, pk)
    known = made.mapping["columns"]
    return do(
        request,
        lambda: start_colleague_check(made, known, by=request.actor, href=_address(made)),
        _address(made),
    )


@require_POST
@requires(_GATE)
def bring_in(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    """Bring in what the dry run showed."""
    made = _import(request, pk)
    return do(
        request,
        lambda: start_colleague_import(made, by=request.actor, href=_address(made)),
        _address(made),
    )


def shown(request: UserRequest, pk: uuid.UUID) -> dict[str, Any]:
    """Around the report of the rows: how far the import is, its counts, the next step."""
    made = _import(request, pk)
    place = {ImportState.IMPORTING: 3, ImportState.DONE: 4}.get(ImportState(made.state), 2)
    return {
        "made": made,
        "tone": TONES[ImportState(made.state)],
        "figures": _figures(made),
        "reasons": _reasons(made),
        "stages": _stages(place),
        "objection": objection_to_importing(made),
        "may_be_imported": made.state == ImportState.CHECKED,
    }


def _receive(request: UserRequest, file: Any) -> Import:
    by = request.actor
    with kept_upload(
        file,
        purpose=KIND,
        by=by,
        largest=LARGEST_OF_COLLEAGUES,
        too_large=COLLEAGUES_TOO_LARGE,
    ) as (path, kept):
        return receive_colleagues(path, name=kept.name, by=by, storage_name=kept.storage_name)


def _import(request: UserRequest, pk: uuid.UUID) -> Import:
    made: Import = get_object_or_404(COLLEAGUE_IMPORTS.rows(request.access), pk=pk)
    return made


def _address(made: Import) -> str:
    return reverse("colleague_import_rows", kwargs={"pk": made.pk})


def _stages(now: int) -> list[Stage]:
    labels = (_("Upload"), _("Match columns"), _("Check rows"), _("Import"))
    return [
        Stage(label, "done" if place < now else "now" if place == now else "waiting")
        for place, label in enumerate(labels)
    ]


def _figures(made: Import) -> list[Figure]:
    address = _address(made)
    return [
        Figure(label, str(made.counts.get(name, 0)), f"{address}?outcome={name}")
        for name, label in Outcome.choices
        if made.counts
    ]


def _reasons(made: Import) -> list[tuple[str, int]]:
    counts: Mapping[str, int] = made.counts.get("reasons", {})
    by_count = sorted(counts.items(), key=lambda each: -each[1])
    return [(str(REASONS.get(reason, reason)), count) for reason, count in by_count]


def _samples(made: Import, shape: Shape) -> list[tuple[str, list[str]]]:
    with copy_of_kept(made.path) as path, table_rows(path, shape) as rows:
        first = list(islice(rows, _SAMPLES))
    return [
        (name, [row[place] if place < len(row) else "" for row in first])
        for place, name in enumerate(shape.header)
    ]
