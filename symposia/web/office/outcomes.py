"""The outcomes of an activity by Moore's levels: page, PDF, CSV and XLSX; figures by a file."""

import uuid
from typing import Any

from django import forms
from django.http import HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.timezone import now
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from symposia.accounts.permissions import Permission
from symposia.activities.models import Activity
from symposia.assessment.actions.measures import check_measures, import_measures
from symposia.assessment.barriers import LABELS
from symposia.assessment.lists.measures import MEASURE_IMPORTS
from symposia.assessment.measure_rows import FIELDS, KIND
from symposia.assessment.outcome_printing import caution, evidence_in_words, print_outcomes
from symposia.assessment.outcome_rows import HEAD, rows_of
from symposia.assessment.queries.levels import TITLES, Figure, Level, Outcomes, outcomes_of
from symposia.assessment.queries.outcomes import FEW
from symposia.assessment.queries.verdicts import VERDICTS, GapVerdict
from symposia.audit.actions import record
from symposia.directory.lists import TONES
from symposia.shared.refusals import Refused
from symposia.web.dumbbells import dumbbell
from symposia.web.gates import requires
from symposia.web.list_files import table_file
from symposia.web.office.activity_tabs import activity_or_404, frame_of
from symposia.web.office.asking import do
from symposia.web.parts import Figure as Sum
from symposia.web.parts import Step
from symposia.web.requests import UserRequest
from symposia.work.imports.kept import kept_upload
from symposia.work.models import Import, ImportState, Outcome

TAB = "activity_evaluation"
_VIEW, _MANAGE = Permission.VIEW_EVALUATIONS, Permission.MANAGE_EVALUATIONS
_VERDICT_TONES = {"reached": "ok", "closer": "info", "unclear": "", "away": "warn"}


class FileForm(forms.Form):
    """A file of figures."""

    file = forms.FileField(
        label=gettext_lazy("File"),
        help_text=gettext_lazy("CSV or XLSX, one row is one figure. At most 5 MB."),
        widget=forms.ClearableFileInput(attrs={"accept": ".csv,.txt,.tsv,.xlsx,.xls,.ods"}),
    )


@require_GET
@requires(_VIEW)
def outcomes(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    """Every level with its figures and how they are counted; the gaps with their verdicts."""
    activity = activity_or_404(request, pk, _VIEW)
    found = outcomes_of(activity, now())
    people = found.of(Level.PARTICIPATION)
    context = {
        **frame_of(request, activity, TAB),
        "caution": caution(),
        "few": FEW,
        "steps": [Step(each.name, each.people) for each in people],
        "levels": [_level(level, found) for level in Level if level != Level.PARTICIPATION],
        "barriers": [(LABELS[code], count) for code, count in found.commitments.barriers],
        "gaps": [_gap(each) for each in found.gaps],
        "may_export": request.access.holds(Permission.EXPORT),
        "may_manage": request.access.holds(_MANAGE),
    }
    return render(request, "office/outcomes/outcomes.html", context)


def _level(level: Level, found: Outcomes) -> dict[str, Any]:
    number, title = TITLES[level]
    figures = found.of(level)
    return {
        "title": f"{number} {title}",
        "figures": [{"figure": each, "bell": _bell(each)} for each in figures],
        "notes": list(dict.fromkeys(each.how for each in figures)),
    }


def _bell(each: Figure) -> Any:
    """Two dots on a line, where a share or score before and after is known."""
    both = each.before is not None and each.value is not None and not each.is_kept_back
    return dumbbell(each.before or 0, each.value or 0) if both else None


def _gap(each: GapVerdict) -> dict[str, Any]:
    return {
        "gap": each.gap,
        "verdict": VERDICTS[each.verdict],
        "tone": _VERDICT_TONES.get(each.verdict, ""),
        "evidence": evidence_in_words(each),
    }


@require_GET
@requires(_VIEW, Permission.EXPORT)
def pdf(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    """The same as a paper."""
    activity, at = activity_or_404(request, pk, _VIEW), now()
    paper = print_outcomes(activity, outcomes_of(activity, at), at)
    record(request.actor, "outcomes.exported", activity, details={"as": "pdf"})
    response = HttpResponse(paper, content_type="application/pdf")
    response["Content-Disposition"] = f'attachment; filename="{_name(activity)}.pdf"'
    return response


@require_GET
@requires(_VIEW, Permission.EXPORT)
def table(request: UserRequest, pk: uuid.UUID, kind: str) -> StreamingHttpResponse:
    """The same as a table."""
    activity = activity_or_404(request, pk, _VIEW)
    rows = list(rows_of(outcomes_of(activity, now())))
    found = table_file(kind, list(HEAD), rows, name=_name(activity))
    record(request.actor, "outcomes.exported", activity, details={"as": kind})
    return found


def _name(activity: Activity) -> str:
    return f"outcomes-{activity.number}"


@require_http_methods(["GET", "POST"])
@requires(_MANAGE)
def new(request: UserRequest) -> HttpResponse:
    """Hand in a file of figures; nothing changes before its rows were looked at."""
    form = FileForm(request.POST, request.FILES) if request.method == "POST" else FileForm()
    if form.is_bound and form.is_valid():
        try:
            made = receive(request, form.cleaned_data["file"])
        except Refused as refused:
            form.add_error("file", str(refused))
        else:
            return redirect("measure_import_rows", pk=made.pk)
    context = {"form": form, "fields": FIELDS}
    status = 422 if form.errors else 200
    return render(request, "office/outcomes/import.html", context, status=status)


@require_GET
@requires(_MANAGE)
def template(request: UserRequest, kind: str) -> StreamingHttpResponse:
    """An empty table with the columns that are understood."""
    return table_file(kind, [str(field.label) for field in FIELDS], [], name="figures")


@require_POST
@requires(_MANAGE)
def bring_in(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    """Bring in what the dry run showed."""
    made = get_object_or_404(MEASURE_IMPORTS.rows(request.access), pk=pk)
    back = reverse("measure_import_rows", kwargs={"pk": pk})

    def act() -> Import:
        return import_measures(made, access=request.access, by=request.actor)

    return do(request, act, back)


def shown(request: UserRequest, pk: uuid.UUID) -> dict[str, Any]:
    """Around the report of the rows: what the file is, its counts, the next step."""
    made = get_object_or_404(MEASURE_IMPORTS.rows(request.access), pk=pk)
    address = reverse("measure_import_rows", kwargs={"pk": pk})
    return {
        "made": made,
        "tone": TONES[ImportState(made.state)],
        "figures": [
            Sum(label, str(made.counts.get(name, 0)), f"{address}?outcome={name}")
            for name, label in Outcome.choices
            if name != Outcome.SKIPPED
        ],
        "may_be_imported": made.state == ImportState.CHECKED,
    }


def receive(request: UserRequest, file: Any) -> Import:
    """Keep what was handed in and look at its rows. Raises Refused in words."""
    by = request.actor
    with kept_upload(file, purpose=KIND, by=by) as (path, kept):
        return check_measures(
            path,
            name=kept.name,
            access=request.access,
            storage_name=kept.storage_name,
            by=by,
        )
