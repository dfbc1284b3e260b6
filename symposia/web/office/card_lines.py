"""Statements of cards by a file, and their lines: matched with receipts, explained, parted."""

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
from symposia.finance.actions.card_lines import (
    check_cards,
    explain_card_line,
    import_cards,
    match_card_line,
    part_card_line,
    undo_cards,
)
from symposia.finance.card_lists import CARD_IMPORTS, CARD_TONES
from symposia.finance.card_receipts import receipts_for
from symposia.finance.card_rows import FIELDS, KIND
from symposia.finance.models import CardLine, CardLineState, Expense
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


class CardFileForm(forms.Form):
    """A statement of a card."""

    file = forms.FileField(
        label=gettext_lazy("File"),
        help_text=gettext_lazy("CSV or XLSX, one row is one payment with a card."),
        widget=forms.ClearableFileInput(attrs={"accept": ".csv,.txt,.tsv,.xlsx,.xls,.ods,.zip"}),
    )


@require_http_methods(["GET", "POST"])
@requires(GATE, of_all=True)
def new(request: UserRequest) -> HttpResponse:
    """Hand in a file; nothing comes in before its rows were looked at."""
    is_sent = request.method == "POST"
    form = CardFileForm(request.POST, request.FILES) if is_sent else CardFileForm()
    if form.is_bound and form.is_valid():
        by = request.actor
        try:
            with kept_upload(form.cleaned_data["file"], purpose=KIND, by=by) as (path, kept):
                made = check_cards(path, name=kept.name, storage_name=kept.storage_name, by=by)
        except Refused as refused:
            form.add_error("file", str(refused))
        else:
            return redirect("card_import_rows", pk=made.pk)
    context = {"form": form, "fields": FIELDS}
    status = 422 if form.errors else 200
    return render(request, "office/cards/import.html", context, status=status)


@require_GET
@requires(GATE, of_all=True)
def template(request: UserRequest, kind: str) -> StreamingHttpResponse:
    """An empty table with the columns that are understood."""
    return table_file(kind, [str(field.label) for field in FIELDS], [], name="card-statement")


@require_POST
@requires(GATE, of_all=True)
def bring_in(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    """Bring in what the dry run showed."""
    made = _made(request, pk)
    return do(request, lambda: import_cards(made, by=request.actor), _rows_page(pk))


@require_POST
@requires(GATE, of_all=True)
def take_back(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    """Take back what it brought."""
    made, done = _made(request, pk), _("What the file brought is taken back.")
    return do(request, lambda: undo_cards(made, by=request.actor), _rows_page(pk), done)


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
@requires(GATE, of_all=True)
def show(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    """One line: its receipt, or those that may be it."""
    line = _line(request, pk)
    is_open = line.state == CardLineState.OPEN
    context = {
        "line": line,
        "tone": CARD_TONES[line.state],
        "is_open": is_open,
        "receipts": receipts_for(line) if is_open else [],
        "entries": history_of(entries_about(pk)[:50]),
    }
    return render(request, "office/cards/show.html", context)


@require_POST
@requires(GATE, of_all=True)
def match(request: UserRequest, pk: uuid.UUID, expense_pk: uuid.UUID) -> HttpResponse:
    """Say which receipt it is of."""
    line, back = _line(request, pk), reverse("card_line", args=[pk])
    expense = get_object_or_404(Expense.objects.postable_by(request.access), pk=expense_pk)
    return do(request, lambda: match_card_line(line, expense, by=request.actor), back)


@require_http_methods(["GET", "POST"])
@requires(GATE, of_all=True)
def explain(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    """Say why it has no receipt."""
    line, back = _line(request, pk), reverse("card_line", args=[pk])

    def act(said: dict[str, Any]) -> str:
        explain_card_line(line, reason=said["reason"], by=request.actor)
        return back

    question = Question(_("Explain the line"), str(line), back, _("Save"))
    return ask(request, WhyForm(given(request)), question, act)


@require_http_methods(["GET", "POST"])
@requires(GATE, of_all=True)
def part(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    """It was another receipt, or no explanation."""
    line, back = _line(request, pk), reverse("card_line", args=[pk])

    def act(said: dict[str, Any]) -> str:
        part_card_line(line, reason=said["reason"], by=request.actor)
        return back

    note = _("The line is open again, and its receipt is paid back to whoever handed it in.")
    question = Question(_("Part it again"), str(line), back, _("Part it"), note)
    return ask(request, WhyForm(given(request)), question, act)


def _made(request: UserRequest, pk: uuid.UUID) -> Import:
    made: Import = get_object_or_404(CARD_IMPORTS.rows(request.access), pk=pk)
    return made


def _line(request: UserRequest, pk: uuid.UUID) -> CardLine:
    rows = CardLine.objects.visible_to(request.access).select_related("expense")
    return get_object_or_404(rows, pk=pk)


def _rows_page(pk: uuid.UUID) -> str:
    return reverse("card_import_rows", kwargs={"pk": pk})
