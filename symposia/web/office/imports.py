"""Importing clinicians: hand in a file, say what its columns mean, look, bring it in.

A file may change anybody, so a right over a part of the directory opens none of this.
"""

import uuid
from collections.abc import Mapping, Sequence
from itertools import islice
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_GET, require_POST

from symposia.accounts.permissions import Permission
from symposia.directory.actions.import_files import KIND, hand_in_clinicians, map_columns
from symposia.directory.import_words import REASONS, people_columns
from symposia.directory.imports.load import REPORTED_WHOLE
from symposia.directory.imports.table import Meaning, meaning_of
from symposia.directory.lists import TONES
from symposia.directory.models import OwnField, OwnOf, Profession, Scheme
from symposia.directory.own_queries import own_fields_seen
from symposia.directory.policies import (
    objection_to_importing,
    objection_to_meaning,
    objection_to_size,
)
from symposia.directory.queries import undo_of
from symposia.directory.tasks import start_check, start_import
from symposia.shared.refusals import Refused
from symposia.web.gates import requires
from symposia.web.parts import Figure, Stage
from symposia.web.requests import UserRequest
from symposia.work.imports.kept import copy_of_kept
from symposia.work.imports.shapes import Shape, table_rows
from symposia.work.models import Import, ImportState, Outcome
from symposia.work.queries import file_of_import

FOLDER = "office/imports"
_SAMPLES = 3


class FileForm(forms.Form):
    """A file of clinicians."""

    file = forms.FileField(
        label=gettext_lazy("File"),
        help_text=gettext_lazy(
            "The NPPES file as published (CSV or ZIP), or a CSV or XLSX of your own; "
            "at most 100 MB. Larger files: symposia import-doctors."
        ),
        widget=forms.ClearableFileInput(attrs={"accept": ".csv,.txt,.xlsx,.xls,.ods,.zip"}),
    )

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if objection := objection_to_size(file.size):
            raise forms.ValidationError(str(objection))
        return file


