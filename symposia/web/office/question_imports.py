"""Questions by a file: hand it in, look at every row, bring them in."""

import uuid
from typing import Any

from django import forms
from django.http import HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from symposia.accounts.permissions import Permission
from symposia.assessment.actions.bank_files import check_questions, import_questions
from symposia.assessment.bank_rows import FIELDS, KIND
from symposia.assessment.lists.bank import QUESTION_IMPORTS
from symposia.assessment.qti.writing import package
from symposia.assessment.queries.bank import published_wordings
from symposia.audit.actions import record
from symposia.directory.lists import TONES
from symposia.shared.refusals import Refused
from symposia.web.gates import requires
from symposia.web.list_files import table_file
from symposia.web.office.asking import do
from symposia.web.parts import Figure
from symposia.web.requests import UserRequest
from symposia.work.imports.kept import kept_upload
from symposia.work.models import Import, ImportState, Outcome

_GATE = Permission.MANAGE_EVALUATIONS


class FileForm(forms.Form):
    """A file of questions."""

    file = forms.FileField(
        label=gettext_lazy("File"),
        help_text=gettext_lazy(
            "CSV or XLSX, one row is one question; or a QTI 3.0 package. At most 5 MB."
        ),
        widget=forms.ClearableFileInput(attrs={"accept": ".csv,.txt,.tsv,.xlsx,.xls,.ods,.zip"}),
    )


@require_http_methods(["GET", "POST"])
@requires(_GATE)
def new(request: UserRequest) -> HttpResponse:
    """Hand in a file; the bank changes only once its rows were looked at."""
    form = FileForm(request.POST, request.FILES) if request.method == "POST" else FileForm()
    if form.is_bound and form.is_valid():
        try:
            made = receive(request, form.cleaned_data["file"])
        except Refused as refused:
            form.add_error("file", str(refused))
        else:
            return redirect("question_import_rows", pk=made.pk)
    context = {"form": form, "fields": FIELDS}
    return render(
        request, "office/questions/import.html", context, status=422 if form.errors else 200
    )


@require_GET
@requires(_GATE)
def template(request: UserRequest, kind: str) -> StreamingHttpResponse:
    """An empty table with the columns that are understood."""
    return table_file(kind, [str(field.label) for field in FIELDS], [], name="questions")


@require_GET
@requires(Permission.VIEW_EVALUATIONS, Permission.EXPORT)
def qti(request: UserRequest) -> StreamingHttpResponse:
    """Every published question as a package of QTI 3.0."""
    questions = published_wordings()
    record(request.actor, "questions.exported", details={"questions": len(questions)})
    response = StreamingHttpResponse(package(questions), content_type="application/zip")
    response["Content-Disposition"] = 'attachment; filename="questions-qti.zip"'
    return response


@require_POST
@requires(_GATE)
def bring_in(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    """Bring in what the dry run showed."""
    made = get_object_or_404(QUESTION_IMPORTS.rows(request.access), pk=pk)
    back = reverse("question_import_rows", kwargs={"pk": pk})
    return do(request, lambda: import_questions(made, by=request.actor), back)


def shown(request: UserRequest, pk: uuid.UUID) -> dict[str, Any]:
    """Around the report of the rows: what the file is, its counts, the next step."""
    made = get_object_or_404(QUESTION_IMPORTS.rows(request.access), pk=pk)
    address = reverse("question_import_rows", kwargs={"pk": pk})
    return {
        "made": made,
        "tone": TONES[ImportState(made.state)],
        "figures": [
            Figure(label, str(made.counts.get(name, 0)), f"{address}?outcome={name}")
            for name, label in Outcome.choices
            if name != Outcome.SKIPPED
        ],
        "may_be_imported": made.state == ImportState.CHECKED,
    }


def receive(request: UserRequest, file: Any) -> Import:
    """Keep what was handed in and look at its rows. Raises Refused in words."""
    by = request.actor
    with kept_upload(file, purpose=KIND, by=by) as (path, kept):
        return check_questions(path, name=kept.name, storage_name=kept.storage_name, by=by)
