"""Opening balances by a file: hand it in, look at every row, bring them in, take them back."""

import uuid
from typing import Any

from django import forms
from django.http import HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from symposia.accounts.permissions import Permission
from symposia.audit.queries import entries_about
from symposia.directory.lists import TONES
from symposia.finance.actions.openings import (
    check_openings,
    end_opening,
    import_openings,
    undo_openings,
)
from symposia.finance.models import OpeningCommitment, OpeningState
from symposia.finance.opening_lists import OPENING_IMPORTS
from symposia.finance.opening_rows import FIELDS, KIND
from symposia.shared.refusals import Refused
from symposia.web.gates import requires
from symposia.web.list_files import table_file
from symposia.web.office.asking import Question, WhyForm, ask, do, given
from symposia.web.office.record_history import history_of
from symposia.web.parts import Figure
from symposia.web.requests import UserRequest
from symposia.work.imports.kept import kept_upload
from symposia.work.models import Import, ImportState, Outcome

GATE = Permission.POST_MONEY


class OpeningFileForm(forms.Form):
    """A file of opening balances."""

    file = forms.FileField(
        label=gettext_lazy("File"),
        help_text=gettext_lazy(
            "CSV or XLSX, one row is one node or one open commitment; a node after the one above."
        ),
        widget=forms.ClearableFileInput(attrs={"accept": ".csv,.txt,.tsv,.xlsx,.xls,.ods,.zip"}),
    )


@require_http_methods(["GET", "POST"])
@requires(GATE, of_all=True)
def new(request: UserRequest) -> HttpResponse:
    """Hand in a file; the budget changes only once its rows were looked at."""
    is_sent = request.method == "POST"
    form = OpeningFileForm(request.POST, request.FILES) if is_sent else OpeningFileForm()
    if form.is_bound and form.is_valid():
        try:
            made = receive(request, form.cleaned_data["file"])
        except Refused as refused:
            form.add_error("file", str(refused))
        else:
            return redirect("opening_import_rows", pk=made.pk)
    context = {"form": form, "fields": FIELDS}
    status = 422 if form.errors else 200
    return render(request, "office/budget/import.html", context, status=status)


@require_GET
@requires(GATE, of_all=True)
def template(request: UserRequest, kind: str) -> StreamingHttpResponse:
    """An empty table with the columns that are understood."""
    heads = [str(field.label) for field in FIELDS]
    return table_file(kind, heads, [], name="opening-balances")


@require_POST
@requires(GATE, of_all=True)
def bring_in(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    """Bring in what the dry run showed."""
    made = _made(request, pk)
    return do(request, lambda: import_openings(made, by=request.actor), _rows_page(pk))


@require_POST
@requires(GATE, of_all=True)
def take_back(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    """Take back what it brought."""
    made, done = _made(request, pk), _("What the file brought is taken back.")
    return do(request, lambda: undo_openings(made, by=request.actor), _rows_page(pk), done)


def shown(request: UserRequest, pk: uuid.UUID) -> dict[str, Any]:
    """Around the report of the rows: what the file is, its counts, the next step."""
    made = _made(request, pk)
    return {
        "made": made,
        "tone": TONES[ImportState(made.state)],
        "figures": [
            Figure(label, str(made.counts.get(name, 0)), f"{_rows_page(pk)}?outcome={name}")
            for name, label in Outcome.choices
            if name != Outcome.SKIPPED
        ],
        "may_be_imported": made.state == ImportState.CHECKED,
        "may_be_undone": made.state == ImportState.DONE,
    }


@require_GET
@requires(Permission.VIEW_MONEY)
def show(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    """One commitment from before, and what became of it."""
    opening = _opening(request, pk)
    context = {
        "opening": opening,
        "may_end": request.access.everywhere(GATE) and opening.state == OpeningState.OPEN,
        "entries": history_of(entries_about(pk)[:50]),
    }
    return render(request, "office/budget/opening.html", context)


@require_http_methods(["GET", "POST"])
@requires(GATE, of_all=True)
def end(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    """It is paid, taken over by an activity, or no longer owed."""
    opening, back = _opening(request, pk), reverse("opening_commitment", args=[pk])

    def act(said: dict[str, Any]) -> str:
        end_opening(opening, reason=said["reason"], by=request.actor)
        return back

    note = _("Its node has the money again. What was paid is posted on the line it belongs to.")
    question = Question(_("End the commitment"), str(opening), back, _("End it"), note)
    return ask(request, WhyForm(given(request)), question, act)


def receive(request: UserRequest, file: Any) -> Import:
    """Keep what was handed in and look at its rows. Raises Refused in words."""
    by = request.actor
    with kept_upload(file, purpose=KIND, by=by) as (path, kept):
        return check_openings(path, name=kept.name, storage_name=kept.storage_name, by=by)


def _made(request: UserRequest, pk: uuid.UUID) -> Import:
    made: Import = get_object_or_404(OPENING_IMPORTS.rows(request.access), pk=pk)
    return made


def _opening(request: UserRequest, pk: uuid.UUID) -> OpeningCommitment:
    rows = OpeningCommitment.objects.visible_to(request.access)
    return get_object_or_404(rows.select_related("node"), pk=pk)


def _rows_page(pk: uuid.UUID) -> str:
    return reverse("opening_import_rows", kwargs={"pk": pk})