class ColumnsForm(forms.Form):
    """Which column of the file says what, and what holds where none does."""

    scheme = forms.ChoiceField(
        label=gettext_lazy("The numbers are"),
        help_text=gettext_lazy("Numbers of a register are checked by its own rule."),
        choices=[("", gettext_lazy("Choose")), *Scheme.choices],
        required=False,
    )
    for_all_profession = forms.ChoiceField(
        label=gettext_lazy("Profession of rows that do not say it"),
        choices=[("", gettext_lazy("Choose")), *Profession.choices],
    )
    for_all_country = forms.RegexField(
        label=gettext_lazy("Country of rows that do not say it"),
        regex=r"^[A-Za-z]{2}$",
        required=False,
    )

    def __init__(
        self, shape: Shape, *args: Any, own: Sequence[OwnField] = (), **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self._targets = people_columns(own)
        places = [(str(place), name or "?") for place, name in enumerate(shape.header)]
        for target in self._targets:
            self.fields[target.name] = forms.ChoiceField(
                label=str(target.label), choices=[("", _("no column")), *places], required=False
            )
        self.order_fields([target.name for target in self._targets])

    @staticmethod
    def first(meaning: Meaning, country: str) -> dict[str, Any]:
        """The form as it opens: what was guessed, or what the last file like it meant."""
        return {name: str(place) for name, place in meaning.columns.items()} | {
            "scheme": meaning.scheme,
            "for_all_profession": meaning.profession,
            "for_all_country": meaning.country or country,
        }

    def meaning(self) -> Meaning:
        said = self.cleaned_data
        return Meaning(
            columns={t.name: int(said[t.name]) for t in self._targets if said[t.name]},
            scheme=said["scheme"],
            profession=said["for_all_profession"],
            country=said["for_all_country"].upper(),
        )

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or self.cleaned_data
        if not self.errors and (objection := objection_to_meaning(self.meaning())):
            raise forms.ValidationError(str(objection))
        return said


@require_GET
@requires(Permission.IMPORT_CLINICIANS, of_all=True)
def new(request: UserRequest) -> HttpResponse:
    return render(request, f"{FOLDER}/new.html", {"form": FileForm(), "stages": _stages(0)})


@require_POST
@requires(Permission.IMPORT_CLINICIANS, of_all=True)
def receive(request: UserRequest) -> HttpResponse:
    """Keep the file and find out what it is; the register's own file is checked at once."""
    form = FileForm(request.POST, request.FILES)
    if form.is_valid():
        file = form.cleaned_data["file"]
        try:
            made = hand_in_clinicians(
                file.chunks(), name=file.name, own=_own(request), by=request.actor
            )
        except Refused as no:
            form.add_error("file", str(no))
        else:
            if meaning_of(made.mapping) is not None:
                return redirect("import_columns", made.pk)
            start_check(made, by=request.actor, href=_address(made))
            return redirect(_address(made))
    context = {"form": form, "stages": _stages(0)}
    return render(request, f"{FOLDER}/new.html", context, status=422)


def _own(request: UserRequest) -> list[OwnField]:
    """The fields of one's own that columns may stand for."""
    return own_fields_seen(request.access, OwnOf.CLINICIAN)


@require_GET
@requires(Permission.IMPORT_CLINICIANS, of_all=True)
def columns(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    made = _import(pk)
    meaning = meaning_of(made.mapping)
    if meaning is None or made.came_in:
        return redirect(_address(made))
    first = ColumnsForm.first(meaning, request.organisation.country)
    form = ColumnsForm(Shape.from_json(made.shape), initial=first, own=_own(request))
    return render(request, f"{FOLDER}/columns.html", _mapping_page(made, form))


@require_POST
@requires(Permission.IMPORT_CLINICIANS, of_all=True)
def match(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    """Remember what the columns mean, and check the rows."""
    made = _import(pk)
    form = ColumnsForm(Shape.from_json(made.shape), request.POST, own=_own(request))
    if form.is_valid():
        try:
            made = map_columns(made, form.meaning(), by=request.actor)
            start_check(made, by=request.actor, href=_address(made))
        except Refused as no:
            form.add_error(None, str(no))
        else:
            return redirect(_address(made))
    return render(request, f"{FOLDER}/columns.html", _mapping_page(made, form), status=422)


@require_POST
@requires(Permission.IMPORT_CLINICIANS, of_all=True)
def check(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    """Check the rows once more, against the directory as it is now."""
    made = _import(pk)
    try:
        start_check(made, by=request.actor, href=_address(made))
    except Refused as no:
        messages.error(request, str(no))
    return redirect(_address(made))


@require_POST
@requires(Permission.IMPORT_CLINICIANS, of_all=True)
def bring_in(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    """Import what the dry run showed."""
    made = _import(pk)
    try:
        start_import(made, by=request.actor, href=_address(made))
    except Refused as no:
        messages.error(request, str(no))
    return redirect(_address(made))


def shown(request: UserRequest, pk: uuid.UUID) -> dict[str, Any]:
    """Around the report of the rows: how far the import is, its counts, the next step."""
    made = _import(pk)
    is_register = meaning_of(made.mapping) is None
    is_unread = made.state == ImportState.RECEIVED and not is_register
    here = 1 if is_unread else 3 if made.state == ImportState.IMPORTING else 2
    return {
        "made": made,
        "tone": TONES[ImportState(made.state)],
        "figures": _figures(made),
        "reasons": _reasons(made),
        "stages": _stages(4 if made.came_in else here),
        "objection": objection_to_importing(made),
        "is_register": is_register,
        "waits_for_columns": is_unread,
        "unread": _unread(made),
        "file_is_kept": file_of_import(made) is not None,
        "may_be_imported": made.state == ImportState.CHECKED,
        "import_label": _import_label(made),
        "undo_label": _undo_label(made),
        "reported_whole": made.counts.get("rows", 0) <= REPORTED_WHOLE,
    }


def _import_label(made: Import) -> str:
    """The verb with how many rows it brings in."""
    n = made.counts.get(Outcome.NEW, 0) + made.counts.get(Outcome.CHANGED, 0)
    return ngettext("Import %(n)d row", "Import %(n)d rows", n) % {"n": n}


def _undo_label(made: Import) -> str:
    """The way to take an import back, or to what became of that."""
    if made.state == ImportState.UNDONE:
        return _("What was taken back")
    undo = undo_of(made) if made.came_in else None
    if undo is None or now() > undo.until:
        return ""
    return _("Take it back")


def _import(pk: uuid.UUID) -> Import:
    return get_object_or_404(Import.objects.of_kind(KIND), pk=pk)


def _address(made: Import) -> str:
    return reverse("import_rows", kwargs={"pk": made.pk})


def _stages(place_now: int) -> list[Stage]:
    labels = (_("Upload"), _("Match columns"), _("Check rows"), _("Import"))
    return [
        Stage(label, "done" if place < place_now else "now" if place == place_now else "waiting")
        for place, label in enumerate(labels)
    ]


def _figures(made: Import) -> list[Figure]:
    address = _address(made)
    return [
        Figure(label, str(made.counts.get(name, 0)), f"{address}?outcome={name}")
        for name, label in Outcome.choices
        if made.counts
    ]


def _unread(made: Import) -> list[str]:
    """The columns of the file that nothing is read from, by name."""
    meaning = meaning_of(made.mapping)
    if meaning is None:
        return []
    read, header = set(meaning.columns.values()), Shape.from_json(made.shape).header
    return [name for place, name in enumerate(header) if name and place not in read]


def _reasons(made: Import) -> list[tuple[str, int]]:
    counts: Mapping[str, int] = made.counts.get("reasons", {})
    by_count = sorted(counts.items(), key=lambda each: -each[1])
    return [(str(REASONS[reason]), count) for reason, count in by_count]


def _mapping_page(made: Import, form: ColumnsForm) -> dict[str, Any]:
    """The form beside the first rows of the file."""
    shape = Shape.from_json(made.shape)
    with copy_of_kept(made.path) as path, table_rows(path, shape) as rows:
        first = list(islice(rows, _SAMPLES))
    samples = [
        (name, [row[place] if place < len(row) else "" for row in first])
        for place, name in enumerate(shape.header)
    ]
    return {"form": form, "made": made, "samples": samples, "stages": _stages(1)}
